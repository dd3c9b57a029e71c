package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Proves in memory that a key can serve: a client completes a handshake with it and sees the right certificate. */
final class TrialHandshake {
    private static final int STEPS = 1000;

    private final SSLContext context;
    private final SSLContext visitor;

    private TrialHandshake(SSLContext context, SSLContext visitor) {
        this.context = context;
        this.visitor = visitor;
    }

    /** What fails says that the key cannot serve. */
    static void with(CertifiedKey key) throws GeneralSecurityException, IOException {
        TrustManager[] expecting = {new Expecting(key.chain().leaf())};
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(new KeyManager[] {PresentedKeys.of(List.of(key))}, expecting, null);
        SSLContext visitor = SSLContext.getInstance("TLS");
        visitor.init(null, expecting, null);
        new TrialHandshake(server, visitor).run();
    }

    /** A token may know only the signatures of TLS 1.2, which then serves those who choose it. */
    private void run() throws IOException {
        try {
            attempt(SafeDefaults.PROTOCOLS);
        } catch (SSLException e) {
            try {
                attempt(List.of("TLSv1.2"));
            } catch (SSLException alsoThere) {
                e.addSuppressed(alsoThere);
                throw e;
            }
        }
    }

    private void attempt(List<String> protocols) throws SSLException {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = visitor.createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(protocols.toArray(String[]::new));
        ByteBuffer toServer = buffer(client);
        ByteBuffer toClient = buffer(server);
        for (int step = 0; step < STEPS; step++) {
            boolean clientDone = advance(client, toClient, toServer);
            boolean serverDone = advance(server, toServer, toClient);
            if (clientDone && serverDone) {
                return;
            }
        }
        throw new SSLException("the trial handshake came to no end");
    }

    private static ByteBuffer buffer(SSLEngine engine) {
        return ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize());
    }

    /** One step; true once this side needs nothing more. */
    private static boolean advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        switch (status) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(engine, in);
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                if (engine.getSession().isValid()
                        && !engine.getSession().getProtocol().equals("NONE")) {
                    return true;
                }
                engine.beginHandshake();
            }
        }
        return false;
    }

    private static void unwrap(SSLEngine engine, ByteBuffer in) throws SSLException {
        in.flip();
        SSLEngineResult result =
                engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        in.compact();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the trial handshake was closed");
        }
    }

    /** Believes one certificate and nothing else. */
    private static final class Expecting extends ChainTrust {
        private final X509Certificate expected;

        Expecting(X509Certificate expected) {
            this.expected = expected;
        }

        @Override
        void checkServer(X509Certificate @Nullable [] chain, Handshake handshake) throws CertificateException {
            checkClient(chain);
        }

        @Override
        void checkClient(X509Certificate @Nullable [] chain) throws CertificateException {
            if (chain == null || !chain[0].equals(expected)) {
                throw new CertificateException("the trial handshake showed another certificate");
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
