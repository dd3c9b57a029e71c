package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationsTest extends AuthorityFixture {
    private X509Certificate certificate;
    private SerialNumber serial;

    @BeforeEach
    void issue() throws Exception {
        certificate = leaf(authority.issue(request()));
        serial = new SerialNumber(certificate.getSerialNumber());
    }

    private CertificateStatus status() throws IOException {
        return authority.revocations().status(serial);
    }

    private static CertificateStatus.Revoked revoked(CertificateStatus status) {
        return assertInstanceOf(CertificateStatus.Revoked.class, status);
    }

    private static void good(CertificateStatus status) {
        assertInstanceOf(CertificateStatus.Good.class, status);
    }

    private static void unknown(CertificateStatus status) {
        assertInstanceOf(CertificateStatus.Unknown.class, status);
    }

    @Nested
    class Revoking {
        @ParameterizedTest
        @EnumSource(value = RevocationReason.class, mode = EnumSource.Mode.EXCLUDE, names = "REMOVE_FROM_CRL")
        void everyReasonIsKeptWithItsTime(RevocationReason reason) throws Exception {
            good(status());
            CertificateStatus.Revoked now = revoked(authority.revocations().revoke(serial, reason));
            assertEquals(new CertificateStatus.Revoked(NOW, reason, Optional.empty()), now);
            assertEquals(now, status());
            assertEquals(reason == RevocationReason.CERTIFICATE_HOLD, now.isOnHold());
        }

        @Test
        void byCertificateIsTheSame() throws Exception {
            authority.revocations().revoke(certificate, RevocationReason.SUPERSEDED);
            assertEquals(RevocationReason.SUPERSEDED, revoked(status()).reason());
        }

        @Test
        void twiceLeavesTheFirstDateAndReason() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.SUPERSEDED);
            clock.advance(Duration.ofDays(1));
            CertificateStatus.Revoked again =
                    revoked(authority.revocations().revoke(serial, RevocationReason.CESSATION_OF_OPERATION));
            assertEquals(new CertificateStatus.Revoked(NOW, RevocationReason.SUPERSEDED, Optional.empty()), again);
        }

        @Test
        void aCompromiseThatComesToLightLaterIsTheReasonThen() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.SUPERSEDED);
            clock.advance(Duration.ofDays(1));
            Instant stolen = NOW.minus(Duration.ofDays(3));
            authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE, stolen);
            assertEquals(
                    new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE, Optional.of(stolen)), status());
            authority.revocations().revoke(serial, RevocationReason.SUPERSEDED);
            assertEquals(RevocationReason.KEY_COMPROMISE, revoked(status()).reason());
        }

        @Test
        void whatWasNotIssuedHereIsUnknownAndLeavesNoTrace() throws Exception {
            unknown(authority.revocations().revoke(new SerialNumber(BigInteger.TEN), RevocationReason.SUPERSEDED));
            unknown(authority.revocations().revoke(authority.authority().chain().leaf(), RevocationReason.SUPERSEDED));
            assertEquals(List.of(), storage.list(Shelf.of("revoked"), Optional.empty(), 10));
        }

        @Test
        void removeFromCrlIsNoReason() {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> authority.revocations().revoke(serial, RevocationReason.REMOVE_FROM_CRL));
            assertTrue(refused.getMessage().startsWith("reason: "), refused.getMessage());
        }

        @Test
        void survivesARestart() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE);
            LocalAuthority restarted =
                    LocalAuthority.of(authority.authority()).clock(clock).in(storage);
            assertEquals(status(), restarted.revocations().status(serial));
        }

        @Test
        void survivesARenewalOfTheAuthoritysOwnCertificate() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE);
            LocalAuthority renewed = LocalAuthority.of(
                            root(CertificateProfile.authority().validFor(Duration.ofDays(9000))))
                    .clock(clock)
                    .in(storage);
            revoked(renewed.revocations().status(serial));
        }

        @Test
        void ofManyAtOnceNoneIsLost() throws Exception {
            List<SerialNumber> serials = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                // All in the same record, where they meet.
                SerialNumber next = new SerialNumber(BigInteger.valueOf(0x10000L * (i + 1) + 7));
                authority.issue(request(), next);
                serials.add(next);
            }
            AtomicInteger number = new AtomicInteger();
            together(64, () -> authority
                    .revocations()
                    .revoke(serials.get(number.getAndIncrement()), RevocationReason.SUPERSEDED));
            for (SerialNumber each : serials) {
                revoked(authority.revocations().status(each));
            }
            assertEquals(64, authority.revocations().crl(Duration.ofDays(1)).size());
        }
    }

    @Nested
    class Holding {
        @BeforeEach
        void hold() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.CERTIFICATE_HOLD);
        }

        @Test
        void aReleaseMakesItGoodAgainAndMayBeRepeated() throws Exception {
            good(authority.revocations().release(serial));
            good(authority.revocations().release(serial));
            good(status());
        }

        @Test
        void aHoldCanBecomeForGoodFromItsOwnTimeOn() throws Exception {
            clock.advance(Duration.ofDays(1));
            authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE);
            assertEquals(
                    new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE, Optional.empty()), status());
            revoked(authority.revocations().release(serial));
            revoked(status());
        }

        @Test
        void afterAReleaseItCanBeRevokedAnew() throws Exception {
            authority.revocations().release(serial);
            clock.advance(Duration.ofDays(1));
            authority.revocations().revoke(serial, RevocationReason.SUPERSEDED);
            assertEquals(NOW.plus(Duration.ofDays(1)), revoked(status()).since());
        }

        @Test
        void whatWasNeverRevokedIsGoodAfterARelease() throws Exception {
            X509Certificate other = leaf(authority.issue(request()));
            good(authority.revocations().release(new SerialNumber(other.getSerialNumber())));
            unknown(authority.revocations().release(new SerialNumber(BigInteger.TEN)));
        }
    }

    @Nested
    class Renewing {
        private Issuance renew() throws IOException {
            return authority.renew(
                    certificate,
                    draft().signedBy(SampleKeys.of(KeyType.ED25519)).request(),
                    authority.nextSerialNumber());
        }

        @Test
        void aRevokedCertificateIsDeclinedWithTheReason() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE);
            Issuance.Declined declined = declined(renew());
            assertEquals(FailInfo.BAD_REQUEST, declined.failInfo());
            assertTrue(
                    declined.text().contains("keyCompromise") && declined.text().contains(NOW.toString()));
            assertEquals(1, records().size());
        }

        @Test
        void aHeldOneIsDeclinedUntilItIsReleased() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.CERTIFICATE_HOLD);
            declined(renew());
            authority.revocations().release(serial);
            leaf(renew());
        }

        @Test
        void byTheSharedInterfaceItIsRefusedToo() throws Exception {
            PendingKey first = draft().signedBy(SampleKeys.of(KeyType.ED448));
            CertifiedKey current = issued(authority.enrol(first));
            authority.revocations().revoke(current.chain().leaf(), RevocationReason.SUPERSEDED);
            Enrolment refused = authority.renew(current, draft().signedBy(SampleKeys.of(KeyType.ED25519)));
            assertInstanceOf(Enrolment.Refused.class, refused);
        }
    }

    @Nested
    class SeveralAuthoritiesInOneStorage {
        private LocalAuthority other;

        @BeforeEach
        void another() {
            other = LocalAuthority.of(CertifiedKey.selfSigned(DistinguishedName.cn("Other"))
                            .profile(CertificateProfile.authority())
                            .clock(clock)
                            .with(SampleKeys.of(KeyType.ED25519)))
                    .clock(clock)
                    .in(storage);
        }

        @Test
        void revokeTheirOwnOnly() throws Exception {
            unknown(other.revocations().revoke(serial, RevocationReason.SUPERSEDED));
            unknown(other.revocations().revoke(certificate, RevocationReason.SUPERSEDED));
            good(status());
        }

        @Test
        void listTheirOwnOnly() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.SUPERSEDED);
            assertEquals(0, other.revocations().crl(Duration.ofDays(1)).size());
            assertEquals(1, authority.revocations().crl(Duration.ofDays(1)).size());
        }

        @Test
        void numberTheirListsByThemselves() throws Exception {
            assertEquals(1, authority.revocations().crl(Duration.ofDays(1)).number());
            assertEquals(1, other.revocations().crl(Duration.ofDays(1)).number());
        }

        @Test
        void findAndCountTheirOwnOnly() throws Exception {
            leaf(other.issue(request()));
            assertEquals(1, authority.count());
            assertEquals(List.of(certificate), authority.issued(Optional.empty(), 10));
            assertEquals(Optional.empty(), other.find(serial));
            assertThrows(IllegalArgumentException.class, () -> other.issue(request(), serial));
        }
    }

    @Nested
    class ABrokenStorage {
        private final BrokenMedium medium = new BrokenMedium();

        @Test
        void aRevocationThatFailedIsMadeByTheNextCall() throws Exception {
            LocalAuthority broken = authority.in(medium.storage());
            SerialNumber number = broken.nextSerialNumber();
            leaf(broken.issue(request(), number));
            medium.failAfter(0);
            assertThrows(IOException.class, () -> broken.revocations().revoke(number, RevocationReason.SUPERSEDED));
            medium.repair();
            good(broken.revocations().status(number));
            revoked(broken.revocations().revoke(number, RevocationReason.SUPERSEDED));
        }

        @Test
        void aDamagedRecordIsNoGoodStatus() throws Exception {
            authority.revocations().revoke(serial, RevocationReason.SUPERSEDED);
            var header = storage.list(Shelf.of("revoked"), Optional.empty(), 10).get(0);
            for (String damaged : List.of(
                    "",
                    "changes: x\n",
                    "changes: 1\n" + serial.hex() + " 1 superseded\n",
                    "changes: 1\n" + serial.hex() + " 1 whatever 2026-11-22T05:00:00Z 2026-11-22T05:00:00Z - -\n")) {
                storage.replace(
                        storage.find(header.name()).orElseThrow(),
                        RecordContent.of(damaged.getBytes(StandardCharsets.US_ASCII)));
                assertThrows(IOException.class, () -> status(), damaged);
                assertThrows(IOException.class, () -> authority.revocations().crl(Duration.ofDays(1)), damaged);
            }
        }
    }
}
