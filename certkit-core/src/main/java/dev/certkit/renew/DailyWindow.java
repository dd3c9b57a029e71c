package dev.certkit.renew;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hours of each day in which requests may be made, where somebody lives. */
record DailyWindow(LocalTime from, Duration length, ZoneId zone) {
    private static final Pattern TEXT = Pattern.compile("([0-9:.]{5,18})\\+([0-9PTHMS.]{3,20})@(\\S{1,50})");

    DailyWindow {
        if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("length: " + length + ", a window lasts one minute to 24 hours");
        }
    }

    /** The time itself if it is in a window, otherwise any time in the next one. */
    Instant moved(Instant at, RandomGenerator random) {
        for (int day = -1; ; day++) {
            Instant start = at.atZone(zone)
                    .toLocalDate()
                    .plusDays(day)
                    .atTime(from)
                    .atZone(zone)
                    .toInstant();
            if (start.isAfter(at)) {
                return start.plus(Backoff.between(Duration.ZERO, length, random));
            }
            if (at.isBefore(start.plus(length))) {
                return at;
            }
        }
    }

    static DailyWindow parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("a window is a time, a plus, a duration, an at sign and a zone");
        }
        return new DailyWindow(
                LocalTime.parse(parts.group(1)), Duration.parse(parts.group(2)), ZoneId.of(parts.group(3)));
    }

    @Override
    public String toString() {
        return from + "+" + length + "@" + zone;
    }
}
