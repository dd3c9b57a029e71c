package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.TrustAnchors;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link SSLContext} that presents the certified key of the moment and trusts only chosen anchors.
 *
 * <p>Start with {@link #trusting} or {@link #presenting(Supplier) presenting}, add the other if needed, and end with
 * {@link Draft#toSslContext()}.
 */
public final class TlsContext {
    private TlsContext() {}

    /**
     * A context that believes peers whose chain ends at one of these anchors.
     *
     * @param anchors not null
     */
    public static Draft trusting(TrustAnchors anchors) {
        return new Draft(Objects.requireNonNull(anchors, "anchors"), null, Clock.systemUTC());
    }

    /**
     * A context that presents the key of the moment.
     *
     * @param key asked at each new connection, from any thread, so it must be quick and thread safe; not null
     */
    public static Draft presenting(Supplier<CertifiedKey> key) {
        return new Draft(null, Objects.requireNonNull(key, "key"), Clock.systemUTC());
    }

    /**
     * A context that presents one key for ever.
     *
     * @param key not null
     */
    public static Draft presenting(CertifiedKey key) {
        return presenting(always(key));
    }

    private static Supplier<CertifiedKey> always(CertifiedKey key) {
        Objects.requireNonNull(key, "key");
        return () -> key;
    }

    /** What the context is going to be; each call gives a new draft. Immutable and thread safe. */
    public static final class Draft {
        private final @Nullable TrustAnchors anchors;
        private final @Nullable Supplier<CertifiedKey> key;
        private final Clock clock;

        private Draft(@Nullable TrustAnchors anchors, @Nullable Supplier<CertifiedKey> key, Clock clock) {
            this.anchors = anchors;
            this.key = key;
            this.clock = clock;
        }

        /**
         * Believes peers whose chain ends at one of these anchors.
         *
         * @param trusted not null
         */
        public Draft trusting(TrustAnchors trusted) {
            return new Draft(Objects.requireNonNull(trusted, "trusted"), key, clock);
        }

        /**
         * Presents the key of the moment.
         *
         * @param current asked at each new connection, from any thread, so it must be quick and thread safe; not null
         */
        public Draft presenting(Supplier<CertifiedKey> current) {
            return new Draft(anchors, Objects.requireNonNull(current, "current"), clock);
        }

        /**
         * Presents one key for ever.
         *
         * @param fixed not null
         */
        public Draft presenting(CertifiedKey fixed) {
            return presenting(always(fixed));
        }

        /**
         * Sets the clock that tells whether a new certificate is valid yet; the system's in UTC by default.
         *
         * @param time not null
         */
        public Draft clock(Clock time) {
            return new Draft(anchors, key, Objects.requireNonNull(time, "time"));
        }

        /**
         * Makes the context, for TLS 1.2 and 1.3, for servers and clients, sockets and engines.
         *
         * <p>Each new socket, each accepted connection and each engine presents the key that the supplier gives at that
         * moment. If the supplier fails or gives a key that cannot serve, the last good one stays and a warning is
         * logged, once per change; the supplier is asked again at the next connection, a refused key is tried again after
         * a minute. Open connections, and connections that a client keeps in a pool, go on as they are.
         *
         * <p>A client checks the server's name against its certificate (RFC 9110, section 4.3.4) unless its endpoint
         * identification algorithm is set to the empty text; an engine of a client must therefore be made with host and
         * port. Peers are checked by PKIX (RFC 5280, section 6) against the anchors, without revocation. Without anchors,
         * a client trusts {@link TrustAnchors#system()}, and a server that asks for client certificates accepts none.
         *
         * <p>The context is thread safe. Its session contexts are those of the current key; their size and timeout are
         * carried over at a change.
         *
         * @throws IllegalStateException if the first key cannot be had, or cannot serve in TLS
         */
        public SSLContext toSslContext() {
            RealContexts contexts = new RealContexts(new AnchoredTrust(anchors));
            if (key == null) {
                SSLContext fixed = contexts.withoutKey();
                return FollowingContext.of(() -> fixed);
            }
            return FollowingContext.of(new LiveContext(key, contexts, clock));
        }
    }
}
