package dev.certkit.trust;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts whatever certificate is presented, in place of a policy whose verdict is only reported.
 *
 * <p>It warns in the log, at most once a minute, with the number of chains let through since; a listener hears of each. Two
 * things are refused all the same: what a person {@linkplain TrustReason.Rejected rejected}, and what holds no readable
 * certificate. Each call gives a new policy; immutable but for the log's bookkeeping, and thread safe.
 */
public final class InsecureAcceptAll implements TrustPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(InsecureAcceptAll.class);
    private static final long QUIET_MILLIS = 60_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final TrustPolicy policy;
    private final Clock clock;
    private final Term term;
    private final BiConsumer<? super PresentedChain, ? super TrustVerdict.Untrusted> listener;
    private final AtomicLong warned = new AtomicLong(NEVER);
    private final AtomicLong unreported = new AtomicLong();

    private record Term(Optional<Instant> end, BooleanSupplier on) {}

    private InsecureAcceptAll(
            TrustPolicy policy,
            Clock clock,
            Term term,
            BiConsumer<? super PresentedChain, ? super TrustVerdict.Untrusted> listener) {
        this.policy = policy;
        this.clock = clock;
        this.term = term;
        this.listener = listener;
    }

    static InsecureAcceptAll inPlaceOf(TrustPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        TrustPolicy judge = policy.judgesNames() ? policy : policy.and(TrustPolicy.hostname());
        return new InsecureAcceptAll(
                judge, Clock.systemUTC(), new Term(Optional.empty(), () -> true), (presented, verdict) -> {});
    }

    /**
     * From this time on, the policy decides again.
     *
     * @param end the first moment at which not everything is accepted; not null
     */
    public InsecureAcceptAll until(Instant end) {
        return new InsecureAcceptAll(policy, clock, new Term(Optional.of(end), term.on), listener);
    }

    /**
     * Accepts only while a switch is on; while it is off, the policy decides.
     *
     * @param on asked for each chain and each connection, from any thread, so it must be quick; not null
     */
    public InsecureAcceptAll onlyWhile(BooleanSupplier on) {
        Objects.requireNonNull(on, "on");
        return new InsecureAcceptAll(policy, clock, new Term(term.end, on), listener);
    }

    /**
     * Reads the end and the log's pauses from this clock; the system's in UTC by default.
     *
     * @param clock not null
     */
    public InsecureAcceptAll clock(Clock clock) {
        return new InsecureAcceptAll(policy, Objects.requireNonNull(clock, "clock"), term, listener);
    }

    /**
     * Tells this listener of each chain that was let through, with the verdict that it would have had.
     *
     * @param listener called before the chain is trusted, in the thread that asked; what it throws is logged; not null
     */
    public InsecureAcceptAll onAccepted(BiConsumer<? super PresentedChain, ? super TrustVerdict.Untrusted> listener) {
        return new InsecureAcceptAll(policy, clock, term, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public TrustVerdict judge(PresentedChain presented) {
        TrustVerdict verdict = policy.judge(presented);
        return isOn() ? verdict.fold(trusted -> trusted, untrusted -> accepted(presented, untrusted)) : verdict;
    }

    private TrustVerdict accepted(PresentedChain presented, TrustVerdict.Untrusted untrusted) {
        boolean rejected = untrusted.reasons().stream().anyMatch(TrustReason.Rejected.class::isInstance);
        if (rejected || presented.certificates().isEmpty()) {
            return untrusted;
        }
        warn(presented, untrusted);
        try {
            listener.accept(presented, untrusted);
        } catch (RuntimeException e) {
            LOG.error("the listener for accepted certificates failed on {}", presented, e);
        }
        return new TrustVerdict.Trusted(List.of(presented.certificates().get(0)));
    }

    private void warn(PresentedChain presented, TrustVerdict.Untrusted untrusted) {
        unreported.incrementAndGet();
        long now = clock.millis();
        long last = warned.get();
        boolean quiet = last != NEVER && now >= last && now - last < QUIET_MILLIS;
        if (!quiet && warned.compareAndSet(last, now)) {
            LOG.warn(
                    "INSECURE: every certificate is accepted{}; {} let through since the last warning; now that of {} although {}",
                    term.end.map(end -> " until " + end).orElse(""),
                    unreported.getAndSet(0),
                    presented.peer().map(Peer::toString).map(Shown::of).orElse("a client"),
                    untrusted);
        }
    }

    private boolean isOn() {
        return term.on.getAsBoolean()
                && term.end.filter(end -> !clock.instant().isBefore(end)).isEmpty();
    }

    /** Differs also between on and off, so that no TLS session outlives the time when everything was accepted. */
    @Override
    public long changeToken() {
        return ChangeTokens.of(policy.changeToken(), isOn() ? 1 : 0);
    }

    @Override
    public boolean judgesNames() {
        return true;
    }
}
