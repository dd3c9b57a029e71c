package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.DistinguishedName;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.DEROctetString;

/** A client as simple as can be: it makes messages, well-formed or not, and opens answers. Immutable. */
final class Device {
    static final CryptoProviders CRYPTO = CryptoProviders.standard();

    private final DistinguishedName subject;
    private final List<String> names;
    private final Optional<Passphrase> challenge;
    private final KeyPair key;
    private final MessageKey signer;
    private final TransactionId id;
    private final MessageType type;
    private final X509Certificate recipient;

    private Device(
            DistinguishedName subject,
            List<String> names,
            Optional<Passphrase> challenge,
            KeyPair key,
            MessageKey signer,
            TransactionId id,
            MessageType type,
            X509Certificate recipient) {
        this.subject = subject;
        this.names = names;
        this.challenge = challenge;
        this.key = key;
        this.signer = signer;
        this.id = id;
        this.type = type;
        this.recipient = recipient;
    }

    static Device named(String name) {
        KeyPair key = Pki.rsa(name);
        return new Device(
                DistinguishedName.cn(name).o("Test"),
                List.of(),
                Optional.empty(),
                key,
                Pki.client(name),
                TransactionId.of(key.getPublic()),
                MessageType.PKCS_REQ,
                ResponderLab.ROOT.chain().leaf());
    }

    Device subject(DistinguishedName other) {
        return new Device(other, names, challenge, key, signer, id, type, recipient);
    }

    Device san(String... others) {
        return new Device(subject, List.of(others), challenge, key, signer, id, type, recipient);
    }

    Device challenge(Passphrase secret) {
        return new Device(subject, names, Optional.of(secret), key, signer, id, type, recipient);
    }

    Device challenge(String secret) {
        return challenge(Passphrase.of(secret));
    }

    Device key(KeyPair other) {
        return new Device(subject, names, challenge, other, signer, id, type, recipient);
    }

    Device signer(MessageKey other) {
        return new Device(subject, names, challenge, key, other, id, type, recipient);
    }

    Device id(String other) {
        return new Device(subject, names, challenge, key, signer, TransactionId.of(other), type, recipient);
    }

    Device type(MessageType other) {
        return new Device(subject, names, challenge, key, signer, id, other, recipient);
    }

    Device to(X509Certificate other) {
        return new Device(subject, names, challenge, key, signer, id, type, other);
    }

    /** Asks again with the certificate that it got, for a new key. */
    Device renewing(X509Certificate current, String nextKey) {
        KeyPair next = Pki.rsa(nextKey);
        return signer(new MessageKey(signer.privateKey(), current))
                .key(next)
                .id(TransactionId.of(next.getPublic()).text())
                .type(MessageType.RENEWAL_REQ);
    }

    byte[] request() {
        CertificationRequest.Draft draft =
                CertificationRequest.forSubject(subject).san(names.toArray(String[]::new));
        return challenge
                .map(draft::challengePassword)
                .orElse(draft)
                .signedBy(key)
                .request()
                .encoded();
    }

    byte[] message() {
        return message(Envelope.seal(request(), recipient, CRYPTO));
    }

    /** Its own kind of message, written by other code, which can be changed before it is encoded. */
    Forge forge(byte[] envelope) {
        return Forge.signedBy(signer)
                .type(type.number())
                .transaction(id.text())
                .with(AttributeId.SENDER_NONCE, new DEROctetString(new byte[16]))
                .content(envelope);
    }

    byte[] message(byte[] envelope) {
        return PkiMessageWriter.request(type, id, envelope)
                .senderNonce(Nonce.fresh(CRYPTO.random()))
                .signedBy(signer, CRYPTO);
    }

    byte[] poll() {
        IssuerAndSubject asked =
                new IssuerAndSubject(recipient.getSubjectX500Principal(), new X500Principal(subject.encoded()));
        return type(MessageType.CERT_POLL).message(Envelope.seal(asked.encoded(), recipient, CRYPTO));
    }

    Reply send(ScepResponder responder) {
        return send(responder, message());
    }

    Reply poll(ScepResponder responder) {
        return send(responder, poll());
    }

    Reply send(ScepResponder responder, byte[] message) {
        ScepResponse response = responder.handle(ScepRequest.of("POST")
                .query("operation=PKIOperation")
                .body(message)
                .remote("192.0.2.7"));
        return read(response);
    }

    /** Reads an answer as a client must: by the key that it expects, with its own key. */
    Reply read(ScepResponse response) {
        assertEquals(200, response.status(), response::toString);
        assertEquals("application/x-pki-message", response.contentType());
        try {
            PkiMessage message = new PkiMessageReader(AlgorithmFloor.standard(), CRYPTO)
                    .read(response.body())
                    .verify(List.of(recipient.getPublicKey()));
            assertEquals(id, message.transactionId());
            List<X509Certificate> certificates = message.status().orElseThrow() == PkiStatus.SUCCESS
                    ? CertsOnly.decode(
                            new EnvelopeOpener(signer, AlgorithmFloor.standard(), CRYPTO).open(message.envelope()))
                    : List.of();
            return new Reply(message, certificates);
        } catch (ScepException e) {
            throw new AssertionError("the answer cannot be read", e);
        }
    }

    /** An answer, opened. */
    record Reply(PkiMessage message, List<X509Certificate> certificates) {
        X509Certificate certificate() {
            assertEquals(Optional.of(PkiStatus.SUCCESS), message.status(), this::toString);
            return certificates.get(0);
        }

        Reply pending() {
            assertEquals(Optional.of(PkiStatus.PENDING), message.status(), this::toString);
            return this;
        }

        /** The text of a refusal for this reason. */
        String refusedFor(int failInfo) {
            assertEquals(Optional.of(PkiStatus.FAILURE), message.status(), this::toString);
            assertEquals(failInfo, message.failInfo().orElse(-1), this::toString);
            return message.failInfoText().orElse("");
        }

        @Override
        public String toString() {
            return message.status() + " " + message.failInfo() + " " + message.failInfoText();
        }
    }
}
