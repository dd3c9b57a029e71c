package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making keys on another thread, and stopping it. */
@Timeout(60)
class KeyGenerationTest {
    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() throws InterruptedException {
        worker.shutdownNow();
        assertTrue(worker.awaitTermination(10, TimeUnit.SECONDS));
    }

    /** Randomness with which no prime is ever found, because zero is no base for the Miller-Rabin test. */
    private static final class Endless extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient CountDownLatch searching = new CountDownLatch(1000);
        private final AtomicInteger drawn = new AtomicInteger();

        @Override
        public void nextBytes(byte[] octets) {
            drawn.incrementAndGet();
            searching.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "EC_P256", "ED448", "ML_DSA_44"})
    void aKeyIsMadeByTheWorker(KeyType type) throws Exception {
        KeyPair pair = type.generateOn(worker).get();
        assertEquals(Optional.of(type), KeyType.of(pair.getPublic()));
        assertFalse(pair.getPublic().equals(type.generateOn(worker).get().getPublic()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancellingEndsASearchThatNeverEnds(boolean interrupting) throws Exception {
        Endless random = new Endless();
        Future<KeyPair> key =
                KeyType.RSA_4096.generateOn(worker, CryptoProviders.standard().random(random));
        random.searching.await();
        assertTrue(key.cancel(interrupting));
        int drawn = random.drawn.get();
        assertEquals("free", worker.submit(() -> "free").get());
        assertTrue(random.drawn.get() - drawn <= 1, () -> "went on for " + (random.drawn.get() - drawn));
        assertThrows(CancellationException.class, key::get);
    }

    /** A single RSA key of 4096 bits takes seconds; a hundred that are cancelled must not. */
    @ParameterizedTest
    @ValueSource(strings = {"JDK", "Bouncy Castle"})
    void aHundredRealSearchesAreCancelledOneByOne(String who) throws Exception {
        CryptoProviders providers = who.equals("JDK")
                ? CryptoProviders.standard()
                : CryptoProviders.standard().using(new BouncyCastleProvider());
        List<Future<KeyPair>> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            CountDownLatch searching = new CountDownLatch(5);
            CryptoProviders watched = providers.random(new SecureRandom() {
                private static final long serialVersionUID = 1L;

                @Override
                public void nextBytes(byte[] octets) {
                    super.nextBytes(octets);
                    searching.countDown();
                }
            });
            Future<KeyPair> key = KeyType.RSA_4096.generateOn(worker, watched);
            searching.await();
            key.cancel(true);
            keys.add(key);
        }
        assertEquals("free", worker.submit(() -> "free").get());
        assertTrue(keys.stream().allMatch(Future::isCancelled));
    }

    @Test
    void oneThatHasNotBegunDoesNotBegin() throws Exception {
        Endless first = new Endless();
        Endless second = new Endless();
        CryptoProviders standard = CryptoProviders.standard();
        Future<KeyPair> running = KeyType.RSA_2048.generateOn(worker, standard.random(first));
        Future<KeyPair> waiting = KeyType.RSA_2048.generateOn(worker, standard.random(second));
        waiting.cancel(false);
        running.cancel(false);
        assertEquals("free", worker.submit(() -> "free").get());
        assertEquals(0, second.drawn.get());
    }

    @Test
    void shuttingTheWorkerDownEndsTheSearchToo() throws Exception {
        Endless random = new Endless();
        Future<KeyPair> key =
                KeyType.RSA_4096.generateOn(worker, CryptoProviders.standard().random(random));
        random.searching.await();
        worker.shutdownNow();
        assertTrue(worker.awaitTermination(10, TimeUnit.SECONDS));
        ExecutionException ended = assertThrows(ExecutionException.class, key::get);
        assertInstanceOf(InterruptedException.class, ended.getCause());
    }

    @Test
    void aProviderThatCannotFailsTheFuture() {
        CryptoProviders empty = CryptoProviders.standard().using(new Provider("Empty", "1", "knows nothing") {
            private static final long serialVersionUID = 1L;
        });
        ExecutionException failed = assertThrows(
                ExecutionException.class,
                () -> KeyType.RSA_2048.generateOn(worker, empty).get());
        assertInstanceOf(IllegalArgumentException.class, failed.getCause());
    }

    @Test
    void anInterruptedThreadMakesItsKeyAndStaysInterrupted() throws Exception {
        Future<Boolean> interrupted = worker.submit(() -> {
            Thread.currentThread().interrupt();
            KeyPair pair = KeyType.RSA_2048.generate();
            return KeyType.of(pair.getPublic()).equals(Optional.of(KeyType.RSA_2048)) && Thread.interrupted();
        });
        assertTrue(interrupted.get());
    }
}
