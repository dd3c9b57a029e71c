package dev.certkit.scep;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.issue.FailInfo;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the bytes of a pkiMessage to those of its CertRep (RFC 8894, sections 3.2 and 3.3). */
final class PkiOperation {
    private static final Logger LOG = LoggerFactory.getLogger(PkiOperation.class);
    private static final String CONTENT_TYPE = "application/x-pki-message";
    private static final int BAD_REQUEST = 400;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MIN_EC_BITS = 256;

    private static final Decision.Refused NO_CHALLENGE = new Decision.Refused(
            FailInfo.BAD_REQUEST,
            "An EC key cannot decrypt the answer, which is then encrypted to the challenge password (RFC 8894, section"
                    + " 3.1); put one into the request");

    private static final Decision.Refused CANNOT_DECRYPT = new Decision.Refused(
            FailInfo.BAD_REQUEST, "The answer is encrypted to the signer's key, which must be an RSA key for that");

    /**
     * For a damaged key block, damaged content, a content that is no request, and one without proof of possession alike:
     * a stranger who changes a recorded envelope must not learn from the answer how far it could be read.
     */
    private static final Decision.Refused UNREADABLE = new Decision.Refused(
            FailInfo.BAD_MESSAGE_CHECK,
            "The envelope or the request in it cannot be read; encrypt to this responder's certificate, and sign the"
                    + " request with its own key and SHA-256");

    private final MessageKey key;
    private final LocalAuthority authority;
    private final ResponderSettings settings;
    private final PkiMessageReader reader;
    private final EnvelopeOpener opener;
    private final TransactionDesk desk;
    private final ResponderLookups lookups;

    PkiOperation(MessageKey key, LocalAuthority authority, ResponderSettings settings) {
        AlgorithmFloor floor = settings.quirks().floorForRequests();
        this.key = key;
        this.authority = authority;
        this.settings = settings;
        this.reader = new PkiMessageReader(floor, settings.crypto());
        this.opener = new EnvelopeOpener(key, floor, settings.crypto());
        this.lookups = new ResponderLookups(authority, settings.clock());
        this.desk = new TransactionDesk(
                authority, settings, new RequestVault(key.certificate(), opener, settings.crypto()));
    }

    TransactionDesk desk() {
        return desk;
    }

    ScepResponse answer(byte[] message, String remote) throws IOException {
        SignedMessage presented;
        try {
            presented = reader.read(message);
        } catch (ScepException e) {
            LOG.info("SCEP: no message from {}: {}", Shown.of(remote), text(e));
            return ScepResponse.problem(BAD_REQUEST, "This is no SCEP message.");
        }
        Optional<TransactionId> id = presented.claimedTransactionId();
        if (id.isEmpty()) {
            LOG.info("SCEP: a message without a transaction identifier from {}", Shown.of(remote));
            return ScepResponse.problem(BAD_REQUEST, "The SCEP message has no transaction identifier.");
        }
        Outcome outcome = decide(presented, remote);
        if (outcome.decision() instanceof Decision.Refused refused) {
            LOG.info(
                    "SCEP: {} to {}, transaction {}: {}",
                    refused.failInfo().rfcName(),
                    Shown.of(remote),
                    Shown.of(id.get()),
                    refused.text());
        }
        return ScepResponse.ok(CONTENT_TYPE, certRep(id.get(), presented, outcome));
    }

    /** A decision, and to whom a certificate is encrypted. */
    private record Outcome(Decision decision, Optional<Recipient> recipient) {
        static Outcome of(Decision decision) {
            return new Outcome(decision, Optional.empty());
        }
    }

    private Outcome decide(SignedMessage presented, String remote) throws IOException {
        try {
            requireUsableSigner(presented.claimedSigner());
            PkiMessage message = presented.verifyAsRequest();
            if (message.senderNonce().isEmpty()) {
                return Outcome.of(refused("The message has no sender nonce (RFC 8894, section 3.2.1.5)"));
            }
            return decide(message, message.signer().orElseThrow(), remote);
        } catch (ScepException e) {
            return Outcome.of(refused(e));
        }
    }

    /** An answer is encrypted to the signer, so what cannot be encrypted to is refused before anything is issued. */
    private static void requireUsableSigner(Optional<X509Certificate> signer) throws ScepException {
        if (signer.isEmpty()) {
            return;
        }
        PublicKey key = signer.get().getPublicKey();
        int bits = key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
        boolean curve =
                key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() >= MIN_EC_BITS;
        if (!curve && (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS)) {
            throw ScepException.of(
                    Check.ALGORITHM,
                    "The message must be signed with an RSA key of 2048 to 8192 bits, to which the answer is encrypted, or"
                            + " with an EC key of 256 bits or more");
        }
    }

    private Outcome decide(PkiMessage message, X509Certificate signer, String remote) throws IOException {
        return switch (message.type()) {
            case PKCS_REQ, RENEWAL_REQ -> order(message, signer, remote);
            case CERT_POLL -> poll(Order.ownerOf(message.transactionId().text(), signer.getPublicKey()), signer);
            case GET_CERT, GET_CRL -> lookup(message, signer);
            case CERT_REP -> Outcome.of(refused("A CertRep is no request"));
        };
    }

