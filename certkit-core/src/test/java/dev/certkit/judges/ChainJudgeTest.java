package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("T4")
@Tag("W4")
class ChainJudgeTest {
    @TempDir
    Path directory;

    static Stream<KeyType> classical() {
        return SampleKeys.classical();
    }

    /** Leaf, intermediate and root, all of one kind of key. */
    private List<X509Certificate> chain(KeyType type) throws IOException {
        List<X509Certificate> chain = SamplePki.of(type).certificates(SampleKeys.of(type));
        Files.writeString(directory.resolve("leaf.pem"), Certificates.toPem(chain.get(0)));
        Files.writeString(directory.resolve("intermediate.pem"), Certificates.toPem(chain.get(1)));
        Files.writeString(directory.resolve("root.pem"), Certificates.toPem(chain.get(2)));
        Files.writeString(directory.resolve("chain.pem"), Certificates.toPem(chain));
        Files.write(directory.resolve("chain.p7b"), Certificates.toPkcs7(chain));
        return chain;
    }

    @Nested
    class OpenSsl {
        private final Peer openssl = Peer.require("openssl");

        private Peer.Result verify(String... more) {
            List<String> arguments = new ArrayList<>(
                    List.of("verify", "-x509_strict", "-check_ss_sig", "-auth_level", "2", "-CAfile", "root.pem"));
            arguments.addAll(List.of(more));
            arguments.add("leaf.pem");
            return openssl.run(directory, arguments.toArray(String[]::new));
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.ChainJudgeTest#classical")
        void aChainOfEveryKindOfKeyIsVerifiedStrictly(KeyType type) throws Exception {
            chain(type);
            verify(
                            "-untrusted",
                            "intermediate.pem",
                            "-purpose",
                            "sslserver",
                            "-verify_hostname",
                            "printer-7.example.fr",
                            "-verify_ip",
                            "192.0.2.7")
                    .succeeded();
        }

        @Test
        void aMissingIntermediateAndAWrongNameAreNoticedByTheJudge() throws Exception {
            chain(KeyType.EC_P256);
            verify().failed();
            verify("-untrusted", "intermediate.pem", "-verify_hostname", "other.fr")
                    .failed();
        }

        @Test
        void everyProfileIsIssuedStrictly() throws Exception {
            SamplePki pki = SamplePki.of(KeyType.EC_P256);
            chain(KeyType.EC_P256);
            for (CertificateProfile profile : List.of(
                    CertificateProfile.tlsServer(),
                    CertificateProfile.tlsClient(),
                    CertificateProfile.device8021x(),
                    CertificateProfile.ipsec())) {
                X509Certificate leaf = SamplePki.certified(pki.authority()
                                .profile(profile)
                                .issue(CertificationRequest.forSubject(DistinguishedName.cn("a.fr"))
                                        .signedBy(SampleKeys.of(KeyType.RSA_2048))
                                        .request()))
                        .leaf();
                Files.writeString(directory.resolve("leaf.pem"), Certificates.toPem(leaf));
                Files.writeString(
                        directory.resolve("root.pem"),
                        Certificates.toPem(pki.root().chain().leaf()));
                Files.writeString(
                        directory.resolve("intermediate.pem"),
                        Certificates.toPem(pki.intermediate().chain().leaf()));
                verify("-untrusted", "intermediate.pem").succeeded();
            }
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.ChainJudgeTest#classical")
        void aBagHoldsTheCertificates(KeyType type) throws Exception {
            List<X509Certificate> chain = chain(type);
            String out = openssl.run(directory, "pkcs7", "-inform", "DER", "-in", "chain.p7b", "-print_certs")
                    .succeeded()
                    .out();
            assertEquals(new HashSet<>(chain), new HashSet<>(Certificates.parse(out)));
            assertEquals(3, Certificates.parse(out).size());
        }
    }

    @Nested
    class GnuTls {
        private final Peer certtool = Peer.require("certtool");

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.ChainJudgeTest#classical")
        void aChainOfEveryKindOfKeyIsVerified(KeyType type) throws Exception {
            chain(type);
            String out = certtool.run(directory, "--verify-chain", "--infile", "chain.pem")
                    .succeeded()
                    .out();
            assertTrue(out.contains("Chain verification output: Verified. The certificate is trusted."), out);
            certtool.run(
                            directory,
                            "--verify",
                            "--load-ca-certificate",
                            "root.pem",
                            "--infile",
                            "chain.pem",
                            "--verify-hostname",
                            "printer-7.example.fr",
                            "--verify-purpose",
                            "1.3.6.1.5.5.7.3.1")
                    .succeeded();
        }

        @Test
        void aForeignRootIsNoticedByTheJudge() throws Exception {
            chain(KeyType.EC_P256);
            Files.writeString(
                    directory.resolve("root.pem"),
                    SamplePki.of(KeyType.ED25519).root().chain().toPem());
            certtool.run(directory, "--verify", "--load-ca-certificate", "root.pem", "--infile", "chain.pem")
                    .failed();
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.ChainJudgeTest#classical")
        void aBagHoldsTheCertificates(KeyType type) throws Exception {
            List<X509Certificate> chain = chain(type);
            String out = certtool.run(directory, "--p7-info", "--inder", "--infile", "chain.p7b")
                    .succeeded()
                    .out();
            assertTrue(out.contains("Number of certificates: 3"), out);
            assertEquals(new HashSet<>(chain), new HashSet<>(Certificates.parse(out)));
        }
    }

    @Nested
    class Nss {
        private final Peer vfychain = Peer.require("vfychain");

        @BeforeEach
        void anEmptyDatabase() {
            Peer.require("certutil")
                    .run(directory, "-N", "-d", "sql:.", "--empty-password")
                    .succeeded();
        }

        /** NSS knows no Edwards curve in certificates. */
        static Stream<KeyType> known() {
            return classical().filter(type -> !type.name().startsWith("ED"));
        }

        private Peer.Result verify(String usage, String root) {
            return vfychain.run(
                    directory,
                    ("-d sql:. -pp -u " + usage + " -a leaf.pem -a intermediate.pem -t -a " + root).split(" "));
        }

        @ParameterizedTest
        @MethodSource("known")
        void aChainOfEveryKindOfKeyIsVerified(KeyType type) throws Exception {
            chain(type);
            verify("1", "root.pem").succeeded();
        }

        @Test
        void aForeignRootAndAWrongPurposeAreNoticedByTheJudge() throws Exception {
            chain(KeyType.EC_P256);
            Files.writeString(
                    directory.resolve("stranger.pem"),
                    SamplePki.of(KeyType.RSA_2048).root().chain().toPem());
            verify("1", "stranger.pem").failed();
            verify("3", "root.pem").failed();
        }
    }

    @Nested
    class StrongSwan {
        private final Peer pki = Peer.require("pki");

        private Peer.Result verify() {
            return pki.run(
                    directory, "--verify", "--in", "leaf.pem", "--cacert", "intermediate.pem", "--cacert", "root.pem");
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.ChainJudgeTest#classical")
        void aChainOfEveryKindOfKeyIsVerified(KeyType type) throws Exception {
            chain(type);
            assertTrue(verify().succeeded().out().contains("certificate trusted"));
        }

        @Test
        void aForeignRootIsNoticedByTheJudge() throws Exception {
            chain(KeyType.EC_P256);
            Files.writeString(
                    directory.resolve("root.pem"),
                    SamplePki.of(KeyType.RSA_2048).root().chain().toPem());
            verify().failed();
        }
    }

    @Nested
    class TheJdk {
        @ParameterizedTest
        @MethodSource("dev.certkit.judges.ChainJudgeTest#classical")
        void aChainOfEveryKindOfKeyIsValid(KeyType type) throws Exception {
            validate(chain(type));
        }

        @Test
        void aForeignRootIsNoticedByTheJudge() throws Exception {
            List<X509Certificate> chain = chain(KeyType.EC_P256);
            X509Certificate stranger =
                    SamplePki.of(KeyType.ED25519).root().chain().leaf();
            assertThrows(
                    CertPathValidatorException.class, () -> validate(List.of(chain.get(0), chain.get(1), stranger)));
        }

        private void validate(List<X509Certificate> chain) throws Exception {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.get(2), null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(chain.subList(0, 2)), parameters);
        }

        @Test
        void aBagHoldsTheCertificates() throws Exception {
            List<X509Certificate> chain = chain(KeyType.RSA_2048);
            assertEquals(
                    new HashSet<>(chain),
                    new HashSet<>(CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(Certificates.toPkcs7(chain)))));
            assertEquals(
                    3,
                    CertificateFactory.getInstance("X.509")
                            .generateCertPath(new ByteArrayInputStream(Certificates.toPkcs7(chain)), "PKCS7")
                            .getCertificates()
                            .size());
        }
    }
}
