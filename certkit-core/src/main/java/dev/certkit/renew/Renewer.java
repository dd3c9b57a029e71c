package dev.certkit.renew;

import dev.certkit.issue.CertificateAuthority;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.Identities;
import dev.certkit.store.DueWork;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests and renews certificates by itself, as a device must that nobody looks after.
 *
 * <p>It looks after every identity that has a certificate of an authority, and those whose {@linkplain
 * RenewerDraft#requesting fields} are filled in. Each step is stored before the next: after a restart or a power cut at any
 * moment it goes on where it was, with the same key and under the same transaction. Any number of processes with the
 * same settings may share one storage; each request is worked on by one of them. What is in use is replaced only by a certificate that is there.
 *
 * <p>Threads are the timer's. Thread safe.
 */
public final class Renewer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewer.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int AT_ONCE = 1000;

    private final WatchedClock clock;
    private final Workshop workshop;
    private final Duration checkInterval;
    private final @Nullable ScheduledExecutorService timer;
    private final DueWork work;
    private final AutomaticSwitch automatic;
    private volatile RenewalSettings settings;
    /** As it was at the begin of the turn. */
    private volatile boolean mayBegin;

    private volatile boolean isClosed;
    private @Nullable Future<?> next;
    private @Nullable Instant lastSweep;

    private Renewer(RenewerDraft draft, @Nullable ScheduledExecutorService timer) {
        this.clock = new WatchedClock(draft.workshop().surroundings().clock());
        this.workshop = draft.clock(clock).workshop();
        this.settings = draft.effectiveSettings();
        this.automatic = new AutomaticSwitch(
                workshop.identities().storage(), workshop.surroundings().shelf());
        this.checkInterval = draft.checkInterval();
        this.timer = timer;
        this.work = work(timer);
    }

    private DueWork work(@Nullable ScheduledExecutorService extending) {
        String owner =
                "renewer-" + Long.toHexString(workshop.surroundings().random().nextLong());
        DueWork.Draft draft = DueWork.on(
                        workshop.identities().storage(), workshop.surroundings().shelf(), owner)
                .leasing(workshop.surroundings().lease())
                .retryingAfter(Duration.ofMinutes(1));
        DueWork.Draft extended = extending == null ? draft : draft.extendingOn(extending);
        return extended.doing(new Course(workshop, () -> settings, () -> mayBegin));
    }

    /**
     * Begins with whose certificates are renewed, and by whom.
     *
     * @param identities not null
     * @param authority not null
     * @return a draft that does nothing yet
     */
    public static RenewerDraft of(Identities identities, CertificateAuthority authority) {
        return RenewerDraft.of(identities, authority);
    }

    static Renewer opened(RenewerDraft draft) {
        return new Renewer(draft, null);
    }

    static Renewer started(RenewerDraft draft, ScheduledExecutorService timer) {
        Renewer renewer = new Renewer(draft, timer);
        renewer.again(Duration.ZERO);
        return renewer;
    }

    private synchronized void again(Duration wait) {
        if (timer == null || isClosed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = timer.schedule(this::turn, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.info("requests are not worked on any more: the timer was shut down");
        }
    }

    private synchronized void beginTurn() {
        next = null;
    }

    /** Unless somebody was in a hurry while the turn went on. */
    private synchronized void againLater() {
        if (next == null) {
            Duration half = checkInterval.dividedBy(2);
            again(Backoff.between(
                    half, checkInterval.plus(half), workshop.surroundings().random()));
        }
    }

    /** Armed anew each time, so that a machine that slept does not make up for turns. */
    private void turn() {
        beginTurn();
        try {
            if (!isClosed) {
                runDueOnce(AT_ONCE);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("requests were not worked on, again in a moment: {}", e.toString());
        } finally {
            againLater();
        }
    }

    /**
     * Works on what is due, in this thread, for callers with a timer or a loop of their own.
     *
     * @param max the most requests to work on, 1 or more
     * @return how many were worked on
     * @throws IllegalArgumentException if {@code max} is below 1
     * @throws IOException if the storage fails
     */
    public int runDueOnce(int max) throws IOException {
        mayBegin = isAutomatic();
        sweepIfNeeded();
        return work.runDueOnce(max);
    }

    private synchronized void sweepIfNeeded() throws IOException {
        boolean isBack = clock.wasSetBack();
        Instant now = clock.instant();
        boolean isTime = lastSweep == null || now.isAfter(lastSweep.plus(HOUR)) || now.isBefore(lastSweep);
        if (isBack || isTime) {
            new Sweep(workshop, settings).run();
            lastSweep = now;
        }
    }

    /**
     * Requests a certificate at once, as a person does who fills in a page.
     *
     * <p>The certificate in use speaks for it; where there is none, the {@linkplain RenewerDraft#challenges source of
     * challenges} is asked.
     *
     * @param fields what was filled in; not null
     * @throws IllegalStateException if automatic requests are on, or a request for this key is under way
     * @throws IllegalArgumentException if it is for the default key, or the fields do not fit each other
     * @throws IOException if the storage fails
     */
    public RequestStatus request(RequestFields fields) throws IOException {
        return request(fields, Optional.empty());
    }

    /**
     * Requests a certificate at once, with the challenge password that was filled in.
     *
     * @param fields what was filled in; not null
     * @param challenge stays the caller's, to be closed after this call; not null
     * @throws IllegalStateException if automatic requests are on, or a request for this key is under way
     * @throws IllegalArgumentException if it is for the default key, or the fields do not fit each other
     * @throws IOException if the storage fails
     */
    public RequestStatus request(RequestFields fields, Passphrase challenge) throws IOException {
        return request(fields, Optional.of(challenge));
    }

    private RequestStatus request(RequestFields fields, Optional<Passphrase> challenge) throws IOException {
        requireOff("request a certificate by hand");
        new ManualRequest(workshop, settings).begin(fields, challenge);
        again(Duration.ZERO);
        return status(fields.keyName());
    }

    private void requireOff(String what) throws IOException {
        if (isAutomatic()) {
            throw new IllegalStateException(
                    "automatic requests are on, so nobody can " + what + "; turn them off first, and on again after");
        }
    }

    /**
     * Whether automatic requests are on: a policy is set, and nobody turned them off.
     *
     * @throws IOException if the storage fails
     */
    public boolean isAutomatic() throws IOException {
        return settings.policy().isPresent() && !automatic.isOff();
    }

    /**
     * Turns automatic requests off, until they are turned on again, also over restarts; what is under way goes on.
     *
     * <p>It holds for all renewers of this storage whose times stand on the same shelf.
     *
     * @throws IOException if the storage fails
     */
    public void turnOff() throws IOException {
        automatic.turnOff();
    }

    /**
     * Turns automatic requests on.
     *
     * @throws IllegalStateException if no policy is set
     * @throws IOException if the storage fails
     */
    public void turnOn() throws IOException {
        if (settings.policy().isEmpty()) {
            throw new IllegalStateException("no policy says when to request; set one first");
        }
        automatic.turnOn();
        sweepSoon();
    }

    private synchronized void sweepSoon() {
        lastSweep = null;
        again(Duration.ZERO);
    }

    /** The settings, for export. */
    public RenewalSettings settings() {
        return settings;
    }

    /**
     * Changes the settings, for example to imported ones; automatic requests stay off until they are turned on.
     *
     * <p>Keeping them for the next start is the caller's part: {@link #settings()} has them as a document.
     *
     * @param changed not null
     * @throws IllegalStateException if automatic requests are on
     * @throws IOException if the storage fails
     */
    public void change(RenewalSettings changed) throws IOException {
        Objects.requireNonNull(changed, "changed");
        requireOff("change the settings");
        automatic.turnOff();
        settings = changed;
        sweepSoon();
    }

    /**
     * Where the request of an identity stands.
     *
     * @param name the identity's name; not null
     * @throws IOException if the storage fails or the record is damaged
     */
    public RequestStatus status(String name) throws IOException {
        return StatusReader.of(workshop, name);
    }

    /**
     * The last requests of all identities, the newest first, as many as the history keeps; not modifiable.
     *
     * @throws IOException if the storage fails or a record is damaged
     */
    public List<Attempt> history() throws IOException {
        return Sweep.records(workshop).stream()
                .flatMap(record -> record.history().stream())
                .sorted(Comparator.comparing(Attempt::begun).reversed())
                .limit(settings.historyLength())
                .toList();
    }

    /**
     * The name of the key that is used at a place.
     *
     * @param use not null
     * @return empty if no key with a certificate is
     * @throws IOException if the storage fails or a record is damaged
     */
    public Optional<String> keyFor(KeyUse use) throws IOException {
        return StatusReader.keyFor(workshop, use);
    }

    /** Ends the work after the request that is being worked on; what is under way is found at the next start. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
