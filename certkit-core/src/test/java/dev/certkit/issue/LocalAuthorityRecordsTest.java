package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a local authority keeps, and what that is good for: orders and renewals that may be repeated. */
class LocalAuthorityRecordsTest extends AuthorityFixture {
    @Nested
    @Tag("S15")
    class OrderingUnderASerialNumber {
        @Test
        void theSameOrderAgainGivesTheSameCertificate() throws Exception {
            SerialNumber serial = authority.nextSerialNumber();
            X509Certificate first = leaf(authority.issue(request(), serial));
            clock.advance(Duration.ofDays(9));
            assertEquals(first, leaf(authority.issue(request(), serial)));
            assertEquals(1, records().size());
            assertEquals(serial.value(), first.getSerialNumber());
        }

        @Test
        void itIsRecordedUnderItsSerialNumberAndFingerprint() throws Exception {
            SerialNumber serial = authority.nextSerialNumber();
            X509Certificate certificate = leaf(authority.issue(request(), serial));
            assertEquals(serial.hex(), records().get(0).name().text());
            assertTrue(storage.findByFingerprint(Shelf.of("issued"), Fingerprint.sha256(certificate))
                    .isPresent());
        }

        @Test
        void anotherKeyUnderTheSameNumberIsTheCallersMistake() throws Exception {
            SerialNumber serial = authority.nextSerialNumber();
            authority.issue(request(), serial);
            CertificationRequest other =
                    draft().signedBy(SampleKeys.of(KeyType.ED25519)).request();
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> authority.issue(other, serial));
            assertTrue(refused.getMessage().startsWith("serial: "), refused.getMessage());
        }

        @Test
        void aHundredThreadsGetOneCertificate() throws Exception {
            SerialNumber serial = authority.nextSerialNumber();
            CertificationRequest request = request();
            Set<X509Certificate> all = together(100, () -> leaf(authority.issue(request, serial)));
            assertEquals(1, all.size());
            assertEquals(1, records().size());
        }

        @Test
        void aHundredOrdersOfTheirOwnGetAHundred() throws Exception {
            CertificationRequest request = request();
            Set<X509Certificate> all = together(100, () -> leaf(authority.issue(request)));
            assertEquals(100, all.size());
            assertEquals(
                    100,
                    all.stream()
                            .map(X509Certificate::getSerialNumber)
                            .distinct()
                            .count());
        }

