package dev.certkit.renew;

import dev.certkit.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a certificate is requested next, and how long to wait after a failure.
 *
 * <p>The time of the next request is chosen once, when the certificate is there, and is kept: a restart does not choose
 * anew. A random part is added to it, 1 to 600 seconds unless said otherwise, and never more than half of the time that is
 * left. After failures it waits a random time that grows from a minute to six hours, but at most a twelfth of
 * the time that is left, and daily when the certificate has expired; it does not give up unless told so.
 *
 * <p>{@link #toString()} is the policy as text, {@link #parse} reads it. Immutable and thread safe.
 */
public final class RenewalPolicy {
    private static final Duration USUAL_JITTER = Duration.ofMinutes(10);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Settings USUAL =
            new Settings(Optional.of(USUAL_JITTER), 5, Backoff.STANDARD.longest(), 0, Optional.empty());

    private final Start start;
    private final Settings settings;

    private RenewalPolicy(Start start, Settings settings) {
        this.start = start;
        this.settings = settings;
    }

    /** No jitter means: spread over half of what is left. */
    private record Settings(
            Optional<Duration> jitter,
            int emergencyPercent,
            Duration longestRetry,
            int giveUpAfter,
            Optional<DailyWindow> window) {
        Settings jitter(Optional<Duration> most) {
            return new Settings(most, emergencyPercent, longestRetry, giveUpAfter, window);
        }
    }

    /** When two thirds of the lifetime have passed; half of it for a certificate that lives ten days or less. */
    public static RenewalPolicy afterTwoThirds() {
        return new RenewalPolicy(new Start.Share(2, 3), USUAL);
    }

    /**
     * When a part of the lifetime has passed.
     *
     * <p>A certificate that lives ten days or less is renewed after half of it at the latest.
     *
     * @param percent 1 to 95
     * @throws IllegalArgumentException if it is out of range
     */
    public static RenewalPolicy afterPercent(int percent) {
        return new RenewalPolicy(PolicyBounds.checked(new Start.Share(percent, 100)), USUAL);
    }

    /**
     * Some time before the certificate ends.
     *
     * @param lead at least four times the longest outage of the authority; positive; not null
     * @throws IllegalArgumentException if it is not positive or longer than 100 years
     */
    public static RenewalPolicy beforeExpiry(Duration lead) {
        return new RenewalPolicy(new Start.Before(PolicyBounds.positive(lead, "lead")), USUAL);
    }

    /**
     * Some time after the last success, but never so late that the certificate is about to expire.
     *
     * @param interval one minute to 100 years; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public static RenewalPolicy every(Duration interval) {
        return new RenewalPolicy(new Start.Every(PolicyBounds.interval(interval)), USUAL);
    }

    /**
     * At one date and time, also for a first certificate; {@link #thenEvery} adds more.
     *
     * <p>A time of day where somebody lives is {@code ZonedDateTime.toInstant()}.
     *
     * @param first in the years 1970 to 8999; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public static RenewalPolicy startingAt(Instant first) {
        return new RenewalPolicy(new Start.At(PolicyBounds.date(first), Optional.empty()), USUAL);
    }

    /**
     * Adds further times at fixed distances from the first one.
     *
     * @param interval one minute to 100 years; not null
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if the policy does not begin at a date
     */
    public RenewalPolicy thenEvery(Duration interval) {
        if (start instanceof Start.At at) {
            return new RenewalPolicy(new Start.At(at.first(), Optional.of(PolicyBounds.interval(interval))), settings);
        }
        throw new IllegalStateException("thenEvery follows startingAt; this policy is: " + this);
    }

    /**
     * Moves each start later by a random time of one second to this one ("auto adjust").
     *
     * <p>600 seconds suit a fleet that its authority can serve in ten minutes.
     *
     * @param most zero for no random part, one second to 100 years; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewalPolicy jitterUpTo(Duration most) {
        if (most.isNegative()
                || most.compareTo(PolicyBounds.LONGEST) > 0
                || (!most.isZero() && most.compareTo(ONE_SECOND) < 0)) {
            throw new IllegalArgumentException(
                    "most: " + most + ", the jitter is zero, or one second to " + PolicyBounds.LONGEST);
        }
        return with(settings.jitter(Optional.of(most)));
    }

    /** Spreads the starts evenly over the first half of what is left, for fleets larger than ten minutes can serve. */
    public RenewalPolicy spreadOut() {
        return with(settings.jitter(Optional.empty()));
    }

    /**
     * Sets from when on each failure is a warning, and no start is later than that.
     *
     * @param percent of the lifetime that is left, 1 to 50; 5 unless set
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewalPolicy emergencyPercent(int percent) {
        if (percent < 1 || percent > 50) {
            throw new IllegalArgumentException("percent: " + percent + ", the emergency begins with 1 to 50 % left");
        }
        return with(
                new Settings(settings.jitter, percent, settings.longestRetry, settings.giveUpAfter, settings.window));
    }

    /**
     * Sets the longest time between two tries.
     *
     * @param longest one minute to 31 days; 6 hours unless set; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewalPolicy retryAtLeastEvery(Duration longest) {
        if (longest.compareTo(Duration.ofMinutes(1)) < 0 || longest.compareTo(Duration.ofDays(31)) > 0) {
            throw new IllegalArgumentException("longest: " + longest + ", choose one minute to 31 days");
        }
        return with(new Settings(
                settings.jitter, settings.emergencyPercent, longest, settings.giveUpAfter, settings.window));
    }

    /**
     * Gives up after so many failed requests in a row.
     *
     * <p>Without it, never: nobody may be there to begin again.
     *
     * @param failures 1 to 1,000,000
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewalPolicy givingUpAfter(int failures) {
        if (failures < 1 || failures > 1_000_000) {
            throw new IllegalArgumentException("failures: " + failures + ", give up after 1 to 1,000,000");
        }
        return with(new Settings(
                settings.jitter, settings.emergencyPercent, settings.longestRetry, failures, settings.window));
    }

    /**
     * Requests only within these hours of a day, as long as the certificate is not about to expire.
     *
     * @param from the begin by the clocks of the zone; not null
     * @param length one minute to 24 hours; not null
     * @param zone where these hours are meant; not null
     * @throws IllegalArgumentException if the length is out of range
     */
    public RenewalPolicy onlyWithin(LocalTime from, Duration length, ZoneId zone) {
        return onlyIn(new DailyWindow(from, length, zone));
    }

    RenewalPolicy onlyIn(DailyWindow window) {
        return with(new Settings(
                settings.jitter,
                settings.emergencyPercent,
                settings.longestRetry,
                settings.giveUpAfter,
                Optional.of(window)));
    }

    private RenewalPolicy with(Settings changed) {
        return new RenewalPolicy(start, changed);
    }

    /** The latest random part that is added; empty if the starts are {@linkplain #spreadOut spread out}. */
    public Optional<Duration> jitter() {
        return settings.jitter;
    }

    /** Chooses the time of the next request. */
    Plan choose(Occasion occasion, RandomGenerator random) {
        Optional<Instant> from = start.from(occasion);
        return from.isEmpty() ? nothing(occasion) : chosen(occasion, from.get(), random);
    }

    /**
     * The same for a certificate that came just now; not soon, even if by this clock its start or its end has passed. Such a
     * clock is ahead, or the authority's behind, and the next certificate will look no younger.
     */
    Plan chooseNext(Occasion occasion, RandomGenerator random) {
        Instant latest = occasion.certificate().map(this::emergency).orElse(Instant.MAX);
        Instant begin = start.from(occasion).filter(latest::isAfter).orElse(latest);
        if (!begin.isBefore(occasion.now())) {
            return choose(occasion, random);
        }
        Duration rest = Backoff.rest(occasion, random);
        String why = "the new certificate should have been renewed at " + begin + " already: a clock is wrong; in ";
        return Plan.at(occasion.now().plus(rest), occasion.now(), why + rest.toSeconds() + " s");
    }

    private Plan nothing(Occasion occasion) {
        boolean waits = occasion.certificate().isEmpty() && !(start instanceof Start.At);
        return Plan.never(
                occasion.now(),
                waits ? "there is no certificate of an authority yet" : "the start has passed, none follows: " + start);
    }

    private Plan chosen(Occasion occasion, Instant from, RandomGenerator random) {
        Instant now = occasion.provenNow();
        Instant latest = occasion.certificate().map(this::emergency).orElse(Instant.MAX);
        Instant planned = from.isAfter(latest) ? latest : from;
        Instant base = planned.isBefore(now) ? now : planned;
        Duration moved = random(room(occasion, base), random);
        String reason = planned.isBefore(from) ? "before the certificate is about to expire" : start.toString();
        String late = planned.isBefore(now) ? ", which was " + planned : "";
        Instant at = inWindow(base.plus(moved), occasion, random);
        return Plan.at(at, occasion.now(), reason + late + ", " + moved.toSeconds() + " s later by chance");
    }

    /** A certificate that is about to expire waits for no window. */
    private Instant inWindow(Instant at, Occasion occasion, RandomGenerator random) {
        Instant moved = settings.window.map(window -> window.moved(at, random)).orElse(at);
        Instant latest = occasion.certificate().map(this::emergency).orElse(Instant.MAX);
        return moved.isAfter(latest) ? at : moved;
    }

    /** The most that may be added: never more than half of what is left. */
    private Duration room(Occasion occasion, Instant base) {
        Optional<Duration> half = occasion.certificate()
                .map(validity -> Duration.between(base, validity.notAfter()).dividedBy(2))
                .filter(left -> !left.isNegative());
        Duration most = settings.jitter.orElse(half.orElse(USUAL_JITTER));
        return half.isPresent() ? Backoff.min(most, half.get()) : most;
    }

    private static Duration random(Duration most, RandomGenerator random) {
        return most.compareTo(ONE_SECOND) <= 0 ? most : Backoff.between(ONE_SECOND, most, random);
    }

    /** When a start that was missed, in a power cut or by a clock that jumped, is made up for. */
    Duration catchUp(RandomGenerator random) {
        return random(
                settings.jitter.map(most -> Backoff.min(most, USUAL_JITTER)).orElse(USUAL_JITTER), random);
    }

    /** Chooses the time of the next try. */
    Plan retry(Setback setback, Occasion occasion, RandomGenerator random) {
        if (settings.giveUpAfter > 0 && setback.failures() >= settings.giveUpAfter) {
            return Plan.never(occasion.now(), "given up after " + setback.failures() + " failures, as the policy says");
        }
        Duration wait = wait(setback, occasion, random);
        return Plan.at(
                inWindow(occasion.now().plus(wait), occasion, random),
                occasion.now(),
                "again " + wait.toSeconds() + " s after failure " + setback.asked()
                        + setback.retryAfter()
                                .map(asked -> "; the authority asked for " + asked.toSeconds() + " s")
                                .orElse(""));
    }

    private Duration wait(Setback setback, Occasion occasion, RandomGenerator random) {
        return heeding(setback, ownWait(setback, occasion, random), occasion, random);
    }

    /** The wait, or a longer one if the authority asks to be left alone. */
    Duration heeding(Setback setback, Duration wait, Occasion occasion, RandomGenerator random) {
        return setback.retryAfter()
                .map(asked -> Backoff.max(wait, Backoff.asAsked(asked, mostAsked(occasion), random)))
                .orElse(wait);
    }

    /** A certificate that is about to expire cannot wait for long. */
    private Duration mostAsked(Occasion occasion) {
        if (occasion.isExpired()) {
            return Backoff.LONGEST_ASKED;
        }
        Duration left = occasion.left().orElse(PolicyBounds.LONGEST);
        return Backoff.min(Backoff.LONGEST_ASKED, left.dividedBy(isEmergency(occasion) ? 12 : 4));
    }

    private Duration ownWait(Setback setback, Occasion occasion, RandomGenerator random) {
        if (occasion.isExpired()) {
            return Backoff.daily(random);
        }
        Backoff backoff = new Backoff(Backoff.STANDARD.first(), settings.longestRetry);
        Duration left = occasion.left().orElse(PolicyBounds.LONGEST);
        return setback.isFinal()
                ? backoff.afterRefusal(left, random)
                : backoff.afterFailure(setback.asked(), left, random);
    }

    boolean isEmergency(Occasion occasion) {
        return occasion.certificate()
                .filter(validity -> !occasion.now().isBefore(emergency(validity)))
                .isPresent();
    }

    private Instant emergency(Validity validity) {
        Duration zone =
                validity.length().multipliedBy(settings.emergencyPercent).dividedBy(100);
        return validity.notAfter().minus(zone);
    }

    /**
     * Reads what {@link #toString()} gives.
     *
     * @param text not null
     * @throws IllegalArgumentException if it is none, or a value is out of range
     */
    public static RenewalPolicy parse(String text) {
        if (text.length() > 500) {
            throw new IllegalArgumentException("policy: " + text.length() + " characters are no policy");
        }
        String[] parts = text.split("; ", -1);
        RenewalPolicy policy = new RenewalPolicy(StartText.parse(parts[0]), USUAL);
        for (int i = 1; i < parts.length; i++) {
            policy = PolicyText.apply(policy, parts[i]);
        }
        return policy;
    }

    /** The policy in words, for example {@code after 2/3 of the lifetime; jitter PT10M}. */
    @Override
    public String toString() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("jitter", settings.jitter.<Object>map(most -> most).orElse("spread"));
        words.put("emergency", settings.emergencyPercent);
        words.put("retry", settings.longestRetry);
        words.put("give-up", settings.giveUpAfter);
        settings.window.ifPresent(window -> words.put("window", window));
        StringBuilder text = new StringBuilder(start.toString());
        words.forEach(
                (word, value) -> text.append("; ").append(word).append(' ').append(value));
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RenewalPolicy that && start.equals(that.start) && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(start, settings);
    }
}
