/**
 * Records in a data base, for whoever outgrows one process or one machine.
 *
 * <p>Any scheduler can drive the work over it, at any rate and on any number of machines: a timer, a scheduled container, a
 * library for jobs. Each run calls {@link dev.certkit.store.DueWork#runDueOnce}, or claims what is due itself with
 * {@link dev.certkit.store.Storage#claimDue}; what others have claimed is not due.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>One column with its index carries due times and leases. A claim of 50 among a million records took 1.3 ms with it,
 *       and 63 ms with an index of the due time beside a lease column, because the records in work are walked over.
 *   <li>A revision is compared in the {@code where} clause of the write itself. There is no lock to hold, and a worker
 *       that was paused for a day is refused by the data base, whatever it believes.
 *   <li>In PostgreSQL a claim passes over the rows that others are claiming, so workers do not wait for each other;
 *       revisions come from a sequence, because a counter in a row would make all writers wait for one. A sequence
 *       counts at once and not at commit: creating and deleting one name therefore take turns, and the change token asks
 *       whether somebody is still writing.
 *   <li>In SQLite there is one writer anyway, and a counter in a row is exact. A write takes the file's lock at once, because
 *       a transaction that reads first can be refused in the middle.
 *   <li>Names are bytes, mapped so that their order is that of code points: collations differ between data bases and
 *       between versions of one, and their text cannot hold every character.
 *   <li>After a connection was lost a write is not repeated by itself. Whether it was done cannot be known here; its caller
 *       finds out by reading the record.
 *   <li>Times are numbers: no driver, session or server can move them into another zone.
 * </ul>
 */
@NullMarked
package dev.certkit.store.jdbc;

import org.jspecify.annotations.NullMarked;
