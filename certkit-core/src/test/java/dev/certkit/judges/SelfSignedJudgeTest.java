package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("W6")
@Tag("T2")
class SelfSignedJudgeTest {
    @TempDir
    Path directory;

    static Stream<KeyType> classical() {
        return SampleKeys.classical();
    }

    static List<CertificateProfile> profiles() {
        return List.of(
                CertificateProfile.tlsServer(),
                CertificateProfile.tlsClient(),
                CertificateProfile.device8021x(),
                CertificateProfile.ipsec(),
                CertificateProfile.authority(),
                CertificateProfile.authority().pathLength(0),
                CertificateProfile.scepAuthority());
    }

    private CertifiedKey made(KeyType type, CertificateProfile profile) throws Exception {
        CertifiedKey made = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7.example.fr")
                        .ou("Étage 2")
                        .o("Acme, Inc.")
                        .c("FR"))
                .san("*.société.fr", "192.0.2.7", "2001:db8::7")
                .profile(profile)
                .with(SampleKeys.of(type));
        Files.writeString(directory.resolve("cert.pem"), made.chain().toPem());
        return made;
    }

    @Nested
    class OpenSsl {
        private final Peer openssl = Peer.require("openssl");

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.SelfSignedJudgeTest#classical")
        void everyKindOfKeyIsVerifiedStrictly(KeyType type) throws Exception {
            made(type, CertificateProfile.tlsServer());
            strictly("-purpose", "sslserver", "-verify_hostname", "printer-7.example.fr", "-verify_ip", "192.0.2.7");
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.SelfSignedJudgeTest#profiles")
        void everyProfileIsVerifiedStrictly(CertificateProfile profile) throws Exception {
            made(KeyType.RSA_2048, profile);
            strictly();
            made(KeyType.EC_P256, profile);
            strictly();
        }

        private void strictly(String... more) {
            List<String> arguments = new ArrayList<>(
                    List.of("verify", "-x509_strict", "-check_ss_sig", "-auth_level", "2", "-CAfile", "cert.pem"));
            arguments.addAll(List.of(more));
            arguments.add("cert.pem");
            String out = openssl.run(directory, arguments.toArray(String[]::new))
                    .succeeded()
                    .out();
            assertEquals("cert.pem: OK\n", out);
        }

        @Test
        void itFindsWhatWasAskedFor() throws Exception {
            CertifiedKey made = made(KeyType.RSA_2048, CertificateProfile.tlsServer());
            String text = openssl.run(
                            directory,
                            "x509",
                            "-in",
                            "cert.pem",
                            "-noout",
                            "-text",
                            "-nameopt",
                            "RFC2253,-esc_msb,utf8")
                    .succeeded()
                    .out();
            for (String fact : List.of(
                    "Version: 3 (0x2)",
                    "Signature Algorithm: sha256WithRSAEncryption",
                    "Subject: CN=printer-7.example.fr,OU=Étage 2,O=Acme\\, Inc.,C=FR",
                    "Public-Key: (2048 bit)",
                    "X509v3 Basic Constraints: critical\n                CA:FALSE",
                    "X509v3 Key Usage: critical\n                Digital Signature, Key Encipherment",
                    "X509v3 Extended Key Usage: \n                TLS Web Server Authentication",
                    "DNS:printer-7.example.fr, DNS:*.xn--socit-esab.fr, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7",
                    "X509v3 Subject Key Identifier")) {
                assertTrue(text.contains(fact), fact + "\n" + text);
            }
            String fingerprint = openssl.run(directory, "x509", "-in", "cert.pem", "-noout", "-fingerprint", "-sha256")
                    .succeeded()
                    .out();
            assertTrue(
                    fingerprint.contains(Fingerprint.sha256(made.chain().leaf()).toString()), fingerprint);
        }

        @Test
        void itReadsADateBehind2049() throws Exception {
            CertifiedKey made = CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
                    .profile(CertificateProfile.authority().validFor(Duration.ofDays(20_000)))
                    .with(SampleKeys.of(KeyType.EC_P256));
            Files.writeString(directory.resolve("cert.pem"), made.chain().toPem());
            strictly();
            String end = openssl.run(directory, "x509", "-in", "cert.pem", "-noout", "-enddate", "-dateopt", "iso_8601")
                    .succeeded()
                    .out();
            assertEquals(
                    "notAfter=" + made.chain().validity().notAfter().toString().replace("T", " ") + "\n", end);
        }
    }

    @Nested
    class GnuTls {
        private final Peer certtool = Peer.require("certtool");

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.SelfSignedJudgeTest#classical")
        void anAuthorityOfEveryKindOfKeyIsVerified(KeyType type) throws Exception {
            made(type, CertificateProfile.authority());
            String out = verify().succeeded().out();
            assertTrue(out.contains("Chain verification output: Verified. The certificate is trusted."), out);
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.SelfSignedJudgeTest#classical")
        void aLeafOfEveryKindOfKeyIsReadAndOnlyThatItIsNoAuthorityIsHeldAgainstIt(KeyType type) throws Exception {
            made(type, CertificateProfile.tlsServer());
            String out = verify().failed().out();
            assertTrue(
                    out.contains(
                            "Chain verification output: Not verified. The certificate is NOT trusted. The certificate"
                                    + " issuer is not a CA. The certificate chain violates the signer's constraints. \n"),
                    out);
            certtool.run(directory, "--certificate-info", "--infile", "cert.pem")
                    .succeeded();
        }

        private Peer.Result verify() {
            return certtool.run(directory, "--verify", "--load-ca-certificate", "cert.pem", "--infile", "cert.pem");
        }

        @Test
        void itFindsWhatWasAskedFor() throws Exception {
            made(KeyType.EC_P256, CertificateProfile.device8021x());
            String text = certtool.run(directory, "--certificate-info", "--infile", "cert.pem")
                    .succeeded()
                    .out();
            for (String fact : List.of(
                    "Version: 3",
                    "CN=printer-7.example.fr,OU=Étage 2,O=Acme\\, Inc.,C=FR",
                    "Subject Public Key Algorithm: EC/ECDSA",
                    "Certificate Authority (CA): FALSE",
                    "Digital signature.",
                    "TLS WWW Client.",
                    "DNSname: *.xn--socit-esab.fr",
                    "IPAddress: 192.0.2.7",
                    "IPAddress: 2001:db8::7")) {
                assertTrue(text.contains(fact), fact + "\n" + text);
            }
        }
    }

    @Nested
    class TheJdk {
        @ParameterizedTest
        @MethodSource("dev.certkit.judges.SelfSignedJudgeTest#classical")
        void everyKindOfKeyIsVerified(KeyType type) throws Exception {
            X509Certificate certificate =
                    made(type, CertificateProfile.authority()).chain().leaf();
            certificate.verify(certificate.getPublicKey());
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
        }
    }

    @Nested
    class MlDsa {
        @ParameterizedTest
        @EnumSource(
                value = KeyType.class,
                names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
        void bouncyCastleVerifiesIt(KeyType type) throws Exception {
            X509Certificate certificate =
                    made(type, CertificateProfile.tlsServer()).chain().leaf();
            assertTrue(new JcaX509CertificateHolder(certificate)
                    .isSignatureValid(new JcaContentVerifierProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(SampleKeys.of(type).getPublic())));
        }

        @ParameterizedTest
        @EnumSource(
                value = KeyType.class,
                names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
        void aJdkThatKnowsItVerifiesIt(KeyType type) throws Exception {
            assumeTrue(knows("ML-DSA"), "this Java does not know ML-DSA, Java 24 does");
            X509Certificate certificate =
                    made(type, CertificateProfile.tlsServer()).chain().leaf();
            certificate.verify(certificate.getPublicKey());
        }

        @ParameterizedTest
        @EnumSource(
                value = KeyType.class,
                names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
        void anOpenSslThatKnowsItVerifiesIt(KeyType type) throws Exception {
            Peer openssl = Peer.require("openssl");
            String known = openssl.run(directory, "list", "-signature-algorithms")
                    .succeeded()
                    .out();
            assumeTrue(known.contains("ML-DSA"), "this OpenSSL does not know ML-DSA, 3.5 does");
            made(type, CertificateProfile.tlsServer());
            openssl.run(directory, "verify", "-x509_strict", "-check_ss_sig", "-CAfile", "cert.pem", "cert.pem")
                    .succeeded();
        }

        private static boolean knows(String algorithm) {
            try {
                Signature.getInstance(algorithm);
                return true;
            } catch (NoSuchAlgorithmException e) {
                return false;
            }
        }
    }
}
