package dev.certkit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.Pkcs12;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program from command line to exit code, in this process, on a real directory. */
@Tag("W13")
class CertificatesCommandTest {
    private static final CertifiedKey ROOT = CertifiedKey.selfSigned(DistinguishedName.cn("Office CA"))
            .profile(CertificateProfile.authority())
            .with(KeyType.EC_P256.generate());
    private static final String SUBJECT = "CN=cam.example.fr,O=Acme,C=FR";

    @TempDir
    private Path directory;

    private Path store;
    private String out = "";
    private String err = "";

    @BeforeEach
    void place() {
        store = directory.resolve("store");
    }

    private int run(byte[] input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> line = new ArrayList<>(List.of(store.toString()));
        line.addAll(List.of(words));
        int exit = CertificatesCommand.run(
                line,
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        this.out = out.toString(StandardCharsets.UTF_8);
        this.err = err.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private String done(String... words) {
        assertEquals(0, run(new byte[0], words), () -> err);
        return out;
    }

    private String failed(int exit, String... words) {
        assertEquals(exit, run(new byte[0], words), () -> out + err);
        return err;
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content).toString();
    }

    private String file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(String request) throws IOException {
        return ((Issuance.Certified) LocalAuthority.of(ROOT).issue(CertificationRequest.parse(request)))
                .chain()
                .toPem();
    }

    @Nested
    class TheWholeLife {
        @Test
        @Tag("T3")
        void fromARequestToTheAnswerAndBack() throws IOException {
            String request = done("request", "web", "--subject", SUBJECT, "--key", "EC_P256");
            assertEquals("web: not signed\n", done("list"));
            assertEquals(request, done("csr", "web"));

            String installed = done("install", "web", file("answer.txt", "Hello,\n" + answer(request)));
            assertTrue(installed.contains("Issuer:            CN=Office CA"), installed);
            assertTrue(done("list").startsWith("web: CA-signed, " + SUBJECT + ", until "), out);

            assertEquals("web: not signed\n", done("uninstall", "web"));
            assertEquals(request, done("csr", "web"));
            assertEquals("web: not configured\n", done("withdraw", "web"));
            assertEquals("", done("list"));
        }

        @Test
        @Tag("W5")
        @Tag("W6")
        void fromSelfSignedToCaSigned() throws IOException {
            String summary = done("self-sign", "web", "--subject", SUBJECT, "--san", "192.0.2.7", "--days", "90");
            assertTrue(summary.contains("Valid from:"), summary);
            assertTrue(summary.contains("Valid until:"), summary);
            assertTrue(summary.contains("itself (self-signed)"), summary);

            String request = done("request", "web");
            assertTrue(done("show", "web").startsWith("web: self-signed, renewal pending, "), out);
            done("install", "web", file("answer.pem", answer(request)));

            String shown = done("show", "web");
            assertTrue(shown.startsWith("web: CA-signed, "), shown);
            assertTrue(shown.contains("cam.example.fr, 192.0.2.7"), shown);
        }

        @Test
        @Tag("C3")
        void ofASelfSignedCertificateThatIsRenewed() {
            done("self-sign", "web", "--subject", SUBJECT);
            String first = done("export", "web");
            String sameKey = done("renew", "web");
            String newKey = done("renew", "web", "--key", "EC_P384");

            assertFalse(first.equals(done("export", "web")));
            assertTrue(sameKey.contains("EC P-256"), sameKey);
            assertTrue(newKey.contains("EC P-384"), newKey);
            assertEquals("web: not configured\n", done("delete", "web"));
        }

        @Test
        @Tag("T3")
        void readsAnAnswerFromStandardInput() throws IOException {
            String request = done("request", "web", "--subject", SUBJECT);

            assertEquals(0, run(answer(request).getBytes(StandardCharsets.US_ASCII), "install", "web", "-"), err);
        }
    }

    @Nested
    @Tag("W4")
    class AnExport {
        @Test
        void givesEveryForm() throws IOException {
            String request = done("request", "web", "--subject", SUBJECT);
            done("install", "web", file("answer.pem", answer(request)));

            assertEquals(1, Certificates.parse(done("export", "web")).size());
            assertEquals(
                    2,
                    Certificates.parse(done("export", "web", "--form", "PEM_CHAIN"))
                            .size());
            for (String form : List.of("DER", "PKCS7")) {
                Path to = directory.resolve(form);
                done("export", "web", "--form", form, "--out", to.toString());
                assertEquals(
                        form.equals("DER") ? 1 : 2,
                        Certificates.decode(Files.readAllBytes(to)).size());
            }
        }

        @Test
        void toPkcs12IsReadWithItsPassphraseAndByNobodyElse() throws IOException {
            done("self-sign", "web", "--subject", SUBJECT);
            String secret = file("secret", "correct horse\n");
            Path to = directory.resolve("web.p12");

            done("export", "web", "--form", "PKCS12", "--file-passphrase-file", secret, "--out", to.toString());

            Pkcs12 read = Pkcs12.decode(Files.readAllBytes(to), Passphrase.of("correct horse"));
            assertEquals("web", read.keys().get(0).name());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(to)));
            String again =
                    failed(1, "export", "web", "--form", "PKCS12", "--file-passphrase-file", secret, "--out", to + "");
            assertTrue(again.contains("exists already"), again);
        }
    }

    @Nested
    @Tag("T6")
    @Tag("T8")
    class ADeployment {
        @Test
        void writesTheFilesOfEachServer() throws IOException {
            String request = done("request", "*.example.fr", "--subject", "CN=*.example.fr", "--key", "EC_P256");
            done("install", "*.example.fr", file("answer.txt", answer(request)));
            Path one = directory.resolve("one");
            Path two = directory.resolve("two");
            assertTrue(
                    failed(1, "deploy", "*.example.fr", "--to", one.toString()).contains("wildcard.example.fr"), err);

            String to = one + "," + two;
            done("deploy", "*.example.fr", "--to", to, "--layout", "HAPROXY", "--as", "wildcard.example.fr");
            for (Path server : List.of(one, two)) {
                String pem = Files.readString(server.resolve("wildcard.example.fr.pem"));
                assertTrue(pem.startsWith("-----BEGIN CERTIFICATE") && pem.contains("BEGIN PRIVATE KEY"), pem);
            }
            String apache = directory.resolve("apache").toString();
            done("deploy", "*.example.fr", "--to", apache, "--as", "wild");
            assertEquals(request, Files.readString(Path.of(apache, "wild.csr")));
        }

        @Test
        void tellsWhichServerFailedAndServesTheOthers() throws IOException {
            done("self-sign", "web", "--subject", SUBJECT);
            String broken = file("broken", "no directory");
            Path good = directory.resolve("good");

            String told = failed(1, "deploy", "web", "--to", broken + "," + good);
            assertTrue(told.contains(broken) && told.contains("is not a directory"), told);
            assertTrue(Files.exists(good.resolve("web.crt")));
        }
    }

    @Nested
    @Tag("W7")
    @Tag("W8")
    class AnImport {
        @Test
        void takesAKeyFromAPkcs12File() throws IOException {
            done("self-sign", "web", "--subject", SUBJECT);
            String secret = file("secret", "correct horse");
            String p12 = directory.resolve("web.p12").toString();
            done("export", "web", "--form", "PKCS12", "--file-passphrase-file", secret, "--out", p12);
            done("delete", "web");

            done("import", "copy", p12, "--file-passphrase-file", secret);

            assertTrue(err.contains("warning: the certificate of " + SUBJECT + " is self-signed"), err);
            assertTrue(done("list").startsWith("copy: self-signed"), out);
            String wrong = failed(1, "import", "x", p12, "--file-passphrase-file", file("wrong", "battery staple"));
            assertTrue(wrong.startsWith("certificates: LOCKED: "), wrong);
            assertEquals(1, wrong.lines().count(), wrong);
            assertFalse(wrong.contains("battery"), wrong);
        }

        @Test
        void refusesAnAuthorityUnlessItIsAllowed() throws IOException {
            String pem = file(
                    "ca.pem",
                    PrivateKeys.toUnencryptedPem(ROOT.privateKey())
                            + ROOT.chain().toPem());

            assertTrue(failed(1, "import", "web", pem).startsWith("certificates: AUTHORITY: "), err);
            done("import", "web", pem, "--allow", "AUTHORITY,NO_ALTERNATIVE_NAME");

            assertTrue(err.contains("has the authority attribute"), err);
        }
    }

    @Nested
    class AnError {
        @Test
        void isOneLineThatSaysWhatIsAllowed() {
            String text = failed(1, "renew", "web");

            assertEquals(
                    "certificates: identity web is not configured, which does not allow the step renew;"
                            + " allowed now: request, self-sign, import\n",
                    text);
        }

        @Test
        void ofTheCommandLineShowsTheUsage() {
            for (String[] words : new String[][] {
                {},
                {"list", "x"},
                {"show"},
                {"fly", "web"},
                {"self-sign", "web"},
                {"self-sign", "web", "--subject", SUBJECT, "--key", "EC_P257"},
                {"self-sign", "web", "--subject", SUBJECT, "--days", "many"},
                {"renew", "web", "--colour", "red"},
                {"install", "web"}
            }) {
                String text = failed(2, words);
                assertTrue(text.startsWith("certificates: "), text);
                assertTrue(text.contains("usage: certificates DIRECTORY"), text);
            }
        }

        @Test
        void ofAFileIsNamed() throws IOException {
            done("request", "web", "--subject", SUBJECT);

            assertTrue(failed(1, "install", "web", "/nowhere").contains("/nowhere does not exist"), err);
            String junk = failed(1, "install", "web", file("junk", "nothing here"));
            assertEquals(1, junk.lines().count(), junk);
            String other =
                    failed(1, "install", "web", file("root.pem", ROOT.chain().toPem()));
            assertTrue(other.contains("CN=Office CA is not for the pending key of identity web"), other);
        }
    }

    @Test
    void keysAreSealedUnderAPassphrase() throws IOException {
        String secret = file("secret", "correct horse");
        done("self-sign", "web", "--subject", SUBJECT, "--passphrase-file", secret);

        String wrong = file("wrong", "battery staple");
        assertEquals(1, run(new byte[0], "renew", "web", "--passphrase-file", wrong), out);
        assertTrue(err.contains("the passphrase is wrong"), err);
        assertEquals(0, run(new byte[0], "renew", "web", "--passphrase-file", secret), err);
    }
}
