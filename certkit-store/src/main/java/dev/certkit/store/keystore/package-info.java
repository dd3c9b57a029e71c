/**
 * Records in one PKCS#12 file, which other programs open as the key store that it also is.
 *
 * <p><b>Why</b>
 *
 * <ul>
 *   <li>The records are the truth and stand in the file as one secret entry, {@code certkit-records}. The keys and
 *       certificates that others see are made from them anew with each write, so the two cannot drift apart in our hands.
 *   <li>A secret entry, because it is the one place for octets of one's own that Java keeps when {@code keytool} writes the
 *       file again, for example with another passphrase, and that OpenSSL, GnuTLS and NSS pass over. Attributes of keys
 *       would be lost there, and so would bags of a type of our own.
 *   <li>A file in which another program added or removed something is refused and never written over: the entry that
 *       somebody put there by hand may be the only copy of a key.
 *   <li>The passphrase decides what damage is. The certificates, each key and the records are encrypted apart; if the checksum is wrong,
 *       and one of them opens, then the passphrase is right and the file is damaged. If none opens, the passphrase is wrong, and
 *       the file before is not used in its place, which would undo a change of passphrase.
 *   <li>The file before is a copy of its own and no link, so that one bad block does not cost both.
 * </ul>
 */
@NullMarked
package dev.certkit.store.keystore;

import org.jspecify.annotations.NullMarked;
