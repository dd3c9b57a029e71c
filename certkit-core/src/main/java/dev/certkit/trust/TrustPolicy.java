package dev.certkit.trust;

import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether a presented chain is trusted.
 *
 * <p>A policy never throws for what is presented, however hostile; its verdict says all that is wrong. Policies are
 * combined: {@code TrustPolicy.pkix(anchors).and(TrustPolicy.hostname())}. Those made here are immutable and thread safe;
 * one of your own has to be thread safe.
 */
@FunctionalInterface
public interface TrustPolicy {
    /**
     * Judges.
     *
     * @param presented what a peer presented, and what for; not null
     * @return the path that proves trust, or every reason against it
     */
    TrustVerdict judge(PresentedChain presented);

    /**
     * Trusts chains of which a path to one of these anchors is valid (RFC 5280, section 6; RFC 9618).
     *
     * @param anchors not null
     */
    static PkixPolicy pkix(TrustAnchors anchors) {
        return PkixPolicy.of(anchors);
    }

    /** Trusts certificates that have the name of the peer asked for (RFC 9525); to be combined with another policy. */
    static HostNamePolicy hostname() {
        return HostNamePolicy.STRICT;
    }

    /**
     * Trusts whatever certificate is presented, for a while or a test; nobody is protected from an attacker then.
     *
     * @param policy what would decide without it; its verdict is reported; not null
     */
    static InsecureAcceptAll insecureAcceptAll(TrustPolicy policy) {
        return InsecureAcceptAll.inPlaceOf(policy);
    }

    /**
     * Trusts what both trust; the reasons of both are reported.
     *
     * <p>Each of the two is asked with the path that the other one proved, whichever stands first.
     *
     * @param other asked after this one; not null
     */
    default TrustPolicy and(TrustPolicy other) {
        return BothPolicies.of(this, other);
    }

    /**
     * Lets a desk have the last word.
     *
     * <p>It may accept what this policy does not trust, and reject what it trusts.
     *
     * @param desk not null
     */
    default TrustPolicy deferringTo(TrustDesk desk) {
        return new DeferringPolicy(this, Objects.requireNonNull(desk, "desk"));
    }

    /**
     * Differs after any change of what this policy trusts from what it was before; its size says nothing.
     *
     * <p>Time that passes is such a change where it ends what a person or a switch allowed; certificates that expire are for
     * the caller to see. Whoever keeps what follows from a verdict, as TLS keeps sessions, asks for it: it is cheap. The token of policies
     * that are immutable is always the same.
     */
    default long changeToken() {
        return 0;
    }

    /**
     * Whether the name of the peer is this policy's business.
     *
     * <p>If not, TLS lets {@link #hostname()} look at it, unless the application switched endpoint identification off.
     */
    default boolean judgesNames() {
        return false;
    }

    /**
     * Where paths end, for peers that want to choose a certificate by that (RFC 8446, section 4.2.4).
     *
     * @return empty if it is not known, or not only there
     */
    default Optional<TrustAnchors> anchors() {
        return Optional.empty();
    }
}
