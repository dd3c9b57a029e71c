package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.Pasted;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Issuance;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.shelf.IdentityFinding.Code;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T3")
@Tag("T4")
@Tag("C3")
class PastedAnswerTest {
    private final IdentityLab lab = new IdentityLab();
    private final Identities identities = lab.identities;

    private PendingKey pending;
    private CertificateChain answer;

    @BeforeEach
    void request() throws IOException {
        pending = identities.request("web", IdentityLab.WISHES, KeyType.EC_P256);
        answer = IdentityLab.certify(pending.request());
    }

    private ImportResult.Installed install(String text) throws IOException {
        return identities.install("web", Pasted.parse(text));
    }

    private static List<Code> codes(ImportResult.Installed installed) {
        return installed.warnings().stream().map(IdentityFinding::code).toList();
    }

    private static String text(ImportResult.Installed installed, Code code) {
        return installed.warnings().stream()
                .filter(finding -> finding.code() == code)
                .map(IdentityFinding::text)
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class AWholeChain {
        @Test
        void isInstalledLeafFirstWhateverItsOrder() throws IOException {
            for (int seed = 0; seed < 6; seed++) {
                identities.delete("web");
                request();
                List<X509Certificate> shuffled = new ArrayList<>(answer.certificates());
                Collections.shuffle(shuffled, new Random(seed));
                ImportResult.Installed installed = install(Certificates.toPem(shuffled));

                assertEquals(answer, installed.key().chain());
                assertEquals(List.of(), installed.warnings());
                assertEquals(answer, identities.chain("web").orElseThrow());
            }
        }

        @Test
        void isFoundAmongTextDuplicatesAndStrangers() throws IOException {
            X509Certificate stranger =
                    IdentityLab.selfSigned("stranger").chain().leaf();
            String mail = "Dear customer,\r\n\r\nhere is your certificate:\r\n"
                    + answer.toPem().replace("\n", "\r\n") + "and once more\r\n" + answer.toPem()
                    + Certificates.toPem(stranger) + "\r\nRegards";

            ImportResult.Installed installed = install(mail);

            assertEquals(answer, installed.key().chain());
            assertEquals(List.of(Code.UNUSED, Code.DUPLICATE), codes(installed));
            assertTrue(text(installed, Code.UNUSED).contains("CN=stranger"), text(installed, Code.UNUSED));
            assertTrue(text(installed, Code.DUPLICATE).contains(": 3;"), text(installed, Code.DUPLICATE));
        }

        @Test
        void isReadFromDerP7bAndBareBase64() throws Exception {
            byte[] p7b = Certificates.toPkcs7(answer.certificates());
            byte[] der = answer.leaf().getEncoded();

            assertEquals(
                    answer, identities.install("web", Pasted.decode(p7b)).key().chain());
            assertEquals(
                    answer.leaf(),
                    identities.install("web", Pasted.decode(der)).key().chain().leaf());
            assertEquals(
                    answer,
                    install(Base64.getMimeEncoder().encodeToString(p7b)).key().chain());
        }
    }

    @Nested
    class AGap {
        @Test
        void isReportedByTheNameOfTheMissingIssuer() throws IOException {
            ImportResult.Installed installed = install(Certificates.toPem(answer.leaf()));

            assertEquals(List.of(Code.CHAIN_GAP), codes(installed));
            assertTrue(text(installed, Code.CHAIN_GAP).contains("CN=Test Intermediate"));
            assertEquals(1, installed.key().chain().certificates().size());
        }

        @Test
        void isFilledFromTheChainThatIsInUse() throws IOException {
            install(answer.toPem());
            CertificateChain renewed =
                    IdentityLab.certify(identities.request("web").request());

            ImportResult.Installed installed = install(Certificates.toPem(renewed.leaf()));

            assertEquals(renewed, installed.key().chain());
            assertEquals(List.of(), installed.warnings());
        }

        @Test
        void isFilledLaterByPastingTheWholeChainOverIt() throws IOException {
            install(Certificates.toPem(answer.leaf()));

            install(answer.toPem());

            assertEquals(answer, identities.chain("web").orElseThrow());
        }
    }

    @Nested
    class AMismatch {
        @Test
        void changesNothingAndNamesWhatCameAndWhoWaits() throws IOException {
            String before = lab.stored("web");
            String strangers = IdentityLab.certified().chain().toPem();

            KeyMismatchException refused = assertThrows(KeyMismatchException.class, () -> install(strangers));

            assertEquals(before, lab.stored("web"));
            assertTrue(refused.getMessage().contains("CN=Test Intermediate"), refused.getMessage());
            assertTrue(refused.getMessage().contains("the pending key of identity web"), refused.getMessage());
        }

        @Test
        void ofTheCertificateThatIsAlreadyInUseDoesNotEndTheRenewal() throws IOException {
            install(answer.toPem());
            identities.request("web", KeyType.EC_P256);
            String before = lab.stored("web");

            assertThrows(KeyMismatchException.class, () -> install(answer.toPem()));

            assertEquals(before, lab.stored("web"));
        }

        @Test
        void ofAPasteWithoutACertificateSaysWhatWasInIt() throws IOException {
            String before = lab.stored("web");
            String request = pending.request().toPem();

            MalformedEncodingException refused = assertThrows(MalformedEncodingException.class, () -> install(request));

            assertTrue(refused.getMessage().contains("1 request"), refused.getMessage());
            assertEquals(before, lab.stored("web"));
        }

        @Test
        void withoutARequestIsAnIllegalStep() {
            assertThrows(IllegalStepException.class, () -> identities.install("other", Pasted.parse(answer.toPem())));
        }
    }

    @Test
    void theNewestOfSeveralAnswersIsTaken() throws IOException {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        CertificateChain newest =
                ((Issuance.Certified) IdentityLab.CA.clock(later).issue(pending.request())).chain();

        ImportResult.Installed installed = install(answer.toPem() + newest.toPem() + answer.toPem());

        assertEquals(newest.leaf(), installed.key().chain().leaf());
        assertTrue(codes(installed).contains(Code.UNUSED), codes(installed).toString());
    }

    @Test
    void aNameThatTheAuthorityLeftOutIsReported() throws IOException {
        KeyPair keys = new KeyPair(pending.request().publicKey(), pending.privateKey());
        CertificationRequest less = CertificationRequest.forSubject(IdentityLab.SUBJECT)
                .san("printer-7.local")
                .signedBy(keys)
                .request();

        ImportResult.Installed installed = install(IdentityLab.certify(less).toPem());

        assertEquals(List.of(Code.MISSING_NAME), codes(installed));
        assertTrue(text(installed, Code.MISSING_NAME).contains("192.0.2.7"));
    }

    @Test
    void aPrivateKeyInThePasteIsLeftOut() throws IOException {
        String key = PrivateKeys.toUnencryptedPem(SampleKeys.of(KeyType.EC_P256).getPrivate());

        ImportResult.Installed installed = install(key + answer.toPem());

        assertEquals(pending.privateKey(), installed.key().privateKey());
        assertTrue(text(installed, Code.UNUSED).contains("1 private key was left out"));
    }
}
