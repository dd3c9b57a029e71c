package dev.certkit.store;

import dev.certkit.x509.Fingerprint;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps versioned records under names, each written as one and only if nobody else wrote first.
 *
 * <p>This text is the contract of every back end; the test class {@code StorageContract}, shipped with this module's
 * tests, is its judge.
 *
 * <p><b>Names.</b> A name is a {@linkplain Shelf shelf} and any text of 1 to 1024 characters. A back end keeps the text
 * exactly, tells names apart by every character, and never makes a path, a query or a log line of the raw text.
 *
 * <p><b>Absent.</b> A record that was never created and one that was deleted are both absent: {@link #find} gives an empty
 * value, lists leave it out. A record that is there but cannot be read is not absent: finding it is an
 * {@link IOException}, and where its name is still known, lists show it.
 *
 * <p><b>Limits.</b> A payload has 0 to 1,048,576 bytes. Times are kept to the millisecond. The number of records is
 * limited by the back end alone.
 *
 * <p><b>Atomicity.</b> One record is the unit. A write happens as a whole or not at all, for other threads, for other
 * processes and over a crash; readers see the record before it or after it. Nothing spans records: make such work of
 * steps that may be repeated.
 *
 * <p><b>Durability.</b> When a write returns, its result survives a crash of the program and, unless a back end says
 * otherwise, a loss of power. After an {@code IOException} other than {@link StaleRecordException}, find the record again
 * before you retry: as on any medium, what failed may turn out to have been written, whole. Once its cause is gone, the
 * storage works again without being reopened.
 *
 * <p><b>Revisions.</b> Every committed write gives the record a revision larger than any that this name had before, also
 * before a deletion. The same name and revision is the same content for ever. Revisions may skip numbers; those of
 * different names tell nothing about each other.
 *
 * <p><b>Concurrency.</b> Every method may be called by any number of threads, and by any number of processes where the
 * back end allows more than one. Of several writes that expect one revision, exactly one succeeds, the others throw
 * {@link StaleRecordException}.
 *
 * <p><b>Order and paging.</b> Lists are ordered as said at each method. A list is not a snapshot over its pages: a record
 * that is there from the first page to the last is listed exactly once, one that comes or goes meanwhile may be listed or
 * not.
 *
 * <p><b>Clocks.</b> The storage's own clock, in a data base that of the data base, says when a lease begins and ends.
 * Workers' clocks never matter. If the storage's clock jumps, leases end early or late; the fence holds all the same.
 *
 * <p><b>Leases.</b> {@link #claimDue} is a write: it moves the record's {@code nextAt} to the lease's end and raises its
 * revision and its epoch. A lease that is neither completed nor failed is due again when it ends, and the next claim takes
 * it over. Any other write to the record, a plain {@link #replace} too, makes the lease stale, and what is done with a
 * stale lease is refused. A lease that has ended but that nobody took over is not stale. So work is done at least once,
 * and its result is kept at most once.
 *
 * <p><b>What blocks.</b> Every method may wait for the medium, none waits for another's lease. An interrupt neither ends
 * a call nor gets lost.
 *
 * <p><b>Errors.</b> {@code NullPointerException} for null, {@code IllegalArgumentException} for an argument out of range,
 * {@code IllegalStateException} after {@link #close()}, {@code IOException} for a medium that fails. A method that throws
 * has changed nothing, except as said under durability.
 */
public interface Storage extends Closeable {
    /**
     * Reads one record.
     *
     * @param name not null
     * @return the record, or empty if it is absent
     * @throws IOException if the medium fails or the record cannot be read
     */
    Optional<StoredRecord> find(RecordName name) throws IOException;

    /**
     * Reads the record with a fingerprint; of several, the one whose name comes first.
     *
     * @param shelf where to look; not null
     * @param fingerprint what the record was {@linkplain RecordContent#indexedBy indexed by}; not null
     * @return the record, or empty if there is none
     * @throws IOException if the medium fails or the record cannot be read
     */
    Optional<StoredRecord> findByFingerprint(Shelf shelf, Fingerprint fingerprint) throws IOException;

    /**
     * Lists one page of a shelf in the order of names.
     *
     * @param shelf what to list; not null
     * @param after the text of the last name of the page before, which need not exist any more; empty for the first page
     * @param limit the most headers to give, 1 or more
     * @return up to {@code limit} headers; fewer only on the last page
     * @throws IOException if the medium fails
     */
    List<RecordHeader> list(Shelf shelf, Optional<String> after, int limit) throws IOException;

    /**
     * Lists the records whose {@code nextAt} is before a time, the earliest first, then in the order of names.
     *
     * @param shelf what to list; not null
     * @param end the first time that is not asked for; not null
     * @param limit the most headers to give, 1 or more
     * @return up to {@code limit} headers, found by an index
     * @throws IOException if the medium fails
     */
    List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) throws IOException;

    /**
     * Writes a record that is absent.
     *
     * @param name not null
     * @param content not null
     * @return the record as it is now
     * @throws StaleRecordException if the record exists
     * @throws IOException if the medium fails
     */
    StoredRecord create(RecordName name, RecordContent content) throws IOException;

    /**
     * Writes a record if it is still the one that the caller read.
     *
     * @param expected the record as it was read; its name and revision are compared; not null
     * @param content all that the record is to hold; not null
     * @return the record as it is now, with the lease epoch it had
     * @throws StaleRecordException if the record has another revision or is absent
     * @throws IOException if the medium fails
     */
    StoredRecord replace(StoredRecord expected, RecordContent content) throws IOException;

    /**
     * Removes a record if it is still the one that the caller read.
     *
     * @param expected the record as it was read; its name and revision are compared; not null
     * @throws StaleRecordException if the record has another revision or is absent
     * @throws IOException if the medium fails
     */
    void delete(StoredRecord expected) throws IOException;

    /**
     * Claims records whose {@code nextAt} is now or earlier, the earliest first; each goes to one caller only.
     *
     * <p>If the medium fails after some were claimed, those are returned.
     *
     * @param shelf what to claim from; not null
     * @param owner who claims, for people to see: 1 to 255 printable ASCII characters; not null
     * @param max the most records to claim, 1 or more
     * @param timeToLive how long each lease lasts: 1 millisecond to 366 days; not null
     * @return the leases, none if nothing is due
     * @throws IOException if the medium fails before anything was claimed
     */
    List<Lease> claimDue(Shelf shelf, String owner, int max, Duration timeToLive) throws IOException;

    /**
     * Lets a lease last longer, counted from now; the lease given becomes stale, its epoch goes on.
     *
     * @param lease the lease as it was last given; not null
     * @param timeToLive how long it lasts from now: 1 millisecond to 366 days; not null
     * @return the lease to use from now on
     * @throws StaleRecordException if the lease is stale
     * @throws IOException if the medium fails
     */
    Lease extend(Lease lease, Duration timeToLive) throws IOException;

    /**
     * Writes the result of the work and ends the lease.
     *
     * @param lease the lease as it was last given; not null
     * @param content all that the record is to hold, with the time when it is due next; not null
     * @return the record as it is now
     * @throws StaleRecordException if the lease is stale
     * @throws IOException if the medium fails
     */
    default StoredRecord complete(Lease lease, RecordContent content) throws IOException {
        return replace(lease.record(), content);
    }

    /**
     * Ends the lease without a result: the record stays as it is, and is due again at a time.
     *
     * @param lease the lease as it was last given; not null
     * @param nextAt when to try again, from year 1 to year 9999; not null
     * @return the record as it is now
     * @throws StaleRecordException if the lease is stale
     * @throws IOException if the medium fails
     */
    default StoredRecord fail(Lease lease, Instant nextAt) throws IOException {
        return replace(lease.record(), lease.record().content().lookAgainAt(nextAt));
    }

    /**
     * A number that differs after any committed change from what it was before; cheap to ask.
     *
     * <p>It may differ without a change, for example after reopening; its size says nothing.
     *
     * @return the number
     * @throws IOException if the medium fails
     */
    long changeToken() throws IOException;

    /**
     * Names what changed on a shelf since a token was given, for those who keep a shelf in memory.
     *
     * <p>It tells of every change that was committed between that token and this call, and perhaps of some others. A back
     * end need not know: without an answer, the whole shelf is to be listed.
     *
     * @param shelf not null
     * @param token as {@link #changeToken} gave it
     * @return what was created, replaced or deleted, each once; empty if that is not known
     * @throws IOException if the medium fails
     */
    default Optional<Set<RecordName>> changedSince(Shelf shelf, long token) throws IOException {
        Objects.requireNonNull(shelf, "shelf");
        return Optional.empty();
    }

    /**
     * Lets go of the medium; closing twice does nothing.
     *
     * @throws IOException if the medium fails; the storage is closed all the same
     */
    @Override
    void close() throws IOException;
}
