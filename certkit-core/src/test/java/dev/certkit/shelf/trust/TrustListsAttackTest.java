package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Pasted;
import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.store.RecordContent;
import dev.certkit.store.StoredRecord;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peers that try to fill, blind or talk their way through the lists. */
@Tag("G4")
class TrustListsAttackTest extends TrustListsLab {
    private static Peer host(int number) {
        return new Peer("host-" + number + ".example.fr", 443);
    }

    private static byte[] name(byte[] text) {
        byte[] attribute = Der.sequence(Der.oid("2.5.4.3"), Der.tagged(0x0C, text));
        return Der.sequence(Der.set(attribute));
    }

    @Nested
    class ANewCertificateOnEachConnection {
        @Test
        void pushesOutOnlyWhatItsOwnHostPresented() throws IOException {
            EncodedCertificate early = selfSigned(0);
            judged(ELSEWHERE, early);
            for (int i = 1; i <= 200; i++) {
                clock.advance(Duration.ofSeconds(30));
                reasons(selfSigned(i));
            }
            List<TrustEntry> kept = lists.invalid();
            assertEquals(11, kept.size());
            assertTrue(kept.stream().anyMatch(entry -> entry.certificate().equals(early)));
            assertTrue(kept.stream().anyMatch(entry -> entry.certificate().equals(selfSigned(200))));
            assertEquals(
                    11, storage.list(TrustRecords.SHELF, Optional.empty(), 1000).size());
        }

        @Test
        void writesNoMoreThanItsShareInOneMinute() throws IOException {
            long before = storage.changeToken();
            for (int i = 0; i < 500; i++) {
                assertFalse(trusts(selfSigned(i)));
            }
            assertEquals(10, storage.changeToken() - before);
            clock.advance(Duration.ofMinutes(1));
            assertFalse(trusts(selfSigned(501)));
            assertTrue(lists.find(selfSigned(501).fingerprint()).isPresent());
        }

        @Test
        void fromManyHostsLeavesTheLongestUnseenOut() throws IOException {
            use(opening().capturingUpTo(50).open());
            for (int i = 0; i < 120; i++) {
                clock.advance(Duration.ofSeconds(2));
                judged(host(i), selfSigned(i));
            }
            assertEquals(50, lists.invalid().size());
            assertTrue(lists.find(selfSigned(119).fingerprint()).isPresent());
            assertTrue(lists.find(selfSigned(0).fingerprint()).isEmpty());
        }

        @Test
        void pushesOutNothingThatSomebodyDecided() throws IOException {
            for (int i = 0; i < 5; i++) {
                reasons(selfSigned(i));
                lists.accept(selfSigned(i).fingerprint());
            }
            for (int i = 100; i < 300; i++) {
                clock.advance(Duration.ofSeconds(30));
                reasons(selfSigned(i));
            }
            assertEquals(5, lists.servers().size());
            assertEquals(10, lists.invalid().size());
        }

        @Test
        void cannotPushOutWhatAnotherHostPresentedByPresentingItToo() throws IOException {
            EncodedCertificate shared = selfSigned(0);
            judged(ELSEWHERE, shared);
            clock.advance(Duration.ofMinutes(2));
            reasons(shared);
            for (int i = 1; i <= 100; i++) {
                clock.advance(Duration.ofSeconds(30));
                reasons(selfSigned(i));
            }
            assertTrue(lists.find(shared.fingerprint()).isPresent());
        }
    }

    @Test
    void oneCertificateAtManyPortsIsOneEntryOfBoundedSize() throws IOException {
        EncodedCertificate own = selfSigned();
        for (int port = 1; port <= 100; port++) {
            judged(new Peer(Holder.HOST, port), own);
        }
        assertEquals(8, lists.invalid().get(0).sightings().size());
    }

    @Test
    void aChainOfAHundredCertificatesIsAnsweredAndNotKept() throws IOException {
        List<byte[]> many = Collections.nCopies(100, selfSigned().encoded());
        PresentedChain presented = PresentedChain.decode(many, clock.instant()).by(HERE);
        assertEquals(Set.of(TrustCode.LIMIT_EXCEEDED), withoutName(codes(policy.judge(presented))));
        assertEquals(List.of(), lists.invalid());
    }

    private static Set<TrustCode> withoutName(Set<TrustCode> codes) {
        codes.remove(TrustCode.WRONG_NAME);
        return codes;
    }

    @Test
    void aNameOfOneMebibyteIsAnsweredAndNotKept() throws IOException {
        EncodedCertificate huge =
                PRINTER.serverBy(PRINTER, server -> server.with(Field.SUBJECT, name(new byte[1 << 20])));
        assertEquals(Set.of(TrustCode.LIMIT_EXCEEDED), withoutName(reasons(huge)));
        assertEquals(List.of(), lists.invalid());
    }

