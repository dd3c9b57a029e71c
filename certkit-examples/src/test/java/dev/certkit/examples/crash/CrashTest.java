package dev.certkit.examples.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.examples.ScepHttpServer;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.renew.Attempt;
import dev.certkit.renew.RenewalPolicy;
import dev.certkit.renew.Renewer;
import dev.certkit.renew.RequestStatus;
import dev.certkit.scep.ChallengePolicy;
import dev.certkit.scep.ScepResponder;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device that is killed while it enrols and renews over HTTP, before and after every step and at random.
 *
 * <p>It has one challenge, which can be used once, and the authority renews a certificate for one key only: a key that was
 * lost after the authority certified it would end all further requests. {@code -Dcertkit.renewal.kills=250} makes it a long
 * run.
 */
@Tag("S15")
class CrashTest {
    private static final int KILLS = Integer.getInteger("certkit.renewal.kills", 12);
    private static final CertificateAuthority NOBODY = (CertificateAuthority) Proxy.newProxyInstance(
            CertificateAuthority.class.getClassLoader(),
            new Class<?>[] {CertificateAuthority.class},
            (proxy, method, args) -> {
                throw new AssertionError("nobody is asked for a look");
            });

    @TempDir
    Path place;

    private SharedClock clock;
    private LocalAuthority authority;
    private ScepHttpServer server;
    private final List<String> points = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        clock = new SharedClock(place.resolve("clock"));
        Storage office = InMemoryStorage.empty(clock);
        CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Acme Devices CA"))
                .profile(CertificateProfile.scepAuthority())
                .with(KeyType.RSA_2048.generate());
        authority = LocalAuthority.of(root)
                .profile(CertificateProfile.tlsServer())
                .clock(clock)
                .in(office);
        var challenges = ChallengePolicy.oneTime(office).clock(clock);
        Files.writeString(place.resolve("challenge"), challenges.issue().use(String::new));
        server = ScepHttpServer.start(
                ScepResponder.of(authority).challenges(challenges).in(office).clock(clock));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nothingIsLostAndNothingIsRequestedTwice(TestReporter reporter) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            String where = "seed " + seed + ", kill " + kill;
            if (kill % 4 == 0) {
                killedAtRandom(random);
            } else {
                killedAt(fatalPoint(kill, random), where);
            }
            assertSound(where + ", points " + points);
        }
        finish();
        assertAllInUse(seed);
        reporter.publishEntry(KILLS + " kills, " + authority.count() + " certificates, seed " + seed + ": " + points);
    }

    /** One after the other in a long run; spread over all in a short one. */
    private static int fatalPoint(int kill, Random random) {
        return KILLS >= 100 ? 1 + kill * 3 / 4 % 60 : 1 + random.nextInt(60);
    }

    private List<String> arguments(int fatal, int certificates) {
        return List.of(
                place.toString(),
                server.uri().toString(),
                Fingerprint.sha256(root()).toString(),
                Integer.toString(fatal),
                Integer.toString(certificates));
    }

    private X509Certificate root() {
        return authority.authority().chain().leaf();
    }

    private void killedAt(int fatal, String where) throws IOException {
        try (DeviceProcess device = DeviceProcess.start(arguments(fatal, 1000))) {
            assertEquals("ready", device.line(), where);
            String line = device.line();
            assertTrue(line.startsWith(CrashPoints.HERE), where + ": " + line);
            points.add(line.substring(CrashPoints.HERE.length()));
        }
    }

    private void killedAtRandom(Random random) throws IOException {
        try (DeviceProcess device = DeviceProcess.start(arguments(0, 1000))) {
            assertEquals("ready", device.line());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1500)));
            assertTrue(device.isAlive(), "the device ended by itself");
        }
    }

    /** Undisturbed until one more certificate is in use. */
    private void finish() throws IOException {
        try (DeviceProcess device = DeviceProcess.start(arguments(0, 1))) {
            assertEquals("ready", device.line());
            assertEquals("done", device.line());
        }
    }

    private void assertSound(String where) throws IOException {
        try (Storage storage = DeviceProgram.storage(place, clock)) {
            Identities identities = Identities.in(storage).clock(clock).unencrypted();
            Optional<CertifiedKey> current = identities.find(DeviceProgram.NAME);
            assertEquals(taken().isEmpty() && current.isEmpty(), current.isEmpty(), where + ": nothing is in use");
            assertTrue(current.isEmpty() || isValid(current.get()), where + ": what is in use is not valid");
            List<X509Certificate> issued = authority.issued(Optional.empty(), 100_000);
            for (X509Certificate certificate : issued) {
                assertTrue(isKnown(certificate, identities), where + ": the key of an issued certificate is lost");
            }
            assertEquals(List.of(), errors(identities), where);
        }
    }

    private boolean isValid(CertifiedKey key) {
        return key.chain().validity().contains(clock.instant());
    }

    private boolean isKnown(X509Certificate certificate, Identities identities) throws IOException {
        return taken().contains(Fingerprint.sha256(certificate).toString())
                || identities.holders(certificate.getPublicKey()).contains(DeviceProgram.NAME);
    }

    private List<Attempt> errors(Identities identities) throws IOException {
        try (Renewer look = look(identities)) {
            return look.history().stream()
                    .filter(attempt -> attempt.outcome().error().isPresent())
                    .toList();
        }
    }

    private Renewer look(Identities identities) {
        return Renewer.of(identities, NOBODY)
                .clock(clock)
                .at(RenewalPolicy.every(Duration.ofHours(1)))
                .open();
    }

    private void assertAllInUse(long seed) throws IOException {
        TreeSet<String> issued = new TreeSet<>();
        authority
                .issued(Optional.empty(), 100_000)
                .forEach(each -> issued.add(Fingerprint.sha256(each).toString()));
        assertEquals(issued, new TreeSet<>(taken()), "seed " + seed + ": issued, and taken into use");
        assertEquals(authority.count(), issued.size());
        try (Storage storage = DeviceProgram.storage(place, clock)) {
            Identities identities = Identities.in(storage).clock(clock).unencrypted();
            assertEquals(List.of(DeviceProgram.NAME), identities.names(), "seed " + seed);
            assertTrue(isValid(identities.find(DeviceProgram.NAME).orElseThrow()));
            assertEquals(
                    RequestStatus.State.SUCCESSFUL,
                    look(identities).status(DeviceProgram.NAME).state(),
                    "seed " + seed);
        }
    }

    private List<String> taken() throws IOException {
        Path file = place.resolve("taken");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
