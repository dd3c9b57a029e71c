package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which certificates may speak for an authority that is not their own.
 *
 * <p>A server names its registration authorities itself, in a message that nobody signed. To be issued by the authority is
 * not enough, since every device's certificate is: one that is restricted to other purposes is refused.
 */
final class RegistrationAuthority {
    /** Certificate request agent (Microsoft), id-kp-cmcRA (RFC 6402, section 2.10), anyExtendedKeyUsage. */
    private static final Set<String> PURPOSES = Set.of("1.3.6.1.4.1.311.20.2.1", "1.3.6.1.5.5.7.3.28", "2.5.29.37.0");

    private RegistrationAuthority() {}

    /** The path of a certificate; refuses one that does not lead to the pinned one, or is for something else. */
    static PinnedPath proved(X509Certificate certificate, Optional<PinnedPath> path) throws ScepException {
        PinnedPath proof =
                path.orElseThrow(() -> refused(certificate, "it is not issued under the authority that was pinned"));
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (purposes != null && purposes.stream().noneMatch(PURPOSES::contains)) {
                throw refused(certificate, "it is for other purposes, " + Shown.of(purposes));
            }
            return proof;
        } catch (CertificateParsingException e) {
            throw refused(certificate, "its extended key usage cannot be read");
        }
    }

    /** Leaves out those that are out of time, which servers keep on sending; refuses if no other is there. */
    static List<X509Certificate> inTime(List<PinnedPath> proved, Instant now) throws ScepException {
        List<X509Certificate> current = proved.stream()
                .filter(path -> path.outOfTime(now).isEmpty())
                .map(path -> path.chain().leaf())
                .toList();
        if (current.isEmpty() && !proved.isEmpty()) {
            throw refused(
                    proved.get(0).chain().leaf(), "it is expired or not valid yet at " + now + "; check this clock");
        }
        return current;
    }

    private static ScepException refused(X509Certificate certificate, String reason) {
        return ScepException.of(
                Check.RA_CERTIFICATE,
                "The SCEP server sent the certificate of "
                        + Shown.of(DistinguishedName.of(certificate.getSubjectX500Principal()))
                        + " as its registration authority's, which is not accepted: " + reason);
    }
}