    @Test
    void aLongNameIsKeptAndShownShort() throws IOException {
        byte[] text = "A".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
        EncodedCertificate large = PRINTER.serverBy(PRINTER, server -> server.with(Field.SUBJECT, name(text)));
        assertFalse(trusts(large));
        reopen();
        for (TrustEntry entry : lists.invalid()) {
            assertTrue(entry.reasons().stream().allMatch(reason -> reason.text().length() < 1000), "too long");
        }
        assertEquals(List.of(), List.copyOf(lists.damaged()));
    }

    @Test
    void controlCharactersInNamesNeitherBreakLinesNorRecords() throws IOException {
        String nasty = "x\r\n-----END CERTIFICATE-----\ndecision: accepted\u001B[31m\u202E\u2028";
        EncodedCertificate bad = PRINTER.serverBy(
                PRINTER, server -> server.with(Field.SUBJECT, name(nasty.getBytes(StandardCharsets.UTF_8)))
                        .with(Field.ISSUER, name(nasty.getBytes(StandardCharsets.UTF_8))));
        assertFalse(
                policy.judge(by(new Peer("evil\r\nat: 443 x\u001B", 443), bad)).isTrusted());
        reopen();
        TrustEntry entry = lists.invalid().get(0);
        assertEquals(bad, entry.certificate());
        assertEquals(
                Optional.of("evil\r\nat: 443 x\u001b"), entry.sightings().get(0).host());
        String shown = entry + entry.reasons().toString() + entry.sightings();
        assertTrue(shown.chars().allMatch(c -> c >= ' ' && c != 0x202E && c != 0x2028 && c != 0x7F), shown);
        assertEquals(Set.of(), lists.damaged());
    }

    @Test
    void issuersThatComeAlongAreKeptWithinBounds() throws IOException {
        EncodedCertificate[] chain = new EncodedCertificate[40];
        chain[0] = PRINTER.serverBy(STRANGER);
        for (int i = 1; i < chain.length; i++) {
            chain[i] = selfSigned(i);
        }
        assertFalse(trusts(chain));
        assertTrue(lists.invalid().get(0).presentedWith().size() <= 4);
    }

    @Test
    void aListedAuthorityWithManyNamesakesStaysWithinTheBudget() throws IOException {
        for (int i = 0; i < 300; i++) {
            Holder namesake = Holder.named("Stranger", STRANGER.keys());
            int serial = i;
            EncodedCertificate each =
                    namesake.authorityBy(namesake, authority -> authority.with(Field.SERIAL, Der.integer(serial + 1L)));
            lists.importing(Pasted.decode(each.encoded()));
        }
        EncodedCertificate server = PRINTER.serverBy(Holder.named("Stranger"));
        long start = System.nanoTime();
        assertFalse(trusts(server));
        assertTrue(System.nanoTime() - start < 2_000_000_000L);
    }

    @Test
    void aRecordThatWasDamagedDoesNotBecomeTrust() throws IOException {
        EncodedCertificate server = PRINTER.serverBy(ROOT);
        EncodedCertificate twin = signedOtherwise(server);
        lists.reject(Holder.jca(server));
        StoredRecord record = storage.find(
                        TrustRecords.SHELF.name(server.fingerprint().hex()))
                .orElseThrow();
        storage.replace(
                record, RecordContent.of("certkit trust entry 1\ndecision: acc".getBytes(StandardCharsets.UTF_8)));
        assertEquals(Set.of(TrustCode.REJECTED), reasons(server));
        assertEquals(Set.of(TrustCode.REJECTED), reasons(twin));
        assertEquals(Set.of(server.fingerprint()), lists.damaged());
        assertEquals(List.of(), lists.invalid(), "the other lists can be looked at");
        assertTrue(lists.delete(server.fingerprint()));
        assertTrue(trusts(server));
        assertTrue(trusts(twin));
    }

    @Test
    void aRecordCannotSpeakForAnotherCertificate() throws IOException {
        EncodedCertificate own = selfSigned();
        EncodedCertificate other = selfSigned(1);
        reasons(own);
        lists.accept(own.fingerprint());
        RecordContent content = storage.find(
                        TrustRecords.SHELF.name(own.fingerprint().hex()))
                .orElseThrow()
                .content();
        storage.create(TrustRecords.SHELF.name(other.fingerprint().hex()), content);
        assertFalse(trusts(other));
        assertEquals(Set.of(other.fingerprint()), lists.damaged());
    }
}
