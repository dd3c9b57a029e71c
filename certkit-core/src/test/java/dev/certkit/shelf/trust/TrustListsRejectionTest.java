package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.trust.Holder;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is rejected, and the default set with what is taken out of it. */
class TrustListsRejectionTest extends TrustListsLab {
    private static Fingerprint only(List<TrustEntry> entries) {
        assertEquals(1, entries.size(), entries.toString());
        return entries.get(0).fingerprint();
    }

    @Nested
    @Tag("G6")
    class Rejected {
        @Test
        void itMovesToTheServersAndFailsAtOnce() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            lists.accept(own.fingerprint());
            assertTrue(trusts(own));
            TrustEntry entry = lists.reject(own.fingerprint());
            assertEquals(TrustList.SERVERS, entry.list());
            assertTrue(entry.isRejected());
            assertEquals(Set.of(TrustCode.REJECTED), reasons(own));
            reopen();
            assertEquals(Set.of(TrustCode.REJECTED), reasons(own));
            assertEquals("REJECTED " + Holder.HOST, events.get(2));
        }

        @Test
        void winsOverEveryAnchor() throws IOException {
            EncodedCertificate server = PRINTER.serverBy(ROOT);
            assertTrue(trusts(server));
            lists.reject(Holder.jca(server));
            assertEquals(Set.of(TrustCode.REJECTED), reasons(server));
            assertTrue(trusts(PRINTER.serverBy(ROOT, other -> other.with(Field.SERIAL, Der.integer(7)))));
        }

        @Test
        void anAnchorOfThePolicyItself() throws IOException {
            lists.reject(Holder.jca(ANCHOR));
            Set<TrustCode> reasons = reasons(PRINTER.serverBy(MIDDLE), MIDDLE.authorityBy(ROOT), ANCHOR);
            assertTrue(reasons.contains(TrustCode.REJECTED), reasons.toString());
            assertFalse(trusts(PRINTER.serverBy(ROOT)));
        }

        @Test
        void anIntermediateWhoseOtherPathStays() throws IOException {
            Holder below = Holder.named("Below");
            EncodedCertificate bad = MIDDLE.authorityBy(ROOT);
            EncodedCertificate good = MIDDLE.authorityBy(ROOT, other -> other.with(Field.SERIAL, Der.integer(9)));
            lists.reject(Holder.jca(bad));
            EncodedCertificate server = PRINTER.serverBy(below);
            EncodedCertificate last = below.authorityBy(MIDDLE);
            Set<TrustCode> reasons = reasons(server, last, bad);
            assertEquals(Set.of(TrustCode.UNKNOWN_ISSUER, TrustCode.REJECTED), reasons);
            assertTrue(trusts(server, last, bad, good));
        }

        @Test
        void alsoWhereThePolicyIsOfAnotherHouse() throws IOException {
            EncodedCertificate middle = MIDDLE.authorityBy(ROOT);
            EncodedCertificate server = PRINTER.serverBy(MIDDLE);
            TrustPolicy naive = presented -> new TrustVerdict.Trusted(List.of(server, middle, ANCHOR));
            lists.reject(Holder.jca(middle));
            assertEquals(
                    Set.of(TrustCode.REJECTED), codes(naive.deferringTo(lists).judge(by(HERE, server, middle))));
        }

        @Test
        void doesNotEscapeWithItsSignatureWrittenOtherwise() throws IOException {
            EncodedCertificate server = PRINTER.serverBy(ROOT);
            EncodedCertificate twin = signedOtherwise(server);
            assertNotEquals(server.fingerprint(), twin.fingerprint());
            assertTrue(trusts(twin), "it is as good as the first");
            lists.reject(Holder.jca(server));
            assertEquals(Set.of(TrustCode.REJECTED), reasons(twin));
            reopen();
            assertEquals(Set.of(TrustCode.REJECTED), reasons(twin));
            assertEquals(server.fingerprint(), only(lists.servers()));
            assertEquals(List.of(), lists.invalid(), "it is no entry of its own");
        }

