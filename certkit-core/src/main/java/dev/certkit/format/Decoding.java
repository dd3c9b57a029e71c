package dev.certkit.format;

import dev.certkit.format.DecodingLimits.Bound;
import dev.certkit.internal.der.DerException;

/**
 * One input while it is read: what it is called in messages, its limits, and the work that is left.
 *
 * <p>The rounds of key derivation are counted over the whole input, so that many costly keys are bounded as one is.
 */
final class Decoding {
    private final String what;
    private final DecodingLimits limits;
    private final Rounds rounds;
    private final DerivedKeys keys;

    private Decoding(String what, DecodingLimits limits, Rounds rounds, DerivedKeys keys) {
        this.what = what;
        this.limits = limits;
        this.rounds = rounds;
        this.keys = keys;
    }

    static Decoding of(String what, DecodingLimits limits) {
        return new Decoding(what, limits, new Rounds(limits.maxIterations()), new DerivedKeys());
    }

    /** The same input and the same rounds, for a part of it. */
    Decoding at(String part) {
        return new Decoding(part, limits, rounds, keys);
    }

    /** What was derived for this input already. */
    DerivedKeys keys() {
        return keys;
    }

    String what() {
        return what;
    }

    DecodingLimits limits() {
        return limits;
    }

    /** To be called before the derivation. */
    void spend(long iterations) throws MalformedEncodingException {
        if (iterations < 1) {
            throw malformed(iterations + " rounds of key derivation; it is damaged, export it again");
        }
        if (iterations > rounds.left) {
            throw MalformedEncodingException.beyond(
                    Bound.ITERATIONS,
                    what,
                    iterations + " rounds of key derivation, where " + rounds.left + " of " + limits.maxIterations()
                            + " are left to this input");
        }
        rounds.left -= iterations;
    }

    MalformedEncodingException malformed(String reason) {
        return new MalformedEncodingException(what, reason);
    }

    MalformedEncodingException damaged(DerException e) {
        return MalformedEncodingException.damaged(what, e, "copy or export it again");
    }

    MalformedEncodingException locked(String reason) {
        return MalformedEncodingException.locked(what, reason);
    }

    private static final class Rounds {
        private long left;

        private Rounds(long left) {
            this.left = left;
        }
    }
}
