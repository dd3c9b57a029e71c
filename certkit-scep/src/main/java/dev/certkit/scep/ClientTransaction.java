package dev.certkit.scep;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * One enrolment or renewal: the key to be certified, and who asks.
 *
 * <p>The identifier follows from the key, so that whoever lost an answer, or its power, asks again under the same one.
 */
record ClientTransaction(PendingKey pending, Optional<CertifiedKey> current, TransactionId id, Requester requester) {

    /** A first request, signed with a self-signed certificate for the same key (RFC 8894, section 2.3). */
    static ClientTransaction first(PendingKey pending, RequesterCertificate certificates) {
        Requester.requireUsable("pending", pending.request().publicKey(), pending.request());
        MessageKey key = new MessageKey(pending.privateKey(), certificates.of(pending));
        return new ClientTransaction(
                pending, Optional.empty(), firstId(pending), new Requester(key, Optional.of(pending.request())));
    }

    /** A renewal, signed with the current certificate. */
    static ClientTransaction renewal(CertifiedKey current, PendingKey next) {
        Requester.requireUsable("current", current.chain().leaf().getPublicKey(), next.request());
        return new ClientTransaction(
                next,
                Optional.of(current),
                renewalId(current, next),
                new Requester(Requester.keyOf(current), Optional.of(next.request())));
    }

    static TransactionId firstId(PendingKey pending) {
        return TransactionId.of(pending.request().publicKey());
    }

    /** Another than that of the request before, also where the key is kept. */
    static TransactionId renewalId(CertifiedKey current, PendingKey next) {
        X509Certificate certificate = current.chain().leaf();
        PublicKey key = next.request().publicKey();
        return certificate.getPublicKey().equals(key) ? TransactionId.ofRenewal(certificate) : TransactionId.of(key);
    }

    /** The same transaction under the identifier that was stored. */
    ClientTransaction under(String storedId) {
        return new ClientTransaction(pending, current, TransactionId.of(storedId), requester);
    }

    /** What the server is asked first. */
    MessageType requestType(RenewalForm form, ServerKnowledge.Known known) {
        boolean announced = known.capabilities().contains(CaCapability.RENEWAL);
        boolean renewal = form == RenewalForm.RENEWAL_REQ || (form == RenewalForm.AS_ANNOUNCED && announced);
        return current.isPresent() && renewal ? MessageType.RENEWAL_REQ : MessageType.PKCS_REQ;
    }
}
