package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.TrustPolicy;
import java.io.IOException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Shakes hands, follows a renewal and a reject, in a JVM of its own; prints the providers that it had, and OK. */
final class RestrictedProgram {
    private RestrictedProgram() {}

    public static void main(String[] arguments) throws IOException {
        TestPki pki = new TestPki("Restricted CA");
        AtomicReference<CertifiedKey> key = new AtomicReference<>(pki.server());
        SSLContext server = TlsContext.presenting(key::get).toSslContext();
        ChangingPolicy policy = new ChangingPolicy(pki.anchors());
        SSLContext client =
                TlsContext.trusting(policy.and(TrustPolicy.hostname())).toSslContext();
        connect(client, server);
        key.set(pki.server());
        connect(client, server);
        policy.reject(key.get().chain().fingerprint());
        try {
            connect(client, server);
            System.out.println("a rejected certificate was trusted");
        } catch (IOException e) {
            boolean told = UntrustedPeerException.in(e).isPresent();
            System.out.println(Arrays.stream(Security.getProviders())
                            .map(Provider::getName)
                            .toList()
                    + (told ? " OK" : " not told why"));
        }
    }

    private static void connect(SSLContext client, SSLContext server) throws IOException {
        SSLEngine one = client.createSSLEngine("localhost", 1);
        one.setUseClientMode(true);
        SSLEngine other = server.createSSLEngine();
        other.setUseClientMode(false);
        new EnginePair(one, other).talk();
    }
}
