/**
 * A small reader and writer of DER (X.690), the bottom of the house.
 *
 * <p><b>Why</b>: requests and certificates are the hot shapes. Written here they cost one to three microseconds above
 * their signature, where a general library costs twenty, and a program that only makes them never loads it. The reader
 * keeps offsets into the original bytes, so that a signature is checked over what was signed and not over a copy that
 * was encoded again.
 */
@NullMarked
package dev.certkit.internal.der;

import org.jspecify.annotations.NullMarked;
