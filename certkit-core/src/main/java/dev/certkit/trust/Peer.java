package dev.certkit.trust;

import dev.certkit.x509.GeneralName;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a connection goes to: a host name or an IP address, and a port.
 *
 * @param host as it was asked for; brackets around an IPv6 address are dropped; not null
 * @param port 0 to 65535; 0 if it is not known
 */
public record Peer(String host, int port) {
    private static final int LAST_PORT = 65_535;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the host is empty or the port out of range
     */
    public Peer {
        Objects.requireNonNull(host, "host");
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host: it is empty; name a host or give its address");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port: " + port + " is not 0 to " + LAST_PORT);
        }
    }

    /**
     * The name that a certificate must have: an address, or a host name in A-labels.
     *
     * <p>A dot at the end does not count.
     *
     * @return empty if the host is neither, so that no certificate can have it
     */
    public Optional<GeneralName> name() {
        try {
            GeneralName name = GeneralName.of(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
            return Optional.of(name).filter(possible -> !possible.toString().startsWith("*"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The host and the port, for example {@code printer-7.local:443}; brackets stand around an IPv6 address. */
    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }
}
