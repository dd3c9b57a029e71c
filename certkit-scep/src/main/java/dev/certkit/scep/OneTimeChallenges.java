package dev.certkit.scep;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Challenges that are good for one certificate each.
 *
 * <p>Each is random, of 128 bits, and kept as a digest only; it can be bound to a subject and its alternative names.
 * Used ones are kept for a week, so that a repeated request is recognised. Immutable: each call gives a new one over the
 * same storage. Thread safe.
 */
public final class OneTimeChallenges implements ChallengePolicy {
    private static final Logger LOG = LoggerFactory.getLogger(OneTimeChallenges.class);
    private static final Shelf SHELF = Shelf.of("scep-challenges");
    private static final Duration LIFETIME = Duration.ofMinutes(60);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int SECRET_BYTES = 16;
    private static final int SWEPT_AT_ONCE = 8;

    private final Storage storage;
    private final Duration lifetime;
    private final Clock clock;
    private final CryptoProviders providers;

    private enum Field {
        EXPIRES,
        SUBJECT,
        NAMES,
        ORDER
    }

    private OneTimeChallenges(Storage storage, Duration lifetime, Clock clock, CryptoProviders providers) {
        this.storage = storage;
        this.lifetime = lifetime;
        this.clock = clock;
        this.providers = providers;
    }

    static OneTimeChallenges in(Storage storage) {
        return new OneTimeChallenges(
                Objects.requireNonNull(storage, "storage"), LIFETIME, Clock.systemUTC(), CryptoProviders.standard());
    }

