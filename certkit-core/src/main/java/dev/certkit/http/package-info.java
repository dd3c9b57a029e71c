/**
 * Fetching over HTTP within limits: one small seam, and a transport that keeps its word.
 *
 * <p><b>Why</b>: the JDK's client alone is not safe against a sick or hostile server. It has no bound on the body, and its
 * request timeout ends with the headers, so that a slow drip runs for ever.
 * {@link dev.certkit.http.HttpTransport#standard()} therefore reads the body up to a limit and puts one deadline over
 * the whole exchange, redirects included. An answer of any status is an answer; only what gives no answer is an
 * {@link dev.certkit.http.UnreachableException}.
 *
 * <p>What certificates need of the network is mostly plain http, whose messages are signed by themselves: SCEP, revocation
 * lists, OCSP, issuers' certificates. For those a connection, a call and an answer are read and written here, in the calling
 * thread: the JDK's client costs two thread changes and four times the processor for an exchange of two kilobytes, keeps
 * threads in a device that enrols once a year, tries one address of a host only, and shows nothing between two reads. One
 * connection serves one call, so that none is found dead, and nothing is ever sent twice. TLS and proxies are the JDK's.
 *
 * <p>Redirects stay with the host that the caller named, because a server must not be able to point a device at its own
 * neighbours. A redirect that is not followed is handed back as the answer that it is.
 *
 * <p>One behaviour of the JDK cannot be switched off for a single client: over https, or through a proxy, a GET whose
 * connection ends before the first byte of an answer is sent a second time. A POST is never sent twice. Whatever must not
 * happen twice is a POST.
 *
 * <p>A URI with user information is refused, and messages show a URI without its query: neither a password nor a token
 * can reach a log through this package.
 */
@NullMarked
package dev.certkit.http;

import org.jspecify.annotations.NullMarked;