        @Test
        void canBeAcceptedAndDeletedAgain() throws IOException {
            EncodedCertificate server = PRINTER.serverBy(ROOT);
            lists.reject(Holder.jca(server));
            lists.accept(server.fingerprint());
            assertTrue(trusts(server));
            lists.reject(server.fingerprint());
            assertTrue(lists.delete(server.fingerprint()));
            assertFalse(lists.delete(server.fingerprint()));
            assertTrue(trusts(server));
        }
    }

    @Nested
    @Tag("G2")
    class TheDefaultSet {
        private final TrustAnchors defaults = Holder.anchors(ANCHOR, STRANGE_ROOT);

        @BeforeEach
        void openWithDefaults() throws IOException {
            use(opening().authorities(defaults).open());
        }

        @Test
        void isListedAndTrusted() throws IOException {
            assertEquals(2, lists.authorities().size());
            assertTrue(lists.authorities().stream().allMatch(TrustEntry::isDefault));
            assertTrue(trusts(PRINTER.serverBy(STRANGER)), "though the policy has another anchor");
            assertEquals(List.of(), storage.list(TrustRecords.SHELF, Optional.empty(), 10), "and no record");
        }

        @Test
        void losesWhatIsDeletedUntilItIsRestored() throws IOException {
            assertTrue(lists.delete(ANCHOR.fingerprint()));
            assertFalse(lists.delete(ANCHOR.fingerprint()));
            assertFalse(trusts(PRINTER.serverBy(ROOT)), "though it is an anchor of the policy");
            use(opening().authorities(defaults).open());
            assertEquals(STRANGE_ROOT.fingerprint(), only(lists.authorities()));
            assertEquals(Optional.empty(), lists.find(ANCHOR.fingerprint()));
            assertFalse(trusts(PRINTER.serverBy(ROOT)));
            assertEquals(1, lists.restoreDefaults());
            assertTrue(trusts(PRINTER.serverBy(ROOT)));
            assertEquals(2, lists.authorities().size());
            assertTrue(events.contains("DELETED Root"), events.toString());
            assertTrue(events.contains("RESTORED Root"), events.toString());
        }

        @Test
        void isNotTrustedWhileItsRecordIsDamagedAndCanBeDeletedAllTheSame() throws IOException {
            lists.reject(STRANGE_ROOT.fingerprint());
            RecordName name = TrustRecords.SHELF.name(STRANGE_ROOT.fingerprint().hex());
            storage.replace(storage.find(name).orElseThrow(), RecordContent.of(new byte[] {1, 2, 3}));
            assertFalse(trusts(PRINTER.serverBy(STRANGER)));
            assertEquals(Set.of(STRANGE_ROOT.fingerprint()), lists.damaged());
            assertTrue(lists.delete(STRANGE_ROOT.fingerprint()));
            assertEquals(Set.of(), lists.damaged());
            assertFalse(trusts(PRINTER.serverBy(STRANGER)));
            lists.restoreDefaults();
            assertTrue(trusts(PRINTER.serverBy(STRANGER)));
        }

        @Test
        void losesWhatIsRejectedUntilItIsRestored() throws IOException {
            lists.reject(STRANGE_ROOT.fingerprint());
            assertEquals(STRANGE_ROOT.fingerprint(), only(lists.servers()));
            assertFalse(trusts(PRINTER.serverBy(STRANGER)));
            lists.restoreDefaults();
            assertTrue(trusts(PRINTER.serverBy(STRANGER)));
        }

        @Test
        @Tag("G3")
        void showsWhatHasExpiredOnTheInvalidList() throws IOException {
            clock.set(ANCHOR.notAfter().plusSeconds(1));
            assertEquals(List.of(), lists.authorities());
            assertEquals(2, lists.invalid().size());
            assertEquals(
                    TrustCode.EXPIRED, lists.invalid().get(0).reasons().get(0).code());
        }
    }
}
