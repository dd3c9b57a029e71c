package dev.certkit.shelf.trust;

import java.io.IOException;

/**
 * Is told what happens to {@link TrustLists}.
 *
 * <p>Called after the change, by the thread that made or noticed it, which may be in the middle of a handshake: be quick,
 * and hand work on to another thread. Must be thread safe. What it throws goes to the thread's handler of uncaught
 * exceptions.
 */
@FunctionalInterface
public interface TrustListener {
    /**
     * Something changed.
     *
     * @param event not null
     */
    void changed(TrustEvent event);

    /**
     * The storage failed during a handshake: something was not captured, or decisions of others are not known yet.
     *
     * @param cause not null
     */
    default void failed(IOException cause) {}
}
