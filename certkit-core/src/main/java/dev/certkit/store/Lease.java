package dev.certkit.store;

import dev.certkit.internal.text.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The right to work on a due record until a time, given to one owner.
 *
 * <p>Immutable. Made by {@link Storage#claimDue}. The right ends with the next write to the record, whoever makes it:
 * each method that takes a lease checks the revision of the record in it.
 *
 * @param record the record as the claim left it: due again when the lease ends; not null
 * @param owner who claimed it, for people to see: 1 to 255 printable ASCII characters; not null
 */
public record Lease(StoredRecord record, String owner) {
    private static final Pattern OWNER = Pattern.compile("[ -~]{1,255}");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the record was never claimed or is never due, or the owner has other characters
     */
    public Lease {
        if (record.leaseEpoch() == 0 || record.content().nextAt().isEmpty()) {
            throw new IllegalArgumentException("record: " + record.name() + " was not claimed");
        }
        checkOwner(owner);
    }

    /**
     * Refuses an owner that no lease can have; for back ends, before they claim anything.
     *
     * @param owner who is about to claim; not null
     * @throws IllegalArgumentException if it is not 1 to 255 printable ASCII characters
     */
    public static void checkOwner(String owner) {
        if (!OWNER.matcher(owner).matches()) {
            throw new IllegalArgumentException(
                    "owner: \"" + PrintableText.of(owner) + "\" is not 1 to 255 printable ASCII characters");
        }
    }

    /**
     * Refuses a time to live that no lease can have; for back ends, before they claim or extend anything.
     *
     * @param timeToLive how long a lease is to last; not null
     * @throws IllegalArgumentException if it is shorter than a millisecond or longer than 366 days
     */
    public static void checkTimeToLive(Duration timeToLive) {
        if (timeToLive.compareTo(SHORTEST) < 0 || timeToLive.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "timeToLive: " + timeToLive + ", a lease lasts " + SHORTEST + " to " + LONGEST);
        }
    }

    /**
     * The fencing token: larger than that of every earlier claim of this name.
     *
     * @return 1 or more; extending a lease keeps it
     */
    public long epoch() {
        return record.leaseEpoch();
    }

    /**
     * When the lease ends, by the storage's clock: from then on another claim may take the record over.
     *
     * @return a time in whole milliseconds
     */
    public Instant until() {
        return record.content().nextAt().orElseThrow();
    }
}
