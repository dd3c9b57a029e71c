package dev.certkit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.tls.TlsContext;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The security page from command line to exit code, against real servers; each command opens the directory anew. */
@Timeout(60)
class TrustCommandTest {
    private static final CertifiedKey ROOT = authority("Office CA");
    private static final CertifiedKey STRANGER = authority("Camera CA");

    /** Ended three months ago, and is for another host. */
    private static final CertifiedKey BROKEN = CertifiedKey.selfSigned(DistinguishedName.cn("camera-9"))
            .san("camera-9.example.fr")
            .clock(Clock.fixed(Instant.now().minus(Duration.ofDays(120)), ZoneOffset.UTC))
            .validFor(Duration.ofDays(30))
            .with(KeyType.EC_P256.generate());

    @TempDir
    private Path directory;

    private String anchors = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void anchors() throws IOException {
        anchors = file("anchors.pem", ROOT.chain().toPem());
    }

    private static CertifiedKey authority(String name) {
        return CertifiedKey.selfSigned(DistinguishedName.cn(name))
                .profile(CertificateProfile.authority())
                .with(KeyType.EC_P256.generate());
    }

    private static CertifiedKey serverBy(CertifiedKey authority) throws IOException {
        KeyPair keys = KeyType.EC_P256.generate();
        CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.cn("printer-7"))
                .san("localhost")
                .signedBy(keys)
                .request();
        return CertifiedKey.of(
                keys.getPrivate(),
                LocalAuthority.of(authority).issue(request).fold(issued -> issued.chain(), declined -> {
                    throw new AssertionError("declined: " + declined);
                }));
    }

    private static StatusPage serving(CertifiedKey key) throws IOException {
        return StatusPage.start(TlsContext.presenting(key).toSslContext());
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private int run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> line = new ArrayList<>(List.of(directory.resolve("store").toString()));
        line.addAll(List.of(words));
        line.addAll(List.of("--anchors", anchors));
        int exit = TrustCommand.run(
                line,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        this.out = out.toString(StandardCharsets.UTF_8);
        this.err = err.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private String done(String... words) {
        assertEquals(0, run(words), () -> out + err);
        return out;
    }

    private String refused(String... words) {
        assertEquals(1, run(words), () -> out + err);
        return err;
    }

    private String list(String list) {
        return done("list", "--of", list);
    }

    private static String at(StatusPage page) {
        return "localhost:" + page.port();
    }

    private static String fingerprint(CertifiedKey key) {
        return key.chain().fingerprint().toString();
    }

    @Nested
    class ABrokenServer {
        @Test
        @Tag("G4")
        @Tag("G5")
        @Tag("G6")
        @Tag("G7")
        void isRefusedKeptAcceptedRejectedAndDeletedAtOnceAndStaysSoAfterRestarts() throws IOException {
            try (StatusPage page = serving(BROKEN)) {
                String why = refused("connect", at(page));
                assertTrue(why.contains("EXPIRED: ") && why.contains("WRONG_NAME: "), why);
                assertTrue(why.contains("SELF_SIGNED: "), why);
                assertTrue(why.contains("kept as " + fingerprint(BROKEN)), why);
                String invalid = list("INVALID");
                assertTrue(invalid.contains("presented by " + at(page)) && invalid.contains(", 1 time: "), invalid);

                done("accept", fingerprint(BROKEN).substring(0, 11));
                assertTrue(done("connect", at(page)).contains(": trusted, TLSv1.3"), out);
                assertTrue(list("SERVERS").contains("accepted at " + at(page) + ", in spite of "), out);
                assertEquals("invalid:\n", list("INVALID"));

                done("reject", fingerprint(BROKEN));
                assertTrue(refused("connect", at(page)).contains("REJECTED: "), err);
                assertTrue(list("SERVERS").contains(", rejected"), out);

                done("delete", fingerprint(BROKEN));
                assertEquals("servers:\n", list("SERVERS"));
                assertFalse(refused("connect", at(page)).contains("REJECTED"), err);
            }
        }

        @Test
        @Tag("G5")
        void isAcceptedForAnotherHostOrUntilATimeOnly() throws IOException {
            try (StatusPage page = serving(BROKEN)) {
                refused("connect", at(page));
                done("accept", fingerprint(BROKEN), "--host", "camera-8.example.fr");
                refused("connect", at(page));
                done("accept", fingerprint(BROKEN), "--until", "2020-01-01");
                refused("connect", at(page));
                assertTrue(list("INVALID").contains(fingerprint(BROKEN)), out);
                done("accept", fingerprint(BROKEN), "--host", "localhost", "--until", "9000-01-01T12:00:00Z");
                done("connect", at(page));
                assertTrue(list("SERVERS").contains("until 9000-01-01T12:00:00Z"), out);
                done("accept", fingerprint(BROKEN), "--host", "any");
                done("connect", at(page));
            }
        }
    }

    @Nested
    @Tag("G2")
    class TheAuthorities {
        @Test
        void ofTheDefaultSetAreListedRejectedAndRestored() throws IOException {
            try (StatusPage page = serving(serverBy(ROOT))) {
                done("connect", at(page));
                assertTrue(list("AUTHORITIES").contains("CN=Office CA") && out.contains(", default"), out);
                done("reject", fingerprint(ROOT));
                assertTrue(refused("connect", at(page)).contains("REJECTED"), err);
                done("restore");
                done("connect", at(page));
            }
        }

        @Test
        @Tag("G7")
        void areImportedFromAFileAndShown() throws IOException {
            try (StatusPage page = serving(serverBy(STRANGER))) {
                assertTrue(refused("connect", at(page)).contains("SELF_SIGNED: certificate 1 above it"), err);
                done(
                        "import",
                        file("ca.pem", Certificates.toPem(STRANGER.chain().certificates())));
                done("connect", at(page));
                assertTrue(list("AUTHORITIES").contains("CN=Camera CA"), out);
                assertTrue(done("show", fingerprint(STRANGER)).contains("Subject:"), out);
                done("delete", fingerprint(STRANGER));
                refused("connect", at(page));
            }
        }

        @Test
        @Tag("G3")
        @Tag("G7")
        void andServersThatHaveExpiredAreImportedOntoTheInvalidList() throws IOException {
            done("import", file("old.pem", BROKEN.chain().toPem()));
            assertTrue(list("INVALID").contains(fingerprint(BROKEN)), out);
            assertTrue(out.contains("was valid until "), out);
        }
    }

    @Nested
    class WhatIsProvisioned {
        private DigestPage page() throws IOException {
            return new DigestPage(TlsContext.presenting(BROKEN).toSslContext(), "phone-5", "geheim");
        }

        private String parameters(String acceptAll, String password) throws IOException {
            return file(
                    "parameters",
                    "accept-all-certificates=" + acceptAll + "\nS_PROV_USERNAME=phone-5\nS_PROV_PASSWORD=" + password
                            + "\n");
        }

        @Test
        @Tag("G1")
        @Tag("G8")
        @Tag("G9")
        void acceptsAllAndProvesItsPasswordUntilItIsTurnedOff() throws IOException {
            try (DigestPage page = page()) {
                String uri = "https://localhost:" + page.port() + "/phone.cfg";
                assertTrue(refused("fetch", uri).contains("not trusted"), err);
                done("provision", parameters("1", "geheim"));
                assertFalse(out.contains("geheim"), out);

                assertEquals(DigestPage.FILE, done("fetch", uri));
                assertTrue(err.contains("INSECURE") && err.contains("EXPIRED"), err);
                assertTrue(done("connect", "localhost:" + page.port()).contains(": accepted, "), out);
                assertTrue(list("INVALID").contains(fingerprint(BROKEN)), out);

                done("provision", parameters("0", "geheim"));
                refused("fetch", uri);
            }
        }

        @Test
        @Tag("G8")
        void isRefusedWithAWrongPasswordWhichNobodySees() throws IOException {
            try (DigestPage page = page()) {
                done("provision", parameters("1", "guessed"));
                refused("fetch", "https://localhost:" + page.port() + "/phone.cfg");
                assertTrue(err.contains("status 401"), err);
                assertFalse(err.contains("guessed"), err);
                assertEquals(DigestPage.FILE, done("fetch", "https://localhost:" + page.port() + "/open"));
            }
        }

        @Test
        @Tag("G9")
        void isRefusedAsAWholeIfAValueIsWrong() throws IOException {
            done("provision", parameters("1", "geheim"));
            assertTrue(refused("provision", parameters("2", "x")).contains("it must be 0 or 1"), err);
            assertTrue(refused("provision", parameters("0", "x".repeat(75))).contains("74"), err);
            assertTrue(done("provision", file("none", "")).contains("accept-all-certificates"), out);
        }
    }

    @Test
    void whatIsWrongWithTheCommandLineIsSaid() {
        assertEquals(2, run("dance", "x"));
        assertEquals(2, run("connect", "localhost"));
        assertEquals(2, run("connect", "localhost:x"));
        assertEquals(2, run("accept", "ab"));
        assertTrue(err.contains("8 digits") && err.contains("usage: trust"), err);
        assertTrue(refused("accept", fingerprint(BROKEN)).contains("0 entries"), err);
        assertTrue(refused("import", anchors).contains("it is listed already"), err);
        assertEquals(2, run("accept", fingerprint(ROOT), "--until", "tomorrow"));
        assertEquals(1, run("connect", "nowhere.invalid:443"));
        assertEquals(1, run("connect", "127.0.0.1:1"));
        assertTrue(err.contains("127.0.0.1:1 cannot be reached"), err);
    }
}
