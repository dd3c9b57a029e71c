package dev.certkit.http;

import java.io.IOException;
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
 *   <li>A call with a body is sent at most once.
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
