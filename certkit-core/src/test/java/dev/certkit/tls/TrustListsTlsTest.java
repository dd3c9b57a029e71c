package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.shelf.trust.Acceptance;
import dev.certkit.shelf.trust.TrustEntry;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person decides in the lists, real clients do at once. */
@Timeout(120)
class TrustListsTlsTest {
    private static final TestPki PKI = new TestPki("Known CA");

    private final CertifiedKey known = PKI.server();
    private final CertifiedKey stranger =
            new TestPki("Unknown CA").issue(TestPki.ecKey(), Duration.ofDays(-9), Duration.ofDays(-2), "other.example");
    private TrustLists lists;
    private TrustPolicy policy;

    @BeforeEach
    void open() throws IOException {
        lists = TrustLists.in(InMemoryStorage.empty())
                .authorities(PKI.anchors())
                .open();
        policy = TrustPolicy.pkix(PKI.anchors()).and(TrustPolicy.hostname()).deferringTo(lists);
    }

    private static void call(Caller caller, SSLContext client, CertifiedKey server, String protocol)
            throws IOException {
        SSLContext context = TlsContext.presenting(server).toSslContext();
        try (TestServer running = TestServer.Kind.HTTPS_SERVER.start(context)) {
            caller.call(client, new Caller.Target(running, context, "localhost", protocol));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.certkit.tls.UntrustedPeerTest#callersAndProtocols")
    @Tag("G4")
    @Tag("G5")
    void anExpiredStrangerUnderAnotherNameIsCapturedAndReachedOnceAccepted(Caller caller, String protocol)
            throws Exception {
        SSLContext client = TlsContext.trusting(policy).toSslContext();
        assertThrows(IOException.class, () -> call(caller, client, stranger, protocol));
        TrustEntry entry = lists.invalid().get(0);
        lists.accept(entry.fingerprint());
        SSLContext context = TlsContext.presenting(stranger).toSslContext();
        assertEquals(stranger.chain().fingerprint(), entry.fingerprint());
        // It was accepted where it was seen, and each server here has a port of its own.
        lists.accept(
                entry.fingerprint(),
                Acceptance.everywhere().waiving(TrustCode.EXPIRED, TrustCode.WRONG_NAME, TrustCode.UNKNOWN_ISSUER));
        try (TestServer running = TestServer.Kind.HTTPS_SERVER.start(context)) {
            caller.call(client, new Caller.Target(running, context, "localhost", protocol));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.certkit.tls.UntrustedPeerTest#callersAndProtocols")
    @Tag("G6")
    void aKnownServerIsRefusedAtOnceWhenRejectedAlsoByAClientThatWouldResume(Caller caller, String protocol)
            throws Exception {
        SSLContext client = TlsContext.trusting(policy).toSslContext();
        SSLContext context = TlsContext.presenting(known).toSslContext();
        try (TestServer running = TestServer.Kind.HTTPS_SERVER.start(context)) {
            Caller.Target target = new Caller.Target(running, context, "localhost", protocol);
            caller.call(client, target);
            caller.call(client, target);
            lists.reject(known.chain().leaf());
            IOException failure = assertThrows(IOException.class, () -> caller.call(client, target));
            assertTrue(UntrustedPeerException.in(failure).isPresent(), failure::toString);
            lists.delete(known.chain().fingerprint());
            caller.call(client, target);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.certkit.tls.UntrustedPeerTest#callersAndProtocols")
    @Tag("G5")
    void aServerWhoseAcceptanceHasEndedIsRefusedAlsoByAClientThatWouldResume(Caller caller, String protocol)
            throws Exception {
        MovableClock clock = MovableClock.at(Instant.now());
        TrustLists timed = TrustLists.in(InMemoryStorage.empty()).clock(clock).open();
        AtomicInteger asked = new AtomicInteger();
        TrustPolicy counting = new Counting(
                TrustPolicy.pkix(PKI.anchors()).and(TrustPolicy.hostname()).deferringTo(timed), asked);
        SSLContext client = TlsContext.trusting(counting).clock(clock).toSslContext();
        SSLContext context = TlsContext.presenting(stranger).toSslContext();
        try (TestServer running = TestServer.Kind.HTTPS_SERVER.start(context)) {
            Caller.Target target = new Caller.Target(running, context, "localhost", protocol);
            assertThrows(IOException.class, () -> caller.call(client, target));
            Instant end = clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
            timed.accept(stranger.chain().fingerprint(), Acceptance.everywhere().until(end));
            caller.call(client, target);
            int before = asked.get();
            caller.call(client, target);
            assertEquals(before, asked.get(), "resumed");
            clock.set(end);
            IOException failure = assertThrows(IOException.class, () -> caller.call(client, target));
            assertTrue(UntrustedPeerException.in(failure).isPresent(), failure::toString);
        }
    }

    /** A resumed connection asks nothing. */
    private record Counting(TrustPolicy policy, AtomicInteger asked) implements TrustPolicy {
        @Override
        public TrustVerdict judge(PresentedChain presented) {
            asked.incrementAndGet();
            return policy.judge(presented);
        }

        @Override
        public long changeToken() {
            return policy.changeToken();
        }

        @Override
        public boolean judgesNames() {
            return policy.judgesNames();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.certkit.tls.UntrustedPeerTest#callersAndProtocols")
    @Tag("G1")
    void whatAcceptAllLetsThroughIsCapturedByTheLists(Caller caller, String protocol) throws Exception {
        SSLContext client =
                TlsContext.trusting(TrustPolicy.insecureAcceptAll(policy)).toSslContext();
        call(caller, client, stranger, protocol);
        List<Fingerprint> captured =
                lists.invalid().stream().map(TrustEntry::fingerprint).toList();
        assertEquals(List.of(stranger.chain().fingerprint()), captured);
        lists.reject(stranger.chain().fingerprint());
        assertThrows(IOException.class, () -> call(caller, client, stranger, protocol));
    }
}
