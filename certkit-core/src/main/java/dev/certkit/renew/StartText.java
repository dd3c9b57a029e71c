package dev.certkit.renew;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the kinds of {@link Start} print. */
final class StartText {
    private static final Pattern SHARE = Pattern.compile("after (\\d{1,4})/(\\d{1,4}) of the lifetime");
    private static final Pattern BEFORE = Pattern.compile("(\\S{1,40}) before the end");
    private static final Pattern EVERY = Pattern.compile("every (\\S{1,40})");
    private static final Pattern AT = Pattern.compile("at (\\S{1,40}?)(?:, then every (\\S{1,40}))?");

    private StartText() {}

    static Start parse(String text) {
        try {
            return read(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("policy: a time or duration in it cannot be read: " + e.getMessage(), e);
        }
    }

    private static Start read(String text) {
        Matcher share = SHARE.matcher(text);
        if (share.matches()) {
            return PolicyBounds.checked(
                    new Start.Share(Integer.parseInt(share.group(1)), Integer.parseInt(share.group(2))));
        }
        Matcher before = BEFORE.matcher(text);
        if (before.matches()) {
            return new Start.Before(PolicyBounds.positive(Duration.parse(before.group(1)), "lead"));
        }
        Matcher every = EVERY.matcher(text);
        if (every.matches()) {
            return new Start.Every(PolicyBounds.interval(Duration.parse(every.group(1))));
        }
        Matcher at = AT.matcher(text);
        if (at.matches()) {
            Optional<Duration> then =
                    Optional.ofNullable(at.group(2)).map(Duration::parse).map(PolicyBounds::interval);
            return new Start.At(PolicyBounds.date(Instant.parse(at.group(1))), then);
        }
        throw new IllegalArgumentException(
                "policy: it begins neither with a share of the lifetime, a time before the end, an interval, nor a date");
    }
}
