package dev.certkit.renew;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.Workshop.Surroundings;
import dev.certkit.shelf.Identities;
import dev.certkit.store.Lease;
import dev.certkit.store.Shelf;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * How a {@link Renewer} is to work; end it with {@link #start} or {@link #open}.
 *
 * <p>Immutable; each method gives a new draft.
 */
public final class RenewerDraft {
    private final Workshop workshop;
    private final RenewalSettings settings;
    private final Optional<Duration> jitter;
    private final Duration checkInterval;

    private RenewerDraft(Workshop workshop, RenewalSettings settings, Optional<Duration> jitter, Duration interval) {
        this.workshop = workshop;
        this.settings = settings;
        this.jitter = jitter;
        this.checkInterval = interval;
    }

    static RenewerDraft of(Identities identities, CertificateAuthority authority) {
        Surroundings usual = new Surroundings(
                Clock.systemUTC(), new SecureRandom(), Shelf.of("renewals"), name -> true, Duration.ofMinutes(2));
        Workshop workshop = new Workshop(
                Objects.requireNonNull(identities, "identities"),
                Objects.requireNonNull(authority, "authority"),
                Hooks.NONE,
                usual);
        return new RenewerDraft(workshop, RenewalSettings.standard(), Optional.empty(), Duration.ofSeconds(15));
    }

    /** Asked for the challenge password of a request. */
    @FunctionalInterface
    public interface ChallengeSource {
        /**
         * Gives the secret, which is closed as soon as the request is signed.
         *
         * @param name the identity's name; not null
         * @return empty if the authority wants none
         * @throws IOException if it cannot be had now; the request is tried again
         */
        Optional<Passphrase> challenge(String name) throws IOException;
    }

    /** Told that a new pair is in use. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes the new pair, for example by a restart of what uses it.
         *
         * <p>It may be called more than once for one pair.
         *
         * @param name the identity's name; not null
         * @param key the pair that is in use; not null
         * @throws Exception if it could not be taken: the old pair stays beside it, and this is called again later
         */
        void take(String name, CertifiedKey key) throws Exception;
    }

    /**
     * Takes all settings at once, for example {@linkplain RenewalSettings#parse imported} ones.
     *
     * @param settings not null
     */
    public RenewerDraft settings(RenewalSettings settings) {
        return with(Objects.requireNonNull(settings, "settings"));
    }

    /**
     * Requests automatically, by a policy.
     *
     * @param policy not null
     */
    public RenewerDraft at(RenewalPolicy policy) {
        return with(settings.policy(policy));
    }

    /**
     * Moves each automatic request later by a random time, whatever the policy says.
     *
     * @param most zero, or one second to 100 years; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewerDraft jitterUpTo(Duration most) {
        RenewalPolicy.afterTwoThirds().jitterUpTo(most);
        return new RenewerDraft(workshop, settings, Optional.of(most), checkInterval);
    }

    /**
     * Makes a key of this kind for each renewal; without it, of the same kind as the old one.
     *
     * @param type not null
     */
    public RenewerDraft newKey(KeyType type) {
        return with(settings.newKey(type));
    }

    /** Has the old key certified again at each renewal. */
    public RenewerDraft sameKey() {
        return with(settings.sameKey());
    }

    /**
     * Asks again at a fixed interval when communication failed or the request was deferred, and then ends with an error.
     *
     * @param count 0 to 100,000
     * @param interval one second to 31 days; not null
     * @throws IllegalArgumentException if one is out of range
     */
    public RenewerDraft poll(int count, Duration interval) {
        return with(settings.poll(count, interval));
    }

    /**
     * Keeps so many requests in the history.
     *
     * @param length 1 to 1000
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewerDraft keepHistory(int length) {
        return with(settings.keepHistory(length));
    }

    /**
     * Requests a first certificate automatically, by what is filled in.
     *
     * @param fields not null
     */
    public RenewerDraft requesting(RequestFields fields) {
        return with(settings.requesting(fields));
    }

    private RenewerDraft with(RenewalSettings changed) {
        return new RenewerDraft(workshop, changed, jitter, checkInterval);
    }

    /**
     * Asks before each automatic request whether it may be made; a veto moves it by about an hour.
     *
     * @param mayRequest given the identity's name; not null
     */
    public RenewerDraft before(Predicate<String> mayRequest) {
        Objects.requireNonNull(mayRequest, "mayRequest");
        Hooks hooks = workshop.hooks();
        return with(new Hooks(mayRequest, hooks.taker(), hooks.challenges()));
    }

    /**
     * Tells when a new pair is in use; the old one is deleted when this has returned.
     *
     * @param taker not null
     */
    public RenewerDraft after(Taker taker) {
        Hooks hooks = workshop.hooks();
        return with(new Hooks(hooks.before(), Optional.of(taker), hooks.challenges()));
    }

    /**
     * Asks for a challenge password each time that a request is made which no certificate speaks for.
     *
     * @param source not null
     */
    public RenewerDraft challenges(ChallengeSource source) {
        Objects.requireNonNull(source, "source");
        Hooks hooks = workshop.hooks();
        return with(new Hooks(hooks.before(), hooks.taker(), source));
    }

    private RenewerDraft with(Hooks hooks) {
        return with(new Workshop(workshop.identities(), workshop.authority(), hooks, workshop.surroundings()));
    }

    private RenewerDraft with(Workshop changed) {
        return new RenewerDraft(changed, settings, jitter, checkInterval);
    }

    private RenewerDraft with(Surroundings changed) {
        return with(new Workshop(workshop.identities(), workshop.authority(), workshop.hooks(), changed));
    }

    /**
     * Tells the time by another clock than the system's.
     *
     * @param clock not null
     */
    public RenewerDraft clock(Clock clock) {
        Objects.requireNonNull(clock, "clock");
        Surroundings now = workshop.surroundings();
        return with(new Surroundings(clock, now.random(), now.shelf(), now.names(), now.lease()));
    }

    /**
     * Throws dice with another generator than a new {@link SecureRandom}.
     *
     * @param random thread safe; not null
     */
    public RenewerDraft random(RandomGenerator random) {
        Objects.requireNonNull(random, "random");
        Surroundings now = workshop.surroundings();
        return with(new Surroundings(now.clock(), random, now.shelf(), now.names(), now.lease()));
    }

    /**
     * Looks after these identities only, on a shelf of its own: for one of several renewers of one storage.
     *
     * @param shelf where the times and the history stand; not null
     * @param names the identities of this renewer's authority; not null
     */
    public RenewerDraft only(Shelf shelf, Set<String> names) {
        Objects.requireNonNull(shelf, "shelf");
        Surroundings now = workshop.surroundings();
        return with(new Surroundings(now.clock(), now.random(), shelf, Set.copyOf(names)::contains, now.lease()));
    }

    /**
     * Claims each request for so long: how late another process takes over what one left behind that died.
     *
     * @param lease one millisecond to 366 days; two minutes unless set, extended while the work goes on; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewerDraft leasing(Duration lease) {
        Lease.checkTimeToLive(lease);
        Surroundings now = workshop.surroundings();
        return with(new Surroundings(now.clock(), now.random(), now.shelf(), now.names(), lease));
    }

    /**
     * Looks for what is due about so often, half of it more or less.
     *
     * @param interval 10 milliseconds to one hour; 15 seconds unless set; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewerDraft checkingEvery(Duration interval) {
        if (interval.compareTo(Duration.ofMillis(10)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("interval: " + interval + ", choose 10 ms to one hour");
        }
        return new RenewerDraft(workshop, settings, jitter, interval);
    }

    /**
     * Starts to work on the caller's timer.
     *
     * @param timer its threads wait for the network; stays the caller's, to be shut down after {@link Renewer#close}; not null
     */
    public Renewer start(ScheduledExecutorService timer) {
        return Renewer.started(this, Objects.requireNonNull(timer, "timer"));
    }

    /** Without a timer: the caller calls {@link Renewer#runDueOnce} from a loop or a job of his own. */
    public Renewer open() {
        return Renewer.opened(this);
    }

    Workshop workshop() {
        return workshop;
    }

    Duration checkInterval() {
        return checkInterval;
    }

    RenewalSettings effectiveSettings() {
        Optional<RenewalPolicy> policy = settings.policy();
        return policy.isPresent() && jitter.isPresent()
                ? settings.policy(policy.get().jitterUpTo(jitter.get()))
                : settings;
    }
}
