package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.InsecureAcceptAll;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("G1")
@Timeout(120)
class InsecureAcceptAllTest {
    private static final TestPki PKI = new TestPki("Known CA");
    private static final CertifiedKey STRANGER = new TestPki("Unknown CA").issue(TestPki.ecKey(), "other.example");
    private static final Instant NOW = Instant.now();

    private record Let(PresentedChain presented, TrustVerdict.Untrusted verdict) {}

    private final MovableClock clock = MovableClock.at(NOW);
    private final ChangingPolicy strict = new ChangingPolicy(PKI.anchors());
    private final List<Let> through = new ArrayList<>();
    private final InsecureAcceptAll all = TrustPolicy.insecureAcceptAll(strict)
            .clock(clock)
            .onAccepted((presented, verdict) -> through.add(new Let(presented, verdict)));

    private PresentedChain presented() {
        return PresentedChain.of(STRANGER.chain().certificates(), clock.instant())
                .by(new Peer("phone.example", 443));
    }

    @Nested
    class WhileItIsOn {
        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("dev.certkit.tls.UntrustedPeerTest#callersAndProtocols")
        void everyClientReachesAServerThatNobodyKnowsAndWhatItShowedIsRecorded(Caller caller, String protocol)
                throws Exception {
            SSLContext server = TlsContext.presenting(STRANGER).toSslContext();
            try (TestServer running = TestServer.Kind.HTTPS_SERVER.start(server)) {
                Caller.Target target = new Caller.Target(running, server, "localhost", protocol);
                caller.call(TlsContext.trusting(all).toSslContext(), target);
                Let let = through.get(0);
                assertEquals(
                        STRANGER.chain().fingerprint(),
                        let.presented.certificates().get(0).fingerprint());
                assertEquals("localhost", let.presented.peer().orElseThrow().host());
                assertEquals(
                        List.of(TrustCode.UNKNOWN_ISSUER, TrustCode.WRONG_NAME),
                        let.verdict.reasons().stream().map(TrustReason::code).toList());
                assertThrows(
                        IOException.class,
                        () -> caller.call(TlsContext.trusting(strict).toSslContext(), target),
                        "without the switch it is refused");
            }
        }

        @Test
        void whatAPersonRejectedIsRefusedAllTheSame() {
            strict.reject(STRANGER.chain().fingerprint());
            assertFalse(all.judge(presented()).isTrusted());
            assertEquals(List.of(), through);
        }

        @Test
        void whatIsNoCertificateIsRefused() {
            assertFalse(all.judge(PresentedChain.decode(List.of(), NOW)).isTrusted());
            assertFalse(all.judge(PresentedChain.decode(List.of(new byte[100]), NOW))
                    .isTrusted());
            assertEquals(List.of(), through);
        }

        @Test
        void whatIsTrustedAnywayIsNotReported() {
            PresentedChain known =
                    PresentedChain.of(PKI.server().chain().certificates(), NOW).by(new Peer("localhost", 443));
            int length = all.judge(known).fold(trusted -> trusted.path().size(), untrusted -> 0);
            assertEquals(2, length);
            assertEquals(List.of(), through);
        }

        @Test
        void aListenerThatFailsChangesNothing() {
            InsecureAcceptAll broken = all.onAccepted((presented, verdict) -> {
                throw new IllegalStateException("full");
            });
            assertTrue(broken.judge(presented()).isTrusted());
        }
    }

    @Nested
    class ItsEnd {
        @Test
        void isToTheMoment() {
            InsecureAcceptAll brief = all.until(NOW.plusSeconds(60));
            clock.advance(Duration.ofMillis(59_999));
            long before = brief.changeToken();
            assertTrue(brief.judge(presented()).isTrusted());
            clock.advance(Duration.ofMillis(1));
            assertFalse(brief.judge(presented()).isTrusted());
            assertNotEquals(before, brief.changeToken(), "no session may outlive it");
        }

        @Test
        void isNotHiddenByWhatChangesInAnotherPolicy() {
            ChangingPolicy other = new ChangingPolicy(PKI.anchors());
            TrustPolicy both = all.until(NOW.plusSeconds(60)).and(other);
            long before = both.changeToken();
            clock.advance(Duration.ofSeconds(60));
            for (int changes = 1; changes <= 1000; changes++) {
                other.allow(STRANGER.chain().fingerprint());
                assertNotEquals(before, both.changeToken(), changes + " changes");
            }
        }

        @Test
        void endsSessionsThatBeganBefore() throws Exception {
            SSLContext server = TlsContext.presenting(STRANGER).toSslContext();
            AtomicBoolean on = new AtomicBoolean(true);
            SSLContext client = TlsContext.trusting(all.onlyWhile(on::get)).toSslContext();
            Caller.Target target = new Caller.Target(null, server, "localhost", "TLSv1.3");
            Caller.ENGINE.call(client, target);
            int asked = strict.asked.size();
            Caller.ENGINE.call(client, target);
            assertEquals(asked, strict.asked.size(), "the client must resume, or nothing is proved here");
            on.set(false);
            assertThrows(IOException.class, () -> Caller.ENGINE.call(client, target));
            on.set(true);
            Caller.ENGINE.call(client, target);
        }
    }

    @Nested
    class TheLog {
        @Test
        void warnsLoudlyButOnceAMinuteAndCounts() {
            try (LogCapture log = LogCapture.of(InsecureAcceptAll.class)) {
                for (int i = 0; i < 100; i++) {
                    all.judge(presented());
                }
                assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
                clock.advance(Duration.ofMinutes(1));
                all.judge(presented());
                clock.advance(Duration.ofDays(-2000));
                all.judge(presented());
                assertEquals(3, log.warnings().size(), "also after the clock was set back");
                String second = log.warnings().get(1);
                assertTrue(second.contains("INSECURE") && second.contains("100 let through"), second);
                assertTrue(second.contains("phone.example:443"), second);
            }
            assertEquals(102, through.size());
        }
    }
}
