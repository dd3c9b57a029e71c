package dev.certkit.tls;

import dev.certkit.trust.Peer;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/** What a handshake that goes on tells about its other end. */
record Handshake(@Nullable SSLSession session, Optional<Peer> peer, boolean identifies) {
    private static final Handshake UNKNOWN = new Handshake(null, Optional.empty(), false);

    /** One that was not told of: no name is known, and nobody asked for a name to be checked. */
    static Handshake unknown() {
        return UNKNOWN;
    }

    static Handshake on(@Nullable Socket socket) {
        if (!(socket instanceof SSLSocket tls)) {
            return UNKNOWN;
        }
        SSLSession session = tls.getHandshakeSession();
        return session == null ? UNKNOWN : of(session, tls.getSSLParameters());
    }

    static Handshake on(@Nullable SSLEngine engine) {
        if (engine == null) {
            return UNKNOWN;
        }
        SSLSession session = engine.getHandshakeSession();
        return session == null ? UNKNOWN : of(session, engine.getSSLParameters());
    }

    private static Handshake of(SSLSession session, SSLParameters parameters) {
        String algorithm = parameters.getEndpointIdentificationAlgorithm();
        boolean identifies = algorithm != null && !algorithm.isEmpty();
        return new Handshake(session, peer(session), identifies);
    }

    /** The name sent to the server goes first: an application that chose it means that server, wherever it is. */
    private static Optional<Peer> peer(SSLSession session) {
        String host = serverName(session).orElse(session.getPeerHost());
        int port = session.getPeerPort();
        try {
            return host == null ? Optional.empty() : Optional.of(new Peer(host, Math.max(port, 0)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The host name of the server name indication (RFC 6066, section 3). */
    Optional<String> serverName() {
        return session == null ? Optional.empty() : serverName(session);
    }

    private static Optional<String> serverName(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? serverNames(extended).stream()
                        .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                        .findFirst()
                        .flatMap(Handshake::hostName)
                : Optional.empty();
    }

    private static List<SNIServerName> serverNames(ExtendedSSLSession session) {
        try {
            return session.getRequestedServerNames();
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }

    private static Optional<String> hostName(SNIServerName name) {
        try {
            SNIHostName host = name instanceof SNIHostName known ? known : new SNIHostName(name.getEncoded());
            return Optional.of(host.getAsciiName());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the server stapled about its own certificate (RFC 6066, section 8); empty if nothing. */
    Optional<byte[]> stapled() {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            return extended.getStatusResponses().stream().findFirst().filter(response -> response.length > 0);
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** The algorithms of signatures that the other end can check, by their JCA names; empty if it did not say. */
    List<String> peerSignatures() {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return List.of();
        }
        try {
            return List.of(extended.getPeerSupportedSignatureAlgorithms());
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }
}
