package dev.certkit.diagnose;

import dev.certkit.format.Pasted;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Begins a diagnosis: of a server, of an identity, or of what somebody pasted.
 *
 * <p>Whatever is wrong, with the network too, is a finding of the report and not an exception.
 */
public final class Diagnosis {
    private Diagnosis() {}

    /**
     * Begins to diagnose the TLS of a server.
     *
     * @param host a name or an address; not null
     * @param port 1 to 65535
     * @throws IllegalArgumentException if the host is empty or the port out of range
     */
    public static OfServer ofServer(String host, int port) {
        Target target = new Target(new Peer(host, port), Optional.empty(), Optional.empty(), Optional.empty());
        return new OfServer(target, Terms.NONE, OfServer.USUAL);
    }

    /**
     * Begins to diagnose an identity of one's own, whose key was proved to match.
     *
     * @param key not null
     */
    public static OfCertificates ofIdentity(CertifiedKey key) {
        return ofIdentity(key.chain());
    }

    /**
     * Begins to diagnose an identity of one's own by its chain, without its key.
     *
     * @param chain not null
     */
    public static OfCertificates ofIdentity(CertificateChain chain) {
        Objects.requireNonNull(chain, "chain");
        return new OfCertificates(
                (terms, peer) -> new IdentityInspection(terms, peer).of(chain), Terms.NONE, Optional.empty());
    }

    /**
     * Begins to diagnose a stored identity, for example {@code ofIdentity("web", identities::chain)}.
     *
     * <p>It is read when the diagnosis runs. That it has no certificate, or cannot be read, is a finding like any other.
     *
     * @param name of the identity; not null
     * @param stored where identities are; not null
     */
    public static OfCertificates ofIdentity(String name, StoredChains stored) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stored, "stored");
        return new OfCertificates(
                (terms, peer) -> new IdentityInspection(terms, peer).of(name, stored), Terms.NONE, Optional.empty());
    }

    /**
     * Begins to diagnose what somebody pasted or uploaded.
     *
     * @param pasted not null
     */
    public static OfCertificates ofPasted(Pasted pasted) {
        Objects.requireNonNull(pasted, "pasted");
        return new OfCertificates(
                (terms, peer) -> new PastedInspection(pasted).run(terms, peer), Terms.NONE, Optional.empty());
    }

    /** A diagnosis of a server that did not begin yet; each method gives a new one. */
    public static final class OfServer {
        private static final Duration USUAL = Duration.ofSeconds(20);
        private static final Duration LONGEST = Duration.ofMinutes(10);
        private static final Duration SHORTEST = Duration.ofMillis(100);

        private final Target target;
        private final Terms terms;
        private final Duration time;

        private OfServer(Target target, Terms terms, Duration time) {
            this.target = target;
            this.terms = terms;
            this.time = time;
        }

        /**
         * Judges the chain by this policy, in place of the anchors of this Java and the host name.
         *
         * @param policy not null
         */
        public OfServer trusting(TrustPolicy policy) {
            return new OfServer(target, terms.trusting(Objects.requireNonNull(policy, "policy")), time);
        }

        /**
         * Asks for another name than the host: in the server name extension (RFC 6066), and in the certificate.
         *
         * @param name a host name; not null
         * @throws IllegalArgumentException if it is empty
         */
        public OfServer servername(String name) {
            new Peer(name, 0);
            return new OfServer(target.named(name), terms, time);
        }

        /**
         * Begins in clear and turns to TLS as a protocol does.
         *
         * @param protocol not null
         */
        public OfServer startTls(StartTls protocol) {
            return new OfServer(target.after(Objects.requireNonNull(protocol, "protocol")), terms, time);
        }

        /**
         * Goes through an HTTP proxy, which looks up the host's name.
         *
         * @param proxy its address, resolved or not; not null
         */
        public OfServer through(InetSocketAddress proxy) {
            return new OfServer(target.through(Objects.requireNonNull(proxy, "proxy")), terms, time);
        }

        /**
         * Limits the time of everything together; 20 s by default.
         *
         * <p>About ten connections are made, one after the other; each may take a part of the time.
         *
         * @param limit 100 ms to 10 minutes; not null
         * @throws IllegalArgumentException if it is out of range
         */
        public OfServer within(Duration limit) {
            if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("limit: " + limit + " is not from 100 ms to 10 minutes");
            }
            return new OfServer(target, terms, limit);
        }

        /**
         * Asks this clock for which time certificates are judged.
         *
         * @param clock not null
         */
        public OfServer clock(Clock clock) {
            return new OfServer(target, terms.clock(clock), time);
        }

        /**
         * Connects and looks; the calling thread waits, at most as long as the limit.
         *
         * <p>No data is sent inside TLS. To a server that says nothing to TLS, {@code HEAD /} is said in clear.
         *
         * @throws IllegalStateException if no policy was given and the trust store of this Java cannot be read
         */
        public DiagnosisReport run() {
            Terms judged = terms.policy().isPresent()
                    ? terms
                    : terms.trusting(TrustPolicy.pkix(TrustAnchors.system()).and(TrustPolicy.hostname()));
            return new ServerInspection(target, time).run(judged);
        }
    }

    /** What looks at certificates at hand. */
    private interface Inspection {
        DiagnosisReport run(Terms terms, Optional<Peer> peer);
    }

    /** A diagnosis of certificates that did not begin yet; each method gives a new one. */
    public static final class OfCertificates {
        private final Inspection inspection;
        private final Terms terms;
        private final Optional<Peer> peer;

        private OfCertificates(Inspection inspection, Terms terms, Optional<Peer> peer) {
            this.inspection = inspection;
            this.terms = terms;
            this.peer = peer;
        }

        /**
         * Judges the chain by this policy; without one it is checked as if its top were trusted.
         *
         * @param policy not null
         */
        public OfCertificates trusting(TrustPolicy policy) {
            return new OfCertificates(inspection, terms.trusting(Objects.requireNonNull(policy, "policy")), peer);
        }

        /**
         * Asks whether the certificate is for this host, and for a server.
         *
         * @param host a name or an address; not null
         * @throws IllegalArgumentException if it is empty
         */
        public OfCertificates servername(String host) {
            return new OfCertificates(inspection, terms, Optional.of(new Peer(host, 0)));
        }

        /**
         * Asks this clock for which time certificates are judged.
         *
         * @param clock not null
         */
        public OfCertificates clock(Clock clock) {
            return new OfCertificates(inspection, terms.clock(clock), peer);
        }

        /** Looks, without any connection. */
        public DiagnosisReport run() {
            return inspection.run(terms, peer);
        }
    }
}
