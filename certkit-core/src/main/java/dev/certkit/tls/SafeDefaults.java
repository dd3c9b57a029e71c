package dev.certkit.tls;

import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** What a socket or engine is given before anybody sees it: TLS 1.2 and 1.3, and the check of the server's name. */
final class SafeDefaults {
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private SafeDefaults() {}

    static SSLEngine on(SSLEngine engine) {
        // Unset values leave the engine as it is; a full set would freeze the defaults of one mode for the other.
        engine.setSSLParameters(checkingNames());
        if (!areModern(engine.getEnabledProtocols())) {
            engine.setEnabledProtocols(modern(engine.getEnabledProtocols()));
        }
        return engine;
    }

    static SSLSocket on(SSLSocket socket) {
        socket.setSSLParameters(checkingNames());
        if (!areModern(socket.getEnabledProtocols())) {
            socket.setEnabledProtocols(modern(socket.getEnabledProtocols()));
        }
        return socket;
    }

    static SSLServerSocket on(SSLServerSocket socket) {
        if (!areModern(socket.getEnabledProtocols())) {
            socket.setEnabledProtocols(modern(socket.getEnabledProtocols()));
        }
        return socket;
    }

    static SSLParameters on(SSLParameters parameters) {
        parameters.setProtocols(modern(parameters.getProtocols()));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    private static SSLParameters checkingNames() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    private static boolean areModern(String[] enabled) {
        return PROTOCOLS.containsAll(Arrays.asList(enabled));
    }

    private static String[] modern(String[] enabled) {
        return Arrays.stream(enabled).filter(PROTOCOLS::contains).toArray(String[]::new);
    }
}
