package dev.certkit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.scep.ChallengePolicy;
import dev.certkit.scep.OneTimeChallenges;
import dev.certkit.scep.ScepResponder;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program against our responder, over HTTP on loopback. */
class RenewalCommandTest {
    private static final CertifiedKey ROOT = CertifiedKey.selfSigned(DistinguishedName.cn("Acme Devices CA"))
            .profile(CertificateProfile.scepAuthority())
            .with(KeyType.RSA_2048.generate());

    @TempDir
    Path place;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Storage office = InMemoryStorage.empty();
    private ScepHttpServer server;

    @BeforeEach
    void start() throws IOException {
        OneTimeChallenges challenges = ChallengePolicy.oneTime(office);
        LocalAuthority authority =
                LocalAuthority.of(ROOT).profile(CertificateProfile.tlsServer()).in(office);
        server = ScepHttpServer.start(
                ScepResponder.of(authority).challenges(challenges).in(office));
        Files.writeString(place.resolve("challenge"), challenges.issue().use(String::new));
        Files.writeString(
                place.resolve("settings"),
                "server=" + server.uri() + "\npolicy=after 2/3 of the lifetime\nrequest.1.name=web\n"
                        + "request.1.subject=CN\\=printer-7.example.fr\nrequest.1.names=192.0.2.7\n"
                        + "request.1.key=RSA_2048\nrequest.1.use=TLS\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String command, String... more) {
        List<String> line = new ArrayList<>(List.of(
                place.resolve("store").toString(),
                command,
                "--settings",
                place.resolve("settings").toString()));
        line.addAll(List.of(more));
        return RenewalCommand.run(line, new ByteArrayInputStream(new byte[0]), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        stream.reset();
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private String[] asking() {
        return new String[] {
            "--ca",
            ROOT.chain().fingerprint().toString(),
            "--challenge-file",
            place.resolve("challenge").toString()
        };
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Tag("S2")
    @Tag("S10")
    void requestsAndTellsWhereItStands() {
        assertEquals(0, run("off"));
        assertEquals(0, run("request", asking()), () -> err.toString(StandardCharsets.UTF_8));
        assertTrue(out().contains("web: in use until "), out());
        assertTrue(out().contains("web: successful since "), out());

        assertEquals(0, run("request", asking()), "a second time, by the certificate in use");
        assertEquals(0, run("status"));
        assertTrue(out().contains("(after 2/3 of the lifetime, "), out());
        assertEquals(0, run("history"));
        assertEquals(
                2,
                out().lines()
                        .filter(line -> line.contains("manual web: successful"))
                        .count(),
                out());
    }

    @Test
    @Tag("S11")
    void saysWhyItWasRefused() throws IOException {
        Files.writeString(place.resolve("challenge"), "guessed");
        assertEquals(0, run("off"));
        assertEquals(1, run("request", asking()));
        assertTrue(out().contains("failInfo 2 (badRequest): The challenge password is missing"), out());
        assertFalse(out().contains("guessed"));
    }

    @Test
    @Tag("S14")
    void requestsNothingByHandWhileAutomaticRequestsAreOn() {
        assertEquals(1, run("request", asking()));
        assertTrue(
                err.toString(StandardCharsets.UTF_8).contains("turn them off first"),
                err.toString(StandardCharsets.UTF_8));
        run("status");
        assertTrue(out().startsWith("automatic requests are on\n"), out());

        assertEquals(0, run("off"));
        run("status");
        assertTrue(out().startsWith("automatic requests are off\nweb: to be processed"), out());
        assertEquals(0, run("request", asking()), () -> err.toString(StandardCharsets.UTF_8));
        assertEquals(0, run("on"));
        assertEquals("automatic requests are on\n", out());
    }

    @Test
    @Tag("S13")
    void exportsTheSettingsAndTakesThemFromSomewhereElse() throws IOException {
        Path exported = place.resolve("exported");
        assertEquals(0, run("settings", "--to", exported.toString()), () -> err.toString(StandardCharsets.UTF_8));
        Files.move(exported, place.resolve("settings"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(0, run("settings"));
        assertTrue(out().contains("policy=after 2/3 of the lifetime; jitter PT10M"), out());
        assertEquals(Files.readString(place.resolve("settings")), out());

        assertEquals(0, run("off"));
        assertEquals(0, run("request", asking()), () -> err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() throws IOException {
        assertEquals(2, run("dance"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("there is no command dance"));
        Files.writeString(place.resolve("settings"), "colour=red");
        assertEquals(1, run("status"));
    }

    @Test
    @Tag("S15")
    void runsUntilItIsEndedAndEnrolsByItself() throws Exception {
        Files.writeString(
                place.resolve("settings"),
                Files.readString(place.resolve("settings")).replace("lifetime", "lifetime; jitter PT0S"));
        Thread program = new Thread(() -> run("run", asking()));
        program.start();
        for (int i = 0; i < 600 && !out().contains("in use until"); i++) {
            program.join(100);
        }
        program.interrupt();
        program.join();
        assertTrue(out().contains("web: in use until "), out());

        // it may have been ended before it noted that; the next start notes it
        assertEquals(0, run("status"));
        assertTrue(out().contains("web: successful since ") || out().contains("web: processing since "), out());
    }
}
