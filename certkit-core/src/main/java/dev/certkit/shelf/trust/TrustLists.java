package dev.certkit.shelf.trust;

import dev.certkit.format.Pasted;
import dev.certkit.shelf.trust.TrustCapture.Bounds;
import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.store.Storage;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustDesk;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The certificates of others: what was accepted, rejected, and presented without being trusted.
 *
 * <p>Put them behind a policy: {@code policy.deferringTo(lists)}. What a peer presents and the policy does not trust is
 * captured on the {@linkplain #invalid() invalid list}, and a person {@linkplain #accept accepts} or {@linkplain #reject
 * rejects} it, which counts from the next handshake on. A rejection wins over everything, also over a policy's anchors, and
 * an acceptance waives only the reasons that it names, for that exact certificate.
 *
 * <p>A verdict reads no record: all entries are held in memory and follow the storage, whose change token is asked each
 * time. While the storage fails, what is known already decides. Thread safe, also for several processes where the storage
 * is: what one of them decided counts in every verdict that another begins after the decision was written. What another
 * process wrote makes the next verdict read the changes, or, where the storage cannot {@linkplain Storage#changedSince name
 * them}, the list of all records and those that are new.
 *
 * <p>The {@linkplain #changeToken() token} also differs once an acceptance has ended or a certificate that was accepted has
 * expired, by the lists' clock, so that TLS resumes no session that began before.
 */
public final class TrustLists implements TrustDesk {
    private final TrustRecords records;
    private final TrustCapture capture;
    private final TrustDecisions decisions;

    private TrustLists(TrustRecords records, Bounds bounds) {
        this.records = records;
        this.capture = new TrustCapture(records, bounds);
        this.decisions = new TrustDecisions(records);
    }

    /**
     * Prepares to open the lists of a storage; {@link Opening#open()} ends it.
     *
     * @param storage stays open as long as the lists are used, and is closed by the caller; not null
     */
    public static Opening in(Storage storage) {
        return new Opening(
                new Place(Objects.requireNonNull(storage, "storage"), Clock.systemUTC(), event -> {}),
                List.of(),
                new Bounds(1000, 10));
    }

    private record Place(Storage storage, Clock clock, TrustListener listener) {}

    /** Lists that are not open yet; immutable, each method gives a new one. */
    public static final class Opening {
        private final Place place;
        private final List<EncodedCertificate> authorities;
        private final Bounds bounds;

        private Opening(Place place, List<EncodedCertificate> authorities, Bounds bounds) {
            this.place = place;
            this.authorities = authorities;
            this.bounds = bounds;
        }

        /**
         * Asks this clock when something is seen and whether it has expired; verdicts count from the time asked for.
         *
         * @param clock not null
         */
        public Opening clock(Clock clock) {
            Objects.requireNonNull(clock, "clock");
            return new Opening(new Place(place.storage, clock, place.listener), authorities, bounds);
        }

        /**
         * Trusts these authorities until somebody rejects or deletes one; {@link TrustLists#restoreDefaults()} brings them back.
         *
         * @param anchors the default set; its members are in no storage; not null
         */
        public Opening authorities(TrustAnchors anchors) {
            List<EncodedCertificate> encoded =
                    anchors.certificates().stream().map(EncodedCertificate::of).toList();
            return new Opening(place, encoded, bounds);
        }

        /**
         * Tells somebody what changes.
         *
         * @param listener instead of one that was given before; not null
         */
        public Opening onChange(TrustListener listener) {
            Objects.requireNonNull(listener, "listener");
            return new Opening(new Place(place.storage, place.clock, listener), authorities, bounds);
        }

        /**
         * Keeps so many captured certificates that nobody decided upon; the longest unseen is forgotten first.
         *
         * @param entries 1 to 100,000, 1,000 by default; as many new ones are kept within a minute
         * @throws IllegalArgumentException if it is out of range
         */
        public Opening capturingUpTo(int entries) {
            return new Opening(place, authorities, new Bounds(checked("entries", entries), bounds.entriesOfHost()));
        }

        /**
         * Keeps so many of them of one host, so that no host pushes out what others presented.
         *
         * @param entries 1 to 100,000, 10 by default; as many new ones are kept within a minute
         * @throws IllegalArgumentException if it is out of range
         */
        public Opening capturingOfOneHostUpTo(int entries) {
            return new Opening(place, authorities, new Bounds(bounds.entries(), checked("entries", entries)));
        }

        private static int checked(String argument, int value) {
            if (value < 1 || value > 100_000) {
                throw new IllegalArgumentException(argument + ": " + value + " is not 1 to 100,000");
            }
            return value;
        }

        /**
         * Reads the entries and opens the lists.
         *
         * @throws IOException if the storage fails; a record that is damaged is among the {@link TrustLists#damaged()}
         */
        public TrustLists open() throws IOException {
            DefaultAuthorities defaults = new DefaultAuthorities(authorities, place.clock.instant());
            TrustRecords records =
                    new TrustRecords(place.storage, new TrustIndex(defaults), place.clock, place.listener);
            records.follow();
            return new TrustLists(records, bounds);
        }
    }

    @Override
    public TrustVerdict review(PresentedChain presented, TrustPolicy policy) {
        if (presented.certificates().isEmpty()) {
            return policy.judge(presented);
        }
        records.followQuietly();
        TrustVerdict verdict = new TrustReview(records.index(), presented).by(policy);
        return verdict.fold(trusted -> trusted, untrusted -> {
            capture.capture(presented, untrusted.reasons());
            return untrusted;
        });
    }

    @Override
    public long changeToken() {
        records.followQuietly();
        return records.index().version(records.clock().instant());
    }

    /**
     * Servers and other peers that were accepted, and whatever was rejected; in the order of their subjects.
     *
     * @throws IOException if the storage fails
     */
    public List<TrustEntry> servers() throws IOException {
        return listed(TrustList.SERVERS);
    }

    /**
     * Authorities that were accepted, and those of the default set; in the order of their subjects.
     *
     * @throws IOException if the storage fails
     */
    public List<TrustEntry> authorities() throws IOException {
        return listed(TrustList.AUTHORITIES);
    }

    /**
     * What was presented and not trusted, what has expired, and whose acceptance has ended; in the order of their subjects.
     *
     * @throws IOException if the storage fails
     */
    public List<TrustEntry> invalid() throws IOException {
        return listed(TrustList.INVALID);
    }

    private List<TrustEntry> listed(TrustList list) throws IOException {
        moveExpired();
        return records.index()
                .listed()
                .map(records::entry)
                .filter(entry -> entry.list() == list)
                .sorted(Comparator.comparing((TrustEntry entry) ->
                                entry.certificate().subject().toString())
                        .thenComparing(entry -> entry.fingerprint().hex()))
                .toList();
    }

    /**
     * One entry, on whichever list.
     *
     * @param fingerprint not null
     * @return empty if it is on none
     * @throws IOException if the storage fails
     */
    public Optional<TrustEntry> find(Fingerprint fingerprint) throws IOException {
        records.follow();
        return records.index()
                .state(Objects.requireNonNull(fingerprint, "fingerprint"))
                .filter(state -> state.decision() != Decision.REMOVED)
                .map(records::entry);
    }

    /**
     * Accepts a certificate for the peers that presented it, in spite of what was said against it, without an end.
     *
     * <p>The reasons that were captured by now are waived and stand in the entry's acceptance. One that nobody presented is
     * accepted everywhere.
     *
     * @param fingerprint of an entry on any list; not null
     * @return the entry, now on the list of servers or, by its type, of authorities
     * @throws IllegalArgumentException if it is on no list
     * @throws IllegalStateException if it has {@linkplain TrustEntry#graveReasons grave reasons}, which are to be named
     * @throws IOException if the storage fails; nothing was changed
     */
    public TrustEntry accept(Fingerprint fingerprint) throws IOException {
        return decisions.accept(fingerprint);
    }

    /**
     * Accepts a certificate, also one that has expired or was rejected.
     *
     * @param fingerprint of an entry on any list; not null
     * @param how for whom, in spite of what, and until when; not null
     * @return the entry, now on the list of servers or, by its type, of authorities
     * @throws IllegalArgumentException if it is on no list
     * @throws IllegalStateException if it has {@linkplain TrustEntry#graveReasons grave reasons}, and what is waived is not
     *     named
     * @throws IOException if the storage fails; nothing was changed
     */
    public TrustEntry accept(Fingerprint fingerprint, Acceptance how) throws IOException {
        Objects.requireNonNull(how, "how");
        return decisions.accept(fingerprint, how);
    }

    /**
     * Rejects a certificate: no chain with it is trusted any more, however its signature is written.
     *
     * @param fingerprint of an entry on any list, also of an authority; not null
     * @return the entry, now on the list of servers, labelled rejected
     * @throws IllegalArgumentException if it is on no list
     * @throws IOException if the storage fails; nothing was changed
     */
    public TrustEntry reject(Fingerprint fingerprint) throws IOException {
        return decisions.reject(fingerprint);
    }

    /**
     * Rejects a certificate that need not be listed yet.
     *
     * @param certificate not null
     * @return the entry, now on the list of servers, labelled rejected
     * @throws IOException if the storage fails; nothing was changed
     */
    public TrustEntry reject(X509Certificate certificate) throws IOException {
        return decisions.reject(EncodedCertificate.of(certificate));
    }

    /**
     * Deletes an entry and what was decided about it, also a damaged one.
     *
     * <p>One of the default set is not trusted any more then.
     *
     * @param fingerprint not null
     * @return whether there was one
     * @throws IOException if the storage fails
     */
    public boolean delete(Fingerprint fingerprint) throws IOException {
        return decisions.delete(fingerprint);
    }

    /**
     * Brings all of the default set back as it was, those that were rejected too.
     *
     * @return how many were changed
     * @throws IOException if the storage fails
     */
    public int restoreDefaults() throws IOException {
        return decisions.restoreDefaults();
    }

    /**
     * Accepts the certificates of a file everywhere, each on the list of its type.
     *
     * <p>Expired ones go to the invalid list. Whoever imports vouches for them: that an issuer is unknown or revocation cannot be found out does not count.
     *
     * @param pasted read from PEM, DER, PKCS#7 and so on; not null
     * @return what was imported, and what was refused and why
     * @throws IOException if the storage fails; what was imported before stays
     */
    public TrustImport importing(Pasted pasted) throws IOException {
        Objects.requireNonNull(pasted, "pasted");
        records.follow();
        return new TrustImporter(records).all(pasted);
    }

    /**
     * Moves what has expired, or was accepted until now, to the invalid list.
     *
     * <p>Every look at a list does so, too. Their records are due then, so that a timer may call this as seldom as it likes: verdicts keep to the time anyway.
     *
     * @return how many were moved
     * @throws IOException if the storage fails
     */
    public int moveExpired() throws IOException {
        return decisions.moveExpired();
    }

    /**
     * The fingerprints of records that cannot be read; what they are about is not trusted until they are deleted.
     *
     * @throws IOException if the storage fails
     */
    public Set<Fingerprint> damaged() throws IOException {
        records.follow();
        return records.index().damaged();
    }
}
