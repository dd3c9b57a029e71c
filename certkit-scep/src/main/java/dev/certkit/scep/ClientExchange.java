package dev.certkit.scep;

import dev.certkit.issue.FailInfo;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.scep.ScepServer.Reply;
import dev.certkit.scep.ServerKnowledge.Known;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question and its accepted answer (RFC 8894, sections 3.2 and 3.3).
 *
 * <p>In steady state that is one HTTP exchange. A second question is sent only where the server said, or showed, that it
 * could not read the first: its certificates had changed since they were remembered, or a quirk allows it weaker ones.
 */
final class ClientExchange {
    private static final Logger LOG = LoggerFactory.getLogger(ClientExchange.class);
    private static final Set<Check> UNREADABLE =
            Set.of(Check.ALGORITHM, Check.DECRYPTION, Check.RECIPIENT, Check.HTTP_STATUS);
    private static final Set<FailInfo> MISUNDERSTOOD = Set.of(FailInfo.BAD_ALG, FailInfo.BAD_MESSAGE_CHECK);

    private final ScepServer server;
    private final ServerKnowledge knowledge;
    private final ClientSettings settings;

    ClientExchange(ScepServer server, ServerKnowledge knowledge, ClientSettings settings) {
        this.server = server;
        this.knowledge = knowledge;
        this.settings = settings;
    }

    /** What is asked; type and content may depend on what the server says of itself. */
    record Question(
            TransactionId id,
            Requester requester,
            Function<Known, MessageType> type,
            Function<CaCertificates, byte[]> content) {}

    /**
     * An answer that was accepted, so far.
     *
     * @param known what proved it
     * @param httpStatus of the answer that carried it
     * @param content what was in the envelope of a success
     */
    record Answer(PkiMessage message, Known known, int httpStatus, Optional<byte[]> content) {
        CaCertificates authority() {
            return known.authority();
        }

        private boolean isMisunderstood() {
            return message.failInfo().stream()
                    .anyMatch(number ->
                            FailInfo.of(number).filter(MISUNDERSTOOD::contains).isPresent());
        }
    }

    Answer ask(Question question) throws IOException {
        Known known = knowledge.current();
        MessageSuite suite = settings.quirks().suiteFor(known.capabilities());
        try {
            Answer answer = ask(question, known, suite);
            return answer.isMisunderstood()
                    ? corrected(question, known, suite, answer).orElse(answer)
                    : answer;
        } catch (ScepException e) {
            knowledge.forget();
            Optional<MessageSuite> weaker = settings.quirks().suiteAfter(suite);
            if (weaker.isEmpty() || !UNREADABLE.contains(e.check())) {
                throw e;
            }
            LOG.info("SCEP: the answer cannot be used: {}", e.getMessage());
            return ask(question, known, weaker.get());
        }
    }

    /** The answer to the question in other form, if there is another form. */
    private Optional<Answer> corrected(Question question, Known known, MessageSuite suite, Answer refusal)
            throws IOException {
        Known latest = refusal.known().remembered() ? knowledge.revalidated(known) : refusal.known();
        if (!latest.authority().recipient().equals(known.authority().recipient())) {
            LOG.info("SCEP: the server's certificates have changed, asking again");
            return Optional.of(ask(question, latest, suite));
        }
        Optional<MessageSuite> weaker = settings.quirks().suiteAfter(suite);
        return weaker.isPresent() ? Optional.of(ask(question, latest, weaker.get())) : Optional.empty();
    }

    private Answer ask(Question question, Known known, MessageSuite suite) throws IOException {
        if (suite == MessageSuite.LEGACY) {
            LOG.warn("SCEP: {} is sent SHA-1 and triple DES, as its quirk allows", server);
        }
        Nonce nonce = Nonce.fresh(settings.crypto().random());
        Reply reply = server.pkiOperation(message(question, known, suite, nonce), known);
        CertRepReader reader =
                new CertRepReader(question.id(), nonce, settings.quirks().floorForAnswers(), settings.crypto());
        try {
            return answer(question, reader, reply, known);
        } catch (ScepException e) {
            throw reply.failure().orElse(e);
        }
    }

    private byte[] message(Question question, Known known, MessageSuite suite, Nonce nonce) throws ScepException {
        Recipient recipient = recipient(question, known.authority());
        byte[] content = question.content().apply(known.authority());
        byte[] envelope = Envelope.seal(content, recipient, suite.cipher(), settings.crypto());
        return PkiMessageWriter.request(question.type().apply(known), question.id(), envelope)
                .digest(suite.digest())
                .senderNonce(nonce)
                .signingTime(settings.clock().instant())
                .signedBy(question.requester().key(), settings.crypto());
    }

    /** A server that cannot decrypt with its key knows the challenge password, if there is one (RFC 8894, 3.1). */
    private static Recipient recipient(Question question, CaCertificates authority) throws ScepException {
        return authority
                .sealing()
                .or(() -> question.requester().challenge().map(Recipient::of))
                .orElseThrow(authority::cannotDecrypt);
    }

    private Answer answer(Question question, CertRepReader reader, Reply reply, Known known) throws IOException {
        SignedMessage presented = reader.read(reply.body());
        Known signers = known;
        PkiMessage message;
        try {
            message = reader.verified(presented, known.authority());
        } catch (ScepException e) {
            if (e.check() != Check.SIGNATURE || !known.remembered()) {
                throw e;
            }
            signers = knowledge.revalidated(known);
            message = reader.verified(presented, signers.authority());
        }
        reader.requireAnswer(message);
        return new Answer(message, signers, reply.status(), content(question, message));
    }

    private Optional<byte[]> content(Question question, PkiMessage message) throws ScepException {
        return message.status().filter(PkiStatus.SUCCESS::equals).isEmpty()
                ? Optional.empty()
                : Optional.of(question.requester()
                        .opener(settings.quirks().floorForAnswers(), settings.crypto())
                        .open(message.envelope()));
    }
}
