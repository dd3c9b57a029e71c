package dev.certkit.aia;

import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.identity.CertificateChain;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Fetches missing issuers from where certificates say they are (RFC 5280, section 4.2.2.1), within limits.
 *
 * <p>At most 4 places are called for one chain, each for at most 5 seconds and 64 KiB, over http or https, without
 * redirects, and on the usual ports unless a rule names another. Over plain http anybody on the way sees which issuer is
 * wanted; what is fetched counts only if its signature fits. Immutable and thread safe.
 */
public final class IssuerFetcher {
    static final int MAX_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<HostRule> hosts;
    private final boolean privateToo;
    private final HttpTransport transport;

    private IssuerFetcher(List<HostRule> hosts, boolean privateToo, HttpTransport transport) {
        this.hosts = hosts;
        this.privateToo = privateToo;
        this.transport = transport;
    }

    /**
     * Fetches from these hosts only, and only if their addresses are public.
     *
     * @param hosts each a name or address as {@code ca.example.com}, all names below a domain as {@code *.example.com}, or
     *     one with its port as {@code ca.example.com:8080}; at least one; not null
     * @throws IllegalArgumentException if there is none, or one is written otherwise
     */
    public static IssuerFetcher fromHosts(String... hosts) {
        if (hosts.length == 0) {
            throw new IllegalArgumentException("hosts: none is given; name those that may be called");
        }
        return new IssuerFetcher(
                Arrays.stream(hosts).map(HostRule::parse).toList(), false, HttpTransport.standard(limits()));
    }

    /**
     * Fetches from any host whose addresses are public.
     *
     * <p>Whoever makes a certificate can then make this process call any public web server.
     */
    public static IssuerFetcher fromAnyPublicHost() {
        return new IssuerFetcher(List.of(), false, HttpTransport.standard(limits()));
    }

    private static HttpLimits limits() {
        return HttpLimits.standard()
                .connectWithin(PATIENCE)
                .finishWithin(PATIENCE)
                .bodyUpTo(MAX_BYTES)
                .redirectsUpTo(0);
    }

    /**
     * Lets the named hosts also have addresses of this machine or of a private network, as a company's authority has.
     *
     * @throws IllegalStateException if no hosts were named
     */
    public IssuerFetcher alsoAtPrivateAddresses() {
        if (hosts.isEmpty()) {
            throw new IllegalStateException(
                    "private addresses need names: begin with IssuerFetcher.fromHosts, so that no certificate can choose"
                            + " a neighbour to call");
        }
        return new IssuerFetcher(hosts, true, transport);
    }

    /**
     * Calls through another transport, whose own limits of time then count.
     *
     * @param other should follow no redirects; not null
     */
    public IssuerFetcher over(HttpTransport other) {
        return new IssuerFetcher(hosts, privateToo, Objects.requireNonNull(other, "other"));
    }

    /**
     * Fetches issuer after issuer until the chain ends at a self-signed certificate or nothing helps any more.
     *
     * <p>Blocks meanwhile. A chain that is complete is given back without a call.
     *
     * @param chain not null
     * @throws InterruptedIOException if the thread was interrupted while it waited
     */
    public Completion complete(CertificateChain chain) throws InterruptedIOException {
        return new Climb(this, chain).run();
    }

    boolean allows(URI location) {
        return location.getRawUserInfo() == null
                && location.getHost() != null
                && (hosts.isEmpty()
                        ? HostRule.isUsualPort(location)
                        : hosts.stream().anyMatch(rule -> rule.allows(location)));
    }

    HttpTransport transport() {
        return privateToo ? transport : transport.publicAddressesOnly();
    }
}
