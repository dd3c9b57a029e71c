package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.issue.OcspResponder;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.RevocationReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other programs ask by OCSP, from file to file, and believe the answers. */
class OcspJudgeTest {
    @TempDir
    Path directory;

    static Stream<KeyType> classical() {
        return SampleKeys.classical();
    }

    private RevocationLab lab(KeyType type) throws Exception {
        RevocationLab lab = RevocationLab.in(directory, type, RevocationLab.everywhere());
        lab.leaf("good.fr");
        lab.revoke(lab.leaf("bad.fr"), RevocationReason.KEY_COMPROMISE);
        return lab;
    }

    private void answer(OcspResponder responder) throws Exception {
        Files.write(
                directory.resolve("response.der"),
                responder.answer(Files.readAllBytes(directory.resolve("request.der"))));
    }

    @Nested
    class OpenSsl {
        private final Peer openssl = Peer.require("openssl");

        private void ask(String name, String... more) {
            List<String> arguments = new ArrayList<>(List.of("ocsp", "-issuer", "intermediate.pem"));
            arguments.addAll(List.of(more));
            arguments.addAll(List.of("-cert", name + ".pem", "-reqout", "request.der"));
            openssl.run(directory, arguments.toArray(String[]::new)).succeeded();
        }

        private String read(String name, String... more) {
            List<String> arguments = new ArrayList<>(List.of("ocsp", "-issuer", "intermediate.pem"));
            arguments.addAll(List.of(more));
            arguments.addAll(List.of(
                    "-no_nonce",
                    "-cert",
                    name + ".pem",
                    "-respin",
                    "response.der",
                    "-verify_other",
                    "intermediate.pem",
                    "-CAfile",
                    "root.pem"));
            Peer.Result result =
                    openssl.run(directory, arguments.toArray(String[]::new)).succeeded();
            assertTrue(result.err().contains("Response verify OK"), result.toString());
            return result.out();
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.OcspJudgeTest#classical")
        void everyKindOfKeyAnswersGoodAndRevoked(KeyType type) throws Exception {
            OcspResponder responder = OcspResponder.of(lab(type).authority);
            ask("good.fr");
            answer(responder);
            assertTrue(read("good.fr").contains("good.fr.pem: good"));
            ask("bad.fr");
            answer(responder);
            String bad = read("bad.fr");
            assertTrue(bad.contains("bad.fr.pem: revoked") && bad.contains("Reason: keyCompromise"), bad);
        }

        @ParameterizedTest
        @ValueSource(strings = {"-sha1", "-sha256"})
        void bothHashesAreUnderstood(String hash) throws Exception {
            OcspResponder responder = OcspResponder.of(lab(KeyType.EC_P256).authority);
            ask("bad.fr", hash);
            answer(responder);
            assertTrue(read("bad.fr", hash).contains("bad.fr.pem: revoked"));
        }

        @Test
        void aDelegateIsBelieved() throws Exception {
            RevocationLab lab = lab(KeyType.RSA_2048);
            OcspResponder responder = OcspResponder.of(lab.authority).signingWith(lab.ocspSigner());
            ask("bad.fr");
            answer(responder);
            assertTrue(read("bad.fr").contains("bad.fr.pem: revoked"));
            String text = openssl.run(directory, "ocsp", "-respin", "response.der", "-noverify", "-resp_text")
                    .succeeded()
                    .out();
            assertTrue(text.contains("OCSP No Check") && text.contains("CN=OCSP signer"), text);
        }

        @Test
        void theNonceComesBack() throws Exception {
            OcspResponder responder = OcspResponder.of(lab(KeyType.EC_P256).authority);
            ask("good.fr", "-nonce");
            answer(responder);
            Peer.Result result = openssl.run(
                            directory,
                            "ocsp",
                            "-reqin",
                            "request.der",
                            "-respin",
                            "response.der",
                            "-verify_other",
                            "intermediate.pem",
                            "-CAfile",
                            "root.pem")
                    .succeeded();
            assertTrue(result.err().contains("Response verify OK"), result.toString());
            assertTrue(!(result.out() + result.err()).toLowerCase().contains("nonce"), result.toString());
        }

        @Test
        void whatTheAuthorityDidNotIssueIsUnknown() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            openssl.run(directory, "ocsp", "-issuer", "intermediate.pem", "-serial", "0x1234", "-reqout", "request.der")
                    .succeeded();
            answer(OcspResponder.of(lab.authority));
            String text = openssl.run(directory, "ocsp", "-respin", "response.der", "-noverify", "-resp_text")
                    .succeeded()
                    .out();
            assertTrue(text.contains("Cert Status: unknown"), text);
        }

        @Test
        void aQuestionAboutAnotherAuthorityIsUnauthorized() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            ask("good.fr");
            answer(OcspResponder.of(lab.root));
            Peer.Result result = openssl.run(directory, "ocsp", "-respin", "response.der", "-noverify");
            assertTrue((result.out() + result.err()).contains("unauthorized (6)"), result.toString());
        }
    }

    @Nested
    class GnuTls {
        private final Peer ocsptool = Peer.require("ocsptool");

        @Test
        void theAuthorityIsBelieved() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            verified(OcspResponder.of(lab.authority), "--load-signer");
        }

        @Test
        void aDelegateIsFoundByItsKey() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            verified(OcspResponder.of(lab.authority).signingWith(lab.ocspSigner()), "--load-trust");
        }

        private void verified(OcspResponder responder, String trust) throws Exception {
            ocsptool.run(
                            directory,
                            "--generate-request",
                            "--load-issuer",
                            "intermediate.pem",
                            "--load-cert",
                            "bad.fr.pem",
                            "--outfile",
                            "request.der")
                    .succeeded();
            answer(responder);

            String text = ocsptool.run(directory, "--response-info", "--infile", "response.der")
                    .succeeded()
                    .out();
            String verified = ocsptool.run(
                            directory, "--verify-response", trust, "intermediate.pem", "--infile", "response.der")
                    .succeeded()
                    .out();

            assertTrue(text.contains("Certificate Status: revoked"), text);
            assertTrue(verified.contains("Success"), verified);
        }
    }

    @Nested
    class TheJdk {
        @Test
        void believesGoodAndRevoked() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            believes(lab, OcspResponder.of(lab.authority));
        }

        @Test
        void believesADelegate() throws Exception {
            RevocationLab lab = lab(KeyType.RSA_2048);
            believes(lab, OcspResponder.of(lab.authority).signingWith(lab.ocspSigner()));
        }

        private void believes(RevocationLab lab, OcspResponder responder) throws Exception {
            X509Certificate good = lab.leaf("other.fr");
            X509Certificate bad = lab.leaf("another.fr");
            lab.revoke(bad, RevocationReason.SUPERSEDED);

            validate(lab, good, responder.answer(OcspSamples.request(lab.authority, good)));
            CertPathValidatorException refused = assertThrows(
                    CertPathValidatorException.class,
                    () -> validate(lab, bad, responder.answer(OcspSamples.request(lab.authority, bad))));

            assertEquals(CertPathValidatorException.BasicReason.REVOKED, refused.getReason());
        }

        private void validate(RevocationLab lab, X509Certificate leaf, byte[] answer) throws Exception {
            List<X509Certificate> chain = lab.authority.authority().chain().certificates();
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOptions(
                    Set.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
            checker.setOcspResponses(Map.of(leaf, answer));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.get(1), null)));
            parameters.addCertPathChecker(checker);
            validator.validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, chain.get(0))), parameters);
        }
    }
}
