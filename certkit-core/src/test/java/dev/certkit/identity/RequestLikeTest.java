package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.AttributeType;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request made from a certificate: same subject and names, same or new key. */
@Tag("W5")
@Tag("C3")
class RequestLikeTest {
    private static final DistinguishedName SUBJECT = DistinguishedName.cn("printer-7.example.fr")
            .plus(AttributeType.SERIAL_NUMBER, "42")
            .o("Größe")
            .c("FR");
    private static final GeneralName[] NAMES = {
        GeneralName.of("192.0.2.7"),
        GeneralName.dns("z.example.fr"),
        GeneralName.dns("a.example.fr"),
        GeneralName.email("ops@example.fr"),
        GeneralName.uri(URI.create("urn:x:7")),
        GeneralName.userPrincipalName("p@example.fr"),
        GeneralName.registeredId("1.2.3"),
        GeneralName.directory(DistinguishedName.cn("d"))
    };

    private static CertifiedKey selfSigned(KeyType type) {
        return CertifiedKey.selfSigned(SUBJECT)
                .san(NAMES)
                .profile(CertificateProfile.device8021x())
                .extension(EncodedCertificate.Extension.of("1.3.6.1.5.5.7.1.24", Der.sequence(Der.integer(5))))
                .with(SampleKeys.of(type));
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void theSameKeyIsCertifiedOnceMore(KeyType type) throws Exception {
        CertifiedKey old = selfSigned(type);
        CertificationRequest request = CertificationRequest.like(old.chain().leaf())
                .signedBy(old.keyPair())
                .request();
        CertificationRequest read = CertificationRequest.decode(request.encoded());
        assertArrayEquals(
                SampleKeys.of(type).getPublic().getEncoded(), read.publicKey().getEncoded());
        assertEquals(EncodedCertificate.of(old.chain().leaf()).subject(), read.subject());
        assertArrayEquals(SUBJECT.encoded(), read.subject().encoded());
    }

    @Test
    void theNamesKeepTheirOrder() throws Exception {
        CertifiedKey old = selfSigned(KeyType.EC_P256);
        List<GeneralName> before = CertificateExtensions.of(
                        EncodedCertificate.of(old.chain().leaf()))
                .subjectAlternativeNames();
        CertificationRequest request = CertificationRequest.like(old.chain().leaf())
                .signedBy(old.keyPair())
                .request();
        assertEquals(before, request.subjectAlternativeNames());
        assertEquals(before, CertificationRequest.decode(request.encoded()).subjectAlternativeNames());
        assertEquals(1 + NAMES.length, before.size());
    }

    @Test
    void theUsagesAreAskedFor() throws Exception {
        CertifiedKey old = selfSigned(KeyType.RSA_2048);
        CertificateExtensions asked = CertificationRequest.like(old.chain().leaf())
                .signedBy(old.keyPair())
                .request()
                .requestedExtensions();
        assertEquals(Optional.of(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)), asked.keyUsages());
        assertEquals(
                Optional.of(List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EAP_OVER_LAN)), asked.purposes());
        assertEquals(
                List.of("2.5.29.19", "2.5.29.15", "2.5.29.37", "1.3.6.1.5.5.7.1.24", "2.5.29.17"),
                asked.all().stream().map(EncodedCertificate.Extension::oid).toList());
    }

    @Test
    void aNewKeyOfAnotherKindAsksForTheUsagesThatFitIt() throws Exception {
        CertifiedKey old = selfSigned(KeyType.RSA_2048);
        KeyPair rotated = SampleKeys.of(KeyType.EC_P384);
        CertificationRequest request =
                CertificationRequest.like(old.chain().leaf()).signedBy(rotated).request();
        assertEquals(Optional.of(KeyType.EC_P384), request.keyType());
        assertEquals(
                Optional.of(Set.of(KeyUsage.DIGITAL_SIGNATURE)),
                request.requestedExtensions().keyUsages());
    }

    @Test
    void whatTheIssuerSaidIsLeftToTheIssuer() throws Exception {
        ForgedCertificate issued = ForgedCertificate.server()
                .with("2.5.29.16", false, Der.sequence())
                .with("2.5.29.31", false, Der.sequence())
                .with("2.5.29.32", false, Der.sequence())
                .with("2.5.29.35", false, Der.sequence())
                .with("1.3.6.1.5.5.7.1.1", false, Der.sequence())
                .with("1.3.6.1.4.1.11129.2.4.2", false, Der.octetString(new byte[9]))
                .with("1.2.3.4", true, Der.utf8("kept"));
        List<String> asked = CertificationRequest.like(issued.made())
                .signedBy(SampleKeys.of(KeyType.EC_P256))
                .request()
                .requestedExtensions()
                .all()
                .stream()
                .map(EncodedCertificate.Extension::oid)
                .toList();
        assertEquals(Set.of("2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37", "1.2.3.4"), Set.copyOf(asked));
    }

    @Test
    void anAuthorityAsksToBeOneAgain() throws Exception {
        CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
                .profile(CertificateProfile.authority().pathLength(1))
                .with(SampleKeys.of(KeyType.EC_P256));
        CertificationRequest request = CertificationRequest.like(root.chain().leaf())
                .signedBy(root.keyPair())
                .request();
        assertTrue(request.asksForAuthority());
        assertTrue(CertificationRequest.decode(request.encoded()).asksForAuthority());
        assertEquals(
                OptionalInt.of(1),
                request.requestedExtensions().basicConstraints().orElseThrow().pathLength());
    }

    @Nested
    class TheCommonName {
        @Test
        void isNoAlternativeNameIfTheCertificateHasOthersOnly() throws Exception {
            EncodedCertificate certificate = ForgedCertificate.server()
                    .with(ForgedCertificate.NAMES, false, Der.sequence(ForgedCertificate.dns("other.example.fr")))
                    .made();
            assertEquals(
                    List.of(GeneralName.dns("other.example.fr")),
                    CertificationRequest.like(certificate)
                            .signedBy(SampleKeys.of(KeyType.EC_P256))
                            .request()
                            .subjectAlternativeNames());
        }

        @Test
        void becomesOneIfTheCertificateHasNone() throws Exception {
            EncodedCertificate certificate =
                    ForgedCertificate.server().without(ForgedCertificate.NAMES).made();
            assertEquals(
                    List.of(GeneralName.dns("printer-7.example.fr")),
                    CertificationRequest.like(certificate)
                            .signedBy(SampleKeys.of(KeyType.EC_P256))
                            .request()
                            .subjectAlternativeNames());
        }
    }

    @Test
    void moreNamesAndAnotherProfileCanBeAskedFor() throws Exception {
        CertificationRequest request = CertificationRequest.like(
                        selfSigned(KeyType.EC_P256).chain().leaf())
                .san("new.example.fr", "a.example.fr")
                .profile(CertificateProfile.tlsServer())
                .signedBy(SampleKeys.of(KeyType.EC_P256))
                .request();
        List<GeneralName> names = request.subjectAlternativeNames();
        assertEquals(NAMES.length + 2, names.size());
        assertEquals(GeneralName.dns("new.example.fr"), names.get(names.size() - 1));
        assertEquals(
                Optional.of(List.of(ExtendedKeyUsage.SERVER_AUTH)),
                request.requestedExtensions().purposes());
    }

    @Test
    void damagedNamesAreNamed() throws Exception {
        EncodedCertificate damaged = ForgedCertificate.server()
                .with(ForgedCertificate.NAMES, false, Der.octetString(new byte[3]))
                .made();
        MalformedEncodingException refused =
                assertThrows(MalformedEncodingException.class, () -> CertificationRequest.like(damaged));
        assertTrue(refused.getMessage().contains("subjectAltName"), refused.getMessage());
    }
}
