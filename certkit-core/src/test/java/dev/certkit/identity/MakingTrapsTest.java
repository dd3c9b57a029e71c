package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.AttributeType;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import dev.certkit.x509.Validity;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makers of certificates and requests are known to get wrong, each stated as what happens here. */
class MakingTrapsTest {
    private static final KeyPair P256 = SampleKeys.of(KeyType.EC_P256);
    private static final MovableClock NOW = MovableClock.at("2026-01-05T12:00:00Z");

    private static CertifiedKey.SelfSigned server() {
        return CertifiedKey.selfSigned(
                        DistinguishedName.cn("printer-7.example.fr").o("Acme"))
                .clock(NOW);
    }

    private static X509Certificate leaf(CertifiedKey.SelfSigned draft) {
        return draft.with(P256).chain().leaf();
    }

    @Nested
    @Tag("W6")
    class SelfSigned {
        @Test
        void aHundredCertificatesOfOneSecondHaveAHundredSerialNumbers() {
            Set<BigInteger> serials = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                serials.add(leaf(server()).getSerialNumber());
            }
            assertEquals(100, serials.size());
            // 64 random bits at least: no counter and no clock, whose numbers have equal beginnings.
            assertEquals(
                    100,
                    serials.stream()
                            .map(serial -> serial.shiftRight(63))
                            .distinct()
                            .count());
        }

        @Test
        void anEndEntityIsMadeWithUsagePurposeAndKeyIdentifier() throws Exception {
            CertificateExtensions extensions = CertificateExtensions.of(EncodedCertificate.of(leaf(server())));
            assertFalse(extensions.basicConstraints().orElseThrow().authority());
            assertEquals(Optional.of(Set.of(KeyUsage.DIGITAL_SIGNATURE)), extensions.keyUsages());
            assertEquals(Optional.of(List.of(ExtendedKeyUsage.SERVER_AUTH)), extensions.purposes());
            assertEquals(20, extensions.subjectKeyIdentifier().orElseThrow().length);
        }

