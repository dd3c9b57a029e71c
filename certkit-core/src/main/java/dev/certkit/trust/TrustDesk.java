package dev.certkit.trust;

/**
 * Where people have the last word about certificates; its verdict is final.
 *
 * <p>Must be thread safe and quick, since it is asked in every handshake, and must not throw for what is presented.
 */
@FunctionalInterface
public interface TrustDesk {
    /**
     * Judges with a policy's help: asks it, or decides without it.
     *
     * @param presented what a peer presented; not null
     * @param policy what would decide without the desk; not null
     */
    TrustVerdict review(PresentedChain presented, TrustPolicy policy);

    /**
     * Differs after any change of the desk's mind from what it was before, also if only a time has come.
     *
     * <p>It is cheap to ask, and its size says nothing.
     */
    default long changeToken() {
        return 0;
    }
}