    /**
     * The same for challenges that live this long from their issue; 60 minutes by default.
     *
     * @param lifetime positive; not null
     * @throws IllegalArgumentException if it is not positive
     */
    public OneTimeChallenges lasting(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not positive");
        }
        return new OneTimeChallenges(storage, lifetime, clock, providers);
    }

    /**
     * The same on this clock.
     *
     * @param clock says when challenges expire; not null
     */
    public OneTimeChallenges clock(Clock clock) {
        return new OneTimeChallenges(storage, lifetime, Objects.requireNonNull(clock, "clock"), providers);
    }

    /**
     * The same with these providers, of which the randomness is used.
     *
     * @param providers not null
     */
    public OneTimeChallenges using(CryptoProviders providers) {
        return new OneTimeChallenges(storage, lifetime, clock, Objects.requireNonNull(providers, "providers"));
    }

    /**
     * Begins a challenge for one subject; its request may ask for that subject and the names added here only.
     *
     * @param subject what the request must say, as {@link DistinguishedName#equals} compares it; not null
     */
    public ForSubject forSubject(DistinguishedName subject) {
        return new ForSubject(this, Objects.requireNonNull(subject, "subject"), List.of());
    }

    /**
     * Makes a challenge that is good for whatever names its holder asks for.
     *
     * @return to be given to the device over another way, in 32 hexadecimal digits
     * @throws IOException if the storage fails; no challenge was made
     */
    public Passphrase issue() throws IOException {
        return issue(RecordFields.none());
    }

    private Passphrase issue(RecordFields bounds) throws IOException {
        Instant now = clock.instant();
        sweep(now);
        byte[] secret = new byte[SECRET_BYTES];
        providers.random().nextBytes(secret);
        Passphrase challenge = Passphrase.of(HexFormat.of().formatHex(secret));
        Arrays.fill(secret, (byte) 0);
        Instant expires = now.plus(lifetime);
        storage.create(name(challenge), content(bounds.with(Field.EXPIRES, expires)));
        return challenge;
    }

    private static RecordContent content(RecordFields fields) throws IOException {
        return fields.content().lookAgainAt(fields.instant(Field.EXPIRES).plus(KEPT));
    }

    private void sweep(Instant now) throws IOException {
        for (RecordHeader old : storage.dueBefore(SHELF, now, SWEPT_AT_ONCE)) {
            try {
                Optional<StoredRecord> record = storage.find(old.name());
                if (record.isPresent()) {
                    storage.delete(record.get());
                }
            } catch (StaleRecordException e) {
                LOG.debug("SCEP: somebody else is sweeping old challenges too");
            }
        }
    }

    @Override
    public Verdict judge(Applicant applicant) throws IOException {
        Optional<StoredRecord> record = find(applicant);
        if (record.isEmpty()) {
            LOG.debug("SCEP: a challenge that was never issued, for {}", applicant);
            return Verdict.REFUSE;
        }
        RecordFields fields = RecordFields.of(record.get());
        Optional<String> order = fields.text(Field.ORDER);
        if (order.isPresent()) {
            LOG.info("SCEP: a challenge used for serial number {} came again, for {}", order.get(), applicant);
            return Verdict.REFUSE;
        }
        return isGoodFor(applicant, fields) ? Verdict.ACCEPT : Verdict.REFUSE;
    }

    @Override
    public boolean redeem(Applicant applicant, String order) throws IOException {
        while (true) {
            Optional<StoredRecord> record = find(applicant);
            if (record.isEmpty()) {
                return false;
            }
            RecordFields fields = RecordFields.of(record.get());
            Optional<String> before = fields.text(Field.ORDER);
            if (before.isPresent()) {
                return before.get().equals(order);
            }
            if (!isGoodFor(applicant, fields)) {
                return false;
            }
            try {
                storage.replace(record.get(), content(fields.with(Field.ORDER, order)));
                return true;
            } catch (StaleRecordException e) {
                LOG.debug("SCEP: two requests redeem one challenge, one of them for {}", applicant);
            }
        }
    }

    private boolean isGoodFor(Applicant applicant, RecordFields fields) throws IOException {
        if (clock.instant().isAfter(fields.instant(Field.EXPIRES))) {
            LOG.info("SCEP: an expired challenge, for {}", applicant);
            return false;
        }
        if (fields.text(Field.SUBJECT).isPresent() && !isBoundTo(applicant.request(), fields)) {
            LOG.info("SCEP: a challenge that is for other names, for {}", applicant);
            return false;
        }
        return true;
    }

    private static boolean isBoundTo(CertificationRequest request, RecordFields fields) throws IOException {
        DistinguishedName subject = fields.subject(Field.SUBJECT);
        List<GeneralName> allowed = GeneralNames.of(subject, fields.names(Field.NAMES));
        return request.subject().equals(subject) && allowed.containsAll(request.subjectAlternativeNames());
    }

    private Optional<StoredRecord> find(Applicant applicant) throws IOException {
        Optional<Passphrase> challenge = applicant.request().challengePassword();
        return challenge.isPresent() ? storage.find(name(challenge.get())) : Optional.empty();
    }

    /** A digest without salt will do for 128 random bits, and tells nothing by the time that finding it takes. */
    private static RecordName name(Passphrase challenge) {
        return SHELF.name(HexFormat.of().formatHex(SharedChallenge.digest(challenge)));
    }

    /** Nothing of any challenge. */
    @Override
    public String toString() {
        return "OneTimeChallenges[lasting " + lifetime + "]";
    }

    /** A challenge for one subject that is not made yet; each call gives a new draft. */
    public static final class ForSubject {
        private final OneTimeChallenges challenges;
        private final DistinguishedName subject;
        private final List<GeneralName> names;

        private ForSubject(OneTimeChallenges challenges, DistinguishedName subject, List<GeneralName> names) {
            this.challenges = challenges;
            this.subject = subject;
            this.names = names;
        }

        /**
         * Allows alternative names, told apart by {@link GeneralName#of(String)}; the request need not ask for all.
         *
         * @param hostsOrAddresses not null
         * @throws IllegalArgumentException if one is neither a host name nor an address
         */
        public ForSubject san(String... hostsOrAddresses) {
            return san(Arrays.stream(hostsOrAddresses).map(GeneralName::of).toArray(GeneralName[]::new));
        }

        /**
         * Allows alternative names of any kind; the request need not ask for all.
         *
         * @param more not null
         */
        public ForSubject san(GeneralName... more) {
            List<GeneralName> all = new ArrayList<>(names);
            all.addAll(Arrays.asList(more));
            return new ForSubject(challenges, subject, List.copyOf(all));
        }

        /**
         * Makes the challenge.
         *
         * @return to be given to the device over another way, in 32 hexadecimal digits
         * @throws IOException if the storage fails; no challenge was made
         */
        public Passphrase issue() throws IOException {
            return challenges.issue(
                    RecordFields.none().with(Field.SUBJECT, subject.encoded()).with(Field.NAMES, names));
        }
    }
}
