package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.TrustPolicy;
import java.io.IOException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/**
 * Both sides follow renewals, and refuse what is rejected, in a JVM of its own; prints the providers that it had, and OK.
 *
 * <p>Each renewal must be another context, with managers that never change: a key manager that changes its mind is what such
 * a JVM does not take.
 */
final class RestrictedProgram {
    private final TestPki pki = new TestPki("Restricted CA");
    private final AtomicReference<CertifiedKey> serverKey = new AtomicReference<>(pki.server());
    private final AtomicReference<CertifiedKey> clientKey = new AtomicReference<>(pki.issue(TestPki.ecKey()));
    private final ChangingPolicy ofClient = new ChangingPolicy(pki.anchors());
    private final ChangingPolicy ofServer = new ChangingPolicy(pki.anchors());
    private final SSLContext server =
            TlsContext.presenting(serverKey::get).trusting(ofServer).toSslContext();
    private final SSLContext client = TlsContext.trusting(ofClient.and(TrustPolicy.hostname()))
            .presenting(clientKey::get)
            .toSslContext();

    private RestrictedProgram() {}

    public static void main(String[] arguments) throws IOException {
        new RestrictedProgram().run();
        System.out.println(
                Arrays.stream(Security.getProviders()).map(Provider::getName).toList() + " OK");
    }

    private void run() throws IOException {
        follows(server.getServerSessionContext(), server::getServerSessionContext, serverKey, pki.server());
        follows(
                client.getClientSessionContext(),
                client::getClientSessionContext,
                clientKey,
                pki.issue(TestPki.ecKey()));
        ofServer.reject(clientKey.get().chain().fingerprint());
        refused("the server trusted a rejected client");
        clientKey.set(pki.issue(TestPki.ecKey()));
        connect();
        ofClient.reject(serverKey.get().chain().fingerprint());
        refused("the client trusted a rejected server");
    }

    private void follows(
            SSLSessionContext before,
            Supplier<SSLSessionContext> now,
            AtomicReference<CertifiedKey> key,
            CertifiedKey next)
            throws IOException {
        connect();
        check(now.get() == before, "a context was swapped without a renewal");
        key.set(next);
        connect();
        check(now.get() != before, "no context was swapped at a renewal");
    }

    private void refused(String otherwise) throws IOException {
        try {
            connect();
        } catch (SSLException e) {
            check(UntrustedPeerException.in(e).isPresent(), "it is not told why");
            return;
        }
        check(false, otherwise);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void connect() throws IOException {
        SSLEngine one = client.createSSLEngine("localhost", 1);
        one.setUseClientMode(true);
        SSLEngine other = server.createSSLEngine();
        other.setUseClientMode(false);
        other.setNeedClientAuth(true);
        new EnginePair(one, other).talk();
        check(
                one.getSession()
                        .getPeerCertificates()[0]
                        .equals(serverKey.get().chain().leaf()),
                "the server's key is an old one");
        check(
                other.getSession()
                        .getPeerCertificates()[0]
                        .equals(clientKey.get().chain().leaf()),
                "the client's key is an old one");
    }
}
