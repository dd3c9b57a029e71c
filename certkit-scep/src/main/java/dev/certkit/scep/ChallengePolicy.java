package dev.certkit.scep;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.Passphrase;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * Decides who may have a first certificate, usually by the challenge password of the request (RFC 8894, section 2.4).
 *
 * <p>A renewal is decided by the certificate that signed it and never comes here. Implementations are thread safe; both
 * methods may be called again for the same request, since requests are repeated and responders restarted. An
 * {@link IOException} from either is answered with HTTP status 503, and nothing is issued.
 */
@FunctionalInterface
public interface ChallengePolicy {
    /** What a policy says about a request. */
    enum Verdict {
        /** It may be issued, if the challenge can then be {@linkplain ChallengePolicy#redeem redeemed}. */
        ACCEPT,
        /** It is answered with badRequest, and always with the same words. */
        REFUSE,
        /** A person decides, see {@link ScepResponder#waiting()}. */
        HOLD
    }

    /**
     * Who asks for what.
     *
     * @param request with its challenge password, possession of its key proved
     * @param transactionId chosen by the requester and proof of nothing; escape it before you print it
     * @param signer the certificate that signed the message, self-signed as a rule and then proof of nothing but its key
     * @param remote where the request came from, as the HTTP server said, perhaps empty
     */
    record Applicant(CertificationRequest request, String transactionId, X509Certificate signer, String remote) {
        /** Checks for null. */
        public Applicant {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(transactionId, "transactionId");
            Objects.requireNonNull(signer, "signer");
            Objects.requireNonNull(remote, "remote");
        }

        /** The subject and the transaction, without anything that could break a line. */
        @Override
        public String toString() {
            return Shown.of(request.subject()) + ", transaction " + Shown.of(transactionId);
        }
    }

    /**
     * Looks at a request and changes nothing.
     *
     * @param applicant not null
     * @throws IOException if the verdict cannot be found out now
     */
    Verdict judge(Applicant applicant) throws IOException;

    /**
     * Uses up the challenge of an accepted request for one order, just before its certificate is issued.
     *
     * <p>Must be atomic and durable, and give true again whenever the same order comes again, also after the challenge
     * has expired: the responder may have been stopped between this call and the next step. By default there is nothing
     * to use up.
     *
     * @param applicant not null
     * @param order names this one certificate to be; never used for another; not null
     * @return whether the certificate may be issued
     * @throws IOException if that cannot be found out or kept now
     */
    default boolean redeem(Applicant applicant, String order) throws IOException {
        return true;
    }

    /**
     * Challenges that are good for one certificate each, random, bound to a subject if wanted, and valid for an hour.
     *
     * @param storage where their digests are kept, closed by the caller; not null
     */
    static OneTimeChallenges oneTime(Storage storage) {
        return OneTimeChallenges.in(storage);
    }

    /**
     * One challenge for everybody, as often as they like.
     *
     * <p>Whoever knows it can have a certificate for any name: prefer {@link #oneTime(Storage)}.
     *
     * @param challenge must stay open as long as the policy is used; not null and not empty
     * @throws IllegalArgumentException if the challenge is empty
     */
    static ChallengePolicy shared(Passphrase challenge) {
        return SharedChallenge.of(challenge);
    }

    /** Every request waits for a person, whatever its challenge. */
    static ChallengePolicy manual() {
        return applicant -> Verdict.HOLD;
    }
}
