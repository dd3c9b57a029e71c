package dev.certkit.renew;

import java.time.Duration;
import java.util.Optional;

/**
 * What went wrong, as far as the wait depends on it.
 *
 * @param failures how many requests failed in a row
 * @param asked how often the authority was asked in vain, over all of them
 * @param isFinal whether the answer will most likely be the same next time
 * @param retryAfter how long the authority asks to be left alone, empty if it did not say
 */
record Setback(int failures, int asked, boolean isFinal, Optional<Duration> retryAfter) {
    Setback(int failures, int asked, boolean isFinal) {
        this(failures, asked, isFinal, Optional.empty());
    }
}
