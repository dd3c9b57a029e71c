package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.internal.der.Der;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalAuthorityTest extends AuthorityFixture {
    @Nested
    class Issuing {
        @Test
        void theJdkFindsEverythingInTheCertificate() throws Exception {
            X509Certificate certificate = leaf(authority.issue(request()));
            assertEquals(PRINTER.toPrincipal(), certificate.getSubjectX500Principal());
            assertEquals(
                    authority.authority().chain().leaf().getSubjectX500Principal(),
                    certificate.getIssuerX500Principal());
            assertEquals(
                    NOW.minus(Duration.ofMinutes(5)), certificate.getNotBefore().toInstant());
            assertEquals(
                    NOW.plus(Duration.ofDays(397)), certificate.getNotAfter().toInstant());
            assertEquals(List.of(ExtendedKeyUsage.SERVER_AUTH.oid()), certificate.getExtendedKeyUsage());
            assertEquals(-1, certificate.getBasicConstraints());
            assertEquals(
                    List.of(List.of(2, "printer-7.example.fr"), List.of(2, "b.example.fr")),
                    List.copyOf(certificate.getSubjectAlternativeNames()));
            certificate.verify(CA_KEY.getPublic());
        }

        @Test
        void itsKeyIdentifiersLinkItToItsIssuer() throws Exception {
            byte[] ski = authority.authority().chain().leaf().getExtensionValue("2.5.29.14");
            byte[] aki = leaf(authority.issue(request())).getExtensionValue("2.5.29.35");
            byte[] id = Arrays.copyOfRange(ski, 4, ski.length);
            assertArrayEquals(Der.octetString(Der.sequence(Der.tagged(0x80, id))), aki);
        }

        @Test
        void anIdentifierOfAnotherMethodIsTakenOver() throws Exception {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=Other"),
                    BigInteger.TEN,
                    Date.from(NOW),
                    Date.from(NOW.plus(Duration.ofDays(9))),
                    new X500Name("CN=Other"),
                    CA_KEY.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[] {1, 2, 3}));
            X509Certificate other = SampleKeys.certificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                    .getEncoded());
            LocalAuthority imported = LocalAuthority.of(
                            CertifiedKey.of(CA_KEY.getPrivate(), CertificateChain.of(List.of(other))))
                    .clock(clock);
            assertArrayEquals(
                    Der.octetString(Der.sequence(Der.tagged(0x80, new byte[] {1, 2, 3}))),
                    leaf(imported.issue(request())).getExtensionValue("2.5.29.35"));
        }

        @ParameterizedTest
        @EnumSource(KeyType.class)
        void everyKindOfAuthorityCertifiesEveryOther(KeyType type) throws Exception {
            SamplePki pki = SamplePki.of(type);
            for (KeyType leafType : List.of(KeyType.RSA_2048, KeyType.EC_P256, KeyType.ED25519, KeyType.ML_DSA_44)) {
                CertificateChain chain = pki.leaf(SampleKeys.of(leafType)).chain();
                assertEquals(3, chain.certificates().size(), type + " for " + leafType);
                CertificateChain.of(chain.certificates());
            }
        }

        @Test
        void theProfileDecidesNotTheRequest() throws Exception {
            CertificationRequest asksForServer = draft().profile(CertificateProfile.tlsServer())
                    .signedBy(LEAF_KEY)
                    .request();
            X509Certificate client =
                    leaf(authority.profile(CertificateProfile.tlsClient()).issue(asksForServer));
            assertEquals(List.of(ExtendedKeyUsage.CLIENT_AUTH.oid()), client.getExtendedKeyUsage());
        }

        @Test
        void theChallengeIsNotInTheCertificate() throws Exception {
            CertificationRequest request = draft().challengePassword(Passphrase.of("canary"))
                    .signedBy(LEAF_KEY)
                    .request();
            byte[] der = leaf(authority.issue(request)).getEncoded();
            assertFalse(new String(der, StandardCharsets.ISO_8859_1).contains("canary"));
        }

        @Test
        void theChainGoesOnAboveTheAuthority() throws Exception {
            SamplePki pki = SamplePki.of(KeyType.EC_P256);
            assertEquals(
                    pki.intermediate().chain().certificates(),
                    pki.leaf(LEAF_KEY).chain().certificates().subList(1, 3));
        }

        @Test
        void eachCallConfiguresANewAuthority() throws Exception {
            authority.profile(CertificateProfile.tlsClient().validFor(Duration.ofDays(1)));
            assertEquals(
                    NOW.plus(Duration.ofDays(397)),
                    leaf(authority.issue(request())).getNotAfter().toInstant());
        }

        @Test
        void anEmptySubjectMakesTheNamesCritical() throws Exception {
            CertificationRequest nameless = CertificationRequest.forSubject(DistinguishedName.empty())
                    .san("a.fr")
                    .signedBy(LEAF_KEY)
                    .request();
            X509Certificate certificate = leaf(authority.issue(nameless));
            assertTrue(certificate.getCriticalExtensionOIDs().contains("2.5.29.17"));
        }
    }

    @Nested
    class ItsOwnLife {
        @Test
        void noLeafOutlivesTheAuthority() throws Exception {
            clock.advance(Duration.ofDays(3600));
            X509Certificate certificate = leaf(authority.issue(request()));
            assertEquals(
                    authority.authority().chain().validity().notAfter(),
                    certificate.getNotAfter().toInstant());
        }

        @Test
        void anExpiredAuthorityDeclines() throws Exception {
            clock.advance(Duration.ofDays(3651));
            Issuance.Declined declined = declined(authority.issue(request()));
            assertEquals(FailInfo.BAD_REQUEST, declined.failInfo());
            assertTrue(declined.text().contains("authority's own certificate"), declined.text());
            assertEquals(List.of(), records());
        }

        @Test
        void anAuthorityThatIsNotValidYetDeclines() throws Exception {
            clock.advance(Duration.ofDays(-1));
            declined(authority.issue(request()));
        }

        @Test
        void theLastSecondStillCounts() throws Exception {
            clock.set(authority.authority().chain().validity().notAfter());
            X509Certificate certificate = leaf(authority.issue(request()));
            assertEquals(clock.instant(), certificate.getNotAfter().toInstant());
        }
    }

    @Nested
    class BeingAnAuthority {
        @Test
        void aLeafIsNone() {
            CertifiedKey leaf = root(CertificateProfile.tlsServer());
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> LocalAuthority.of(leaf));
            assertTrue(refused.getMessage().startsWith("authority: "), refused.getMessage());
            assertTrue(refused.getMessage().contains("CertificateProfile.authority()"), refused.getMessage());
        }

        @Test
        void onlyAProfileOfAnAuthorityMakesAuthorities() throws Exception {
            CertificationRequest ambitious = draft().profile(CertificateProfile.authority())
                    .signedBy(LEAF_KEY)
                    .request();
            Issuance.Declined declined = declined(authority.issue(ambitious));
            assertEquals(FailInfo.BAD_REQUEST, declined.failInfo());
            assertTrue(declined.text().contains("tlsServer"), declined.text());
            X509Certificate granted =
                    leaf(authority.profile(CertificateProfile.authority()).issue(ambitious));
            assertEquals(Integer.MAX_VALUE, granted.getBasicConstraints());
        }

        @Test
        void noAuthorityStandsBelowAPathLengthOfZero() {
            LocalAuthority last =
                    LocalAuthority.of(root(CertificateProfile.authority().pathLength(0)));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> last.profile(CertificateProfile.authority()));
            assertTrue(refused.getMessage().startsWith("profile: "), refused.getMessage());
            last.profile(CertificateProfile.tlsClient());
        }

        @Test
        void itNeverShowsItsKey() {
            assertEquals("LocalAuthority[CN=Root,O=Acme]", authority.toString());
        }
    }

    @Nested
    class Declining {
        @Test
        void aKeyThatTheProfileDoesNotTakeIsABadAlgorithm() throws Exception {
            LocalAuthority rsaOnly =
                    authority.profile(CertificateProfile.tlsServer().keyTypes(KeyType.RSA_2048));
            Issuance.Declined declined = declined(rsaOnly.issue(request()));
            assertEquals(FailInfo.BAD_ALG, declined.failInfo());
            assertTrue(declined.text().contains("RSA_2048"), declined.text());
        }

        @Test
        void anUnusualRsaLengthIsABadAlgorithm() throws Exception {
            CertificationRequest unusual =
                    draft().signedBy(SampleKeys.rsa(2056)).request();
            assertEquals(FailInfo.BAD_ALG, declined(authority.issue(unusual)).failInfo());
        }

        @Test
        void aRequestThatNamesNobodyIsDeclined() throws Exception {
            byte[] info = Der.sequence(
                    Der.integer(0), Der.sequence(), LEAF_KEY.getPublic().getEncoded(), Der.tagged(0xA0));
            byte[] signature =
                    CryptoProviders.standard().sign(SignatureAlgorithm.SHA256_WITH_ECDSA, LEAF_KEY.getPrivate(), info);
            CertificationRequest nobody = CertificationRequest.decode(Der.sequence(
                    info, SignatureAlgorithm.SHA256_WITH_ECDSA.algorithmIdentifier(), Der.bitString(signature)));
            assertEquals(FailInfo.BAD_REQUEST, declined(authority.issue(nobody)).failInfo());
        }

        @Test
        void malformedNamesAreNeverCertified() throws Exception {
            for (byte[] hostile : List.of(
                    Der.tagged(0x82, new byte[] {'*'}),
                    Der.tagged(0x82, "a\u0000.fr".getBytes(StandardCharsets.US_ASCII)),
                    Der.tagged(0x82, "192.0.2.7".getBytes(StandardCharsets.US_ASCII)),
                    Der.tagged(0x82, new byte[] {(byte) 0xFC}),
                    Der.tagged(0x87, new byte[5]),
                    Der.tagged(0x81, new byte[0]),
                    Der.tagged(0xA4, Der.integer(1)),
                    Der.tagged(0xA5, Der.sequence()),
                    Der.tagged(0x86, new byte[] {' '}))) {
                for (DistinguishedName subject : List.of(PRINTER, DistinguishedName.empty())) {
                    CertificationRequest asks = CertificationRequest.forSubject(subject)
                            .san(GeneralName.OtherName.verbatim(hostile))
                            .signedBy(LEAF_KEY)
                            .request();
                    CertificationRequest received = CertificationRequest.decode(asks.encoded());
                    assertEquals(
                            FailInfo.BAD_REQUEST,
                            declined(authority.issue(received)).failInfo());
                }
            }
            assertEquals(List.of(), records());
        }

        @Test
        void namesThatJavaCannotReadBackAreDeclinedNotThrown() throws Exception {
            for (GeneralName hostile : List.of(
                    GeneralName.uri(URI.create("http://a_b.fr/")),
                    GeneralName.OtherName.verbatim(Der.tagged(0xA0, Der.oid("1.2.3"))),
                    GeneralName.OtherName.verbatim(Der.tagged(0xA0, Der.integer(1))))) {
                for (DistinguishedName subject : List.of(PRINTER, DistinguishedName.empty())) {
                    CertificationRequest asks = CertificationRequest.forSubject(subject)
                            .san(hostile)
                            .signedBy(LEAF_KEY)
                            .request();
                    Issuance issuance = authority.issue(CertificationRequest.decode(asks.encoded()));
                    if (issuance instanceof Issuance.Certified certified) {
                        assertTrue(
                                certified.chain().leaf().getSubjectAlternativeNames() != null,
                                hostile + " is hidden from whoever checks it");
                    }
                }
            }
        }

        @Test
        void theTextIsSafeToPrint() throws Exception {
            CertificationRequest asks = draft().san(GeneralName.OtherName.verbatim(
                            Der.tagged(0x82, "\u001B[2J\r\n".getBytes(StandardCharsets.US_ASCII))))
                    .signedBy(LEAF_KEY)
                    .request();
            String text = declined(authority.issue(asks)).text();
            assertTrue(text.chars().noneMatch(c -> c < ' '), text);
        }
    }

    @Nested
    class AsAnyAuthority {
        @Test
        void enrollingGivesTheCertifiedKey() throws Exception {
            PendingKey pending = draft().signedBy(LEAF_KEY);
            CertifiedKey key = issued(authority.enrol(pending));
            assertEquals(pending.privateKey(), key.privateKey());
            assertEquals(
                    Certificates.toPem(key.chain().certificates()), key.chain().toPem());
        }

        @Test
        void aRefusalSaysWhy() throws Exception {
            Enrolment answer = authority
                    .profile(CertificateProfile.tlsServer().keyTypes(KeyType.RSA_2048))
                    .enrol(draft().signedBy(LEAF_KEY));
            Enrolment.Refused refused = assertInstanceOf(Enrolment.Refused.class, answer);
            assertEquals(Optional.of(FailInfo.BAD_ALG), refused.failInfo());
        }

        @Test
        void repeatingARenewalIsHarmless() throws Exception {
            CertifiedKey current = issued(authority.enrol(draft().signedBy(LEAF_KEY)));
            PendingKey next = draft().signedBy(SampleKeys.of(KeyType.ED25519));
            CertifiedKey once = issued(authority.renew(current, next));
            assertEquals(once.chain(), issued(authority.renew(current, next)).chain());
            assertNotEquals(current.chain(), once.chain());
        }

        @Test
        void pollingAsksAnew() throws Exception {
            PendingKey first = draft().signedBy(LEAF_KEY);
            CertifiedKey current = issued(authority.poll(new Enrolment.Pending(first, "tx", Optional.empty())));
            PendingKey next = draft().signedBy(SampleKeys.of(KeyType.ED25519));
            CertifiedKey renewed = issued(authority.poll(new Enrolment.Pending(next, "tx", Optional.of(current))));
            assertArrayEquals(
                    next.request().publicKey().getEncoded(),
                    renewed.chain().leaf().getPublicKey().getEncoded());
        }

        @Test
        void nullIsRefusedByName() {
            assertEquals(
                    "storage",
                    assertThrows(NullPointerException.class, () -> authority.in(null))
                            .getMessage());
            assertEquals(
                    "clock",
                    assertThrows(NullPointerException.class, () -> authority.clock(null))
                            .getMessage());
            assertEquals(
                    "profile",
                    assertThrows(NullPointerException.class, () -> authority.profile(null))
                            .getMessage());
        }
    }
}
