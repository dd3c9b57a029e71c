package dev.certkit.renew;

import java.time.Duration;

/** How often an authority that could not answer is asked again, and after how long. */
record Polling(int count, Duration interval) {
    Polling {
        if (count < 0 || count > 100_000) {
            throw new IllegalArgumentException("count: " + count + ", poll 0 to 100,000 times");
        }
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(Duration.ofDays(31)) > 0) {
            throw new IllegalArgumentException("interval: " + interval + ", poll after 1 second to 31 days");
        }
    }
}
