/** Tests of revocation against our own authority, and against those of other houses. */
@NullMarked
package dev.certkit.revocation;

import org.jspecify.annotations.NullMarked;
