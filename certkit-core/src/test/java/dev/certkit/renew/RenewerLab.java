package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** A device with its storage and clock, and an authority that certifies for ninety days. */
final class RenewerLab {
    static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    static final Duration LIFETIME = Duration.ofDays(90);
    static final Shelf SHELF = Shelf.of("renewals");
    static final RequestFields WEB = RequestFields.of(
                    "web", DistinguishedName.cn("printer-7.example.fr").o("Acme"))
            .keyType(KeyType.EC_P256)
            .use(KeyUse.tls());

    final MovableClock clock = MovableClock.at(NOW);
    final InMemoryStorage storage = InMemoryStorage.empty(clock);
    final Identities identities = Identities.in(storage).clock(clock).unencrypted();
    final LocalAuthority local;
    final GatedAuthority authority;

    /** A lab whose authority goes by the device's clock. */
    RenewerLab() {
        this(Optional.empty());
    }

    /** A lab whose authority has a clock of its own. */
    RenewerLab(MovableClock authorityClock) {
        this(Optional.of(authorityClock));
    }

    private RenewerLab(Optional<MovableClock> own) {
        MovableClock clock = own.orElse(this.clock);
        CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root").o("Acme"))
                .profile(CertificateProfile.authority())
                .clock(MovableClock.at("2026-01-01T00:00:00Z"))
                .with(SampleKeys.of(KeyType.EC_P256));
        local = LocalAuthority.of(root).clock(clock).validFor(LIFETIME).in(InMemoryStorage.empty(clock));
        authority = new GatedAuthority(local);
    }

    RenewerDraft draft() {
        return Renewer.of(identities, authority).clock(clock).random(new Random(7));
    }

    /** A device that renews by the usual policy, and enrols by itself. */
    RenewerDraft automatic() {
        return draft().at(RenewalPolicy.afterTwoThirds()).requesting(WEB);
    }

    /** Runs a renewer from one due time to the next, until a time. */
    void runUntil(Renewer renewer, Instant end) throws IOException {
        for (int i = 0; i < 100_000; i++) {
            renewer.runDueOnce(1000);
            Instant next = storage.dueBefore(SHELF, end, 1).stream()
                    .flatMap(header -> header.nextAt().stream())
                    .findFirst()
                    .orElse(end);
            if (!next.isBefore(end)) {
                clock.set(end);
                return;
            }
            if (next.isAfter(clock.instant())) {
                clock.set(next);
            }
        }
        throw new AssertionError("it never comes to rest");
    }

    void runFor(Renewer renewer, Duration duration) throws IOException {
        runUntil(renewer, clock.instant().plus(duration));
    }

    /** With a first certificate, just issued. */
    CertifiedKey enrolled(Renewer renewer) throws IOException {
        runFor(renewer, Duration.ofMinutes(20));
        return current();
    }

    CertifiedKey current() throws IOException {
        return identities.find("web").orElseThrow(() -> new AssertionError("there is no certificate"));
    }

    RenewalRecord record(String name) throws IOException {
        StoredRecord stored = storage.find(SHELF.name(name)).orElseThrow();
        return RenewalRecord.decode(stored);
    }

    Phase phase() throws IOException {
        return record("web").phase();
    }

    String stored(String name) throws IOException {
        return new String(storage.find(SHELF.name(name)).orElseThrow().content().payload(), StandardCharsets.UTF_8);
    }

    /** Nothing is due before a time from now. */
    void assertQuietFor(Duration duration) {
        assertTrue(storage.dueBefore(SHELF, clock.instant().plus(duration), 1).isEmpty(), "something is due");
    }
}
