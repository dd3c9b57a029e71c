/**
 * Fetching over HTTP within limits: one small seam, and a transport over the JDK's client that keeps its word.
 *
 * <p><b>Why</b>: the JDK's client alone is not safe against a sick or hostile server. It has no bound on the body, and its
 * request timeout ends with the headers, so that a slow drip runs for ever.
 * {@link dev.certkit.http.HttpTransport#standard()} therefore reads the body up to a limit and puts one deadline over
 * the whole exchange, redirects included. An answer of any status is an answer; only what gives no answer is an
 * {@link dev.certkit.http.UnreachableException}.
 *
 * <p>Redirects stay with the host that the caller named, because a server must not be able to point a device at its own
 * neighbours. A redirect that is not followed is handed back as the answer that it is.
 *
 * <p>One behaviour of the JDK cannot be switched off for a single client: a GET whose connection ends before the first
 * byte of an answer is sent a second time. A POST is never sent twice. Whatever must not happen twice is a POST.
 *
 * <p>A URI with user information is refused, and messages show a URI without its query: neither a password nor a token
 * can reach a log through this package.
 */
@NullMarked
package dev.certkit.http;

import org.jspecify.annotations.NullMarked;
