/**
 * Records in the files of one directory.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>A file for each record and generation: written aside, synced, renamed, and the directory synced. Of four schemes
 *       tried with kills, power cuts and failing calls it was the only one without a bad outcome. There is no file that
 *       points to the current generation, because it could disagree: the highest valid revision is the current one.
 *   <li>A write consults nothing on the disk and changes nothing in memory before it is durable; so a failed one is
 *       undone by deleting one file, and the next one starts afresh with another name.
 *   <li>After a failed sync nothing is synced again: the kernel may have dropped what it could not write. The file is
 *       thrown away and written anew from memory.
 *   <li>A deletion takes the newest generation last, and after a sync of its own. In any other order a crash could bring
 *       back an older state, or a revoked one.
 *   <li>Opening syncs the directory first: what a killed process renamed but had not synced is visible, and could
 *       otherwise be read now and be gone after a loss of power.
 *   <li>A file that is not readable, as against one with wrong bytes, never leads to the generation before it: taking
 *       somebody's {@code chmod} or a passing I/O error for damage would undo an acknowledged write.
 *   <li>Claims are ordinary commits. They could live in memory, as the process is alone and its claims die with it; but
 *       then a record whose work kills the process would be claimed again at once, for ever.
 * </ul>
 */
@NullMarked
package dev.certkit.store.file;

import org.jspecify.annotations.NullMarked;
