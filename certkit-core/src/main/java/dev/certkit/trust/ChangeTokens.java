package dev.certkit.trust;

/** Change tokens of policies that are made of others. */
final class ChangeTokens {
    /** Odd and large, so that a step down in one and steps up in the other do not make up for each other. */
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private ChangeTokens() {}

    /** Another one as soon as one of the two is. */
    static long of(long first, long second) {
        return FACTOR * first + second;
    }
}
