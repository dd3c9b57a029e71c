/**
 * Records in the files of one directory, and keys and certificates in the files that servers want.
 *
 * <p><b>Records: why</b>
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
 *
 * <p><b>A server's files: the picture</b>, here of {@code FileLayout.apache()}:
 *
 * <pre>
 * web.crt -&gt; .web/web.crt      what the server is told; these links never change
 * web.csr -&gt; .web/web.csr
 * web.key -&gt; .web/web.key
 * .web    -&gt; .web+7            the one link whose replacement, by a rename, changes all files
 * .web+7/   web.crt web.csr web.key web.root.crt
 * .web+6/                      the generation before
 * .+lock .+gate .+0            one writer at a time; a link that was not finished
 * </pre>
 *
 * <p><b>A server's files: why</b>
 *
 * <ul>
 *   <li>Key and certificate are two files for most servers, and no rename replaces two. So both are reached through one
 *       link, whose replacement does. A server that opens one before and one after that moment still gets a mixed pair, which no
 *       writer can prevent: it must be told to reload after the write, not during it. A layout of one file has no such moment.
 *   <li>Layouts of one file go the same way, because the request beside it belongs to the key, too.
 *   <li>The generation before stays until the next write, for a server that has followed the link already. Its key is the
 *       price. A withdrawn name leaves nothing.
 *   <li>What a layout has no place for, such as the request for HAProxy or the root for everybody, is kept in the generation,
 *       unpublished. So each layout holds the whole identity, and a move loses nothing.
 *   <li>Hidden names, because HAProxy loads whatever else is in its directory, and does not start if that is no certificate.
 *   <li>A link is trusted if it says what ours say, and never otherwise; a directory in which others could make links is
 *       refused. That also refuses a server's directory that its group can write: give it to the writer, and let the
 *       files have the group.
 *   <li>Names become file names as they are, in contrast to records: an administrator writes them into a configuration. So
 *       the grammar is narrow, and text from certificates is not taken.
 *   <li>A file's mode grows once, from 0600 while it is empty to 0640 when it has the group; the other way round the wrong
 *       group could have opened it.
 *   <li>Hashed directories change in place, since OpenSSL looks for one name at a time and keeps no state in between; the order of
 *       the steps keeps in sight what stays.
 * </ul>
 */
@NullMarked
package dev.certkit.store.file;

import org.jspecify.annotations.NullMarked;
