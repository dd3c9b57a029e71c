package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.Der;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateExtensions.Access;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.NameConstraints.Subtree;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What issued certificates say of their authority, read back. */
class IssuedExtensionsTest extends AuthorityFixture {
    private static final URI CRL = URI.create("http://pki.example.fr/ca.crl");
    private static final URI MIRROR = URI.create("ldap://ldap.example.fr/CN=Root?certificateRevocationList");
    private static final URI OCSP = URI.create("http://ocsp.example.fr/");
    private static final URI ISSUER = URI.create("http://pki.example.fr/ca.cer");

    private static CertificateExtensions extensions(X509Certificate certificate) {
        return CertificateExtensions.of(EncodedCertificate.of(certificate));
    }

    @Nested
    class Publishing {
        @Test
        void everyPlaceIsThereAndNoneIsCritical() throws Exception {
            X509Certificate leaf = leaf(authority
                    .publishing(Publication.nothing()
                            .crlAt(CRL)
                            .crlAt(MIRROR)
                            .ocspAt(OCSP)
                            .issuerAt(ISSUER))
                    .issue(request()));
            CertificateExtensions extensions = extensions(leaf);
            assertEquals(1, extensions.crlDistributionPoints().size());
            assertEquals(
                    List.of(GeneralName.uri(CRL), GeneralName.uri(MIRROR)),
                    extensions.crlDistributionPoints().get(0).names());
            assertEquals(
                    List.of(
                            new Access(Access.OCSP, GeneralName.uri(OCSP)),
                            new Access(Access.CA_ISSUERS, GeneralName.uri(ISSUER))),
                    extensions.authorityInformation());
            assertEquals(Set.of("2.5.29.19", "2.5.29.15"), leaf.getCriticalExtensionOIDs());
        }

        @Test
        void policiesStandInTheirOrder() throws Exception {
            X509Certificate leaf = leaf(authority
                    .publishing(Publication.nothing().policies("2.5.29.32.0").policies("1.3.6.1.4.1.55555.1"))
                    .issue(request()));
            assertEquals(
                    List.of("2.5.29.32.0", "1.3.6.1.4.1.55555.1"),
                    extensions(leaf).policies());
            for (String bad : List.of("1", "x", "")) {
                assertThrows(IllegalArgumentException.class, () -> Publication.nothing()
                        .policies(bad));
            }
            assertThrows(
                    IllegalArgumentException.class, () -> Publication.nothing().policies("1.2.3", "1.2.3"));
        }

        @Test
        void nothingIsThereByDefault() throws Exception {
            CertificateExtensions extensions = extensions(leaf(authority.issue(request())));
            assertEquals(List.of(), extensions.crlDistributionPoints());
            assertEquals(List.of(), extensions.authorityInformation());
            assertEquals(List.of(), extensions.policies());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ca.crl",
                    "//pki.example.fr/ca.crl",
                    "urn:x:y",
                    "mailto:a@b.fr",
                    "file:///ca.crl",
                    "HTTP://a.fr/"
                })
        void aPlaceThatNobodyCanFetchIsTheCallersMistake(String place) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> Publication.nothing().crlAt(URI.create(place)));
            assertTrue(refused.getMessage().startsWith("place: "), refused.getMessage());
        }

        @Test
        void intermediatesSayItToo() throws Exception {
            X509Certificate below = leaf(authority
                    .publishing(Publication.nothing().crlAt(CRL))
                    .profile(CertificateProfile.authority())
                    .issue(request()));
            assertEquals(1, extensions(below).crlDistributionPoints().size());
        }
    }

    @Nested
    class Constraining {
        private final NameConstraints everyKind = NameConstraints.permitting(
                        Subtree.dns("example.fr"),
                        Subtree.ip("192.0.2.0/24"),
                        Subtree.ip("2001:db8::/32"),
                        Subtree.email("example.fr"),
                        Subtree.uri(".example.fr"),
                        Subtree.directory(DistinguishedName.parse("O=Acme")),
                        Subtree.of(GeneralName.OtherName.of("1.2.3", Der.utf8("x"))),
                        Subtree.of(GeneralName.OtherName.verbatim(Der.tagged(0x88, new byte[] {0x2A, 3}))))
                .excluding(Subtree.dns("secret.example.fr"));

        @Test
        void everyKindIsReadBackAndCritical() throws Exception {
            X509Certificate below = leaf(authority
                    .constraining(everyKind)
                    .profile(CertificateProfile.authority())
                    .issue(request()));
            assertEquals(everyKind, extensions(below).nameConstraints().orElseThrow());
            assertTrue(below.getCriticalExtensionOIDs().contains("2.5.29.30"));
        }

        @Test
        void aLeafHasNoConstraints() throws Exception {
            assertNull(leaf(authority.constraining(everyKind).issue(request())).getExtensionValue("2.5.29.30"));
        }

        @Test
        void constraintsThatConstrainNothingAreTheCallersMistake() {
            assertThrows(IllegalArgumentException.class, () -> authority.constraining(NameConstraints.permitting()));
        }

        @Test
        void onlyExclusionsAreConstraintsToo() throws Exception {
            NameConstraints none = NameConstraints.permitting().excluding(Subtree.dns(""));
            X509Certificate below = leaf(authority
                    .constraining(none)
                    .profile(CertificateProfile.authority())
                    .issue(CertificationRequest.forSubject(DistinguishedName.cn("Below"))
                            .signedBy(LEAF_KEY)
                            .request()));
            assertEquals(none, extensions(below).nameConstraints().orElseThrow());
        }
    }

    @Test
    void anOcspSignerNeedsNoCheckAndOthersDo() throws Exception {
        String noCheck = "1.3.6.1.5.5.7.48.1.5";
        X509Certificate signer =
                leaf(authority.profile(OcspResponder.signerProfile()).issue(request()));
        assertFalse(signer.getCriticalExtensionOIDs().contains(noCheck));
        assertTrue(signer.getNonCriticalExtensionOIDs().contains(noCheck));
        assertNull(leaf(authority.issue(request())).getExtensionValue(noCheck));
    }
}
