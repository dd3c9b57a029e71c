/**
 * Rules that a certificate keeps, whoever made it: what verifiers in the field refuse, found before the field does.
 *
 * <p><b>Why</b> a package of its own: a profile (in {@code dev.certkit.x509}) says what one owner wants; these rules say what
 * RFC 5280 and its kin, or the CA/Browser forum, want of everybody. They are data with an id, a source and dates, so
 * that a set can be shown, cut down and quoted. They look at the octets, not at objects, since most of what is wrong in the
 * field does not survive being parsed into an object.
 */
@NullMarked
package dev.certkit.lint;

import org.jspecify.annotations.NullMarked;
