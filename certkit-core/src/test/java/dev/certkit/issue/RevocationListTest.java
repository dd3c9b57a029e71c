package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevocationListTest extends RevocationFixture {
    @Nested
    class ACompleteOne {
        @Test
        void saysWhatRfc5280Demands() throws Exception {
            clock.advance(Duration.ofMillis(999));
            RevocationList list = crl();
            X509CRL crl = list.toX509Crl();
            crl.verify(CA_KEY.getPublic());
            assertEquals(2, crl.getVersion());
            assertEquals(authority.authority().chain().leaf().getSubjectX500Principal(), crl.getIssuerX500Principal());
            assertEquals(NOW, crl.getThisUpdate().toInstant());
            assertEquals(NOW.plus(WEEK), crl.getNextUpdate().toInstant());
            assertArrayEquals(Der.octetString(Der.integer(1)), crl.getExtensionValue("2.5.29.20"));
            assertArrayEquals(
                    leaf(authority.issue(request())).getExtensionValue("2.5.29.35"),
                    crl.getExtensionValue("2.5.29.35"));
            assertNull(crl.getRevokedCertificates());
            assertNull(crl.getCriticalExtensionOIDs().stream().findAny().orElse(null));
            assertEquals(NOW, list.thisUpdate());
            assertEquals(NOW.plus(WEEK), list.nextUpdate());
            assertEquals(OptionalLong.empty(), list.base());
            assertTrue(list.toString().contains("CRL 1, 0 certificates"), list.toString());
            assertTrue(list.toPem().startsWith("-----BEGIN X509 CRL-----\n"));
        }

        @Test
        void listsSerialDateReasonAndInvalidityDate() throws Exception {
            SerialNumber serial = issue();
            authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE, NOW.minus(Duration.ofDays(9)));
            X509CRLEntry entry = entry(crl(), serial);
            assertEquals(NOW, entry.getRevocationDate().toInstant());
            assertEquals(CRLReason.KEY_COMPROMISE, entry.getRevocationReason());
            assertArrayEquals(
                    Der.octetString(Der.generalizedTime(NOW.minus(Duration.ofDays(9)))),
                    entry.getExtensionValue("2.5.29.24"));
            assertFalse(entry.hasUnsupportedCriticalExtension());
        }

        @Test
        void leavesAnUnspecifiedReasonOut() throws Exception {
            SerialNumber serial = revoked(RevocationReason.UNSPECIFIED);
            assertFalse(entry(crl(), serial).hasExtensions());
        }

        @Test
        void listsAHoldAndNoLongerAfterItsRelease() throws Exception {
            SerialNumber serial = revoked(RevocationReason.CERTIFICATE_HOLD);
            assertEquals(CRLReason.CERTIFICATE_HOLD, entry(crl(), serial).getRevocationReason());
            authority.revocations().release(serial);
            assertNull(entry(crl(), serial));
        }

        @Test
        void keepsAnExpiredCertificateForOneListPastItsExpiry() throws Exception {
            SerialNumber serial = revoked(RevocationReason.SUPERSEDED);
            assertEquals(1, crl().size());
            clock.advance(Duration.ofDays(398));
            assertNotNull(entry(crl(), serial), "the first list after the expiry");
            clock.advance(WEEK);
            assertEquals(0, crl().size());
            assertEquals(0, crl().size());
        }

        @Test
        void showsOnceWhatWasRevokedAfterItsExpiry() throws Exception {
            SerialNumber serial = issue();
            clock.advance(Duration.ofDays(398));
            crl();
            authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE);
            assertEquals(1, crl().size());
            clock.advance(WEEK);
            assertEquals(0, crl().size());
        }

        @Test
        void writesGeneralizedTimeFrom2050On() throws Exception {
            RevocationList list = authority.revocations().crl(Duration.ofDays(9000));
            assertEquals(
                    NOW.plus(Duration.ofDays(9000)),
                    list.toX509Crl().getNextUpdate().toInstant());
        }

        @Test
        void needsATimeThatCanBe() {
            for (Duration bad : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> authority.revocations().crl(bad));
            }
        }

        @Test
        void isNotSignedWhereTheKeyUsageForbidsIt() throws Exception {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=Root"),
                    BigInteger.TEN,
                    Date.from(NOW),
                    Date.from(NOW.plus(WEEK)),
                    new X500Name("CN=Root"),
                    CA_KEY.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            X509Certificate own = SampleKeys.certificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                    .getEncoded());
            LocalAuthority noCrls = LocalAuthority.of(
                            CertifiedKey.of(CA_KEY.getPrivate(), CertificateChain.of(List.of(own))))
                    .clock(clock);
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class, () -> noCrls.revocations().crl(WEEK));
            assertTrue(refused.getMessage().contains("cRLSign"), refused.getMessage());
        }
    }

    @Nested
    class ItsPlaces {
        private final Publication places = Publication.nothing()
                .crlAt(URI.create("http://a.fr/ca.crl"))
                .deltaCrlAt(URI.create("http://a.fr/delta.crl"));

        @Test
        void standInItOnlyWhereThatIsWanted() throws Exception {
            assertNull(authority
                    .publishing(places)
                    .revocations()
                    .crl(WEEK)
                    .toX509Crl()
                    .getExtensionValue("2.5.29.28"));
            X509CRL named = authority
                    .publishing(places.namingPlacesInCrls())
                    .revocations()
                    .crl(WEEK)
                    .toX509Crl();
            assertEquals(Set.of("2.5.29.28"), named.getCriticalExtensionOIDs());
        }

        @Test
        void ofTheDeltaStandInTheCompleteListOnly() throws Exception {
            Revocations revocations = authority.publishing(places).revocations();
            RevocationList base = revocations.crl(WEEK);
            assertNotNull(base.toX509Crl().getExtensionValue("2.5.29.46"));
            assertNull(revocations.deltaCrl(base.number(), WEEK).toX509Crl().getExtensionValue("2.5.29.46"));
        }
    }

    @Nested
    class ItsNumber {
        @Test
        void growsOverRestarts() throws Exception {
            assertEquals(1, crl().number());
            LocalAuthority restarted =
                    LocalAuthority.of(authority.authority()).clock(clock).in(storage);
            assertEquals(2, restarted.revocations().crl(WEEK).number());
        }

        @Test
        void isNeverGivenTwiceToManyIssuersAtOnce() throws Exception {
            Set<Long> numbers = together(16, () -> crl().number());
            assertEquals(16, numbers.size());
            assertEquals(16L, Collections.max(numbers));
        }

        @Test
        void isInTheOrderOfWhatTheListsHaveSeen() throws Exception {
            List<SerialNumber> serials = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                serials.add(issue());
            }
            List<RevocationList> lists = Collections.synchronizedList(new ArrayList<>());
            AtomicInteger next = new AtomicInteger();
            together(8, () -> {
                for (int i = 0; i < 3; i++) {
                    authority.revocations().revoke(serials.get(next.getAndIncrement()), RevocationReason.SUPERSEDED);
                    lists.add(crl());
                }
                return Thread.currentThread().getId();
            });
            lists.sort(Comparator.comparingLong(RevocationList::number));
            for (int i = 1; i < lists.size(); i++) {
                assertTrue(lists.get(i).size() >= lists.get(i - 1).size(), lists.toString());
            }
        }

        @Test
        void isUsedUpBeforeAnythingIsSigned() throws Exception {
            BrokenMedium medium = new BrokenMedium();
            LocalAuthority broken = authority.in(medium.storage());
            medium.failAfterWriting();
            assertThrows(IOException.class, () -> broken.revocations().crl(WEEK));
            medium.repair();
            assertEquals(2, broken.revocations().crl(WEEK).number(), "number 1 may have been seen by somebody");
            medium.failAfter(0);
            assertThrows(IOException.class, () -> broken.revocations().crl(WEEK));
            medium.repair();
            assertEquals(3, broken.revocations().crl(WEEK).number());
        }

        @Test
        void isNotGuessedFromADamagedRecord() throws Exception {
            crl();
            RecordHeader header =
                    storage.list(Shelf.of("crl"), Optional.empty(), 10).get(0);
            for (String damaged :
                    List.of("", "number: \n", "number: 1\ncomplete: 1\n", "number: 1\ncomplete: 1 x 0,0\n")) {
                storage.replace(
                        storage.find(header.name()).orElseThrow(),
                        RecordContent.of(damaged.getBytes(StandardCharsets.US_ASCII)));
                assertThrows(IOException.class, () -> crl(), damaged);
            }
        }
    }
}
