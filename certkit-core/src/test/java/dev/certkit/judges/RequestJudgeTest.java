package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C3")
@Tag("S2")
@Tag("T3")
class RequestJudgeTest {
    @TempDir
    Path directory;

    static Stream<KeyType> classical() {
        return SampleKeys.classical();
    }

    private CertificationRequest.Draft draft() {
        return CertificationRequest.forSubject(
                        DistinguishedName.cn("printer-7.example.fr").o("Acme").c("FR"))
                .san("*.société.fr", "192.0.2.7")
                .profile(CertificateProfile.tlsServer());
    }

    private CertificationRequest made(CertificationRequest.Draft draft, KeyType type) throws Exception {
        CertificationRequest request = draft.signedBy(SampleKeys.of(type)).request();
        Files.writeString(directory.resolve("request.pem"), request.toPem());
        return request;
    }

    @Nested
    class OpenSsl {
        private final Peer openssl = Peer.require("openssl");

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.RequestJudgeTest#classical")
        void everyKindOfKeyIsVerified(KeyType type) throws Exception {
            made(draft().challengePassword(Passphrase.of("s3cret")), type);
            verified();
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3cret", "a_b*c", "pässwörd €", "A B '()+,-./:=?"})
        void everyChallengeIsRead(String challenge) throws Exception {
            made(draft().challengePassword(Passphrase.of(challenge)), KeyType.EC_P256);
            String text = verified();
            assertTrue(text.matches("(?s).*challengePassword +:\\Q" + challenge + "\\E\n.*"), text);
        }

        @Test
        void itFindsWhatWasAskedFor() throws Exception {
            made(draft(), KeyType.RSA_2048);
            String text = verified();
            for (String fact : List.of(
                    "Version: 1 (0x0)",
                    "Subject: C = FR, O = Acme, CN = printer-7.example.fr",
                    "X509v3 Basic Constraints: critical\n                    CA:FALSE",
                    "X509v3 Key Usage: critical\n                    Digital Signature, Key Encipherment",
                    "TLS Web Server Authentication",
                    "DNS:printer-7.example.fr, DNS:*.xn--socit-esab.fr, IP Address:192.0.2.7")) {
                assertTrue(text.contains(fact), fact + "\n" + text);
            }
        }

        @Test
        void aRequestWithoutAttributesIsVerified() throws Exception {
            made(CertificationRequest.forSubject(DistinguishedName.cn("a")), KeyType.EC_P256);
            verified();
        }

        private String verified() {
            Peer.Result result = openssl.run(directory, "req", "-in", "request.pem", "-verify", "-noout", "-text")
                    .succeeded();
            assertTrue(result.err().contains("verify OK"), result.toString());
            return result.out();
        }

        @Test
        void itCertifiesARequestOfOurs() throws Exception {
            CertificationRequest request = made(draft(), KeyType.EC_P256);
            openssl.run(
                            directory,
                            "req",
                            "-x509",
                            "-newkey",
                            "ec",
                            "-pkeyopt",
                            "ec_paramgen_curve:P-256",
                            "-nodes",
                            "-keyout",
                            "ca.key",
                            "-out",
                            "ca.pem",
                            "-subj",
                            "/CN=OpenSSL CA")
                    .succeeded();
            String certificate = openssl.run(
                            directory,
                            "x509",
                            "-req",
                            "-in",
                            "request.pem",
                            "-CA",
                            "ca.pem",
                            "-CAkey",
                            "ca.key",
                            "-copy_extensions",
                            "copyall",
                            "-days",
                            "9")
                    .succeeded()
                    .out();
            CertificateChain chain = CertificateChain.assemble(
                    Certificates.parse(certificate).get(0),
                    Certificates.parse(Files.readString(directory.resolve("ca.pem"))));
            assertTrue(chain.gap().isEmpty(), chain.toString());
            PendingKey.of(SampleKeys.of(KeyType.EC_P256).getPrivate(), request).certifiedBy(chain);
        }
    }

    @Nested
    class GnuTls {
        private final Peer certtool = Peer.require("certtool");

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.RequestJudgeTest#classical")
        void everyKindOfKeyIsVerified(KeyType type) throws Exception {
            made(draft().challengePassword(Passphrase.of("s3cret")), type);
            String text = certtool.run(directory, "--crq-info", "--infile", "request.pem")
                    .succeeded()
                    .out();
            for (String fact : List.of(
                    "Self signature: verified",
                    "CN=printer-7.example.fr,O=Acme,C=FR",
                    "DNSname: *.xn--socit-esab.fr",
                    "IPAddress: 192.0.2.7",
                    "Challenge password: s3cret")) {
                assertTrue(text.contains(fact), fact + "\n" + text);
            }
        }
    }

    @Nested
    class BouncyCastle {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void everyKindOfKeyIsVerified(KeyType type) throws Exception {
            byte[] der = made(draft(), type).encoded();
            assertTrue(new PKCS10CertificationRequest(der)
                    .isSignatureValid(new JcaContentVerifierProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(SampleKeys.of(type).getPublic())));
        }
    }
}
