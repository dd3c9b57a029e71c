package dev.certkit.scep;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * One enrolment or renewal: the key to be certified, and the certified key that speaks for it in messages.
 *
 * <p>The identifier follows from the key, so that whoever lost an answer, or its power, asks again under the same one.
 */
record ClientTransaction(PendingKey pending, Optional<CertifiedKey> current, TransactionId id, MessageKey signer) {
    /** Long, since a device's clock may be years behind before it is enrolled. */
    private static final Duration SIGNER_LIFETIME = Duration.ofDays(3650);

    private static final DistinguishedName NAMELESS = DistinguishedName.cn("SCEP client");

    /** A first request, signed with a self-signed certificate for the same key (RFC 8894, section 2.3). */
    static ClientTransaction first(PendingKey pending, Clock clock, CryptoProviders crypto) {
        requireRsa("pending", pending.request().publicKey().getAlgorithm());
        DistinguishedName subject = pending.request().subject();
        CertifiedKey signer = CertifiedKey.selfSigned(subject.isEmpty() ? NAMELESS : subject)
                .profile(CertificateProfile.tlsClient().forPurposes().validFor(SIGNER_LIFETIME))
                .clock(clock)
                .using(crypto)
                .with(new KeyPair(pending.request().publicKey(), pending.privateKey()));
        return new ClientTransaction(
                pending, Optional.empty(), TransactionId.of(pending.request().publicKey()), messageKey(signer));
    }

    /** A renewal, signed with the current certificate. */
    static ClientTransaction renewal(CertifiedKey current, PendingKey next) {
        X509Certificate certificate = current.chain().leaf();
        requireRsa("current", certificate.getPublicKey().getAlgorithm());
        boolean sameKey = certificate.getPublicKey().equals(next.request().publicKey());
        TransactionId id = sameKey
                ? TransactionId.ofRenewal(certificate)
                : TransactionId.of(next.request().publicKey());
        return new ClientTransaction(next, Optional.of(current), id, messageKey(current));
    }

    /** The same transaction under the identifier that was stored. */
    ClientTransaction under(String storedId) {
        return new ClientTransaction(pending, current, TransactionId.of(storedId), signer);
    }

    MessageType requestType() {
        return current.isPresent() ? MessageType.RENEWAL_REQ : MessageType.PKCS_REQ;
    }

    private static MessageKey messageKey(CertifiedKey key) {
        return new MessageKey(key.privateKey(), key.chain().leaf());
    }

    private static void requireRsa(String argument, String algorithm) {
        if (!algorithm.equals("RSA")) {
            throw new IllegalArgumentException(argument + ": its key is " + algorithm
                    + ", and SCEP answers are encrypted to an RSA key (RFC 8894, section 3.1); use KeyType.RSA_2048 or"
                    + " larger");
        }
    }
}