        @Test
        void anRsaServerHasTheTwoUsagesThatItNeeds() throws Exception {
            CertifiedKey made = server().with(SampleKeys.of(KeyType.RSA_2048));
            assertEquals(
                    Optional.of(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)),
                    CertificateExtensions.of(EncodedCertificate.of(made.chain().leaf()))
                            .keyUsages());
        }

        @Test
        void issuerAndSubjectAreTheSameOctetsWithEveryField() {
            X509Certificate made = leaf(CertifiedKey.selfSigned(DistinguishedName.cn("a")
                    .plus(AttributeType.UID, "u")
                    .ou("Print")
                    .o("Größe")
                    .l("Lyon")
                    .st("Rhône")
                    .c("FR")));
            assertArrayEquals(
                    made.getSubjectX500Principal().getEncoded(),
                    made.getIssuerX500Principal().getEncoded());
        }

        @Test
        void alternativeNamesAreNotCriticalBesideASubject() {
            assertTrue(leaf(server()).getNonCriticalExtensionOIDs().contains("2.5.29.17"));
        }

        @Test
        void withoutASubjectTheyAreCriticalInARequest() {
            CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.empty())
                    .san("a.fr")
                    .signedBy(P256)
                    .request();
            assertTrue(request.requestedExtensions().all().get(0).critical());
        }

        @Test
        void aMissingSubjectIsNamedAndNoNullPointer() {
            CertifiedKey.SelfSigned nobody =
                    CertifiedKey.selfSigned(DistinguishedName.empty()).san("a.fr");
            assertTrue(assertThrows(IllegalArgumentException.class, () -> nobody.with(P256))
                    .getMessage()
                    .startsWith("subject: "));
            assertEquals(
                    "subject",
                    assertThrows(NullPointerException.class, () -> CertifiedKey.selfSigned(null))
                            .getMessage());
        }

        @Test
        void theDefaultLifeIsThatOfAServerAndARenewalDoesNotShortenIt() throws Exception {
            CertifiedKey made = server().with(P256);
            Validity expected =
                    new Validity(Instant.parse("2026-01-05T11:55:00Z"), Instant.parse("2027-02-06T12:00:00Z"));
            assertEquals(expected, made.chain().validity());
            CertifiedKey longer = server().validFor(Duration.ofDays(3650)).with(P256);
            assertEquals(
                    longer.chain().validity(),
                    longer.renewal().clock(NOW).with(P256).chain().validity());
        }

        @Test
        void nothingIsRegisteredInTheProcess() {
            Provider[] before = Security.getProviders();
            leaf(server());
            CertificationRequest.forSubject(DistinguishedName.cn("a")).signedBy(P256);
            assertArrayEquals(before, Security.getProviders());
        }

        @Test
        @Tag("T2")
        void allFieldsOfAFormAndALifeInDaysGiveASummary() {
            CertifiedKey made = CertifiedKey.selfSigned(DistinguishedName.cn("camera.example.fr")
                            .ou("Video")
                            .o("Acme")
                            .l("Lyon")
                            .st("Rhône")
                            .c("FR"))
                    .validFor(Duration.ofDays(365))
                    .clock(NOW)
                    .with(P256);
            assertEquals(
                    "CN=camera.example.fr,OU=Video,O=Acme,L=Lyon,ST=Rhône,C=FR",
                    made.chain().subject().toString());
            assertEquals(
                    Instant.parse("2026-01-05T11:55:00Z"),
                    made.chain().validity().notBefore());
            assertEquals(
                    Instant.parse("2027-01-05T12:00:00Z"),
                    made.chain().validity().notAfter());
        }
    }

    @Nested
    @Tag("S2")
    class Names {
        @ParameterizedTest
        @ValueSource(
                strings = {"not a host", "a_b.example.fr", "https://a.fr", "*", "*.fr", "a..b", "fe80::1%eth0", "[::1]"
                })
        void whatIsNoHostIsRefusedByEveryMaker(String host) {
            CertificationRequest.Draft request = CertificationRequest.forSubject(DistinguishedName.cn("a"));
            assertThrows(IllegalArgumentException.class, () -> server().san(host));
            assertThrows(IllegalArgumentException.class, () -> request.san(host));
        }

        @Test
        void aHostInOtherLettersIsNotMangled() throws Exception {
            X509Certificate made = leaf(server().san("straße.example", "пример.рф"));
            assertEquals(
                    List.of(
                            GeneralName.dns("printer-7.example.fr"),
                            GeneralName.dns("xn--strae-oqa.example"),
                            GeneralName.dns("xn--e1afmkfd.xn--p1ai")),
                    Certificates.subjectAlternativeNames(made));
        }

        @Test
        void theOrderIsThatOfThePersonThroughRequestAndRenewal() throws Exception {
            String[] hosts = {"z.fr", "10.0.0.9", "a.fr", "10.0.0.1", "m.fr"};
            CertifiedKey made = CertifiedKey.selfSigned(DistinguishedName.cn("Printer"))
                    .san(hosts)
                    .with(P256);
            List<String> expected = List.of(hosts);
            assertEquals(
                    expected,
                    Certificates.subjectAlternativeNames(made.chain().leaf()).stream()
                            .map(GeneralName::toString)
                            .toList());
            assertEquals(
                    expected,
                    CertificationRequest.like(made.chain().leaf())
                            .signedBy(P256)
                            .request()
                            .subjectAlternativeNames()
                            .stream()
                            .map(GeneralName::toString)
                            .toList());
            assertEquals(
                    expected,
                    Certificates.subjectAlternativeNames(
                                    made.renewal().with(P256).chain().leaf())
                            .stream()
                            .map(GeneralName::toString)
                            .toList());
        }

        @ParameterizedTest
        @ValueSource(strings = {"192.0.2.7", "2001:db8::7"})
        void anAddressIsNeverAHostNameWhereverItComesFrom(String address) throws Exception {
            X509Certificate made =
                    leaf(CertifiedKey.selfSigned(DistinguishedName.cn(address)).san(address));
            assertEquals(List.of(GeneralName.of(address)), Certificates.subjectAlternativeNames(made));
            assertEquals(7, made.getSubjectAlternativeNames().iterator().next().get(0));
            assertThrows(IllegalArgumentException.class, () -> GeneralName.dns(address));
        }

        @Test
        void whatIsTooLongOrOfThreeLettersIsRefusedBeforeAnythingIsSigned() {
            assertThrows(IllegalArgumentException.class, () -> DistinguishedName.cn("x".repeat(65)));
            assertThrows(IllegalArgumentException.class, () -> DistinguishedName.cn("a")
                    .c("FRA"));
            assertThrows(IllegalArgumentException.class, () -> DistinguishedName.parse("CN=a,C=FRA"));
        }
    }

    @Nested
    @Tag("C3")
    class Requests {
        @ParameterizedTest
        @ValueSource(strings = {"pässwörd", "a*b", "a@b", "€", "x_y"})
        void aChallengeThatIsNotPrintableIsNeverAPrintableString(String challenge) throws Exception {
            byte[] der = CertificationRequest.forSubject(DistinguishedName.cn("a"))
                    .challengePassword(Passphrase.of(challenge))
                    .signedBy(P256)
                    .request()
                    .encoded();
            byte[] value = new PKCS10CertificationRequest(der)
                    .getAttributes(PKCSObjectIdentifiers.pkcs_9_at_challengePassword)[0]
                    .getAttributeValues()[0]
                    .toASN1Primitive()
                    .getEncoded();
            assertEquals(0x0C, value[0]);
        }

        @Test
        void namesAreNotLostBetweenRequestAndCertificate() throws Exception {
            CertificationRequest request =
                    CertificationRequest.decode(CertificationRequest.forSubject(DistinguishedName.cn("a.fr"))
                            .san("b.fr", "10.0.0.1")
                            .profile(CertificateProfile.tlsServer())
                            .signedBy(P256)
                            .request()
                            .encoded());
            assertEquals(3, request.subjectAlternativeNames().size());
            assertEquals(
                    request.subjectAlternativeNames(),
                    request.requestedExtensions().subjectAlternativeNames());
            assertNotNull(request.requestedExtensions().purposes().orElseThrow());
        }
    }
}