        @Test
        void aDeclinedOrderLeavesItsNumberFree() throws Exception {
            SerialNumber serial = authority.nextSerialNumber();
            declined(authority
                    .profile(CertificateProfile.tlsServer().keyTypes(KeyType.RSA_4096))
                    .issue(request(), serial));
            assertEquals(List.of(), records());
            leaf(authority.issue(request(), serial));
        }
    }

    @Nested
    class Renewing {
        private X509Certificate current;
        private CertificationRequest next;

        @BeforeEach
        void issue() throws Exception {
            current = leaf(authority.issue(request()));
            next = draft().signedBy(SampleKeys.of(KeyType.ED25519)).request();
        }

        private Issuance renew(CertificationRequest request) throws IOException {
            return authority.renew(current, request, authority.nextSerialNumber());
        }

        @Test
        void aNewKeyFollowsTheCurrentOne() throws Exception {
            X509Certificate renewed = leaf(renew(next));
            assertArrayEquals(
                    SampleKeys.of(KeyType.ED25519).getPublic().getEncoded(),
                    renewed.getPublicKey().getEncoded());
            assertEquals(current.getSubjectX500Principal(), renewed.getSubjectX500Principal());
        }

        @Test
        void theSameOrderAgainGivesTheSame() throws Exception {
            SerialNumber serial = authority.nextSerialNumber();
            X509Certificate first = leaf(authority.renew(current, next, serial));
            assertEquals(first, leaf(authority.renew(current, next, serial)));
        }

        @Test
        void theSameKeyAgainGivesTheSameUnderWhateverNumber() throws Exception {
            X509Certificate first = leaf(renew(next));
            assertEquals(first, leaf(renew(next)));
            assertEquals(2, records().size());
        }

        @Test
        void anotherKeyAfterwardsIsDeclined() throws Exception {
            renew(next);
            Issuance.Declined declined = declined(
                    renew(draft().signedBy(SampleKeys.of(KeyType.ED448)).request()));
            assertTrue(declined.text().contains("renewed for another key"), declined.text());
            assertEquals(2, records().size());
        }

        @Test
        void ofManyKeysAtOnceOneWins() throws Exception {
            List<CertificationRequest> requests = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                requests.add(draft().signedBy(KeyType.EC_P256.generate()).request());
            }
            AtomicInteger number = new AtomicInteger();
            together(16, () -> renew(requests.get(number.getAndIncrement())));
            assertEquals(2, records().size(), "the current one and one that follows");
        }

        @Test
        void theRenewedOneCanBeRenewedInTurn() throws Exception {
            X509Certificate second = leaf(renew(next));
            CertificationRequest third =
                    draft().signedBy(SampleKeys.of(KeyType.ED448)).request();
            leaf(authority.renew(second, third, authority.nextSerialNumber()));
            assertEquals(3, records().size());
        }

        @Test
        void anExpiredCertificateIsNotRenewed() throws Exception {
            clock.advance(Duration.ofDays(398));
            assertTrue(declined(renew(next)).text().contains("enrol anew"));
        }

        @Test
        void anotherSubjectIsNotARenewal() throws Exception {
            CertificationRequest other = CertificationRequest.forSubject(DistinguishedName.cn("other"))
                    .signedBy(SampleKeys.of(KeyType.ED25519))
                    .request();
            assertTrue(declined(renew(other)).text().contains("another subject"));
        }

        @Test
        void namesThatTheCurrentCertificateLacksAreNotForRenewals() throws Exception {
            CertificationRequest more = draft().san("bank.example")
                    .signedBy(SampleKeys.of(KeyType.ED25519))
                    .request();
            assertTrue(declined(renew(more)).text().contains("alternative names"));
        }

        @Test
        void aRequestAgainstTheRulesLeavesTheCertificateRenewable() throws Exception {
            CertificationRequest ambitious = draft().profile(CertificateProfile.authority())
                    .signedBy(SampleKeys.of(KeyType.ED25519))
                    .request();
            declined(renew(ambitious));
            leaf(renew(draft().signedBy(SampleKeys.of(KeyType.ED448)).request()));
        }

        @Test
        void aStrangersCertificateIsDeclinedWhateverItsSerialNumber() throws Exception {
            for (BigInteger serial : List.of(
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    BigInteger.valueOf(-5),
                    BigInteger.ONE.shiftLeft(300),
                    current.getSerialNumber())) {
                X509Certificate stranger = SampleKeys.certificate(new JcaX509v3CertificateBuilder(
                                new X500Name("CN=Root,O=Acme"),
                                serial,
                                Date.from(NOW),
                                Date.from(NOW.plus(Duration.ofDays(9))),
                                X500Name.getInstance(PRINTER.encoded()),
                                LEAF_KEY.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                        .getEncoded());
                Issuance.Declined declined = declined(authority.renew(stranger, next, authority.nextSerialNumber()));
                assertTrue(declined.text().contains("not issued here"), declined.text());
            }
        }
    }

    @Nested
    class ABrokenStorage {
        private final BrokenMedium medium = new BrokenMedium();

        @Test
        void nothingIsGivenAwayThatIsNotRecorded() throws Exception {
            LocalAuthority broken = authority.in(medium.storage());
            SerialNumber serial = broken.nextSerialNumber();
            medium.failAfter(0);
            IOException failed = assertThrows(IOException.class, () -> broken.issue(request(), serial));
            assertEquals("the disk is full", failed.getMessage());
            medium.repair();
            assertEquals(List.of(), medium.whole().list(Shelf.of("issued"), Optional.empty(), 10));
            assertEquals(serial.value(), leaf(broken.issue(request(), serial)).getSerialNumber());
        }

        @Test
        void whatTurnsOutToBeWrittenIsGivenOnTheNextOrder() throws Exception {
            LocalAuthority broken = authority.in(medium.storage());
            SerialNumber serial = broken.nextSerialNumber();
            medium.failAfterWriting();
            assertThrows(IOException.class, () -> broken.issue(request(), serial));
            medium.repair();
            X509Certificate certificate = leaf(broken.issue(request(), serial));
            assertEquals(certificate, leaf(authority.in(medium.whole()).issue(request(), serial)));
        }

        @Test
        void aRenewalThatFailedHalfwayCanBeRepeated() throws Exception {
            LocalAuthority broken = authority.in(medium.storage());
            CertifiedKey current = issued(broken.enrol(draft().signedBy(LEAF_KEY)));
            PendingKey next = draft().signedBy(SampleKeys.of(KeyType.ED25519));
            medium.failAfter(1);
            assertThrows(IOException.class, () -> broken.renew(current, next), "marked as renewed, not issued");
            medium.repair();
            CertifiedKey renewed = issued(broken.renew(current, next));
            assertArrayEquals(
                    next.request().publicKey().getEncoded(),
                    renewed.chain().leaf().getPublicKey().getEncoded());
            assertEquals(
                    2,
                    medium.whole()
                            .list(Shelf.of("issued"), Optional.empty(), 10)
                            .size());
        }

        @Test
        void aDamagedRecordIsNoCertificate() throws Exception {
            SerialNumber serial = authority.nextSerialNumber();
            storage.create(
                    Shelf.of("issued").name(serial.hex()),
                    RecordContent.of("garbage".getBytes(StandardCharsets.US_ASCII)));
            assertThrows(IOException.class, () -> authority.issue(request(), serial));
        }
    }
}
