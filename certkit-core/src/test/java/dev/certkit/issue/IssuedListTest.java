package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.store.Shelf;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What was issued is found again, and each serial number is issued once, wherever it is stopped. */
class IssuedListTest extends AuthorityFixture {
    @Nested
    class Finding {
        @Test
        void bySerialNumberAndByFingerprint() throws Exception {
            X509Certificate certificate = leaf(authority.issue(request()));
            assertEquals(Optional.of(certificate), authority.find(new SerialNumber(certificate.getSerialNumber())));
            assertEquals(Optional.of(certificate), authority.find(Fingerprint.sha256(certificate)));
            assertEquals(Optional.empty(), authority.find(new SerialNumber(BigInteger.TEN)));
            assertEquals(
                    Optional.empty(),
                    authority.find(
                            Fingerprint.sha256(authority.authority().chain().leaf())));
        }

        @Test
        void pageByPageEachOnce() throws Exception {
            Set<X509Certificate> all = new HashSet<>();
            for (int i = 0; i < 25; i++) {
                all.add(leaf(authority.issue(request())));
            }
            List<X509Certificate> listed = new ArrayList<>();
            Optional<SerialNumber> after = Optional.empty();
            for (List<X509Certificate> page = authority.issued(after, 10);
                    !page.isEmpty();
                    page = authority.issued(after, 10)) {
                assertTrue(page.size() == 10 || listed.size() == 20, page.toString());
                listed.addAll(page);
                after = Optional.of(new SerialNumber(page.get(page.size() - 1).getSerialNumber()));
            }
            assertEquals(25, listed.size());
            assertEquals(all, new HashSet<>(listed));
            assertEquals(25, authority.count());
        }

        @Test
        void anEmptyListIsNoMistakeAndAnEmptyPageIs() throws Exception {
            assertEquals(List.of(), authority.issued(Optional.empty(), 1));
            assertEquals(0, authority.count());
            assertThrows(IllegalArgumentException.class, () -> authority.issued(Optional.empty(), 0));
        }
    }

    @Nested
    class ExactlyOnce {
        @Test
        void twoAuthoritiesOverOneStorageAnswerOneOrderWithOneCertificate() throws Exception {
            LocalAuthority twin =
                    LocalAuthority.of(authority.authority()).clock(clock).in(storage);
            SerialNumber serial = authority.nextSerialNumber();
            CertificationRequest request = request();
            Set<X509Certificate> all = together(
                    32,
                    () -> leaf((Thread.currentThread().getId() % 2 == 0 ? twin : authority).issue(request, serial)));
            assertEquals(1, all.size());
            assertEquals(1, records().size());
        }

        @Test
        void whateverFailsAndHoweverOftenItIsRepeatedNoCertificateIsWithoutItsRecord() throws Exception {
            BrokenMedium medium = new BrokenMedium();
            LocalAuthority broken = authority.in(medium.storage());
            Set<X509Certificate> given = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                SerialNumber serial = broken.nextSerialNumber();
                if (i % 3 == 1) {
                    medium.failAfter(0);
                } else if (i % 3 == 2) {
                    medium.failAfterWriting();
                }
                try {
                    given.add(leaf(broken.issue(request(), serial)));
                } catch (IOException e) {
                    medium.repair();
                    X509Certificate certificate = leaf(broken.issue(request(), serial));
                    assertEquals(certificate, leaf(broken.issue(request(), serial)));
                    given.add(certificate);
                }
            }
            assertEquals(40, given.size());
            assertEquals(
                    40,
                    medium.whole()
                            .list(Shelf.of("issued"), Optional.empty(), 100)
                            .size());
            for (X509Certificate certificate : given) {
                assertEquals(
                        Optional.of(certificate),
                        authority.in(medium.whole()).find(new SerialNumber(certificate.getSerialNumber())));
            }
        }
    }
}
