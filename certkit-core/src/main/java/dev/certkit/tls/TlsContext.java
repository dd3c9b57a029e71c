package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link SSLContext} that presents the certified key of the moment and asks a policy whom to trust.
 *
 * <p>Start with {@link #trusting(TrustPolicy) trusting} or {@link #presenting(Supplier) presenting}, add the other if
 * needed, and end with {@link Draft#toSslContext()}.
 */
public final class TlsContext {
    private TlsContext() {}

    /**
     * A context that believes the peers that this policy trusts.
     *
     * <p>The policy is asked in each full handshake, and no session is resumed that began before its last change. A server
     * asks it without a peer, for the purpose {@code clientAuth}.
     *
     * @param policy where the name of the server is none of its {@linkplain TrustPolicy#judgesNames business}, that is
     *     checked as well, unless the endpoint identification algorithm of a socket or engine is the empty text; not null
     */
    public static Draft trusting(TrustPolicy policy) {
        return Draft.EMPTY.trusting(policy);
    }

    /**
     * A context that believes peers whose chain ends at one of these anchors, and servers only by their names.
     *
     * @param anchors not null
     */
    public static Draft trusting(TrustAnchors anchors) {
        return Draft.EMPTY.trusting(anchors);
    }

    /**
     * A context that presents the key of the moment.
     *
     * @param key asked at each new connection, from any thread, so it must be quick and thread safe; not null
     */
    public static Draft presenting(Supplier<CertifiedKey> key) {
        return Draft.EMPTY.presenting(key);
    }

    /**
     * A context that presents one key for ever.
     *
     * @param key not null
     */
    public static Draft presenting(CertifiedKey key) {
        return Draft.EMPTY.presenting(key);
    }

    private static Supplier<CertifiedKey> always(CertifiedKey key, String name) {
        Objects.requireNonNull(key, name);
        return () -> key;
    }

    /** What the context is going to be; each call gives a new draft. Immutable and thread safe. */
    public static final class Draft {
        private static final Draft EMPTY = new Draft(null, List.of(), Clock.systemUTC(), change -> {});

        private final @Nullable TrustPolicy policy;
        private final List<Supplier<CertifiedKey>> keys;
        private final Clock clock;
        private final Consumer<? super KeyChange> listener;

        private Draft(
                @Nullable TrustPolicy policy,
                List<Supplier<CertifiedKey>> keys,
                Clock clock,
                Consumer<? super KeyChange> listener) {
            this.policy = policy;
            this.keys = keys;
            this.clock = clock;
            this.listener = listener;
        }

        /**
         * Believes the peers that this policy trusts.
         *
         * @param trusted asked in each full handshake, from any thread; not null
         */
        public Draft trusting(TrustPolicy trusted) {
            return new Draft(Objects.requireNonNull(trusted, "trusted"), keys, clock, listener);
        }

        /**
         * Believes peers whose chain ends at one of these anchors, and servers only by their names.
         *
         * @param trusted not null
         */
        public Draft trusting(TrustAnchors trusted) {
            return trusting(TrustPolicy.pkix(Objects.requireNonNull(trusted, "trusted")));
        }

        /**
         * Presents the key of the moment, in place of any named before.
         *
         * @param current asked at each new connection, from any thread, so it must be quick and thread safe; not null
         */
        public Draft presenting(Supplier<CertifiedKey> current) {
            return new Draft(policy, List.of(Objects.requireNonNull(current, "current")), clock, listener);
        }

        /**
         * Presents one key for ever, in place of any named before.
         *
         * @param fixed not null
         */
        public Draft presenting(CertifiedKey fixed) {
            return presenting(always(fixed, "fixed"));
        }

        /**
         * Presents one more key to those whom it suits better.
         *
         * <p>A server chooses by the name that the client asks for (RFC 6066, section 3), as a whole or by a wildcard; a
         * client that asks for no name, or for one that no certificate has, gets the first key, or one that has all its
         * names. Among these, the client's preference between RSA, EC and EdDSA decides, then their order here. Two keys of
         * one kind for one name are of no use. A client presents the first that the server can check.
         *
         * @param further asked at each new connection, from any thread, so it must be quick and thread safe; not null
         */
        public Draft alsoPresenting(Supplier<CertifiedKey> further) {
            Objects.requireNonNull(further, "further");
            return new Draft(
                    policy, Stream.concat(keys.stream(), Stream.of(further)).toList(), clock, listener);
        }

        /**
         * Presents one more key for ever to those whom it suits better.
         *
         * @param further see {@link #alsoPresenting(Supplier)}; not null
         */
        public Draft alsoPresenting(CertifiedKey further) {
            return alsoPresenting(always(further, "further"));
        }

        /**
         * Sets the clock that certificates are held against, own ones and those of peers; the system's in UTC by default.
         *
         * @param time not null
         */
        public Draft clock(Clock time) {
            return new Draft(policy, keys, Objects.requireNonNull(time, "time"), listener);
        }

        /**
         * Tells when a new key is presented, or refused so that the last good one stays; once per change.
         *
         * @param changes called in the thread of the connection that found it; what it throws is logged; not null
         */
        public Draft onKeyChange(Consumer<? super KeyChange> changes) {
            return new Draft(policy, keys, clock, Objects.requireNonNull(changes, "changes"));
        }

        /**
         * Makes the context, for TLS 1.2 and 1.3, for servers and clients, sockets and engines.
         *
         * <p>Each new socket, each accepted connection and each engine presents the key that the supplier gives at that
         * moment. If the supplier fails or gives a key that cannot serve, the last good one stays and a warning is
         * logged, once per change; the supplier is asked again at the next connection, a refused key is tried again after
         * a minute. Open connections, and connections that a client keeps in a pool, go on as they are.
         *
         * <p>A peer that is not trusted ends the handshake with an {@link UntrustedPeerException}, which has the verdict. A
         * change of the policy counts from the next connection on, also for those who would resume a session; so does the
         * end of a certificate that was trusted before. The name of the server is that of the server name indication, or
         * else that of the connection (RFC 9110, section 4.3.4); an engine of a client must therefore be made with host and
         * port. Without a policy or anchors, a client trusts {@link TrustAnchors#system()}, and a server that asks for
         * client certificates accepts none.
         *
         * <p>The context is thread safe. Its session contexts are those of the moment; their size and timeout are carried
         * over at a change. Its default parameters name TLS 1.2 and 1.3, the check of the server's name, and the server's
         * order of cipher suites.
         *
         * @throws IllegalStateException if the first key cannot be had, or cannot serve in TLS
         */
        public SSLContext toSslContext() {
            List<LiveKey> live =
                    keys.stream().map(key -> new LiveKey(key, clock, listener)).toList();
            return FollowingContext.of(new LiveContext(live, new RealContexts(new PolicyTrust(policy, clock))));
        }

        /**
         * Makes only what checks peers, for those who make their contexts themselves.
         *
         * <p>It asks the policy in each full handshake. Sessions that began before a change are their maker's business then.
         */
        public X509ExtendedTrustManager toTrustManager() {
            return new PolicyTrust(policy, clock);
        }
    }
}
