/**
 * Where records are kept: the SPI for back ends, its values, the back end in memory, and the shelves above it.
 *
 * <p>{@link dev.certkit.store.Storage} is all that a back end implements and all that the shelves use. Nothing in it knows
 * certificates: a record is a name, some bytes, and two things to find it by, a time and a fingerprint. What a device
 * calls its certificates are {@link dev.certkit.store.Identities}; those of others, and what people decided about them, are
 * {@link dev.certkit.store.TrustLists}. What is to be done about records that are due is done by
 * {@link dev.certkit.store.DueWork}, in as many processes as share the storage.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>One record is the unit of atomicity, so what must change as one is one record. Key and chain in two files, each
 *       written well, gave mismatched pairs in every third kill; in one file, in none.
 *   <li>Lists give headers, not payloads. A page costs no more for large records, one unreadable record does not hide its
 *       neighbours, and a cache fetches only what has another revision than last time.
 *   <li>Due times and leases are one column. A claim moves the time to the lease's end, so an expired lease is due by
 *       itself: there is no reaper, and no second truth that could disagree.
 *   <li>A claim is a write with a revision of its own, so comparing revisions is the whole fence. The epoch is for
 *       others: a number that only grows, to hand to a system that must refuse the work of an earlier claim.
 *   <li>Work on what is due has no thread, no schedule and no clock of its own: whoever has a timer, a main loop or a library for
 *       jobs calls it, and times are counted from the storage's clock, so that no host's clock can storm or starve it.
 *   <li>An identity's record is PEM with a few lines around it, because the person who has to save a device at night has
 *       a text editor. How its private keys are kept has to be said when the shelf is opened: there is no default that
 *       is right for both a flash without a keyboard and a server.
 *   <li>A step that the state does not allow is an error that names the steps that are. What would push out a key that an
 *       authority may have certified is never allowed; only withdrawing and deleting give such a key up.
 *   <li>A challenge password stands in its request in clear, and a request that is sent again must be the same to the
 *       octet. So there are two requests then: one without the secret, to show and to keep, and the one that is sent,
 *       sealed as the keys are and gone when its answer is there.
 *   <li>What {@link dev.certkit.store.Endpoints} are bound to must not be deleted, and that spans two records. A binding announces
 *       itself in the endpoint's record before it raises the identity's revision; a deletion reads the identity before it
 *       looks for endpoints, and deletes that revision only. So one of the two always sees the other, without a lock.
 *   <li>Settings are one record in Java's properties format, read more strictly than Java does: a document with a mistake changes
 *       nothing and names every line. What nobody knows here may be a secret, so it is sealed and left out like one. A version
 *       that travels with exports tells a follower what is new; a storage's revisions could not, since each counts its own.
 *   <li>Whether a certificate is self-signed takes a signature to know. It is noted with the certificate's fingerprint
 *       when it is written, so that a list of a thousand checks none, and the note cannot outlive its certificate.
 *   <li>A verdict is asked for in every handshake, so trust entries are all in memory, and each is one record that is written
 *       only when something is new: a peer that comes back within a minute costs no write, and one that shows a new
 *       certificate each time costs ten a minute, and pushes out only what it showed itself.
 *   <li>A rejection is found by the digest of what is signed: whoever has a certificate can write its signature in another
 *       way, which gives it another fingerprint. An acceptance is found by the fingerprint of the whole.
 *   <li>A trust entry that cannot be read is not trusted: nobody knows what was decided, and it may have been a rejection.
 * </ul>
 */
@NullMarked
package dev.certkit.store;

import org.jspecify.annotations.NullMarked;
