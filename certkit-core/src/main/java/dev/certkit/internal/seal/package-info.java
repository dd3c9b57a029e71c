/** Octets under a passphrase, for the shelves. */
@NullMarked
package dev.certkit.internal.seal;

import org.jspecify.annotations.NullMarked;
