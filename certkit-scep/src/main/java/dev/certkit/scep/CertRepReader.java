package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import java.util.Optional;

/**
 * Accepts an answer to one message, or says which check it failed (RFC 8894, section 3.3.2).
 *
 * <p>The order matters: nothing is read before the signature of a pinned or proved key, and nothing is decrypted before the
 * answer is known to be to this very message.
 */
final class CertRepReader {
    private final TransactionId id;
    private final Nonce sent;
    private final PkiMessageReader reader;

    CertRepReader(TransactionId id, Nonce sent, AlgorithmFloor floor, CryptoProviders crypto) {
        this.id = id;
        this.sent = sent;
        this.reader = new PkiMessageReader(floor, crypto);
    }

    SignedMessage read(byte[] encoded) throws ScepException {
        return reader.read(encoded);
    }

    /** The message, if the authority, or who speaks for it, signed it. */
    PkiMessage verified(SignedMessage presented, CaCertificates authority) throws ScepException {
        return presented.verify(authority.signers());
    }

    /** Refuses what is no answer, or one to something else. */
    void requireAnswer(PkiMessage message) throws ScepException {
        if (message.type() != MessageType.CERT_REP) {
            throw ScepException.of(
                    Check.MESSAGE_TYPE,
                    "The SCEP server answered with the message type " + message.type()
                            + " where only CERT_REP is an answer");
        }
        if (!message.transactionId().equals(id)) {
            throw ScepException.of(
                    Check.TRANSACTION_ID,
                    "The SCEP answer is to another transaction than " + id + "; somebody may have replayed it");
        }
        if (!message.recipientNonce().equals(Optional.of(sent))) {
            throw ScepException.of(
                    Check.RECIPIENT_NONCE,
                    "The SCEP answer " + (message.recipientNonce().isPresent() ? "has another" : "lacks the")
                            + " nonce of the request; somebody may have replayed it");
        }
    }
}
