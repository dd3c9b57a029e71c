/**
 * Whether certificates were revoked: by CRLs (RFC 5280, section 6.3) and by OCSP (RFC 6960).
 *
 * <p>{@link dev.certkit.revocation.RevocationPolicy} stands behind a policy that proves a path:
 * {@code TrustPolicy.pkix(anchors).and(RevocationPolicy.softFail(transport))}.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>It is a package of its own, above {@code trust} and {@code http}: a verdict reaches the network only where somebody
 *       put this policy into it, with a transport of his choice.
 *   <li>Only a proved path is looked at, so that a stranger's certificate cannot make this process call anybody: what is
 *       called is written by authorities that are trusted. What comes back counts only if their key, or a responder's that
 *       they certified for this, signed it.
 *   <li>Failing softly or hard is said when the policy is made, since each is wrong somewhere: softly, whoever can stop
 *       packets can hide a revocation; hard, an authority that is down stops all who asked it.
 *   <li>Octets, entries, calls and time are bounded, answers are kept until they expire and at most for a day, and a place
 *       that did not answer is left alone for a minute: handshakes must not queue up before a dead responder.
 *   <li>Indirect CRLs, delta CRLs and lists for some reasons only are not used: they are rare, and no answer is better than
 *       half of one.
 * </ul>
 */
@NullMarked
package dev.certkit.revocation;

import org.jspecify.annotations.NullMarked;
