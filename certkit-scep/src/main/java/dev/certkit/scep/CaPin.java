package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.Fingerprint;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authority that a client was told to trust: by certificate, by fingerprint, or whichever comes first. Thread safe. */
interface CaPin {
    /**
     * The pinned certificate: the one that was given, or else the one received that has the fingerprint.
     *
     * @throws ScepException {@link Check#CA_PIN}
     */
    X509Certificate among(List<X509Certificate> received) throws ScepException;

    /** What the server does not have to be asked for, since its present authority vouched for it; empty otherwise. */
    default List<X509Certificate> announced() {
        return List.of();
    }

    static CaPin of(Fingerprint fingerprint) {
        Objects.requireNonNull(fingerprint, "fingerprint");
        return received -> received.stream()
                .filter(fingerprint::matches)
                .findFirst()
                .orElseThrow(() -> mismatch("the certificate with the SHA-256 fingerprint " + fingerprint, received));
    }

    static CaPin of(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        return received -> certificate;
    }

    /** An authority that the present one vouched for, with what belongs to it. */
    static CaPin of(X509Certificate certificate, List<X509Certificate> announced) {
        return new CaPin() {
            @Override
            public X509Certificate among(List<X509Certificate> received) {
                return certificate;
            }

            @Override
            public List<X509Certificate> announced() {
                return announced;
            }
        };
    }

    /** Whichever authority the server shows first is pinned from then on. */
    static CaPin insecureFirst(Consumer<Fingerprint> report) {
        return new FirstSeen(Objects.requireNonNull(report, "report"));
    }

    static ScepException mismatch(String expected, List<X509Certificate> received) {
        String seen = received.stream()
                .limit(4)
                .map(each -> Fingerprint.sha256(each).toString())
                .collect(Collectors.joining(", "));
        return ScepException.of(
                Check.CA_PIN,
                "The SCEP server is not the authority that was pinned: expected " + expected + ", received "
                        + (seen.isEmpty() ? "no certificate" : seen)
                        + "; check the address, and the fingerprint with the authority's operator");
    }

    /** Trust on first use: no protection against who is between at that moment. */
    final class FirstSeen implements CaPin {
        private static final Logger LOG = LoggerFactory.getLogger(CaPin.class);

        private final Consumer<Fingerprint> report;
        private Optional<X509Certificate> seen = Optional.empty();

        private FirstSeen(Consumer<Fingerprint> report) {
            this.report = report;
        }

        @Override
        public synchronized X509Certificate among(List<X509Certificate> received) throws ScepException {
            if (seen.isEmpty()) {
                X509Certificate top = TopAuthority.of(received)
                        .orElseThrow(() -> mismatch("one authority above all other certificates", received));
                Fingerprint fingerprint = Fingerprint.sha256(top);
                LOG.warn("SCEP: an authority is trusted without a pin, with the SHA-256 fingerprint {}", fingerprint);
                report.accept(fingerprint);
                seen = Optional.of(top);
            }
            X509Certificate pinned = seen.get();
            if (!received.contains(pinned)) {
                throw mismatch("the certificate with the SHA-256 fingerprint " + Fingerprint.sha256(pinned), received);
            }
            return pinned;
        }
    }
}
