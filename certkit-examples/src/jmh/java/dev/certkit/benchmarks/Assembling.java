package dev.certkit.benchmarks;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificatePool;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
 * A leaf, its issuer and a root, found in a pool: kept as an index, or handed over anew; beside it the leaf's bare
 * signature check, and the JDK's path builder, which remembers signatures in its objects. Compare within one run only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Assembling {
    /** What the pool has. */
    public enum Pool {
        /** The leaf, its issuer and the root. */
        OF_3,
        /** And 9,997 authorities of other names. */
        OF_10_000,
        /** And 997 authorities of the issuer's name. */
        OF_1_000_OF_ONE_NAME
    }

    @Param({"EC_P256", "RSA_2048"})
    private KeyType type;

    @Param
    private Pool pool;

    private X509Certificate leaf;
    private List<X509Certificate> certificates;
    private CertificatePool index;
    private PublicKey issuerKey;
    private PKIXBuilderParameters parameters;

    @Setup
    public void setUp() throws Exception {
        CertifiedKey root = Fleet.root(type);
        KeyPair issuerKeys = type.generate();
        CertifiedKey issuer = Fleet.below(root, "Issuer", issuerKeys);
        leaf = Fleet.leaf(issuer, KeyType.EC_P256.generate()).chain().leaf();
        certificates = new ArrayList<>(others(root));
        certificates.addAll(List.of(leaf, issuer.chain().leaf(), root.chain().leaf()));
        index = CertificatePool.of(certificates);
        issuerKey = issuerKeys.getPublic();
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        parameters =
                new PKIXBuilderParameters(Set.of(new TrustAnchor(root.chain().leaf(), null)), target);
        parameters.setRevocationEnabled(false);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates)));
    }

    private List<X509Certificate> others(CertifiedKey root) throws IOException {
        return switch (pool) {
            case OF_3 -> List.of();
            case OF_10_000 -> Fleet.authorities(root, 9_997, i -> "Authority " + i, KeyType.EC_P256);
            case OF_1_000_OF_ONE_NAME -> Fleet.authorities(root, 997, i -> "Issuer", KeyType.EC_P256);
        };
    }

    @Benchmark
    public CertificateChain fromAnIndex() {
        return CertificateChain.assemble(leaf, index);
    }

    @Benchmark
    public CertificateChain fromACollection() {
        return CertificateChain.assemble(leaf, certificates);
    }

    @Benchmark
    public Object builtAndValidatedByTheJdk() throws Exception {
        return CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    @Benchmark
    public boolean bareSignatureCheck() throws Exception {
        return CryptoProviders.standard()
                .verify(
                        SignatureAlgorithm.defaultFor(issuerKey),
                        issuerKey,
                        leaf.getTBSCertificate(),
                        leaf.getSignature());
    }
}
