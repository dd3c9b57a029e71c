package dev.certkit.trust;

/** What a trust anchor's own certificate must keep to; each may be waived by name. */
public enum AnchorRule {
    /** The time asked for lies within its validity. */
    VALIDITY,
    /** It has no critical extension that is not understood. */
    CRITICAL_EXTENSIONS,
    /** It is an authority with path length enough, whose key may sign certificates. */
    AUTHORITY,
    /**
     * Its key is of a kind and size that is accepted.
     *
     * <p>Without this rule a peer may present the anchor itself; what a weak key signed proves nothing in any case.
     */
    STRENGTH,
    /** Its name constraints, purposes and policy constraints bind the certificates below it. */
    CONSTRAINTS
}
