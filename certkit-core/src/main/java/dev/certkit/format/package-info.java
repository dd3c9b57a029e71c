/**
 * Certificates and keys as text and bytes: PEM (RFC 7468), DER, PKCS#7, PKCS#8, PKCS#1, SEC 1, PKCS#12, JKS.
 *
 * <p><b>Why</b>: no single reader of the JDK or of Bouncy Castle takes the forms that people hand over, and some lose a
 * certificate without a word. So the text is split here, each block is told apart by its content, its label being only
 * a hint, and what was expected but not found is an error. Sizes, counts, nesting and iterations are bounded before
 * anything is parsed, see {@link dev.certkit.format.DecodingLimits}.
 *
 * <p>What one input may cost is added up over all its parts, and is less than one of today's 600,000 rounds by default: a
 * device that opens whatever is uploaded must not be kept busy by it. Numbers of RSA are measured in the DER, also inside
 * certificates and PKCS#12, since providers raise them to powers before anybody asks. Nothing is refused for being weak: that is
 * for policies to say.
 *
 * <p>What a paste lacks is told by names and keys only. That a link of a chain is sound, and where the next one can be fetched, is
 * said in {@code identity}, which checks signatures.
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
