package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrustListsTest extends TrustListsLab {
    private static Fingerprint only(List<TrustEntry> entries) {
        assertEquals(1, entries.size(), entries.toString());
        return entries.get(0).fingerprint();
    }

    @Nested
    @Tag("G4")
    class WhatIsPresentedAndFails {
        private final EncodedCertificate own = selfSigned();

        @Test
        void isCapturedWithReasonsAndWhereItCameFrom() throws IOException {
            assertEquals(Set.of(TrustCode.SELF_SIGNED), reasons(own));
            TrustEntry entry = lists.invalid().get(0);
            assertEquals(own, entry.certificate());
            Sighting seen = entry.sightings().get(0);
            assertEquals(Optional.of(HERE), seen.peer());
            assertEquals(Holder.NOW, seen.first());
            assertEquals(1, seen.count());
            assertEquals(TrustCode.SELF_SIGNED, entry.reasons().get(0).code());
            assertTrue(entry.reasons().get(0).text().contains("signed with its own key"), entry.toString());
            assertEquals(List.of("CAPTURED " + Holder.HOST), events);
        }

        @Test
        void isCountedAndKeepsItsFirstAndLastTime() throws IOException {
            reasons(own);
            clock.advance(Duration.ofHours(1));
            reasons(own);
            reasons(own);
            Sighting seen = lists.invalid().get(0).sightings().get(0);
            assertEquals(Holder.NOW, seen.first());
            assertEquals(Holder.NOW.plusSeconds(3600), seen.last());
            assertEquals(2, seen.count(), "within one minute it counts once");
            assertEquals(List.of("CAPTURED " + Holder.HOST), events);
        }

        @Test
        void isOneEntryWithEachPeerThatPresentedIt() throws IOException {
            reasons(own);
            judged(ELSEWHERE, own);
            TrustEntry entry = lists.invalid().get(0);
            assertEquals(2, entry.sightings().size());
            assertEquals(
                    Set.of(TrustCode.SELF_SIGNED, TrustCode.WRONG_NAME),
                    entry.sightings().get(1).codes());
            assertEquals(List.of("CAPTURED " + Holder.HOST, "SEEN " + Holder.HOST), events);
        }

        @Test
        void isKeptWithTheIssuersThatCameWithIt() throws IOException {
            reasons(PRINTER.serverBy(STRANGER), STRANGE_ROOT);
            reopen();
            assertEquals(List.of(STRANGE_ROOT), lists.invalid().get(0).presentedWith());
        }

        @Test
        void isThereAfterARestart() throws IOException {
            reasons(own);
            TrustEntry before = lists.invalid().get(0);
            reopen();
            TrustEntry after = lists.invalid().get(0);
            assertEquals(before.sightings(), after.sightings());
            assertEquals(before.toString(), after.toString());
        }

        @Test
        void isNothingIfItIsTrusted() throws IOException {
            assertTrue(trusts(PRINTER.serverBy(ROOT)));
            assertEquals(List.of(), lists.invalid());
            assertEquals(List.of(), events);
        }

        @Test
        void hasTheDetailsOfAnyCertificate() throws IOException {
            reasons(own);
            assertEquals(
                    Holder.HOST,
                    lists.invalid().get(0).details().subject().commonName().orElseThrow());
        }
    }

    @Nested
    @Tag("G5")
    class Accepted {
        @Test
        void theNextConnectionSucceedsAtOnce() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            TrustEntry entry = lists.accept(only(lists.invalid()));
            assertEquals(TrustList.SERVERS, entry.list());
            assertTrue(trusts(own));
            assertEquals(List.of(), lists.invalid());
            assertEquals(own.fingerprint(), only(lists.servers()));
            assertEquals(List.of("CAPTURED " + Holder.HOST, "ACCEPTED " + Holder.HOST), events);
        }

        @Test
        void alsoAfterARestart() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            lists.accept(own.fingerprint());
            reopen();
            assertTrue(trusts(own));
        }

        @Test
        void anExpiredOneStaysAccepted() throws IOException {
            EncodedCertificate old = expired(PRINTER);
            assertEquals(Set.of(TrustCode.SELF_SIGNED, TrustCode.EXPIRED), reasons(old));
            assertEquals(TrustList.SERVERS, lists.accept(old.fingerprint()).list());
            assertTrue(trusts(old));
            clock.advance(Duration.ofDays(400));
            assertEquals(0, lists.moveExpired());
            assertTrue(trusts(old));
        }

        @Test
        void onlyForThePeerThatPresentedIt() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            lists.accept(own.fingerprint());
            assertFalse(judged(ELSEWHERE, own).isTrusted());
            assertFalse(judged(new Peer(Holder.HOST, 8443), own).isTrusted());
            assertTrue(judged(new Peer(Holder.HOST.toUpperCase(Locale.ROOT) + ".", 443), own)
                    .isTrusted());
        }

        @Test
        void everywhereIfThatIsSaid() throws IOException {
            EncodedCertificate own = selfSigned();
            judged(ELSEWHERE, own);
            lists.accept(own.fingerprint(), Acceptance.everywhere());
            assertTrue(judged(new Peer("192.0.2.99", 1), own).isTrusted());
        }

        @Test
        void forAllPortsOfAHostIfThatIsSaid() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            lists.accept(own.fingerprint(), Acceptance.at(new Peer(Holder.HOST, 0)));
            assertTrue(judged(new Peer(Holder.HOST, 8443), own).isTrusted());
            assertFalse(judged(ELSEWHERE, own).isTrusted());
        }

        @Test
        void onlyInSpiteOfTheReasonsThatWereNamed() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            lists.accept(own.fingerprint(), Acceptance.everywhere().waiving(TrustCode.SELF_SIGNED));
            assertEquals(Set.of(TrustCode.WRONG_NAME), codes(judged(ELSEWHERE, own)));
            clock.set(own.notAfter().plusSeconds(1));
            assertEquals(Set.of(TrustCode.EXPIRED), reasons(own));
        }

        @Test
        void aWrongNameWaivedDoesNotWaiveAMissingIssuer() throws IOException {
            EncodedCertificate server = PRINTER.serverBy(MIDDLE);
            EncodedCertificate middle = MIDDLE.authorityBy(ROOT);
            assertEquals(Set.of(TrustCode.WRONG_NAME), codes(judged(ELSEWHERE, server, middle)));
            lists.accept(server.fingerprint());
            TrustVerdict verdict = judged(ELSEWHERE, server, middle);
            assertEquals(
                    List.of(server, middle, ANCHOR),
                    verdict.fold(TrustVerdict.Trusted::path, untrusted -> List.of()),
                    "the path that was proved");
            assertEquals(Set.of(TrustCode.UNKNOWN_ISSUER), codes(judged(ELSEWHERE, server)));
        }

        @Test
        void notAnotherCertificateForTheSameKeyAndName() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            lists.accept(own.fingerprint());
            assertFalse(trusts(selfSigned(1)));
            assertFalse(trusts(PRINTER.serverBy(STRANGER), own));
        }

        @Test
        void notLongerThanWasSaid() throws IOException {
            EncodedCertificate own = selfSigned();
            reasons(own);
            Instant end = Holder.NOW.plus(Duration.ofDays(7));
            lists.accept(own.fingerprint(), Acceptance.at(HERE).until(end));
            clock.set(end.minusSeconds(1));
            assertTrue(trusts(own));
            clock.set(end);
            assertFalse(trusts(own));
            assertEquals(own.fingerprint(), only(lists.invalid()));
            assertEquals("INVALID " + Holder.HOST, events.get(events.size() - 1));
        }

        @Test
        void oneThatIsListedNowhereIsAnErrorThatSaysWhatToDo() {
            Fingerprint unknown = selfSigned().fingerprint();
            IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> lists.accept(unknown));
            assertTrue(error.getMessage().contains(unknown.toString()), error.getMessage());
            assertTrue(error.getMessage().contains("import it"), error.getMessage());
        }
    }

    @Nested
    @Tag("G5")
    class AnAuthorityAccepted {
        @BeforeEach
        void importIt() throws IOException {
            lists.importing(Pasted.parse(PemBlock.encode("CERTIFICATE", STRANGE_ROOT.encoded())));
        }

        @Test
        void helpsChainsThroughIt() throws IOException {
            assertEquals(STRANGE_ROOT.fingerprint(), only(lists.authorities()));
            EncodedCertificate server = PRINTER.serverBy(STRANGER);
            assertEquals(
                    List.of(server, STRANGE_ROOT),
                    judged(HERE, server).fold(TrustVerdict.Trusted::path, untrusted -> List.of()));
            reopen();
            assertTrue(trusts(server));
        }

        @Test
        void helpsNoChainThatOnlyCarriesIt() {
            assertEquals(Set.of(TrustCode.SELF_SIGNED), reasons(selfSigned(), STRANGE_ROOT));
            Holder namesake = Holder.named("Stranger");
            assertEquals(Set.of(TrustCode.UNKNOWN_ISSUER), reasons(PRINTER.serverBy(namesake), STRANGE_ROOT));
        }

        @Test
        void waivesNothingOfWhatItIssued() {
            assertEquals(Set.of(TrustCode.EXPIRED), reasons(expired(STRANGER)));
            assertEquals(Set.of(TrustCode.WRONG_NAME), codes(judged(ELSEWHERE, PRINTER.serverBy(STRANGER))));
            EncodedCertificate forMail = PRINTER.serverBy(
                    STRANGER,
                    server ->
                            server.with(ForgedCertificate.PURPOSES, false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.4"))));
            assertEquals(Set.of(TrustCode.WRONG_PURPOSE), reasons(forMail));
        }

        @Test
        void isBoundByItsOwnNameConstraints() throws IOException {
            Holder narrow = Holder.named("Narrow");
            byte[] tree = Der.sequence(ForgedCertificate.dns("other.example"));
            EncodedCertificate constrained = narrow.authorityBy(
                    narrow,
                    authority -> authority.with(
                            ForgedCertificate.NAME_CONSTRAINTS,
                            true,
                            Der.sequence(Der.tagged(dev.certkit.internal.der.Tag.constructed(0), tree))));
            lists.importing(Pasted.decode(constrained.encoded()));
            assertEquals(Set.of(TrustCode.NAME_NOT_PERMITTED), reasons(PRINTER.serverBy(narrow)));
        }

        @Test
        void countsForNoPeerBeyondItsScope() throws IOException {
            lists.accept(STRANGE_ROOT.fingerprint(), Acceptance.at(ELSEWHERE));
            assertFalse(trusts(PRINTER.serverBy(STRANGER)));
        }

        @Test
        void evenExpiredIfThatIsWaived() throws IOException {
            clock.set(STRANGE_ROOT.notAfter().plusSeconds(1));
            EncodedCertificate young = PRINTER.serverBy(
                    STRANGER,
                    server -> server.with(
                            Field.VALIDITY,
                            ForgedCertificate.validity("2035-11-01T00:00:00Z", "2036-11-01T00:00:00Z")));
            assertFalse(trusts(young));
            assertEquals(2, lists.invalid().size());
            assertEquals(
                    TrustList.AUTHORITIES,
                    lists.accept(STRANGE_ROOT.fingerprint()).list());
            assertTrue(trusts(young));
            assertFalse(trusts(PRINTER.serverBy(STRANGER)), "the server's own certificate has expired, too");
        }
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

    @Test
    void itsTokenTellsThatDecisionsChangedAndNothingElse() throws IOException {
        EncodedCertificate own = selfSigned();
        long before = policy.changeToken();
        reasons(own);
        judged(ELSEWHERE, own);
        assertEquals(before, policy.changeToken(), "else a stranger could end everybody's sessions");
        lists.accept(own.fingerprint());
        long accepted = policy.changeToken();
        assertNotEquals(before, accepted);
        lists.reject(own.fingerprint());
        long rejected = policy.changeToken();
        assertNotEquals(accepted, rejected);
        lists.delete(own.fingerprint());
        assertNotEquals(rejected, policy.changeToken());
    }
}
