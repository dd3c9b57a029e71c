package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.format.PemBlock;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.trust.Holder;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files that are imported, and what is listed until it expires. */
class TrustListsImportTest extends TrustListsLab {
    private static Fingerprint only(List<TrustEntry> entries) {
        assertEquals(1, entries.size(), entries.toString());
        return entries.get(0).fingerprint();
    }

    @Nested
    @Tag("G3")
    class Expiring {
        @Test
        void aListedCertificateMovesToTheInvalidListByItself() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            lists.accept(own.fingerprint());
            Instant last = own.notAfter();
            assertEquals(
                    Optional.of(last.plusSeconds(1)),
                    storage.list(TrustRecords.SHELF, Optional.empty(), 1).get(0).nextAt());
            clock.set(last);
            assertTrue(trusts(own));
            assertEquals(own.fingerprint(), only(lists.servers()));
            clock.set(last.plusSeconds(1));
            assertFalse(trusts(own));
            assertEquals(1, lists.moveExpired());
            assertEquals(0, lists.moveExpired());
            assertEquals("INVALID " + Holder.HOST, events.get(events.size() - 1));
            assertEquals(List.of(), lists.servers());
            assertEquals(own.fingerprint(), only(lists.invalid()));
        }

        @Test
        void moreThanOneBatchMovesOnOneLook() throws IOException {
            for (int i = 0; i < 250; i++) {
                lists.importing(Pasted.decode(selfSigned(i).encoded()));
            }
            clock.set(selfSigned().notAfter().plusSeconds(1));
            assertEquals(250, lists.invalid().size());
            assertEquals(
                    250,
                    events.stream().filter(("INVALID " + Holder.HOST)::equals).count());
        }
    }

    @Nested
    @Tag("G7")
    class ImportingAFile {
        private final EncodedCertificate own = selfSigned();

        private TrustImport imported(byte[] file) throws IOException {
            return lists.importing(Pasted.decode(file));
        }

        private void assertBothAreSorted(TrustImport report) throws IOException {
            assertEquals(2, report.imported().size(), report.toString());
            assertEquals(List.of(), report.refused());
            assertEquals(own.fingerprint(), only(lists.servers()));
            assertEquals(STRANGE_ROOT.fingerprint(), only(lists.authorities()));
            assertTrue(trusts(own));
            assertTrue(trusts(PRINTER.serverBy(STRANGER)));
        }

        @Test
        void aPemFileIsSortedByType() throws IOException {
            String pem = PemBlock.encode("CERTIFICATE", own.encoded())
                    + PemBlock.encode("CERTIFICATE", STRANGE_ROOT.encoded());
            assertBothAreSorted(imported(pem.getBytes(StandardCharsets.US_ASCII)));
        }

        @Test
        void aP7bFileIsSortedByType() throws IOException {
            assertBothAreSorted(imported(Certificates.toPkcs7(List.of(Holder.jca(own), Holder.jca(STRANGE_ROOT)))));
        }

        @Test
        void aDerFileIsSortedByType() throws IOException {
            imported(own.encoded());
            TrustImport second = imported(STRANGE_ROOT.encoded());
            assertEquals(STRANGE_ROOT, second.imported().get(0).certificate());
            assertEquals(List.of("ACCEPTED " + Holder.HOST, "ACCEPTED Stranger"), events);
        }

        @Test
        void anExpiredOneGoesToTheInvalidList() throws IOException {
            EncodedCertificate old = expired(PRINTER);
            assertEquals(
                    TrustList.INVALID, imported(old.encoded()).imported().get(0).list());
            assertFalse(trusts(old));
            lists.accept(old.fingerprint());
            assertTrue(trusts(old));
        }

        @Test
        void whatIsOfNoUseIsReported() throws IOException {
            String pem = PemBlock.encode("CERTIFICATE", own.encoded())
                    + PemBlock.encode(
                            "PRIVATE KEY",
                            SampleKeys.of(KeyType.EC_P256).getPrivate().getEncoded());
            TrustImport report = lists.importing(Pasted.parse(pem));
            assertEquals(1, report.imported().size());
            assertEquals("one private key", report.refused().get(0).what());
            TrustImport again = lists.importing(Pasted.parse(pem));
            assertEquals(0, again.imported().size());
            assertTrue(again.refused().get(0).why().contains("already"), again.toString());
        }

        @Test
        void doesNotBringBackWhatWasRejected() throws IOException {
            lists.reject(Holder.jca(own));
            TrustImport report = imported(own.encoded());
            assertEquals(List.of(), report.imported());
            assertTrue(report.refused().get(0).why().contains("rejected"), report.toString());
            assertFalse(trusts(own));
        }

        @Test
        void acceptsWhatWasCapturedBefore() throws IOException {
            reasons(own);
            imported(own.encoded());
            assertTrue(judged(HERE, own).isTrusted());
            assertEquals(List.of(), lists.invalid());
        }
    }
}
