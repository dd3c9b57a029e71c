/**
 * Whom to trust.
 *
 * <p>A {@link dev.certkit.trust.PresentedChain} is what a peer sent and what for; a {@link dev.certkit.trust.TrustPolicy}
 * judges it; the {@link dev.certkit.trust.TrustVerdict} has the path that proves trust, or every reason against it.
 *
 * <h2>Why</h2>
 *
 * <p><b>Paths are searched and checked here</b>, and not by the engines of the JDK or of Bouncy Castle: those answer hostile
 * chains with unchecked exceptions or not at all, do not look at the anchor's own certificate, at purposes of authorities or
 * at weak hashes, and give one reason where there are five. They are the oracles of the tests instead, where each difference
 * to them has its explanation.
 *
 * <p><b>Nothing but verdicts comes out.</b> Octets, nesting, numbers of certificates, names and extensions are bounded before
 * they are looked at, and the search has a budget ({@link dev.certkit.trust.TrustLimits}); what exceeds it is not trusted, and
 * the verdict names the limit. No name is ever looked up, no address parsed from text, nothing fetched.
 *
 * <p><b>A verdict is a value with all reasons</b>, each with facts, the place in the path, a sentence that is safe to print and
 * what to do. Of paths that fail, the one that comes nearest to an anchor is reported, with the fewest faults.
 *
 * <p><b>Anchors are a value of their own</b>, so that whoever takes a decision or opens a connection says whom it trusts.
 * There is no empty set of anchors: a context that trusts nobody, or by a mistake everybody, cannot be written.
 *
 * <h2>What is checked</h2>
 *
 * <p>By {@link dev.certkit.trust.PkixPolicy}; sections are of RFC 5280 where nothing else is said.
 *
 * <table>
 * <caption>Checks of a path</caption>
 * <thead><tr><th>what</th><th>section</th><th>remark</th></tr></thead>
 * <tbody>
 * <tr><td>signatures</td><td>6.1.3 (a)(1)</td><td>SHA-256 and better; RSA 2048 to 8192 bits, P-256, P-384, P-521, Ed25519, Ed448,
 *     ML-DSA; the identifier inside equal to the one outside, without parameters (4.1.1.2); DER around what is signed, so that
 *     nobody can give a certificate another fingerprint</td></tr>
 * <tr><td>validity</td><td>6.1.3 (a)(2), 4.1.2.5</td><td>to the second, both ends included</td></tr>
 * <tr><td>names chain up</td><td>6.1.3 (a)(4), 7.1</td><td>case, blanks and string types do not count; key identifiers are a hint
 *     for the order of the search only (RFC 4158)</td></tr>
 * <tr><td>name constraints</td><td>6.1.3 (b), (c), 4.2.1.10</td><td>every kind by value; what cannot be compared is permitted by
 *     nothing and excluded by everything of its kind; mailboxes in subjects and beyond ASCII (RFC 9598), too</td></tr>
 * <tr><td>policies</td><td>6.1.3 (d) to (f), 6.1.4 (a), (b), (h) to (j), 6.1.5</td><td>any policy is accepted; as a graph
 *     (RFC 9618), of which only the lowest level is kept</td></tr>
 * <tr><td>authorities</td><td>6.1.4 (k) to (n), 4.2.1.3, 4.2.1.9</td><td>version 3, CA bit, path length without self-issued ones,
 *     keyCertSign where usages are given, a subject</td></tr>
 * <tr><td>critical extensions</td><td>6.1.4 (o), 6.1.5 (f)</td><td>unknown ones are refused, and those that must not be critical</td></tr>
 * <tr><td>extensions</td><td>4.2</td><td>none twice; those that are known must be readable, also where they are not needed</td></tr>
 * <tr><td>purpose</td><td>4.2.1.12</td><td>allowed by the peer's certificate and by every authority that names purposes;
 *     anyExtendedKeyUsage allows all; one key usage that goes with the purpose</td></tr>
 * <tr><td>contradictions</td><td>4.2.1.3, 4.2.1.9</td><td>keyCertSign or a path length in a peer's certificate that is no authority,
 *     key usage without a bit</td></tr>
 * <tr><td>the anchor</td><td>6.1.1 (d), RFC 5937</td><td>all but its signature and serial number, by the rules that
 *     {@link dev.certkit.trust.AnchorRule} names; path length and name constraints included</td></tr>
 * </tbody>
 * </table>
 *
 * <p>Not looked at are serial numbers, unique identifiers and whether a constraint or the CA bit is critical: duties of issuers
 * whose neglect harms nobody who checks. {@link dev.certkit.trust.HostNamePolicy} holds the names against the host (RFC 9525).
 */
@NullMarked
package dev.certkit.trust;

import org.jspecify.annotations.NullMarked;
