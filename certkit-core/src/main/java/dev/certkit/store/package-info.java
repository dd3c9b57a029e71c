/**
 * Where records are kept: the SPI for back ends, its values, and the back end in memory.
 *
 * <p>{@link dev.certkit.store.Storage} is all that a back end implements and all that the shelves use. Nothing in it knows
 * certificates: a record is a name, some bytes, and two things to find it by, a time and a fingerprint. What is to be done about
 * records that are due is done by {@link dev.certkit.store.DueWork}, in as many processes as share the storage. What a device
 * keeps here is for {@link dev.certkit.shelf.Identities}, {@link dev.certkit.shelf.trust.TrustLists} and their neighbours.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>One record is the unit of atomicity, so what must change as one is one record. Key and chain in two files, each
 *       written well, gave mismatched pairs in every third kill; in one file, in none.
 *   <li>Lists give headers, not payloads. A page costs no more for large records, one unreadable record does not hide its
 *       neighbours, and a cache fetches only what has another revision than last time.
 *   <li>Due times and leases are one column. A claim moves the time to the lease's end, so an expired lease is due by
 *       itself: there is no reaper, and no second truth that could disagree.
 *   <li>A claim is a write with a revision of its own, so comparing revisions is the whole fence. The epoch is for
 *       others: a number that only grows, to hand to a system that must refuse the work of an earlier claim.
 *   <li>Work on what is due has no thread, no schedule and no clock of its own: whoever has a timer, a main loop or a library for
 *       jobs calls it, and times are counted from the storage's clock, so that no host's clock can storm or starve it.
 * </ul>
 */
@NullMarked
package dev.certkit.store;

import org.jspecify.annotations.NullMarked;
