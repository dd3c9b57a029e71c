package dev.certkit.format;

/**
 * One input while it is read: what it is called in messages, its limits, and the work that is left.
 *
 * <p>The rounds of key derivation are counted over the whole input, so that many costly keys are bounded as one is.
 */
final class Decoding {
    private final String what;
    private final DecodingLimits limits;
    private final Rounds rounds;

    private Decoding(String what, DecodingLimits limits, Rounds rounds) {
        this.what = what;
        this.limits = limits;
        this.rounds = rounds;
    }

    static Decoding of(String what, DecodingLimits limits) {
        return new Decoding(what, limits, new Rounds(limits.maxIterations()));
    }

    /** The same input and the same rounds, for a part of it. */
    Decoding at(String part) {
        return new Decoding(part, limits, rounds);
    }

    String what() {
        return what;
    }

    DecodingLimits limits() {
        return limits;
    }

    /** To be called before the derivation. */
    void spend(int iterations) throws MalformedEncodingException {
        if (iterations < 1 || iterations > rounds.left) {
            throw malformed(iterations + " rounds of key derivation, where 1 to " + rounds.left
                    + " are left to this input; raise DecodingLimits.maxIterations if you trust it");
        }
        rounds.left -= iterations;
    }

    MalformedEncodingException malformed(String reason) {
        return new MalformedEncodingException(what, reason);
    }

    MalformedEncodingException locked(String reason) {
        return MalformedEncodingException.locked(what, reason);
    }

    private static final class Rounds {
        private int left;

        private Rounds(int left) {
            this.left = left;
        }
    }
}
