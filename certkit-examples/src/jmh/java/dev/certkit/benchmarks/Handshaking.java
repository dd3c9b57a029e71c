package dev.certkit.benchmarks;

import dev.certkit.key.KeyType;
import dev.certkit.tls.TlsContext;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.EncodedCertificate;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A full TLS 1.3 handshake in memory, both ends, with a chain of three P-256 certificates; the client checks the chain and
 * the name with a trust manager of certkit or with the JDK's. The server is the JDK's own. Compare within one run only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class Handshaking {
    private static final String HOST = "printer-7.example.fr";
    private static final int STEPS = 1000;

    private SSLContext server;
    private TrustManager ours;
    private TrustManager jdk;

    /** Makes the server's key and chain. */
    @Setup
    public void setUp() throws Exception {
        List<KeyPair> signers =
                List.of(KeyType.EC_P256.generate(), KeyType.EC_P256.generate(), KeyType.EC_P256.generate());
        JudgedChains made = new JudgedChains(signers, HOST);
        List<byte[]> chain =
                made.chain(0).stream().map(EncodedCertificate::encoded).toList();
        X509Certificate[] parsed = JudgedChains.parsedByJava(chain);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", made.leafKey(), new char[0], parsed);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        server = SSLContext.getInstance("TLS");
        server.init(keys.getKeyManagers(), null, null);
        TrustAnchors anchors = TrustAnchors.of(made.anchor().toX509Certificate());
        ours = TlsContext.trusting(TrustPolicy.pkix(anchors)).toTrustManager();
        jdk = Judging.trustManager(made.anchor());
    }

    /** With the JDK's trust manager. */
    @Benchmark
    public SSLEngine managerOfTheJdk() throws Exception {
        return handshake(jdk);
    }

    /** With certkit's. */
    @Benchmark
    public SSLEngine managerOfCertkit() throws Exception {
        return handshake(ours);
    }

    /** A context of its own each time, which has no session to resume. */
    private SSLEngine handshake(TrustManager manager) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
        SSLEngine client = context.createSSLEngine(HOST, 443);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        SSLEngine other = server.createSSLEngine();
        other.setUseClientMode(false);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        other.beginHandshake();
        for (int step = 0; step < STEPS; step++) {
            boolean done = advance(client, toClient, toServer);
            if (advance(other, toServer, toClient) && done) {
                return client;
            }
        }
        throw new SSLException("the handshake came to no end");
    }

    private static boolean advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        switch (status) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(1 << 16));
                in.compact();
            }
            default -> {
                return true;
            }
        }
        return false;
    }
}
