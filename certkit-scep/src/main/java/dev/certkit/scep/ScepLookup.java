package dev.certkit.scep;

import dev.certkit.issue.Enrolment;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server answers to somebody who looks for something: it, or that it does not give it.
 *
 * @param found empty if it was refused
 * @param refusal why, by the same numbers as for requests; empty if it was found
 */
public record ScepLookup<T>(Optional<T> found, Optional<Enrolment.Refused> refusal) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException unless just one is there
     */
    public ScepLookup {
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(refusal, "refusal");
        if (found.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("found: either something is found, or there is a refusal");
        }
    }
}
