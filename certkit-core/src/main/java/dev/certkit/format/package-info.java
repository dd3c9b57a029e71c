/**
 * Certificates and keys as text and bytes: PEM (RFC 7468), DER, PKCS#7, PKCS#8, PKCS#1, SEC 1.
 *
 * <p><b>Why</b>: no single reader of the JDK or of Bouncy Castle takes the forms that people hand over, and some lose a
 * certificate without a word. So the text is split here, each block is told apart by its content, its label being only
 * a hint, and what was expected but not found is an error. Sizes, counts, nesting and iterations are bounded before
 * anything is parsed, see {@link dev.certkit.format.DecodingLimits}.
 */
@NullMarked
package dev.certkit.format;

import org.jspecify.annotations.NullMarked;
