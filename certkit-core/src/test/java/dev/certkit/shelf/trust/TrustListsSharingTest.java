package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Pasted;
import dev.certkit.store.Storage;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustCode;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several threads, several programs on one storage, and a storage that fails. */
class TrustListsSharingTest extends TrustListsLab {
    private static void together(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(pool.submit(() -> {
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    @Test
    void aDecisionOfAnotherProgramCountsFromTheNextHandshakeOn() throws IOException {
        TrustLists other = opening().open();
        EncodedCertificate own = selfSigned();
        reasons(own);
        other.accept(own.fingerprint());
        assertTrue(trusts(own));
        other.reject(own.fingerprint());
        assertEquals(Set.of(TrustCode.REJECTED), reasons(own));
        other.delete(own.fingerprint());
        assertEquals(Set.of(TrustCode.SELF_SIGNED), reasons(own));
    }

    @Test
    void eachProgramIsToldWhatAnotherDid() throws IOException {
        List<String> here = new CopyOnWriteArrayList<>();
        TrustLists other = TrustLists.in(storage)
                .clock(clock)
                .onChange(event -> here.add(event.kind().toString()))
                .open();
        EncodedCertificate own = selfSigned();
        reasons(own);
        other.invalid();
        lists.accept(own.fingerprint());
        other.changeToken();
        lists.reject(own.fingerprint());
        other.changeToken();
        lists.delete(own.fingerprint());
        other.changeToken();
        assertEquals(List.of("CAPTURED", "ACCEPTED", "REJECTED", "DELETED"), here);
        assertEquals(here, events.stream().map(event -> event.split(" ")[0]).toList(), "each once");
    }

    @Test
    void theSameCertificateSeenByManyThreadsAndTwoProgramsIsCountedByAll() throws Exception {
        TrustLists other = opening().open();
        EncodedCertificate own = selfSigned();
        together(8, thread -> {
            TrustLists mine = thread % 2 == 0 ? lists : other;
            BARE.deferringTo(mine).judge(by(new Peer("host-" + thread, 443), own));
        });
        assertEquals(8, lists.invalid().get(0).sightings().size());
        assertEquals(lists.invalid().get(0).sightings(), other.invalid().get(0).sightings());
    }

    @Test
    void anAcceptanceIsNotLostAmongSightings() throws Exception {
        EncodedCertificate own = selfSigned();
        reasons(own);
        TrustLists other = opening().open();
        together(6, thread -> {
            if (thread == 0) {
                other.accept(own.fingerprint(), Acceptance.at(HERE));
            }
            for (int i = 0; i < 20; i++) {
                BARE.deferringTo(thread % 2 == 0 ? lists : other).judge(by(new Peer("h" + thread + "-" + i, 1), own));
            }
        });
        assertTrue(trusts(own));
        assertEquals(1, lists.servers().size());
    }

    @Test
    void aRejectedOneIsNeverTrustedWhileOthersWrite() throws Exception {
        EncodedCertificate own = selfSigned();
        reasons(own);
        lists.accept(own.fingerprint());
        AtomicBoolean rejected = new AtomicBoolean();
        AtomicInteger escaped = new AtomicInteger();
        together(4, thread -> {
            if (thread == 0) {
                lists.reject(own.fingerprint());
                rejected.set(true);
                for (int i = 0; i < 100; i++) {
                    lists.importing(Pasted.decode(selfSigned(i).encoded()));
                }
            }
            for (int i = 0; i < 200; i++) {
                boolean before = rejected.get();
                if (trusts(own) && before) {
                    escaped.incrementAndGet();
                }
            }
        });
        assertEquals(0, escaped.get());
    }

    @Test
    void aListenerThatFailsChangesNoVerdictAndMayUseTheLists() throws IOException {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
        try {
            use(TrustLists.in(storage)
                    .clock(clock)
                    .onChange(event -> {
                        try {
                            lists.accept(event.entry().fingerprint());
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                        throw new IllegalStateException("a listener's own trouble");
                    })
                    .open());
            assertFalse(trusts(selfSigned(1)));
            assertTrue(trusts(selfSigned(1)), "accepted by the listener");
            assertEquals("a listener's own trouble", uncaught.get(0).getMessage());
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
    }

    /** The storage, whose medium fails while that is asked for. */
    private Storage failing(AtomicBoolean broken, String... methods) {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (broken.get() && (methods.length == 0 || List.of(methods).contains(method.getName()))) {
                        throw new IOException("the medium fails");
                    }
                    try {
                        return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void whileTheStorageFailsWhatIsKnownDecidesAndNothingIsThrown() throws IOException {
        EncodedCertificate own = selfSigned();
        EncodedCertificate bad = PRINTER.serverBy(ROOT);
        reasons(own);
        lists.accept(own.fingerprint());
        lists.reject(Holder.jca(bad));
        AtomicBoolean broken = new AtomicBoolean();
        List<IOException> failures = new CopyOnWriteArrayList<>();
        use(TrustLists.in(failing(broken))
                .clock(clock)
                .onChange(new TrustListener() {
                    @Override
                    public void changed(TrustEvent event) {}

                    @Override
                    public void failed(IOException cause) {
                        failures.add(cause);
                    }
                })
                .open());
        broken.set(true);
        for (int i = 0; i < 100; i++) {
            assertTrue(trusts(own));
            assertEquals(Set.of(TrustCode.REJECTED), reasons(bad));
        }
        assertTrue(failures.size() < 3, "the storage is left alone for a while: " + failures.size());
        assertThrows(IOException.class, () -> lists.invalid());
        broken.set(false);
        clock.advance(Duration.ofSeconds(6));
        opening().open().reject(own.fingerprint());
        assertFalse(trusts(own));
    }

    @Test
    void aRecordThatCouldNotBeReadForAMomentIsReadLater() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        lists.accept(own.fingerprint());
        AtomicBoolean broken = new AtomicBoolean(true);
        use(TrustLists.in(failing(broken, "find")).clock(clock).open());
        assertFalse(trusts(own), "nobody knows what was decided");
        broken.set(false);
        clock.advance(Duration.ofSeconds(6));
        assertTrue(trusts(own));
        assertEquals(Set.of(), lists.damaged());
    }

    @Test
    void aRecordThatCouldNotBeReadIsReadLaterAlsoIfOthersWereReadMeanwhile() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        lists.accept(own.fingerprint());
        TrustLists other = lists;
        AtomicBoolean broken = new AtomicBoolean(true);
        use(TrustLists.in(failing(broken, "find")).clock(clock).open());
        broken.set(false);
        clock.advance(Duration.ofSeconds(1));
        other.importing(Pasted.decode(selfSigned(1).encoded()));
        assertTrue(trusts(selfSigned(1)));
        clock.advance(Duration.ofSeconds(6));
        assertTrue(trusts(own));
    }

    @Test
    void whenTheStorageIsClosedWhatIsKnownStillDecides() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        lists.accept(own.fingerprint());
        storage.close();
        assertTrue(trusts(own));
        assertFalse(trusts(selfSigned(1)));
    }

    @Test
    void nothingIsReadOrWrittenForAVerdictOnAKnownCertificate() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        lists.accept(own.fingerprint());
        AtomicBoolean closedToRecords = new AtomicBoolean();
        use(TrustLists.in(failing(closedToRecords, "find", "list", "create", "replace", "delete", "dueBefore"))
                .clock(clock)
                .open());
        closedToRecords.set(true);
        Fingerprint known = own.fingerprint();
        assertTrue(trusts(own));
        assertEquals(Optional.of(known), lists.find(known).map(TrustEntry::fingerprint));
    }
}
