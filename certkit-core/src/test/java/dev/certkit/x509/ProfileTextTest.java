package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("C6")
class ProfileTextTest {
    private static final String TEXT = """
            name = Phones of Lyon
            keys = RSA_3072, EC_P256
            hashes = SHA-256, SHA-384
            lifetime = exactly 1826 days
            signed-by = authority
            usages = digitalSignature, keyEncipherment
            purposes = serverAuth, 1.3.6.1.4.1.311.20.2.2
            names-needed = dns, ip
            names-allowed = dns, ip, uri
            names-at-most = 10
            servers = one
            authorities-below = is no authority
            """;

    private static final CertificateProfile PROFILE = CertificateProfile.tlsServer()
            .named("Phones of Lyon")
            .keyTypes(KeyType.EC_P256, KeyType.RSA_3072)
            .hashes(CertificateProfile.Hash.SHA_384, CertificateProfile.Hash.SHA_256)
            .validForExactly(Duration.ofDays(1826))
            .signedBy(CertificateProfile.Signer.AUTHORITY)
            .forPurposes(ExtendedKeyUsage.SERVER_AUTH, new ExtendedKeyUsage("1.3.6.1.4.1.311.20.2.2"))
            .allowingOnly(
                    CertificateProfile.NameKind.URI, CertificateProfile.NameKind.DNS, CertificateProfile.NameKind.IP)
            .atMostNames(10)
            .forOneServer();

    static Stream<CertificateProfile> standard() {
        return Stream.of(
                CertificateProfile.tlsServer(),
                CertificateProfile.tlsClient(),
                CertificateProfile.device8021x(),
                CertificateProfile.ipsec(),
                CertificateProfile.authority(),
                CertificateProfile.authority().pathLength(0),
                CertificateProfile.scepAuthority(),
                CertificateProfile.registrationAuthority(),
                CertificateProfile.tlsClient().forPurposes().validFor(Duration.ofMinutes(90)),
                CertificateProfile.tlsClient().needingOneOf().allowingOnly().named("Étage 2, \"côté\" = jardin"),
                PROFILE);
    }

    @ParameterizedTest
    @MethodSource("standard")
    void whatIsWrittenIsReadAgain(CertificateProfile profile) throws IOException {
        assertEquals(profile, CertificateProfile.parse(profile.toText()));
        assertEquals(
                profile.toText(), CertificateProfile.parse(profile.toText()).toText());
    }

    @Test
    void aPersonCanReadIt() {
        assertEquals(TEXT, PROFILE.toText());
    }

    @Test
    void aPersonCanEditIt() throws IOException {
        String edited = TEXT.replace("keys = RSA_3072, EC_P256", "# since the audit\n\n  keys=EC_P256,RSA_3072  \r")
                .replace("names-at-most = 10", "names-at-most=any number");
        CertificateProfile read = CertificateProfile.parse(edited);
        assertEquals(PROFILE.keyTypes(), read.keyTypes());
        assertTrue(read.maxNames().isEmpty());
    }

    @Test
    void theOrderOfTheLinesIsOfNoConcern() throws IOException {
        List<String> reversed = TEXT.lines().sorted(Comparator.reverseOrder()).toList();
        assertEquals(PROFILE, CertificateProfile.parse(String.join("\n", reversed)));
    }

    @Nested
    class Refuses {
        private static String message(String text) {
            return assertThrows(IOException.class, () -> CertificateProfile.parse(text))
                    .getMessage();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "keys = | kez = | line 2 of the profile: \"kez\" is no key of a profile",
                    "hashes = SHA-256, SHA-384 | hashes = SHA-1 | line 3 of the profile: hashes: \"SHA-1\" is not",
                    "hashes = SHA-256, SHA-384 | hashes = none | line 3 of the profile: hashes: \"none\" is not",
                    "keys = RSA_3072, EC_P256 | keys = none | line 2 of the profile: keys: \"none\" is not",
                    "keys = RSA_3072, EC_P256 | keys = RSA_1024 | line 2 of the profile: keys: \"RSA_1024\" is not",
                    "exactly 1826 days | 1826 days | line 4 of the profile: lifetime: \"1826 days\" is not understood",
                    "exactly 1826 days | at most 0 days | line 4 of the profile: lifetime",
                    "exactly 1826 days | at most 99999999999 days | line 4 of the profile: lifetime",
                    "exactly 1826 days | at most PT-5S | line 4 of the profile: lifetime",
                    "exactly 1826 days | at most five days | line 4 of the profile: lifetime",
                    "signed-by = authority | signed-by = me | line 5 of the profile: signed-by: \"me\" is not",
                    "digitalSignature, | keyCertSign, | line 6 of the profile: usages",
                    "1.3.6.1.4.1.311.20.2.2 | serverauth | line 7 of the profile: purposes",
                    "names-needed = dns, ip | names-needed = email | line 8 of the profile: names-needed",
                    "names-at-most = 10 | names-at-most = 0 | line 10 of the profile: names-at-most",
                    "names-at-most = 10 | names-at-most = 1e3 | line 10 of the profile: names-at-most",
                    "servers = one | servers = 2 | line 11 of the profile: servers: \"2\" is not",
                    "is no authority | -1 | line 12 of the profile: authorities-below",
                    "is no authority | 0 | line 6 of the profile: usages",
                    "servers = one | name = again | line 11 of the profile: the key name stands there for the second time",
                    "servers = one | '' | the profile has no line \"servers = ...\"",
                    "name = Phones of Lyon | 'name = ' | line 1 of the profile: name",
                    "name = Phones of Lyon | just words | line 1 of the profile: \"just words\" is no key"
                })
        void whatItDoesNotUnderstandAndNamesTheLine(String right, String wrong, String expected) {
            String message = message(TEXT.replace(right, wrong));
            assertTrue(message.startsWith(expected), message);
        }

        @Test
        void aTextThatIsTooLong() {
            assertTrue(message(TEXT + "#".repeat(20_000)).contains("16384"));
        }

        @Test
        void controlCharactersInTheName() {
            assertTrue(message(TEXT.replace("Phones", "Pho\u0000nes")).contains("Pho\\u0000nes"));
        }
    }

    @Nested
    class AName {
        @Test
        void standsOnOneLine() {
            for (String wrong : List.of("", " ", "a\nb", " a", "a ", "x".repeat(65), "a\u202Eb")) {
                assertThrows(IllegalArgumentException.class, () -> CertificateProfile.tlsServer()
                        .named(wrong));
            }
        }
    }
}
