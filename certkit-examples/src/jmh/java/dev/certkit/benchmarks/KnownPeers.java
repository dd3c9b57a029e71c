package dev.certkit.benchmarks;

import dev.certkit.key.KeyType;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The verdict on a chain of three that was trusted before, as a handshake asks for it: with host name and purpose, from
 * the octets on; by a policy alone and behind trust lists with entries of every kind. Compare within one run only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KnownPeers {
    private static final String HOST = "printer-7.example.fr";

    /** Entries of the lists: a quarter each accepted servers, accepted authorities, rejected and captured ones. */
    @Param({"0", "1000", "100000"})
    private int entries;

    private List<byte[]> chain;
    private X509Certificate[] objects;
    private TrustPolicy alone;
    private TrustPolicy listed;
    private X509TrustManager jdk;

    /** Makes the chain and fills the lists. */
    @Setup
    public void setUp() throws Exception {
        List<KeyPair> signers =
                List.of(KeyType.EC_P256.generate(), KeyType.EC_P256.generate(), KeyType.EC_P256.generate());
        JudgedChains made = new JudgedChains(signers, HOST);
        chain = made.chain(0).stream().map(EncodedCertificate::encoded).toList();
        objects = JudgedChains.parsedByJava(chain);
        TrustAnchors anchors = TrustAnchors.of(made.anchor().toX509Certificate());
        alone = TrustPolicy.pkix(anchors).and(TrustPolicy.hostname());
        TrustLists lists = ListedEntries.of(entries, anchors);
        listed = TrustPolicy.pkix(anchors).and(TrustPolicy.hostname()).deferringTo(lists);
        jdk = Judging.trustManager(made.anchor());
        if (!policy().isTrusted() || !policyWithLists().isTrusted()) {
            throw new IllegalStateException(policyWithLists().toString());
        }
    }

    private PresentedChain presented() {
        return PresentedChain.decode(chain, Instant.now())
                .by(new Peer(HOST, 443))
                .forPurpose(ExtendedKeyUsage.SERVER_AUTH);
    }

    /** What all the others do as well. */
    @Benchmark
    public PresentedChain reading() {
        return presented();
    }

    /** Without lists. */
    @Benchmark
    public TrustVerdict policy() {
        return alone.judge(presented());
    }

    /** With lists. */
    @Benchmark
    public TrustVerdict policyWithLists() {
        return listed.judge(presented());
    }

    /** The JDK's own, which checks no name and is given what is read already. */
    @Benchmark
    public int trustManagerOfTheJdk() throws CertificateException {
        jdk.checkServerTrusted(objects, "ECDHE_ECDSA");
        return objects.length;
    }
}
