/** Renewal. */
@NullMarked
package dev.certkit.renew;

import org.jspecify.annotations.NullMarked;
