package dev.certkit.scep;

import dev.certkit.identity.BrokenChainException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.issue.FailInfo;
import dev.certkit.scep.ChallengePolicy.Applicant;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Validity;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What makes an order a renewal, and what the authority's own rules do not ask of it. */
final class RenewalRules {
    private final X509Certificate authority;
    private final Clock clock;

    RenewalRules(X509Certificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /**
     * A RenewalReq, or the older form: a PKCSReq for the same subject, signed with a certificate that can be renewed.
     *
     * <p>Some devices never send a RenewalReq.
     */
    boolean isRenewal(MessageType type, Applicant applicant) {
        X509Certificate current = applicant.signer();
        return type == MessageType.RENEWAL_REQ
                || (isOurs(current)
                        && new Validity(
                                        current.getNotBefore().toInstant(),
                                        current.getNotAfter().toInstant())
                                .contains(clock.instant())
                        && applicant
                                .request()
                                .subject()
                                .equals(DistinguishedName.of(current.getSubjectX500Principal())));
    }

    /** Asked before anything is written; the authority's rules on time, names and repetition follow. */
    Optional<Decision.Refused> objection(Order order) {
        return isOurs(order.signer())
                ? Optional.empty()
                : refused("The renewal is not signed with a certificate of this authority; enrol anew");
    }

    private boolean isOurs(X509Certificate certificate) {
        try {
            CertificateChain.of(List.of(certificate, authority));
            return true;
        } catch (BrokenChainException e) {
            return false;
        }
    }

    private static Optional<Decision.Refused> refused(String text) {
        return Optional.of(new Decision.Refused(FailInfo.BAD_REQUEST, text));
    }
}
