/**
 * What a device was told to do, as one document: {@link dev.certkit.shelf.settings.Settings}.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>Settings are one record in Java's properties format, read more strictly than Java does: a document with a mistake changes
 *       nothing and names every line. What nobody knows here may be a secret, so it is sealed and left out like one. A version
 *       that travels with exports tells a follower what is new; a storage's revisions could not, since each counts its own.
 *   <li>A secret is given out and taken as a {@link dev.certkit.key.Passphrase}, which is closed by who asked for it. Inside, values
 *       are immutable and shared, so nobody can wipe them under another's hands; they are printed nowhere.
 * </ul>
 */
@NullMarked
package dev.certkit.shelf.settings;

import org.jspecify.annotations.NullMarked;
