package dev.certkit.renew;

import java.time.Instant;
import java.util.Optional;

/** A time that was chosen, when it was chosen, and for what reason in words for people; no time means never. */
record Plan(Optional<Instant> at, Instant chosen, String why) {
    static Plan at(Instant at, Instant chosen, String why) {
        return new Plan(Optional.of(at), chosen, why);
    }

    static Plan never(Instant chosen, String why) {
        return new Plan(Optional.empty(), chosen, why);
    }
}
