/**
 * Fetching the issuer that a chain lacks from where the certificate below says it is (RFC 5280, section 4.2.2.1).
 *
 * <p><b>Why</b>: a URL in a certificate is written by whoever made the certificate, so that following it is a way to make
 * a device call its own neighbours, or to tell a stranger when it looked. Nothing is therefore fetched unless
 * {@link dev.certkit.aia.IssuerFetcher} is asked, only from hosts that the caller named, and what comes back counts only
 * if its signature fits.
 *
 * <p>It is a package of its own, above {@code identity} and {@code http}: chains are put together, and keys handled,
 * without any code that can reach the network.
 *
 * <p>That an issuer is not found is an ordinary answer, not a failure: the chain stays as long as it was, and each place
 * that was tried says why it did not help.
 */
@NullMarked
package dev.certkit.aia;

import org.jspecify.annotations.NullMarked;
