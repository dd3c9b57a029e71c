package dev.certkit.renew;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.AuthorityFault;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.issue.Enrolment;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentitySummary;
import dev.certkit.store.DueWork;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.security.ProviderException;
import java.util.Optional;

/** The phases in which the authority is asked: always for the key that is stored, under the same transaction. */
final class Asking {
    private final Workshop workshop;
    private final RenewalSettings settings;
    private final Identities identities;
    private final CertificateAuthority authority;
    private final Ending ending;

    Asking(Workshop workshop, RenewalSettings settings) {
        this.workshop = workshop;
        this.settings = settings;
        this.identities = workshop.identities();
        this.authority = workshop.authority();
        this.ending = new Ending(workshop, settings);
    }

    Step ask(DueWork.Job job, RenewalRecord record) throws IOException {
        Optional<PendingKey> pending = identities.pending(record.name());
        if (pending.isEmpty()) {
            return withoutPending(record);
        }
        RenewalRecord asked = record.last(record.open().askedAgain());
        Enrolment answer;
        try {
            answer = answer(record, pending.get());
        } catch (IOException e) {
            return fault(job, asked, e);
        } catch (IllegalArgumentException | IllegalStateException | ProviderException e) {
            // Nothing was sent: it would be the same with this key the next time.
            return refused(job, asked, RequestError.of(Kind.DEVICE, String.valueOf(e.getMessage())));
        }
        return answered(job, asked, answer);
    }

    /** The power went after the certificate was installed, or somebody withdrew the request. */
    private Step withoutPending(RenewalRecord record) throws IOException {
        IdentitySummary summary = identities.summary(record.name());
        boolean isInstalled =
                Planner.certificate(summary).isPresent() && !record.basis().equals(Planner.fingerprint(summary));
        return isInstalled
                ? Step.goingOn(record.phase(Phase.TAKING).trouble(Optional.empty()))
                : ending.failed(record, RequestError.of(Kind.WITHDRAWN, "the pending request was withdrawn"));
    }

    private Enrolment answer(RenewalRecord record, PendingKey pending) throws IOException {
        Optional<CertifiedKey> current = record.isRenewal() ? identities.find(record.name()) : Optional.empty();
        Optional<String> transaction = identities.transactionId(record.name());
        if (transaction.isPresent()) {
            return authority.poll(new Enrolment.Pending(pending, transaction.get(), current));
        }
        return current.isPresent() ? authority.renew(current.get(), pending) : authority.enrol(pending);
    }

    private Step fault(DueWork.Job job, RenewalRecord record, IOException failure) throws IOException {
        job.extend();
        AuthorityFault fault = authority.fault(failure);
        RequestError error = RequestError.of(fault, String.valueOf(failure.getMessage()));
        Ending later = ending.notBefore(fault.retryAfter());
        return fault.kind() == AuthorityFault.Kind.UNREACHABLE
                ? later.again(record, error)
                : later.failed(record, error);
    }

    private Step answered(DueWork.Job job, RenewalRecord record, Enrolment answer) throws IOException {
        if (answer instanceof Enrolment.Issued issued) {
            return store(job, record, issued.key());
        }
        if (answer instanceof Enrolment.Pending waiting) {
            job.extend();
            identities.awaiting(record.name(), waiting.transactionId());
            return ending.again(record.phase(Phase.WAITING), RequestError.of(Kind.DEFERRED, ""));
        }
        return refused(job, record, RequestError.of((Enrolment.Refused) answer));
    }

    /** It says that there is no certificate for this key, so the key goes. */
    private Step refused(DueWork.Job job, RenewalRecord record, RequestError error) throws IOException {
        job.extend();
        identities.withdraw(record.name());
        return ending.failed(record, error);
    }

    private Step store(DueWork.Job job, RenewalRecord record, CertifiedKey issued) throws IOException {
        Fingerprint fingerprint = issued.chain().fingerprint();
        if (record.basis().equals(Optional.of(fingerprint))) {
            return refused(job, record, RequestError.of(Kind.UNACCEPTABLE, "the certificate in use came once more"));
        }
        job.extend();
        keepPrevious(record.name(), issued);
        identities.install(record.name(), issued.chain());
        return Step.goingOn(record.phase(Phase.TAKING).trouble(Optional.empty()));
    }

    /** Installing replaces the pair in one write; until somebody has taken the new one, the old one stands beside. */
    private void keepPrevious(String name, CertifiedKey issued) throws IOException {
        Optional<CertifiedKey> current = identities.find(name);
        boolean isNeeded = workshop.hooks().taker().isPresent() || settings.keepsOldKeys();
        if (isNeeded && current.isPresent() && !isSameKey(current.get(), issued)) {
            identities.install(Workshop.previous(name), current.get());
        }
    }

    private static boolean isSameKey(CertifiedKey one, CertifiedKey other) {
        return one.chain().leaf().getPublicKey().equals(other.chain().leaf().getPublicKey());
    }
}
