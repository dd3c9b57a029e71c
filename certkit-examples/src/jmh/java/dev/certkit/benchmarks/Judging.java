package dev.certkit.benchmarks;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
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
 * The verdict on three presented certificates that were never seen before, below an anchor, all with P-256 keys: certkit
 * with host name and purpose, the default trust manager of the JDK, and the bare signature checks of the provider that
 * certkit chooses. Parsing counts. Compare within one run only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class Judging {
    /** More certificates than the JDK keeps, since it remembers which key verified those. */
    private static final int CHAINS = 1000;

    private static final String HOST = "printer-7.example.fr";

    private final CryptoProviders providers = CryptoProviders.standard();
    private List<List<byte[]>> chains;
    private List<List<EncodedCertificate>> parsed;
    private List<KeyPair> signers;
    private TrustPolicy policy;
    private X509TrustManager jdk;
    private int next;

    @Setup
    public void setUp() throws Exception {
        signers = List.of(KeyType.EC_P256.generate(), KeyType.EC_P256.generate(), KeyType.EC_P256.generate());
        JudgedChains made = new JudgedChains(signers, HOST);
        chains = new ArrayList<>();
        parsed = new ArrayList<>();
        for (int i = 0; i < CHAINS; i++) {
            List<EncodedCertificate> chain = made.chain(i);
            parsed.add(chain);
            chains.add(chain.stream().map(EncodedCertificate::encoded).toList());
        }
        policy = TrustPolicy.pkix(TrustAnchors.of(made.anchor().toX509Certificate()))
                .and(TrustPolicy.hostname());
        jdk = trustManager(made.anchor());
        if (!certkit().isTrusted() || !bareSignatures()) {
            throw new IllegalStateException(certkit().toString());
        }
    }

    static X509TrustManager trustManager(EncodedCertificate anchor) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", anchor.toX509Certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private int following() {
        next = (next + 1) % CHAINS;
        return next;
    }

    @Benchmark
    public TrustVerdict certkit() {
        return policy.judge(PresentedChain.decode(chains.get(following()), Instant.now())
                .by(new Peer(HOST, 443))
                .forPurpose(ExtendedKeyUsage.SERVER_AUTH));
    }

    @Benchmark
    public int trustManagerOfTheJdk() throws GeneralSecurityException {
        var chain = JudgedChains.parsedByJava(chains.get(following()));
        jdk.checkServerTrusted(chain, "ECDHE_ECDSA");
        return chain.length;
    }

    /** With the keys of authorities that were never seen before, as they are in the other benchmarks. */
    @Benchmark
    public boolean bareSignatures() throws GeneralSecurityException {
        List<EncodedCertificate> chain = parsed.get(following());
        return isSigned(chain.get(0), providers.publicKey(chain.get(1).subjectPublicKeyInfo()))
                && isSigned(chain.get(1), providers.publicKey(chain.get(2).subjectPublicKeyInfo()))
                && isSigned(chain.get(2), signers.get(2).getPublic());
    }

    /** With keys that have verified before, for which Bouncy Castle keeps what it computed. */
    @Benchmark
    public boolean bareSignaturesOfKnownKeys() {
        List<EncodedCertificate> chain = parsed.get(following());
        return isSigned(chain.get(0), signers.get(0).getPublic())
                && isSigned(chain.get(1), signers.get(1).getPublic())
                && isSigned(chain.get(2), signers.get(2).getPublic());
    }

    private boolean isSigned(EncodedCertificate certificate, PublicKey key) {
        return providers.verify(
                SignatureAlgorithm.SHA256_WITH_ECDSA, key, certificate.toBeSigned(), certificate.signature());
    }
}
