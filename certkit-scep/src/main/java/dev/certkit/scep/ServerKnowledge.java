package dev.certkit.scep;

import dev.certkit.scep.ClientSettings.Demand;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a server said of itself, kept so that an enrolment needs one exchange.
 *
 * <p>It is asked again when it is older than the settings allow, when one of its certificates has run out, when the clock
 * was set back, and when an answer gives reason to doubt it. Thread safe; two threads may ask at once, which is harmless.
 */
final class ServerKnowledge {
    private final ScepServer server;
    private final CaPin pin;
    private final ClientSettings settings;
    private volatile Optional<Known> kept = Optional.empty();

    ServerKnowledge(ScepServer server, CaPin pin, ClientSettings settings) {
        this.server = server;
        this.pin = pin;
        this.settings = settings;
    }

    /**
     * Capabilities and certificates.
     *
     * @param asked when
     * @param remembered whether they were asked for an earlier call
     */
    record Known(Set<CaCapability> capabilities, CaCertificates authority, Instant asked, boolean remembered) {
        boolean posts() {
            return capabilities.contains(CaCapability.POST_PKI_OPERATION);
        }

        private Known asRemembered() {
            return new Known(capabilities, authority, asked, true);
        }
    }

    /** What is remembered if it is fresh, otherwise what the server says now. */
    Known current() throws IOException {
        Optional<Known> known = kept.filter(this::isFresh);
        return known.isPresent() ? known.get() : asked();
    }

    private boolean isFresh(Known known) {
        Instant now = settings.clock().instant();
        return !now.isBefore(known.asked())
                && now.isBefore(known.asked().plus(settings.habits().memory()))
                && known.authority().isInTime(now);
    }

    /** What the server says now. */
    Known asked() throws IOException {
        Set<CaCapability> capabilities = capabilities();
        CaCertificates authority = authority();
        Known known = new Known(capabilities, authority, settings.clock().instant(), false);
        kept = Optional.of(known.asRemembered());
        return known;
    }

    /** The certificates as the server has them now, with the capabilities from before. */
    Known revalidated(Known before) throws IOException {
        Known known =
                new Known(before.capabilities(), authority(), settings.clock().instant(), false);
        kept = Optional.of(known.asRemembered());
        return known;
    }

    /** The next call asks again. */
    void forget() {
        kept = Optional.empty();
    }

    Set<CaCapability> capabilities() throws IOException {
        Set<CaCapability> announced = server.capabilities();
        if (settings.demands(Demand.THE_STANDARD) && !announced.contains(CaCapability.SCEP_STANDARD)) {
            throw ScepException.of(
                    Check.CAPABILITIES,
                    "The SCEP server does not announce SCEPStandard, but " + announced
                            + "; somebody may have changed its" + " answer (RFC 8894, section 7.5)");
        }
        return announced;
    }

    private CaCertificates authority() throws IOException {
        List<X509Certificate> received = server.certificates();
        List<X509Certificate> announced = pin.announced();
        // A server shows its present certificates for as long as its next authority is not in office.
        boolean present = announced.isEmpty() || received.containsAll(announced);
        return CaCertificates.proved(
                present ? received : announced, pin, settings.clock().instant());
    }
}
