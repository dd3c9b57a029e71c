package dev.certkit.scep;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.issue.FailInfo;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.scep.ChallengePolicy.Verdict;
import dev.certkit.scep.TransactionShelf.Slot;
import dev.certkit.store.StaleRecordException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on orders, each exactly once.
 *
 * <p>Every step can be repeated: the transaction is recorded with its serial number; the challenge is used up for that
 * serial number; the authority issues one certificate under it. Whoever comes to a transaction, after a lost answer, a
 * crash, or at the same moment in another thread, goes on from the state in the record.
 */
final class TransactionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionDesk.class);
    private static final int MAX_WAITING = 1000;
    /** A transaction has four states to go through; each attempt that fails means that another thread advanced. */
    private static final int MAX_ATTEMPTS = 16;

    private static final Decision.Refused WRONG_CHALLENGE =
            new Decision.Refused(FailInfo.BAD_REQUEST, "The challenge password is missing, wrong, used or expired");
    private static final Decision.Refused UNKNOWN =
            new Decision.Refused(FailInfo.BAD_CERT_ID, "No request waits under this transaction for this key");
    private static final Decision.Refused OTHER_SIGNER = new Decision.Refused(
            FailInfo.BAD_REQUEST, "The message is not signed by the key that it asks a certificate for");

    private final LocalAuthority authority;
    private final ChallengePolicy policy;
    private final Clock clock;
    private final TransactionShelf shelf;
    private final RequestVault vault;
    private final RenewalRules renewals;

    TransactionDesk(LocalAuthority authority, ResponderSettings settings, RequestVault vault) {
        this.authority = authority;
        this.policy = settings.policy();
        this.clock = settings.clock();
        this.shelf = new TransactionShelf(settings.storage());
        this.vault = vault;
        this.renewals = new RenewalRules(authority.authority().chain().leaf(), settings.clock());
    }

    /** A step that somebody else's write can overtake. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    private static <T> T repeated(Step<T> step) throws IOException {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return step.take();
            } catch (StaleRecordException e) {
                LOG.debug("SCEP: overtaken, looking again: {}", e.getMessage());
            }
        }
        return step.take();
    }

    Decision order(MessageType type, ChallengePolicy.Applicant applicant) throws IOException {
        Order order = new Order(applicant, renewals.isRenewal(type, applicant));
        return repeated(() -> decide(order));
    }

    private Decision decide(Order order) throws IOException {
        Slot slot = shelf.find(order);
        Optional<Transaction> known = slot.transaction();
        // A client that derives its identifier from its key enrols again under the same one.
        boolean again = known.isPresent() && !order.renewal() && known.get().isPastHalfLife(clock.instant());
        return known.isEmpty() || again ? begin(order, slot) : resume(order, slot, known.get());
    }

    private Decision begin(Order order, Slot slot) throws IOException {
        Optional<Decision.Refused> objection = order.renewal() ? renewals.objection(order) : signerObjection(order);
        if (objection.isPresent()) {
            return objection.get();
        }
        Transaction transaction = Transaction.ordered(authority.nextSerialNumber(), order, clock.instant());
        Verdict verdict = order.renewal() ? Verdict.ACCEPT : policy.judge(order.applicant());
        return switch (verdict) {
            case REFUSE -> refuseUnlessOvertaken(order, slot);
            case HOLD -> hold(order, slot, transaction);
            case ACCEPT -> accept(order, slot, transaction);
        };
    }

    /** Asks the authority before anything is written or used up, so that a corrected request can be sent again. */
    private Decision accept(Order order, Slot slot, Transaction transaction) throws IOException {
        Optional<Issuance.Declined> objection = order.renewal()
                ? authority.objection(order.signer(), order.request())
                : authority.objection(order.request());
        return objection.isPresent()
                ? decision(objection.get())
                : issue(order, shelf.write(slot, transaction), transaction);
    }

    /** The same request, sent twice at once, may have used the challenge since this one was looked for. */
    private Decision refuseUnlessOvertaken(Order order, Slot before) throws IOException {
        Slot now = shelf.find(order);
        Optional<Transaction> begun = now.transaction();
        return begun.isEmpty() || now.stored().equals(before.stored())
                ? WRONG_CHALLENGE
                : resume(order, now, begun.get());
    }

    /** Whoever recorded a request must not have it answered to a key of his own; another key only decrypts for it. */
    private static Optional<Decision.Refused> signerObjection(Order order) {
        boolean decrypts = order.request().publicKey().getAlgorithm().equals("RSA");
        return decrypts && !order.isSignedByRequestedKey() ? Optional.of(OTHER_SIGNER) : Optional.empty();
    }

    private Decision hold(Order order, Slot slot, Transaction transaction) throws IOException {
        if (shelf.hasWaiting(MAX_WAITING)) {
            throw new IOException(MAX_WAITING + " SCEP requests wait for a person already; approve or deny them");
        }
        shelf.write(slot, transaction.waiting(vault.seal(order.request())));
        LOG.info("SCEP: {} waits for a person", order.applicant());
        return new Decision.Held();
    }

    private Decision resume(Order order, Slot slot, Transaction transaction) throws IOException {
        return switch (transaction.state()) {
            case ORDERED -> issue(order, slot, transaction);
            case WAITING -> new Decision.Held();
            case APPROVED ->
                decision(complete(slot, transaction, authority.issue(order.request(), transaction.serial())));
            case ISSUED -> new Decision.Granted(transaction.certificate());
            case DENIED ->
                policy.judge(order.applicant()) == Verdict.ACCEPT ? begin(order, slot) : transaction.refusal();
        };
    }

    private Decision issue(Order order, Slot slot, Transaction transaction) throws IOException {
        if (order.renewal()) {
            return record(slot, transaction, authority.renew(order.signer(), order.request(), transaction.serial()));
        }
        return policy.redeem(order.applicant(), transaction.serial().hex())
                ? record(slot, transaction, authority.issue(order.request(), transaction.serial()))
                : WRONG_CHALLENGE;
    }

    private Decision record(Slot slot, Transaction transaction, Issuance issuance) throws IOException {
        if (issuance instanceof Issuance.Certified certified) {
            issued(slot, transaction, certified.chain().leaf());
        }
        return decision(issuance);
    }

    private void issued(Slot slot, Transaction transaction, X509Certificate certificate) throws IOException {
        shelf.write(slot, transaction.issued(certificate));
        LOG.info("SCEP: issued serial number {} to {}", transaction.serial(), transaction.asWaiting(slot.name()));
    }

    private static Decision decision(Issuance issuance) {
        return issuance.fold(
                certified -> new Decision.Granted(certified.chain().leaf()),
                declined -> new Decision.Refused(declined.failInfo(), declined.text()));
    }

    /** After a person's yes, the authority's no is final too. */
    private Issuance complete(Slot slot, Transaction transaction, Issuance issuance) throws IOException {
        if (issuance instanceof Issuance.Declined declined) {
            shelf.write(slot, transaction.denied(declined.failInfo(), declined.text()));
            LOG.info("SCEP: {} was approved, but: {}", transaction.asWaiting(slot.name()), declined.text());
        } else {
            record(slot, transaction, issuance);
        }
        return issuance;
    }

    /** RFC 8894, section 4.4. */
    Decision poll(String owner) throws IOException {
        return repeated(() -> {
            Optional<Slot> slot = shelf.latest(owner);
            return slot.isPresent() ? poll(slot.get()) : UNKNOWN;
        });
    }

    private Decision poll(Slot slot) throws IOException {
        Transaction transaction = slot.transaction().orElseThrow();
        return switch (transaction.state()) {
            // Not finished because of a crash, and only the request itself can finish it.
            case ORDERED -> UNKNOWN;
            case WAITING -> new Decision.Held();
            case APPROVED -> {
                Optional<CertificationRequest> request = vault.open(transaction.sealedRequest());
                yield request.isEmpty()
                        ? UNKNOWN
                        : decision(complete(slot, transaction, authority.issue(request.get(), transaction.serial())));
            }
            case ISSUED -> new Decision.Granted(transaction.certificate());
            case DENIED -> transaction.refusal();
        };
    }

    /** The request of a transaction, where it is still kept. */
    Optional<CertificationRequest> request(String owner) throws IOException {
        Optional<Slot> slot = shelf.latest(owner);
        return slot.isPresent() && slot.get().transaction().isPresent()
                ? slot.get().transaction().get().keptRequest().flatMap(vault::open)
                : Optional.empty();
    }

    List<WaitingRequest> waiting() throws IOException {
        return shelf.waiting(MAX_WAITING);
    }

    Issuance approve(WaitingRequest waiting) throws IOException {
        return repeated(() -> {
            Slot slot = shelf.find(waiting.name());
            Transaction transaction = known(slot, waiting);
            return switch (transaction.state()) {
                case WAITING -> completeFromVault(shelf.write(slot, transaction.approved()), transaction.approved());
                case APPROVED -> completeFromVault(slot, transaction);
                case ISSUED ->
                    new Issuance.Certified(CertificateChain.assemble(
                            transaction.certificate(),
                            authority.authority().chain().certificates()));
                case DENIED ->
                    new Issuance.Declined(
                            transaction.refusal().failInfo(),
                            transaction.refusal().text());
                case ORDERED -> throw notWaiting(waiting);
            };
        });
    }

    private Issuance completeFromVault(Slot slot, Transaction transaction) throws IOException {
        Optional<CertificationRequest> request = vault.open(transaction.sealedRequest());
        return request.isPresent()
                ? complete(slot, transaction, authority.issue(request.get(), transaction.serial()))
                : new Issuance.Declined(
                        FailInfo.BAD_REQUEST,
                        "The responder's key has changed since the request came; it is approved, and the certificate is"
                                + " issued when the requester sends it again");
    }

    void deny(WaitingRequest waiting, String text) throws IOException {
        repeated(() -> {
            Slot slot = shelf.find(waiting.name());
            Transaction transaction = known(slot, waiting);
            if (transaction.state() != Transaction.State.WAITING) {
                throw notWaiting(waiting);
            }
            LOG.info("SCEP: {} is denied", waiting);
            return shelf.write(slot, transaction.denied(FailInfo.BAD_REQUEST, text));
        });
    }

    private static Transaction known(Slot slot, WaitingRequest waiting) throws IOException {
        return slot.transaction()
                .filter(transaction -> transaction.serial().equals(waiting.serial()))
                .orElseThrow(() -> notWaiting(waiting));
    }

    private static IllegalStateException notWaiting(WaitingRequest waiting) {
        return new IllegalStateException("waiting: " + waiting + " does not wait any more; list waiting() again");
    }
}
