/**
 * What certkit makes, read and verified by programs of other houses: OpenSSL, GnuTLS and the JDK.
 *
 * <h2>Why</h2>
 *
 * A library that reads what it wrote itself proves little. OpenSSL 3.0 and GnuTLS 3.7 do not know ML-DSA; there, a newer
 * OpenSSL, Java 24 or Bouncy Castle judges, whichever is there.
 */
package dev.certkit.judges;
