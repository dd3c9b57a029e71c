package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Pasted;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
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

/** What is captured, what is accepted, and what that changes. */
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
