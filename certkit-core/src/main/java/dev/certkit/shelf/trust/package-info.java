/**
 * The certificates of others and what people decided about them: {@link dev.certkit.shelf.trust.TrustLists}.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>A verdict is asked for in every handshake, so trust entries are all in memory, and each is one record that is written
 *       only when something is new: a peer that comes back within a minute costs no write, and one that shows a new
 *       certificate each time costs ten a minute, and pushes out only what it showed itself.
 *   <li>A rejection is found by the digest of what is signed: whoever has a certificate can write its signature in another
 *       way, which gives it another fingerprint. An acceptance is found by the fingerprint of the whole.
 *   <li>An acceptance waives what was captured by then. What says that a certificate was forged, altered or revoked is waived
 *       only by name, since a person who presses a button has not read it.
 *   <li>Records are read again only if the storage says that they changed, or cannot say it. A hundred thousand entries then
 *       cost a verdict, a decision and a capture what a hundred do, and about 2,300 octets each, records included.
 *   <li>A trust entry that cannot be read is not trusted: nobody knows what was decided, and it may have been a rejection.
 * </ul>
 */
@NullMarked
package dev.certkit.shelf.trust;

import org.jspecify.annotations.NullMarked;
