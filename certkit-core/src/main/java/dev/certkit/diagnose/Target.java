package dev.certkit.diagnose;

import dev.certkit.trust.Peer;
import dev.certkit.x509.GeneralName;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where a diagnosis goes, and by which way. */
record Target(Peer peer, Optional<String> servername, Optional<StartTls> startTls, Optional<InetSocketAddress> proxy) {
    Target {
        if (peer.port() == 0) {
            throw new IllegalArgumentException("port: 0 cannot be connected to; give one from 1 to 65535");
        }
    }

    Target named(String name) {
        return new Target(peer, Optional.of(name), startTls, proxy);
    }

    Target after(StartTls protocol) {
        return new Target(peer, servername, Optional.of(protocol), proxy);
    }

    Target through(InetSocketAddress through) {
        return new Target(peer, servername, startTls, Optional.of(through));
    }

    /** Whom the certificate must be for. */
    Peer expected() {
        return servername.map(name -> new Peer(name, peer.port())).orElse(peer);
    }

    /** The name for the server name extension, which carries no addresses (RFC 6066, section 3). */
    Optional<String> sni() {
        return expected()
                .name()
                .flatMap(name -> name instanceof GeneralName.Dns dns ? Optional.of(dns.host()) : Optional.empty());
    }
}
