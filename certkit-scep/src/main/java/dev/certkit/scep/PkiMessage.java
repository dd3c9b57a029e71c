package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A pkiMessage whose signature was verified by the expected key, and whose attributes could be read. Immutable. */
final class PkiMessage {
    private final MessageType type;
    private final TransactionId transactionId;
    private final Optional<PkiStatus> status;
    private final Optional<Nonce> senderNonce;
    private final Optional<Nonce> recipientNonce;
    private final OptionalInt failInfo;
    private final Optional<String> failInfoText;
    private final SignedStructure structure;
    private final byte[] envelope;

    PkiMessage(SignedStructure structure) throws ScepException {
        SignedAttributes attributes = structure.attributes();
        this.structure = structure;
        type = typeOf(attributes);
        transactionId =
                attributes.transactionId().orElseThrow(() -> missing(Check.TRANSACTION_ID, AttributeId.TRANSACTION_ID));
        status = type == MessageType.CERT_REP ? Optional.of(statusOf(attributes)) : Optional.empty();
        senderNonce = attributes.nonce(AttributeId.SENDER_NONCE);
        recipientNonce = attributes.nonce(AttributeId.RECIPIENT_NONCE);
        failInfo = attributes.number(AttributeId.FAIL_INFO);
        failInfoText = attributes.failInfoText();
        envelope = structure.content();
    }

    private static MessageType typeOf(SignedAttributes attributes) throws ScepException {
        OptionalInt number = attributes.number(AttributeId.MESSAGE_TYPE);
        return MessageType.of(number.orElseThrow(() -> missing(Check.MESSAGE_TYPE, AttributeId.MESSAGE_TYPE)));
    }

    private static PkiStatus statusOf(SignedAttributes attributes) throws ScepException {
        OptionalInt number = attributes.number(AttributeId.PKI_STATUS);
        return PkiStatus.of(number.orElseThrow(() -> missing(Check.STATUS, AttributeId.PKI_STATUS)));
    }

    private static ScepException missing(Check check, AttributeId id) {
        return ScepException.of(
                check, "The SCEP message lacks the attribute " + id + ", or it cannot be read; the peer is broken");
    }

    MessageType type() {
        return type;
    }

    TransactionId transactionId() {
        return transactionId;
    }

    /** Present in a CertRep, and only there. */
    Optional<PkiStatus> status() {
        return status;
    }

    /** Absent from some servers' answers. */
    Optional<Nonce> senderNonce() {
        return senderNonce;
    }

    Optional<Nonce> recipientNonce() {
        return recipientNonce;
    }

    /** The number as sent, whatever it is; empty if there is none. */
    OptionalInt failInfo() {
        return failInfo;
    }

    /** For people only; control characters were replaced. */
    Optional<String> failInfoText() {
        return failInfoText;
    }

    /** Empty also if it cannot be read; nothing is decided by it. */
    Optional<Instant> signingTime() {
        try {
            return structure.attributes().signingTime();
        } catch (ScepException e) {
            return Optional.empty();
        }
    }

    /** The certificate named as the signer's, if it travelled along; a client must not trust it. */
    Optional<X509Certificate> signer() {
        return structure.signer();
    }

    /** What is in the place of pkcsPKIEnvelope, a copy; in a failure often nothing, or one byte. */
    byte[] envelope() {
        return envelope.clone();
    }
}
