package dev.certkit.trust;

/** One subtree of name constraints, read once. */
interface NameRule {
    NameRule UNREADABLE = (value, exclusion) -> Match.UNKNOWN;

    /**
     * Whether a name of the same kind is within the subtree.
     *
     * @param exclusion whether that excludes it: a wildcard is excluded if any host that it stands for is
     */
    Match match(ConstrainedName.Value value, boolean exclusion);

    /** What comparing gives. */
    enum Match {
        YES,
        NO,
        /** Not to be told. */
        UNKNOWN;

        static Match of(boolean matches) {
            return matches ? YES : NO;
        }
    }
}
