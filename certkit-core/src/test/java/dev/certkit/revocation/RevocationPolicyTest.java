package dev.certkit.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.issue.Publication;
import dev.certkit.shelf.trust.Acceptance;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.RevocationReason;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevocationPolicyTest extends RevocationLab {
    private TrustReason.Revoked revoked(TrustVerdict verdict) {
        List<TrustReason> reasons = reasons(verdict);
        assertEquals(1, reasons.size(), reasons.toString());
        return assertInstanceOf(TrustReason.Revoked.class, reasons.get(0));
    }

    @Test
    void whatIsNotRevokedIsTrustedWithThePathThatWasProved() {
        TrustVerdict verdict = judged(hard());
        assertEquals(
                List.of(
                        Fingerprint.sha256(leaf),
                        Fingerprint.sha256(middleCertificate()),
                        Fingerprint.sha256(rootCertificate())),
                verdict.fold(TrustVerdict.Trusted::path, untrusted -> List.<EncodedCertificate>of()).stream()
                        .map(EncodedCertificate::fingerprint)
                        .toList(),
                text(verdict));
        assertEquals(List.of("POST " + RESPONDER, "GET " + ROOT_LIST), calls);
    }

    @Test
    void aRevokedCertificateIsRefusedWithTimeAndReason() throws IOException {
        clock.advance(Duration.ofHours(3));
        revokeLeaf();
        clock.advance(Duration.ofHours(1));
        TrustReason.Revoked byResponder = revoked(judged(soft()));
        assertEquals(NOW.plusSeconds(3 * 3600), byResponder.time());
        assertEquals("keyCompromise", byResponder.reason());
        assertEquals(0, byResponder.place());
        web.remove(RESPONDER);
        assertEquals(byResponder, revoked(judged(soft())), "by the list");
    }

    @Test
    void aRevokedAuthorityIsRefusedInItsPlace() throws IOException {
        root.revocations().revoke(serial(middleCertificate()), RevocationReason.CA_COMPROMISE);
        TrustReason.Revoked reason = revoked(judged(hard()));
        assertEquals(1, reason.place());
        assertEquals("cACompromise", reason.reason());
    }

    @Test
    void withoutAnyAnswerSoftTrustsAndHardSaysWhatWasTried() {
        web.clear();
        assertTrue(judged(soft()).isTrusted());
        TrustVerdict verdict = judged(hard());
        assertEquals(Optional.of(Cause.UNREACHABLE), cause(verdict));
        assertEquals(2, reasons(verdict).size());
        assertTrue(text(verdict).contains("ocsp.example.fr/middle"), text(verdict));
        assertTrue(text(verdict).contains("pki.example.fr/middle.crl"), text(verdict));
        assertEquals(TrustCode.REVOCATION_UNKNOWN, reasons(verdict).get(0).code());
    }

    @Test
    void anAnswerWithAnotherStatusIsNoAnswer() {
        web.put(RESPONDER, call -> HttpAnswer.of(404, Map.of(), new byte[0]));
        web.put(LIST, call -> HttpAnswer.of(302, Map.of(), new byte[0]));
        assertEquals(Optional.of(Cause.UNREACHABLE), cause(judged(hard())));
    }

    @Test
    void aCertificateThatNamesNoPlaceIsUnknownToHardOnly() throws IOException {
        leaf = issued(Publication.nothing());
        assertTrue(judged(soft()).isTrusted());
        assertEquals(Optional.of(Cause.NO_SOURCE), cause(judged(hard())));
    }

    @Test
    void whatTheResponderDoesNotKnowTheListMayKnow() throws IOException {
        web.put(RESPONDER, null);
        serve(RESPONDER, call -> new byte[] {0x30, 0x03, 0x0A, 0x01, 0x06});
        assertTrue(judged(hard()).isTrusted());
        web.remove(LIST);
        TrustVerdict verdict = judged(hard());
        assertTrue(text(verdict).contains("unauthorized"), text(verdict));
    }

    @Test
    void aStapledAnswerNeedsNoCall() throws IOException {
        byte[] stapled = stapledAnswer();
        web.clear();
        serve(ROOT_LIST, call -> root.revocations().crl(WEEK).encoded());
        assertTrue(judged(hard(), presented().stapled(stapled)).isTrusted());
        assertEquals(List.of("GET " + ROOT_LIST), calls.subList(1, calls.size()));
        assertEquals(Optional.of(Cause.UNREACHABLE), cause(judged(hard())), "without it there is no answer");
    }

    /** What the responder says to whoever asks; the first call is that of the server that staples. */
    private byte[] stapledAnswer() throws IOException {
        HttpCall call = HttpCall.post(
                RESPONDER,
                "application/ocsp-request",
                OcspQuestion.about(link(), new SecureRandom()).encoded());
        return transport.exchange(call).body();
    }

    private Link link() {
        return new Link(EncodedCertificate.of(leaf), EncodedCertificate.of(middleCertificate()));
    }

    @Test
    void aStapledAnswerThatIsTooOldIsReplacedByAFreshOne() throws IOException {
        byte[] stapled = stapledAnswer();
        revokeLeaf();
        clock.advance(Duration.ofDays(2));
        revoked(judged(soft(), presented().stapled(stapled)));
    }

    @Nested
    class Keeping {
        @Test
        void asksOnceUntilTheAnswerExpires() {
            RevocationPolicy policy = hard();
            for (int i = 0; i < 5; i++) {
                assertTrue(judged(policy).isTrusted());
            }
            assertEquals(2, calls.size());
            clock.advance(Duration.ofMinutes(61));
            assertTrue(judged(policy).isTrusted());
            assertEquals(3, calls.size(), "the responder's answer was for an hour");
        }

        @Test
        void neverLongerThanADay() throws IOException {
            web.remove(RESPONDER);
            RevocationPolicy policy = hard();
            assertTrue(judged(policy).isTrusted());
            revokeLeaf();
            clock.advance(Duration.ofHours(23));
            assertTrue(judged(policy).isTrusted(), "the list was for a week");
            clock.advance(Duration.ofHours(2));
            revoked(judged(policy));
        }

        @Test
        void oneListDoesForAllCertificatesOfItsIssuer() throws IOException {
            web.remove(RESPONDER);
            RevocationPolicy policy = hard();
            assertTrue(judged(policy).isTrusted());
            leaf = issued(Publication.nothing().crlAt(LIST));
            int before = calls.size();
            assertTrue(judged(policy).isTrusted());
            assertEquals(before, calls.size());
        }

        @Test
        void leavesAPlaceThatFailedAloneForAMinute() {
            web.clear();
            RevocationPolicy policy = hard();
            judged(policy);
            assertEquals(3, calls.size());
            judged(policy);
            assertEquals(3, calls.size());
            clock.advance(Duration.ofMinutes(1));
            judged(policy);
            assertEquals(6, calls.size());
        }

        @Test
        void callsNoMoreThanAllowed() throws IOException {
            web.clear();
            judged(hard().callsUpTo(2));
            assertEquals(2, calls.size());
            assertThrows(IllegalArgumentException.class, () -> hard().callsUpTo(0));
        }

        @Test
        void beginsNoCallWhenTheTimeIsUp() {
            web.put(RESPONDER, call -> {
                clock.advance(Duration.ofSeconds(11));
                return HttpAnswer.of(500, Map.of(), new byte[0]);
            });
            TrustVerdict verdict = judged(hard());
            assertEquals(1, calls.size());
            assertTrue(text(verdict).contains("called enough"), text(verdict));
        }
    }

    @Nested
    class WithoutAProvedPath {
        private final TrustPolicy other = TrustPolicy.hostname();

        @Test
        void nobodyIsCalled() {
            PresentedChain stranger = PresentedChain.of(List.of(leaf, middleCertificate()), clock.instant())
                    .by(new Peer("printer-7.example.fr", 443));
            assertTrue(other.and(soft()).judge(stranger).isTrusted());
            assertEquals(Optional.of(Cause.NO_SOURCE), cause(other.and(hard()).judge(stranger)));
            assertEquals(List.of(), calls);
        }

        @Test
        void itMayStandAnywhereInTheCombination() throws IOException {
            revokeLeaf();
            TrustPolicy pkix = TrustPolicy.pkix(TrustAnchors.of(rootCertificate()));
            PresentedChain presented = presented().by(new Peer("printer-7.example.fr", 443));
            assertEquals(
                    TrustCode.REVOKED,
                    reasons(hard().and(other).and(pkix).judge(presented)).get(0).code());
            assertEquals(
                    TrustCode.REVOKED,
                    reasons(other.and(soft()).and(pkix).judge(presented)).get(0).code());
            PresentedChain elsewhere = presented().by(new Peer("other.example.fr", 443));
            assertEquals(
                    List.of(TrustCode.WRONG_NAME, TrustCode.REVOKED),
                    reasons(pkix.and(other).and(soft()).judge(elsewhere)).stream()
                            .map(TrustReason::code)
                            .toList(),
                    "a wrong name does not hide it");
        }

        @Test
        void aWaivedNameDoesNotWaiveARevocation() throws IOException {
            TrustLists lists =
                    TrustLists.in(InMemoryStorage.empty(clock)).clock(clock).open();
            TrustPolicy policy = TrustPolicy.pkix(TrustAnchors.of(rootCertificate()))
                    .and(other)
                    .and(soft())
                    .deferringTo(lists);
            PresentedChain elsewhere = presented().by(new Peer("other.example.fr", 443));
            policy.judge(elsewhere);
            lists.accept(Fingerprint.sha256(leaf), Acceptance.everywhere());
            assertTrue(policy.judge(elsewhere).isTrusted());
            revokeLeaf();
            clock.advance(Duration.ofHours(2));
            assertEquals(
                    TrustCode.REVOKED,
                    reasons(policy.judge(presented().by(new Peer("other.example.fr", 443))))
                            .get(0)
                            .code());
        }
    }

    @Test
    void aPlaceThatCannotBeCalledIsNotCalled() throws IOException {
        for (String odd : List.of("ldap://pki.example.fr/cn=ca", "ftp://pki.example.fr/ca.crl")) {
            leaf = issued(Publication.nothing().crlAt(URI.create(odd)));
            assertEquals(Optional.of(Cause.NO_SOURCE), cause(judged(hard())), odd);
        }
        assertTrue(calls.stream().allMatch(call -> call.endsWith("root.crl")), calls.toString());
    }

    @Test
    void thePastIsJudgedByWhatIsKnownNow() throws IOException {
        revokeLeaf();
        Instant before = clock.instant();
        clock.advance(Duration.ofDays(1));
        revoked(judged(soft(), PresentedChain.of(List.of(leaf, middleCertificate()), before)));
    }
}
