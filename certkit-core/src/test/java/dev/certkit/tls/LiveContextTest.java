package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LiveContextTest {
    private static final TestPki PKI = new TestPki("Live CA");
    private static final CertifiedKey FIRST = PKI.server();
    private static final CertifiedKey SECOND = PKI.server();

    private final MovableClock clock = MovableClock.at(Instant.now());
    private final AtomicInteger asked = new AtomicInteger();
    private final List<KeyChange> changes = new ArrayList<>();
    private volatile Supplier<CertifiedKey> source = () -> FIRST;

    private LiveContext live() {
        Supplier<CertifiedKey> counted = () -> {
            asked.incrementAndGet();
            return source.get();
        };
        PolicyTrust trust = new PolicyTrust(TrustPolicy.pkix(PKI.anchors()), clock);
        return new LiveContext(List.of(new LiveKey(counted, clock, changes::add)), new RealContexts(trust));
    }

    private static CertifiedKey cannotServe() {
        return CertifiedKey.selfSigned(DistinguishedName.cn("post-quantum")).with(KeyType.ML_DSA_44.generate());
    }

    private static CertifiedKey anew(CertifiedKey key) {
        try {
            return CertifiedKey.of(key.privateKey(), key.chain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class WithoutAChange {
        @Test
        void theContextStaysAndTheSupplierIsAskedOnceEach() {
            LiveContext live = live();
            SSLContext context = live.get();
            int before = asked.get();
            for (int i = 0; i < 100; i++) {
                assertSame(context, live.get());
            }
            assertEquals(before + 100, asked.get());
        }

        @Test
        void anEqualKeyMadeAnewIsNoChange() {
            LiveContext live = live();
            SSLContext context = live.get();
            source = () -> anew(FIRST);
            for (int i = 0; i < 10; i++) {
                assertSame(context, live.get());
            }
        }
    }

    @Nested
    class AChange {
        @Test
        void makesOneContextHoweverManyThreadsSeeIt() throws Exception {
            LiveContext live = live();
            SSLContext before = live.get();
            source = () -> SECOND;
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<SSLContext>> seen = IntStream.range(0, 64)
                        .mapToObj(i -> threads.submit(live::get))
                        .toList();
                Set<SSLContext> contexts = Collections.synchronizedSet(new HashSet<>());
                for (Future<SSLContext> one : seen) {
                    contexts.add(one.get());
                }
                assertEquals(1, contexts.size());
                assertNotSame(before, contexts.iterator().next());
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void isOneSwapHoweverManyConnectionsFollow() {
            LiveContext live = live();
            Set<SSLContext> contexts = new HashSet<>();
            contexts.add(live.get());
            for (int change = 0; change < 4; change++) {
                CertifiedKey next = change % 2 == 0 ? SECOND : FIRST;
                source = () -> anew(next);
                for (int connection = 0; connection < 250; connection++) {
                    contexts.add(live.get());
                }
            }
            assertEquals(5, contexts.size());
        }

        @Test
        void backToTheKeyBeforeIsFollowedToo() {
            LiveContext live = live();
            SSLContext before = live.get();
            source = () -> SECOND;
            SSLContext second = live.get();
            source = () -> FIRST;
            assertNotSame(second, live.get());
            assertNotSame(before, live.get());
        }

        @Test
        void keepsTimeoutAndSizeOfTheSessionCaches() {
            LiveContext live = live();
            live.get().getServerSessionContext().setSessionTimeout(77);
            live.get().getServerSessionContext().setSessionCacheSize(99);
            live.get().getClientSessionContext().setSessionTimeout(66);
            source = () -> SECOND;
            assertEquals(77, live.get().getServerSessionContext().getSessionTimeout());
            assertEquals(99, live.get().getServerSessionContext().getSessionCacheSize());
            assertEquals(66, live.get().getClientSessionContext().getSessionTimeout());
        }
    }

    @Nested
    class TheFacts {
        @Test
        void sayOnceWhatIsFollowedAndWhatIsKept() {
            LiveContext live = live();
            CertifiedKey useless = cannotServe();
            RuntimeException halfWritten = new UncheckedIOException(new IOException("half written"));
            List<Supplier<CertifiedKey>> offers = List.of(
                    () -> SECOND,
                    () -> useless,
                    () -> {
                        throw halfWritten;
                    },
                    () -> FIRST);
            for (Supplier<CertifiedKey> offer : offers) {
                source = offer;
                for (int i = 0; i < 10; i++) {
                    live.get();
                }
            }
            Fingerprint first = FIRST.chain().fingerprint();
            Fingerprint second = SECOND.chain().fingerprint();
            assertEquals(4, changes.size(), changes::toString);
            assertEquals(new KeyChange.Followed(second, first), changes.get(0));
            KeyChange.Kept refused = (KeyChange.Kept) changes.get(1);
            assertEquals(second, refused.presented());
            assertEquals(Optional.of(useless.chain().fingerprint()), refused.refused());
            assertTrue(refused.cause().isPresent());
            KeyChange.Kept missing = (KeyChange.Kept) changes.get(2);
            assertEquals(Optional.empty(), missing.refused());
            assertEquals(Optional.of(halfWritten), missing.cause());
            assertTrue(missing.toString().contains("cannot be had"), missing::toString);
            assertEquals(new KeyChange.Followed(first, second), changes.get(3));
        }

        @Test
        void doNotStopAConnectionWhenTheirListenerFails() {
            LiveKey key = new LiveKey(() -> source.get(), clock, change -> {
                throw new IllegalStateException("full");
            });
            PolicyTrust trust = new PolicyTrust(TrustPolicy.pkix(PKI.anchors()), clock);
            LiveContext live = new LiveContext(List.of(key), new RealContexts(trust));
            SSLContext before = live.get();
            source = () -> SECOND;
            assertNotSame(before, live.get());
        }
    }

    @Nested
    class ASupplierThatFails {
        @Test
        void leavesTheLastGoodContextAndIsReportedOnce() {
            LiveContext live = live();
            SSLContext context = live.get();
            try (LogCapture log = LogCapture.of(TlsContext.class)) {
                source = () -> {
                    throw new UncheckedIOException(new IOException("disk on fire"));
                };
                for (int i = 0; i < 5; i++) {
                    assertSame(context, live.get());
                }
                assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
                assertTrue(log.warnings()
                        .get(0)
                        .contains(FIRST.chain().fingerprint().toString()));

                source = () -> SECOND;
                assertNotSame(context, live.get());
                source = () -> null;
                assertNotSame(context, live.get());
                assertEquals(2, log.warnings().size(), "a new failure is reported anew");
            }
        }

        @Test
        void atTheStartLeavesNothingToPresent() {
            source = () -> {
                throw new IllegalStateException("nothing installed");
            };
            assertEquals(
                    "nothing installed",
                    assertThrows(IllegalStateException.class, LiveContextTest.this::live)
                            .getCause()
                            .getMessage());
            source = () -> null;
            assertThrows(IllegalStateException.class, LiveContextTest.this::live);
        }
    }

    @Nested
    class AKeyThatCannotServe {
        @Test
        void leavesTheLastGoodContextAndIsReportedOnceAlsoWhenTriedAgain() {
            LiveContext live = live();
            SSLContext context = live.get();
            CertifiedKey useless = cannotServe();
            try (LogCapture log = LogCapture.of(TlsContext.class)) {
                source = () -> anew(useless);
                for (int i = 0; i < 5; i++) {
                    assertSame(context, live.get());
                    clock.advance(Duration.ofSeconds(50));
                }
                assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
                assertTrue(log.warnings()
                        .get(0)
                        .contains(useless.chain().fingerprint().toString()));
            }
            source = () -> SECOND;
            assertNotSame(context, live.get());
        }

        @Test
        void atTheStartIsRefusedByName() {
            CertifiedKey useless = cannotServe();
            source = () -> useless;
            String message = assertThrows(IllegalStateException.class, LiveContextTest.this::live)
                    .getMessage();
            assertTrue(message.startsWith("key: the ML-DSA"), message);
            assertTrue(message.contains(useless.chain().fingerprint().toString()), message);
        }
    }

    @Nested
    class ACertificateOutOfItsTime {
        private CertifiedKey valid(Duration from, Duration to) {
            return PKI.issue(TestPki.ecKey(), from, to, "localhost");
        }

        @Test
        void thatIsNotYetValidWaitsForItsTime() {
            CertifiedKey tomorrow = valid(Duration.ofDays(1), Duration.ofDays(5));
            LiveContext live = live();
            SSLContext context = live.get();
            try (LogCapture log = LogCapture.of(TlsContext.class)) {
                source = () -> tomorrow;
                assertSame(context, live.get());
                clock.advance(Duration.ofHours(23));
                assertSame(context, live.get());
                assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
                assertTrue(
                        log.warnings().get(0).contains("valid only from"),
                        log.warnings().get(0));
                clock.advance(Duration.ofHours(2));
                assertNotSame(context, live.get());
            }
        }

        @Test
        void thatHasExpiredDoesNotReplaceAValidOne() {
            CertifiedKey yesterday = valid(Duration.ofDays(-5), Duration.ofDays(-1));
            LiveContext live = live();
            SSLContext context = live.get();
            source = () -> yesterday;
            assertSame(context, live.get());
        }

        @Test
        void replacesOneThatIsOutOfItsTimeItself() {
            CertifiedKey tomorrow = valid(Duration.ofDays(1), Duration.ofDays(5));
            LiveContext live = live();
            SSLContext context = live.get();
            clock.set(Instant.EPOCH);
            source = () -> tomorrow;
            assertNotSame(context, live.get(), "a clock that starts in 1970 must not stop a renewal");
        }

        @Test
        void isTakenAtTheStartBecauseThereIsNoOther() {
            CertifiedKey yesterday = valid(Duration.ofDays(-5), Duration.ofDays(-1));
            source = () -> yesterday;
            live().get();
        }
    }
}
