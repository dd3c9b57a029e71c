package dev.certkit.tls;

import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;

/**
 * What a socket or engine is given before anybody sees it: TLS 1.2 and 1.3, the check of the server's name, and for servers
 * a look at the name that a client asks for.
 */
final class SafeDefaults {
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Java's server resumes a session under another name (against RFC 6066, section 3) unless it matches names. */
    private static final SNIMatcher ANY_NAME = new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
        @Override
        public boolean matches(SNIServerName name) {
            return true;
        }
    };

    private SafeDefaults() {}

    static SSLEngine on(SSLEngine engine) {
        // Unset values leave the engine as it is; a full set would freeze the defaults of one mode for the other.
        engine.setSSLParameters(lookingAtNames());
        if (!areModern(engine.getEnabledProtocols())) {
            engine.setEnabledProtocols(modern(engine.getEnabledProtocols()));
        }
        return engine;
    }

    static SSLSocket on(SSLSocket socket) {
        socket.setSSLParameters(lookingAtNames());
        if (!areModern(socket.getEnabledProtocols())) {
            socket.setEnabledProtocols(modern(socket.getEnabledProtocols()));
        }
        return socket;
    }

    static SSLServerSocket on(SSLServerSocket socket) {
        socket.setSSLParameters(lookingAtNames());
        if (!areModern(socket.getEnabledProtocols())) {
            socket.setEnabledProtocols(modern(socket.getEnabledProtocols()));
        }
        return socket;
    }

    static SSLParameters on(SSLParameters parameters) {
        parameters.setProtocols(modern(parameters.getProtocols()));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setSNIMatchers(List.of(ANY_NAME));
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    private static SSLParameters lookingAtNames() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setSNIMatchers(List.of(ANY_NAME));
        return parameters;
    }

    private static boolean areModern(String[] enabled) {
        return PROTOCOLS.containsAll(Arrays.asList(enabled));
    }

    private static String[] modern(String[] enabled) {
        return Arrays.stream(enabled).filter(PROTOCOLS::contains).toArray(String[]::new);
    }
}
