package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.Fingerprint;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The authority that a client was told to trust, by certificate or by fingerprint. Immutable. */
final class CaPin {
    private static final int SHOWN = 4;

    private final Fingerprint fingerprint;
    private final Optional<X509Certificate> certificate;

    private CaPin(Fingerprint fingerprint, Optional<X509Certificate> certificate) {
        this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
        this.certificate = certificate;
    }

    static CaPin of(Fingerprint fingerprint) {
        return new CaPin(fingerprint, Optional.empty());
    }

    static CaPin of(X509Certificate certificate) {
        return new CaPin(Fingerprint.sha256(certificate), Optional.of(certificate));
    }

    /**
     * The pinned certificate: the one that was given, or else the one received that has the fingerprint.
     *
     * @throws ScepException {@link Check#CA_PIN}
     */
    X509Certificate among(List<X509Certificate> received) throws ScepException {
        return certificate
                .or(() -> received.stream().filter(fingerprint::matches).findFirst())
                .orElseThrow(() -> mismatch(received));
    }

    ScepException mismatch(List<X509Certificate> received) {
        String seen = received.stream()
                .limit(SHOWN)
                .map(each -> Fingerprint.sha256(each).toString())
                .collect(Collectors.joining(", "));
        return ScepException.of(
                Check.CA_PIN,
                "The SCEP server is not the authority that was pinned: expected the certificate with the SHA-256"
                        + " fingerprint " + fingerprint + ", received "
                        + (seen.isEmpty() ? "no certificate" : seen)
                        + "; check the address, and the fingerprint with the authority's operator");
    }
}
