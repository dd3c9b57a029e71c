/**
 * A device's own certificates and what they are for: {@link dev.certkit.shelf.Identities} and
 * {@link dev.certkit.shelf.Endpoints}, in any {@link dev.certkit.store.Storage}.
 *
 * <p>The certificates of others, and what people decided about them, are {@link dev.certkit.shelf.trust.TrustLists}; what a device
 * was told to do is {@link dev.certkit.shelf.settings.Settings}.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>An identity's record is PEM with a few lines around it, because the person who has to save a device at night has
 *       a text editor. How its private keys are kept has to be said when the shelf is opened: there is no default that
 *       is right for both a flash without a keyboard and a server.
 *   <li>A step that the state does not allow is an error that names the steps that are. What would push out a key that an
 *       authority may have certified is never allowed; only withdrawing and deleting give such a key up.
 *   <li>A challenge password stands in its request in clear, and a request that is sent again must be the same to the
 *       octet. So there are two requests then: one without the secret, to show and to keep, and the one that is sent,
 *       sealed as the keys are and gone when its answer is there.
 *   <li>What {@link dev.certkit.shelf.Endpoints} are bound to must not be deleted, and that spans two records. A binding announces
 *       itself in the endpoint's record before it raises the identity's revision; a deletion reads the identity before it
 *       looks for endpoints, and deletes that revision only. So one of the two always sees the other, without a lock.
 *   <li>Whether a certificate is self-signed takes a signature to know. It is noted with the certificate's fingerprint
 *       when it is written, so that a list of a thousand checks none, and the note cannot outlive its certificate.
 * </ul>
 */
@NullMarked
package dev.certkit.shelf;

import org.jspecify.annotations.NullMarked;
