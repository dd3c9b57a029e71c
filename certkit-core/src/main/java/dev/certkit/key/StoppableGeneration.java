package dev.certkit.key;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * The making of a key pair that can be stopped.
 *
 * <p>No generator of a provider can be told to stop, but each asks for random octets for each prime that it tries. So the
 * source of randomness ends the search.
 */
final class StoppableGeneration {
    private StoppableGeneration() {}

    static Future<KeyPair> start(KeyType type, CryptoProviders providers, Executor executor) {
        Source source = new Source(providers.random());
        CryptoProviders stoppable = providers.random(new StoppableRandom(source));
        FutureTask<KeyPair> task = new FutureTask<>(() -> generate(type, stoppable, source)) {
            @Override
            protected void done() {
                if (isCancelled()) {
                    source.stopped = true;
                }
            }
        };
        executor.execute(task);
        return task;
    }

    private static KeyPair generate(KeyType type, CryptoProviders providers, Source source)
            throws InterruptedException {
        try {
            return type.generate(providers);
        } catch (RuntimeException e) {
            // Whatever a provider made of the exception that ended its search.
            if (source.stopped) {
                throw new InterruptedException("the thread that made a key of type " + type + " was interrupted");
            }
            throw e;
        }
    }

    /** What hands the octets on while they are wanted. */
    private static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;
        private final transient SecureRandom random;
        private volatile boolean stopped;

        Source(SecureRandom random) {
            this.random = random;
        }

        @Override
        protected void engineNextBytes(byte[] octets) {
            if (stopped || Thread.interrupted()) {
                stopped = true;
                throw new IllegalStateException("the making of the key was stopped");
            }
            random.nextBytes(octets);
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            random.setSeed(seed);
        }

        @Override
        protected byte[] engineGenerateSeed(int octets) {
            return random.generateSeed(octets);
        }
    }

    private static final class StoppableRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        StoppableRandom(Source source) {
            super(source, null);
        }
    }
}
