package dev.certkit.renew;

import dev.certkit.issue.CertificateAuthority;
import dev.certkit.shelf.Identities;
import dev.certkit.store.Shelf;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** All that a renewer works with, apart from the settings. */
record Workshop(Identities identities, CertificateAuthority authority, Hooks hooks, Surroundings surroundings) {
    /** Time, chance, and whose identities: where the shelf is, which names, and how long a claim lasts. */
    record Surroundings(Clock clock, RandomGenerator random, Shelf shelf, Predicate<String> names, Duration lease) {}

    /** Where the pair that is replaced stands until the new one is taken. */
    static String previous(String name) {
        return name + " (previous)";
    }

    static boolean isPrevious(String name) {
        return name.endsWith(" (previous)");
    }

    Planner planner(RenewalSettings settings) {
        return new Planner(settings, surroundings.clock, surroundings.random);
    }
}
