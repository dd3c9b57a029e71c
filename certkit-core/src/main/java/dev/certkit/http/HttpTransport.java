package dev.certkit.http;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Sends one HTTP call and brings its answer back, within limits.
 *
 * <p>The contract that an implementation keeps:
 *
 * <ul>
 *   <li>An answer of any status, 4xx and 5xx included, is returned. Nothing is thrown for it.
 *   <li>If no complete answer comes within the implementation's limits, an {@link UnreachableException} says in which
 *       phase and why. No other exception comes from the network.
 *   <li>A call with a body is sent at most once, but for one that {@link #digest} sends again after a 401.
 *   <li>No cookies, no cache, no credentials of its own.
 *   <li>Instances are thread safe. The calling thread waits; its interruption ends the exchange with an
 *       {@link java.io.InterruptedIOException} and leaves the thread interrupted.
 * </ul>
 */
@FunctionalInterface
public interface HttpTransport {
    /**
     * Sends the call and waits for the whole answer.
     *
     * @param call not null
     * @return the answer, whatever its status
     * @throws UnreachableException if no complete answer came within the limits
     * @throws IOException as an {@link java.io.InterruptedIOException} if the thread was interrupted
     */
    HttpAnswer exchange(HttpCall call) throws IOException;

    /**
     * The same transport for places that strangers name: it calls only hosts with public addresses.
     *
     * <p>A host with an address of this machine, of the local or of a private network is an {@link UnreachableException}.
     *
     * <p>The name is looked up before the call, through the resolver of the JVM, whose answer the JDK's client then takes
     * from its cache. Where a proxy looks the name up again, or that cache is switched off, a name server that changes its
     * answer in between is not caught.
     */
    default HttpTransport publicAddressesOnly() {
        return new PublicOnlyTransport(this);
    }

    /**
     * The same transport, which proves a password to the server that asks for it (RFC 7616), and never sends it.
     *
     * <p>The password is for the origin (scheme, host and port) of the first call; calls to others pass as they are. Use
     * {@link #digest(URI, String, Passphrase)} where strangers name places.
     *
     * <p>The best hash that the server offers is used: SHA-512-256, SHA-256, and MD5 where nothing else is offered. Once a
     * challenge was answered, the next calls to what it protects carry an answer at once. A call that is answered with 401 is
     * sent again, with its body, once or, where the nonce was stale, twice; each within the limits of this transport. If the
     * server still refuses, its 401 is returned. Redirects to protected places are not followed: give this transport none.
     *
     * @param user 1 to 74 characters without control characters; not null
     * @param password 0 to 74 characters; must stay open as long as the transport is used; not null
     * @throws IllegalArgumentException if one of them is out of range
     */
    default HttpTransport digest(String user, Passphrase password) {
        return new DigestTransport(this, new DigestCredentials(user, password), CryptoProviders.standard(), null);
    }

    /**
     * The same as {@link #digest(String, Passphrase)}, for an origin that is known beforehand.
     *
     * @param place any URI of the origin; http or https; not null
     * @param user 1 to 74 characters without control characters; not null
     * @param password 0 to 74 characters; must stay open as long as the transport is used; not null
     * @throws IllegalArgumentException if one of them is out of range
     */
    default HttpTransport digest(URI place, String user, Passphrase password) {
        return digest(place, user, password, CryptoProviders.standard());
    }

    /**
     * The same as {@link #digest(URI, String, Passphrase)}, with client nonces of this randomness.
     *
     * @param place any URI of the origin; http or https; not null
     * @param user 1 to 74 characters without control characters; not null
     * @param password 0 to 74 characters; must stay open as long as the transport is used; not null
     * @param providers asked for {@linkplain CryptoProviders#random() randomness} only; not null
     * @throws IllegalArgumentException if one of them is out of range
     */
    default HttpTransport digest(URI place, String user, Passphrase password, CryptoProviders providers) {
        Objects.requireNonNull(place, "place");
        return new DigestTransport(this, new DigestCredentials(user, password), providers, place);
    }

    /**
     * A transport over the JDK's HTTP client, with {@link HttpLimits#standard()}.
     *
     * <p>It speaks HTTP/1.1, goes through the process's default proxy selector, and makes its client and the client's daemon
     * threads at the first call. Over https it trusts what the JDK's default context trusts.
     */
    static HttpTransport standard() {
        return standard(HttpLimits.standard());
    }

    /**
     * A transport over the JDK's HTTP client, with these limits.
     *
     * @param limits not null
     */
    static HttpTransport standard(HttpLimits limits) {
        return new JdkTransport(Objects.requireNonNull(limits, "limits"), null);
    }

    /**
     * A transport over the JDK's HTTP client, with these limits, and this context for https.
     *
     * <p>The server's name is always checked against its certificate.
     *
     * @param limits not null
     * @param context says whom to trust and what to present; not null
     */
    static HttpTransport standard(HttpLimits limits, SSLContext context) {
        return new JdkTransport(Objects.requireNonNull(limits, "limits"), Objects.requireNonNull(context, "context"));
    }
}
