package dev.certkit.shelf.trust;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustCode;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What people and time do to entries. */
final class TrustDecisions {
    private static final int BATCH = 100;

    private final TrustRecords records;

    TrustDecisions(TrustRecords records) {
        this.records = records;
    }

    TrustEntry accept(Fingerprint fingerprint) throws IOException {
        return decided(fingerprint, state -> state.accepted(asSeen(state)));
    }

    TrustEntry accept(Fingerprint fingerprint, Acceptance how) throws IOException {
        return decided(fingerprint, state -> state.accepted(complete(how, state)));
    }

    /** For every peer that presented it, and those for which it was accepted before. */
    private Acceptance asSeen(TrustState state) {
        List<Peer> peers = new ArrayList<>();
        state.sightings().forEach(sighting -> sighting.peer().ifPresent(peers::add));
        state.acceptance().ifPresent(before -> peers.addAll(before.peers()));
        boolean everywhere = peers.size() < state.sightings().size()
                || peers.isEmpty()
                || state.acceptance().filter(before -> before.peers().isEmpty()).isPresent();
        return complete(everywhere ? Acceptance.everywhere() : Acceptance.at(peers), state);
    }

    /** What was seen is waived, but for what nobody should trust without having said that it was meant. */
    private Acceptance complete(Acceptance how, TrustState state) {
        if (how.saysWhatIsWaived()) {
            return how;
        }
        Set<TrustCode> known = state.known(now());
        Set<TrustCode> grave = Acceptance.grave(known);
        if (!grave.isEmpty()) {
            throw new IllegalStateException("the certificate of "
                    + ForeignText.shownAtLength(state.certificate().toString()) + " was not trusted because of " + grave
                    + ": it was forged, altered or revoked; do not accept it, or name what is waived with "
                    + "Acceptance.waiving(...), and with insecureWaiving(...) if these shall not count either");
        }
        return how.waiving(known);
    }

    TrustEntry reject(Fingerprint fingerprint) throws IOException {
        return decided(fingerprint, state -> state.decided(Decision.REJECTED));
    }

    TrustEntry reject(EncodedCertificate certificate) throws IOException {
        return written(certificate, Decision.REJECTED);
    }

    private TrustEntry written(EncodedCertificate certificate, Decision decision) throws IOException {
        return records.entry(records.update(
                        certificate.fingerprint(),
                        before -> Optional.of(before.orElseGet(() -> TrustState.undecided(certificate))
                                .decided(decision)))
                .orElseThrow());
    }

    private interface Deciding {
        TrustState on(TrustState before);
    }

    private TrustEntry decided(Fingerprint fingerprint, Deciding deciding) throws IOException {
        Objects.requireNonNull(fingerprint, "fingerprint");
        records.follow();
        Optional<TrustState> byDefault = records.index().ofDefaults(fingerprint);
        return records.entry(records.update(
                        fingerprint,
                        before -> Optional.of(deciding.on(before.or(() -> byDefault)
                                .orElseThrow(() -> new IllegalArgumentException("fingerprint: no certificate with "
                                        + fingerprint + " is listed; import it first")))))
                .orElseThrow());
    }

    boolean delete(Fingerprint fingerprint) throws IOException {
        Objects.requireNonNull(fingerprint, "fingerprint");
        records.follow();
        Optional<TrustState> byDefault = records.index().ofDefaults(fingerprint);
        if (byDefault.isEmpty()) {
            return records.erase(fingerprint);
        }
        if (isRemoved(fingerprint)) {
            return false;
        }
        if (records.index().isDamaged(fingerprint)) {
            records.erase(fingerprint);
        }
        written(byDefault.get().certificate(), Decision.REMOVED);
        return true;
    }

    private boolean isRemoved(Fingerprint fingerprint) {
        return records.index()
                .state(fingerprint)
                .filter(state -> state.decision() == Decision.REMOVED)
                .isPresent();
    }

    int restoreDefaults() throws IOException {
        records.follow();
        int restored = 0;
        for (Fingerprint each : List.copyOf(records.index().defaults())) {
            if (records.index().slots().containsKey(each) && records.erase(each)) {
                restored++;
            }
        }
        return restored;
    }

    int moveExpired() throws IOException {
        records.noticeExpiry();
        records.follow();
        int moved = 0;
        int inBatch;
        do {
            inBatch = 0;
            for (Fingerprint each : records.due(BATCH)) {
                inBatch += moveExpired(each) ? 1 : 0;
            }
            moved += inBatch;
        } while (inBatch == BATCH);
        return moved;
    }

    private boolean moveExpired(Fingerprint fingerprint) throws IOException {
        Instant now = now();
        if (records.index().isDamaged(fingerprint)) {
            return false;
        }
        Optional<TrustState> after = records.update(
                fingerprint,
                before -> before.map(state -> state.hasLapsed(now) ? state.decided(Decision.NONE) : state));
        return after.filter(state -> state.decision() == Decision.NONE).isPresent();
    }

    private Instant now() {
        return records.clock().instant();
    }
}
