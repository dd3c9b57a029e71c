package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of other houses enrol at our responder and renew, and OpenSSL judges what they got. */
class ResponderPeersTest {
    private static final CertifiedKey ROOT = CertifiedKey.selfSigned(
                    DistinguishedName.cn("Peer Root").o("Test"))
            .profile(CertificateProfile.scepAuthority())
            .with(KeyType.RSA_2048.generate());

    private final InMemoryStorage storage = InMemoryStorage.empty();
    private final OneTimeChallenges challenges = ChallengePolicy.oneTime(storage);
    private final ScepResponder responder = ScepResponder.of(LocalAuthority.of(ROOT)
                    .profile(CertificateProfile.tlsClient())
                    .in(storage))
            .in(storage)
            .challenges(challenges);

    @TempDir
    Path directory;

    @BeforeEach
    void writeAuthority() throws IOException {
        Files.writeString(
                directory.resolve("root.pem"), Certificates.toPem(ROOT.chain().leaf()));
    }

    private String challenge() throws IOException {
        return challenges.issue().use(String::new);
    }

    private X509Certificate certificate(String file) throws IOException {
        return Certificates.decode(Files.readAllBytes(directory.resolve(file))).get(0);
    }

    private void opensslVerifies(String certificate, String key) {
        Peer openssl = Peer.require("openssl");
        openssl.run(directory, "verify", "-x509_strict", "-CAfile", "root.pem", certificate)
                .succeeded();
        assertEquals(
                openssl.run(directory, "pkey", "-in", key, "-pubout")
                        .succeeded()
                        .out(),
                openssl.run(directory, "x509", "-in", certificate, "-pubkey", "-noout")
                        .succeeded()
                        .out());
    }

    private void opensslMakesKey(String file) {
        Peer.require("openssl")
                .run(directory, "genrsa", "-traditional", "-out", file, "2048")
                .succeeded();
    }

    /** The program alone cannot fetch: its HTTP comes in a package of its own. */
    private Peer strongSwan() {
        Peer pki = Peer.require("pki").within(Duration.ofSeconds(30));
        boolean fetches = !pki.run(directory, "--scepca", "--url", "http://127.0.0.1:1/", "--caout", "none.pem")
                .err()
                .contains("no capable fetcher");
        if (!fetches) {
            String reason = "the program 'pki' has no HTTP; install the Debian package libstrongswan-extra-plugins";
            assertNotEquals("required", System.getenv("CERTKIT_PEERS"), reason);
            Assumptions.abort(reason);
        }
        return pki;
    }

    /** Debian's package scep, version 2.1.0. */
    @Nested
    class Scepclient {
        private final Peer scepclient = Peer.require("scepclient").within(Duration.ofSeconds(30));

        private Peer.Result run(ScepHttpServer server, String challenge) {
            return scepclient.run(
                    directory,
                    "-server-url",
                    server.uri().toString(),
                    "-challenge",
                    challenge,
                    "-cn",
                    "printer-7",
                    "-private-key",
                    "key.pem",
                    "-certificate",
                    "cert.pem");
        }

        @Test
        void enrolsAndRenews() throws IOException {
            opensslMakesKey("key.pem");
            try (ScepHttpServer server = ScepHttpServer.start(responder.quirks(PeerQuirks.legacyMicromdm())::handle)) {
                run(server, challenge()).succeeded();
                X509Certificate first = certificate("cert.pem");
                opensslVerifies("cert.pem", "key.pem");

                Files.delete(directory.resolve("csr.pem"));
                run(server, "").succeeded();

                assertNotEquals(first, certificate("cert.pem"), server.seen()::toString);
                assertEquals(
                        first.getSubjectX500Principal(), certificate("cert.pem").getSubjectX500Principal());
                opensslVerifies("cert.pem", "key.pem");
            }
        }

        @Test
        void isRefusedWithAWrongChallenge() {
            opensslMakesKey("key.pem");
            try (ScepHttpServer server = ScepHttpServer.start(responder.quirks(PeerQuirks.legacyMicromdm())::handle)) {
                assertTrue(run(server, "wrong").failed().toString().contains("badRequest"));
            }
        }

        @Test
        void isRefusedForItsAlgorithmsUnlessItIsNamed() throws IOException {
            opensslMakesKey("key.pem");
            try (ScepHttpServer server = ScepHttpServer.start(responder)) {
                assertTrue(run(server, challenge()).failed().toString().contains("badAlg"));
            }
        }
    }

    /** Debian's package strongswan-pki, version 5.9.8. */
    @Nested
    class StrongSwan {
        private Peer pki;

        @BeforeEach
        void findStrongSwan() {
            pki = strongSwan();
        }

        private void fetchesAuthority(ScepHttpServer server) {
            pki.run(
                            directory,
                            "--scepca",
                            "--url",
                            server.uri().toString(),
                            "--caout",
                            "ca.pem",
                            "--raout",
                            "ra.pem",
                            "--outform",
                            "pem",
                            "--force")
                    .succeeded();
        }

