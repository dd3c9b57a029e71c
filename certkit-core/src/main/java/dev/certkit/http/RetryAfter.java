package dev.certkit.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long a server asks its clients to stay away (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(1);
    /** More digits are more than a day in any case. */
    private static final int MAX_DIGITS = 9;

    /** Where years have two digits: no HTTP server is older. */
    private static final int FIRST_YEAR = 1990;

    /** RFC 9110, section 5.6.7: the one that is written, and two that must still be read. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

    private RetryAfter() {}

    static Optional<Duration> of(HttpAnswer answer, Instant now) {
        Optional<String> value = answer.header("retry-after").map(String::strip);
        return value.filter(RetryAfter::isNumber)
                .map(RetryAfter::seconds)
                .or(() -> value.flatMap(RetryAfter::date)
                        .map(until -> Duration.between(answersTime(answer).orElse(now), until)))
                .map(RetryAfter::bounded);
    }

    /** The difference of two times of one clock, the server's, holds on a device whose own clock is wrong. */
    private static Optional<Instant> answersTime(HttpAnswer answer) {
        return answer.header("date").map(String::strip).flatMap(RetryAfter::date);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Duration seconds(String digits) {
        return digits.length() > MAX_DIGITS ? LONGEST : Duration.ofSeconds(Integer.parseInt(digits));
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    private static Optional<Instant> date(String text) {
        return DATES.stream().flatMap(form -> date(text, form).stream()).findFirst();
    }

    private static Optional<Instant> date(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
