/**
 * Certificates and keys as text and bytes: PEM (RFC 7468), DER, PKCS#7, PKCS#8, PKCS#1, SEC 1, PKCS#12, JKS.
 *
 * <p><b>Why</b>: no single reader of the JDK or of Bouncy Castle takes the forms that people hand over, and some lose a
 * certificate without a word. So the text is split here, each block is told apart by its content, its label being only
 * a hint, and what was expected but not found is an error. Sizes, counts, nesting and iterations are bounded before
 * anything is parsed, see {@link dev.certkit.format.DecodingLimits}.
 *
 * <p>{@link dev.certkit.format.Pasted} stands here and not in {@code identity}, since all but one of the things that it
 * finds are of this package; requests it gives as DER, and who wants one decodes it there, which proves it. PKCS#12 and JKS
 * are read and written by our own code: the readers at hand hand nested values to parsers that recurse, take ASCII
 * passphrases only, bound each derivation but not their sum, and do not tell a wrong passphrase from damage. Lengths
 * that are indefinite (BER) are made definite first, without sorting anything anew, so that signed bytes stay as they were.
 */
@NullMarked
package dev.certkit.format;

import org.jspecify.annotations.NullMarked;