    /** The transaction decides, not the encrypted names (RFC 8894, section 3.3.3): what is not opened is no oracle. */
    private Outcome poll(String owner, X509Certificate signer) throws IOException {
        Decision decision = desk.poll(owner);
        Optional<Recipient> recipient = decrypts(signer)
                ? Optional.of(Recipient.of(signer))
                : desk.request(owner)
                        .flatMap(CertificationRequest::challengePassword)
                        .map(Recipient::of);
        return decision instanceof Decision.Granted && recipient.isEmpty()
                ? Outcome.of(NO_CHALLENGE)
                : new Outcome(decision, recipient);
    }

    private Outcome lookup(PkiMessage message, X509Certificate signer) throws IOException {
        if (!decrypts(signer)) {
            return Outcome.of(CANNOT_DECRYPT);
        }
        Optional<Decision> objection = lookups.objection(signer);
        if (objection.isPresent()) {
            return Outcome.of(objection.get());
        }
        CertificateReference asked;
        try {
            asked = CertificateReference.decode(opener.open(message.envelope()));
        } catch (ScepException e) {
            return Outcome.of(unreadable(e));
        }
        Decision decision =
                message.type() == MessageType.GET_CERT ? lookups.certificate(asked) : lookups.revocationList(asked);
        return new Outcome(decision, Optional.of(Recipient.of(signer)));
    }

    private static boolean decrypts(X509Certificate signer) {
        return signer.getPublicKey() instanceof RSAPublicKey;
    }

    private Outcome order(PkiMessage message, X509Certificate signer, String remote) throws IOException {
        CertificationRequest request;
        try {
            request = CertificationRequest.decode(opener.open(message.envelope()));
        } catch (MalformedEncodingException e) {
            LOG.info("SCEP: no request can be read in transaction {}: {}", Shown.of(message.transactionId()), text(e));
            return Outcome.of(UNREADABLE);
        } catch (ScepException e) {
            return Outcome.of(unreadable(e));
        }
        Optional<Recipient> recipient = decrypts(signer)
                ? Optional.of(Recipient.of(signer))
                : request.challengePassword().map(Recipient::of);
        // Before anything is issued that could not be sent.
        return recipient.isEmpty()
                ? Outcome.of(NO_CHALLENGE)
                : new Outcome(
                        desk.order(
                                message.type(),
                                new ChallengePolicy.Applicant(
                                        request, message.transactionId().text(), signer, remote)),
                        recipient);
    }

    /** What anybody can see on the outside of an envelope may be said. */
    private static Decision unreadable(ScepException e) {
        return switch (e.check()) {
            case ALGORITHM, RECIPIENT, PRIVATE_KEY -> refused(e);
            default -> UNREADABLE;
        };
    }

    private static Decision refused(ScepException e) {
        return switch (e.check()) {
            case ALGORITHM -> new Decision.Refused(FailInfo.BAD_ALG, text(e));
            case MESSAGE_TYPE, TRANSACTION_ID -> refused(text(e));
            case PRIVATE_KEY -> throw new ProviderException("the SCEP responder's private key cannot be used", e);
            default -> new Decision.Refused(FailInfo.BAD_MESSAGE_CHECK, text(e));
        };
    }

    private static String text(IOException e) {
        return Shown.of(String.valueOf(e.getMessage()));
    }

    private static Decision refused(String text) {
        return new Decision.Refused(FailInfo.BAD_REQUEST, text);
    }

    private byte[] certRep(TransactionId id, SignedMessage presented, Outcome outcome) {
        // Without a nonce of the responder's own, certmonger and xipki refuse the answer.
        PkiMessageWriter writer = writer(id, outcome)
                .senderNonce(Nonce.fresh(settings.crypto().random()))
                .signingTime(settings.clock().instant());
        return presented
                .claimedSenderNonce()
                .map(writer::recipientNonce)
                .orElse(writer)
                .signedBy(key, settings.crypto());
    }

    private PkiMessageWriter writer(TransactionId id, Outcome outcome) {
        Decision decision = outcome.decision();
        if (decision instanceof Decision.Granted granted) {
            return success(id, CertsOnly.encode(certificates(granted.certificate())), outcome);
        }
        if (decision instanceof Decision.Found found) {
            return success(id, found.content(), outcome);
        }
        return decision instanceof Decision.Refused refused
                ? PkiMessageWriter.failure(id, refused.failInfo().number(), refused.text())
                : PkiMessageWriter.pending(id);
    }

    private PkiMessageWriter success(TransactionId id, byte[] content, Outcome outcome) {
        Recipient recipient = outcome.recipient().orElseThrow();
        return PkiMessageWriter.success(
                id, Envelope.seal(content, recipient, MessageSuite.STANDARD.cipher(), settings.crypto()));
    }

    private List<X509Certificate> certificates(X509Certificate issued) {
        return settings.answer() == ResponderSettings.Answer.CHAIN
                ? Stream.concat(Stream.of(issued), authority.authority().chain().certificates().stream())
                        .toList()
                : List.of(issued);
    }
}