        private Peer.Result enrols(ScepHttpServer server, String key, String... more) {
            String[] arguments = {
                "--scep",
                "--url",
                server.uri().toString(),
                "--in",
                key,
                "--dn",
                "C=FR, O=Acme, CN=printer-7",
                "--san",
                "printer-7.example",
                "--cacert-enc",
                "root.pem",
                "--cacert-sig",
                "root.pem",
                "--cacert",
                "root.pem",
                "--interval",
                "1",
                "--maxpolltime",
                "20",
                "--outform",
                "pem"
            };
            String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
            System.arraycopy(more, 0, all, arguments.length, more.length);
            return pki.run(directory, all);
        }

        private void keeps(String file, Peer.Result result) throws IOException {
            Files.write(directory.resolve(file), result.succeeded().outBytes());
        }

        @Test
        void fetchesTheAuthority() throws IOException {
            try (ScepHttpServer server = ScepHttpServer.start(responder)) {
                fetchesAuthority(server);
            }

            assertEquals(ROOT.chain().leaf(), certificate("ca.pem"));
        }

        @Test
        void enrolsWithAesAndRenews() throws IOException {
            opensslMakesKey("one.key");
            opensslMakesKey("two.key");
            try (ScepHttpServer server = ScepHttpServer.start(responder)) {
                keeps("one.pem", enrols(server, "one.key", "--password", challenge()));
                opensslVerifies("one.pem", "one.key");

                keeps("two.pem", enrols(server, "two.key", "--cert", "one.pem", "--key", "one.key"));

                opensslVerifies("two.pem", "two.key");
                assertEquals(
                        certificate("one.pem").getSubjectX500Principal(),
                        certificate("two.pem").getSubjectX500Principal());
            }
        }

        @Test
        void isRefusedWithAWrongChallenge() {
            opensslMakesKey("one.key");
            try (ScepHttpServer server = ScepHttpServer.start(responder)) {
                enrols(server, "one.key", "--password", "wrong").failed();
            }
        }

        @Test
        void pollsUntilAPersonApproves() throws IOException {
            opensslMakesKey("one.key");
            ScepResponder manual = responder.challenges(ChallengePolicy.manual());
            try (ScepHttpServer server = ScepHttpServer.start(request -> {
                ScepResponse response = manual.handle(request);
                approveAll(manual);
                return response;
            })) {
                keeps("one.pem", enrols(server, "one.key", "--password", "any"));

                opensslVerifies("one.pem", "one.key");
            }
        }

        private void approveAll(ScepResponder manual) {
            try {
                for (WaitingRequest waiting : manual.waiting()) {
                    manual.approve(waiting);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Debian's package certmonger, version 0.79.17, on a bus of its own. */
    @Nested
    class Certmonger {
        private static final String SCRIPT = """
                set -eu
                url=$1 secret=$2
                /usr/lib/certmonger/certmonger-session -s -n >session.log 2>&1 &
                session=$!
                trap 'kill $session' EXIT
                for try in 1 2 3 4 5 6 7 8 9 10; do
                    getcert list-cas -s >/dev/null 2>&1 && break
                    sleep 0.3
                done
                getcert add-scep-ca -s -c lab -u "$url" -N "$PWD/root.pem"
                getcert request -s -c lab -f "$PWD/one.pem" -k "$PWD/one.key" -N CN=printer-7 -D printer-7.example \
                    -L "$secret" -w -v -I r1
                cp one.pem first.pem
                cp one.key first.key
                getcert rekey -s -i r1 -w -v
                """;

        @Test
        void enrolsByGetAndRekeys() throws IOException {
            Peer.require("getcert");
            Peer bus = Peer.require("dbus-run-session")
                    .within(Duration.ofSeconds(60))
                    .with("HOME", directory.toString());
            try (ScepHttpServer server = ScepHttpServer.start(responder)) {
                Peer.Result result = bus.run(
                        directory,
                        "--",
                        "bash",
                        "-c",
                        SCRIPT,
                        "lab",
                        server.uri().toString(),
                        challenge());

                assertEquals(0, result.exit(), () -> result + "\n" + server.seen());
                opensslVerifies("first.pem", "first.key");
                opensslVerifies("one.pem", "one.key");
                assertNotEquals(
                        certificate("first.pem").getPublicKey(),
                        certificate("one.pem").getPublicKey());
            }
        }
    }

    @Test
    void sharedChallengesServeEveryPeerToo() throws IOException {
        Peer pki = strongSwan();
        opensslMakesKey("one.key");
        ChallengePolicy shared = ChallengePolicy.shared(Passphrase.of("secret"));
        try (ScepHttpServer server = ScepHttpServer.start(responder.challenges(shared))) {
            Peer.Result result = pki.run(
                    directory,
                    "--scep",
                    "--url",
                    server.uri().toString(),
                    "--in",
                    "one.key",
                    "--dn",
                    "CN=printer-7",
                    "--password",
                    "secret",
                    "--cacert-enc",
                    "root.pem",
                    "--cacert-sig",
                    "root.pem",
                    "--cacert",
                    "root.pem",
                    "--digest",
                    "sha512",
                    "--outform",
                    "pem");
            Files.write(directory.resolve("one.pem"), result.succeeded().outBytes());
        }
        opensslVerifies("one.pem", "one.key");
    }
}
