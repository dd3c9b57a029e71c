package dev.certkit.shelf.trust;

import dev.certkit.internal.der.NameForm;
import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All entries in memory, found by what a handshake knows of them. Many may read while one writes. */
final class TrustIndex {
    /** Odd and large, so that a change of one part of a number does not make up for that of the other. */
    private static final long APART = 0x9E37_79B9_7F4A_7C15L;

    private final DefaultAuthorities defaults;
    private final Map<Fingerprint, Slot> slots = new ConcurrentHashMap<>();
    /** The digests of the signed parts of what was rejected, with the fingerprints: a signature can be written in several ways. */
    private final Map<Fingerprint, Fingerprint> rejected = new ConcurrentHashMap<>();
    /** What must not be an anchor: taken out of the default set, or not readable any more. */
    private final Set<Fingerprint> withdrawn = ConcurrentHashMap.newKeySet();

    private final Captured captured = new Captured();
    private final Lapses lapses = new Lapses();
    private final KnownMarks marks = new KnownMarks();
    private final Map<NameForm, List<TrustState>> authorities = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /** A record as it was read last; without a state if it is damaged. */
    record Slot(long revision, Optional<TrustState> state) {}

    TrustIndex(DefaultAuthorities defaults) {
        this.defaults = defaults;
        for (TrustState state : defaults.states()) {
            enlist(state);
            lapses.replace(Optional.empty(), Optional.of(state));
        }
    }

    boolean isDefault(Fingerprint fingerprint) {
        return defaults.fingerprints().contains(fingerprint);
    }

    Set<Fingerprint> defaults() {
        return defaults.fingerprints();
    }

    /** What is so until somebody decides; empty if it is not of the default set. */
    Optional<TrustState> ofDefaults(Fingerprint fingerprint) {
        return defaults.find(fingerprint);
    }

    /** The first second at which one more of the default set has expired. */
    Instant nextExpiryOfDefaults() {
        return defaults.nextExpiry();
    }

    /** Those of the default set that have expired since the last call, if nobody decided upon them; each once. */
    List<TrustState> expiredDefaults(Instant now) {
        return defaults.expired(now).stream()
                .filter(state -> !slots.containsKey(state.certificate().fingerprint()))
                .toList();
    }

    Set<Fingerprint> damaged() {
        return slots.keySet().stream().filter(this::isDamaged).collect(Collectors.toUnmodifiableSet());
    }

    Map<Fingerprint, Slot> slots() {
        return slots;
    }

    Captured captured() {
        return captured;
    }

    /** By what a certificate is found. */
    Marks marks(EncodedCertificate certificate) {
        return marks.of(certificate);
    }

    List<Marks> marks(List<EncodedCertificate> certificates) {
        return marks.of(certificates);
    }

    /** Differs after each change that may change a verdict, also if all that happened is that a time has come. */
    long version(Instant now) {
        return APART * version.get() + lapses.last(now).getEpochSecond();
    }

    /** What is decided about a certificate, by hand or by default. */
    Optional<TrustState> state(Fingerprint fingerprint) {
        Slot slot = slots.get(fingerprint);
        return slot == null ? defaults.find(fingerprint) : slot.state;
    }

    /** All that is listed, without what was taken out of the default set. */
    Stream<TrustState> listed() {
        Stream<TrustState> untouched = defaults.states().stream()
                .filter(each -> !slots.containsKey(each.certificate().fingerprint()));
        return Stream.concat(untouched, slots.values().stream().flatMap(slot -> slot.state.stream()))
                .filter(state -> state.decision() != Decision.REMOVED);
    }

    /** One writer at a time; a null slot removes. */
    void put(Fingerprint fingerprint, Optional<Slot> slot) {
        boolean wasDamaged = isDamaged(fingerprint);
        Optional<TrustState> before = state(fingerprint);
        if (slot.isPresent()) {
            slots.put(fingerprint, slot.get());
        } else {
            slots.remove(fingerprint);
        }
        Optional<TrustState> after = state(fingerprint);
        // What forbids comes before what allows is gone, and goes after it is back.
        boolean damaged = slot.isPresent() && after.isEmpty();
        mark(withdrawn, fingerprint, damaged || has(after, Decision.REMOVED));
        after.filter(state -> state.decision() == Decision.REJECTED).ifPresent(this::ban);
        before.filter(TrustState::isAuthority).ifPresent(this::delist);
        after.ifPresent(this::enlist);
        if (!has(after, Decision.REJECTED) && !damaged) {
            before.ifPresent(state -> rejected.remove(signedPart(state.certificate()), fingerprint));
            if (wasDamaged) {
                rejected.values().remove(fingerprint);
            }
        }
        captured.replace(before, after);
        lapses.replace(before, after);
        if (damaged != wasDamaged || !verdictOf(before).equals(verdictOf(after))) {
            version.incrementAndGet();
        }
    }

    /** What of an entry changes verdicts; a certificate that nobody decided upon is as good as one never seen. */
    private static List<Object> verdictOf(Optional<TrustState> state) {
        return state.filter(each -> each.decision() != Decision.NONE)
                .map(each -> List.<Object>of(each.decision(), each.acceptance()))
                .orElse(List.of());
    }

    private static boolean has(Optional<TrustState> state, Decision decision) {
        return state.filter(each -> each.decision() == decision).isPresent();
    }

    private static void mark(Set<Fingerprint> set, Fingerprint fingerprint, boolean present) {
        if (present) {
            set.add(fingerprint);
        } else {
            set.remove(fingerprint);
        }
    }

    private void ban(TrustState state) {
        rejected.put(signedPart(state.certificate()), state.certificate().fingerprint());
    }

    private void enlist(TrustState state) {
        if (state.decision() == Decision.ACCEPTED && state.isAuthority()) {
            authorities.merge(subject(state), List.of(state), (known, more) -> {
                List<TrustState> all = new ArrayList<>(known);
                all.addAll(more);
                return List.copyOf(all);
            });
        }
    }

    private void delist(TrustState state) {
        authorities.computeIfPresent(subject(state), (name, known) -> {
            List<TrustState> rest = known.stream()
                    .filter(each -> !each.certificate().equals(state.certificate()))
                    .toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    private static NameForm subject(TrustState state) {
        return NameForm.of(state.certificate().subject().encoded());
    }

    private static Fingerprint signedPart(EncodedCertificate certificate) {
        return Fingerprint.sha256(certificate.toBeSigned());
    }

    /** Accepted authorities that may have issued a certificate, by their names. */
    List<TrustState> issuersOf(Marks certificate) {
        return authorities.getOrDefault(certificate.issuer(), List.of());
    }

    boolean forbidsAnything() {
        return !rejected.isEmpty() || !withdrawn.isEmpty();
    }

    /** The entry by which a certificate is rejected, however its signature is written. */
    Optional<Fingerprint> rejection(Marks certificate) {
        return Optional.ofNullable(rejected.get(certificate.signedPart()));
    }

    boolean isRejected(EncodedCertificate certificate) {
        return rejection(marks(certificate)).isPresent();
    }

    boolean isNoAnchor(EncodedCertificate certificate) {
        return isNoAnchor(marks(certificate));
    }

    boolean isNoAnchor(Marks certificate) {
        return rejection(certificate).isPresent() || withdrawn.contains(certificate.fingerprint());
    }

    /** Whether there is a record of it that cannot be read: what was decided is not known. */
    boolean isDamaged(Fingerprint fingerprint) {
        Slot slot = slots.get(fingerprint);
        return slot != null && slot.state.isEmpty();
    }
}
