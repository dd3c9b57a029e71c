package dev.certkit.benchmarks;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import io.netty.pkitesting.CertificateBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
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
 * Self-signed certificates and requests with the key ready: certkit, the bare signature of the provider that it chooses,
 * raw bcpkix over the JDK's provider and over Bouncy Castle's, and two libraries for tests over the JDK's. Compare within
 * one run only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Making {
    private static final DistinguishedName SUBJECT =
            DistinguishedName.cn("printer-7").o("Acme").c("FR");

    @Param({"EC_P256", "RSA_2048"})
    private KeyType type;

    private final CryptoProviders providers = CryptoProviders.standard();
    private final byte[] toBeSigned = new byte[400];
    private KeyPair keys;
    private SignatureAlgorithm algorithm;
    private RawBcpkix overTheJdk;
    private RawBcpkix overBouncyCastle;
    private OtherMakers others;

    @Setup
    public void setUp() throws Exception {
        keys = type.generate();
        algorithm = SignatureAlgorithm.defaultFor(keys.getPublic());
        overTheJdk = new RawBcpkix(ofTheJdk(keys), algorithm.jcaName(), null);
        overBouncyCastle = new RawBcpkix(keys, algorithm.jcaName(), new BouncyCastleProvider());
        others = new OtherMakers(
                ofTheJdk(keys),
                type == KeyType.RSA_2048 ? CertificateBuilder.Algorithm.rsa2048 : CertificateBuilder.Algorithm.ecp256);
    }

    private static KeyPair ofTheJdk(KeyPair keys) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(keys.getPublic().getAlgorithm());
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(keys.getPublic().getEncoded())),
                factory.generatePrivate(
                        new PKCS8EncodedKeySpec(keys.getPrivate().getEncoded())));
    }

    @Benchmark
    public byte[] bareSignature() {
        return providers.sign(algorithm, keys.getPrivate(), toBeSigned);
    }

    @Benchmark
    public CertifiedKey selfSigned() {
        return CertifiedKey.selfSigned(SUBJECT)
                .san("printer-7.local", "192.0.2.7")
                .with(keys);
    }

    @Benchmark
    public Object selfSignedByBcpkixOverTheJdk() throws Exception {
        return overTheJdk.selfSigned();
    }

    @Benchmark
    public Object selfSignedByBcpkixOverBouncyCastle() throws Exception {
        return overBouncyCastle.selfSigned();
    }

    @Benchmark
    public Object selfSignedByOkhttpTls() {
        return others.byOkhttpTls();
    }

    @Benchmark
    public Object issuedByNettyPkitesting() throws Exception {
        return others.byNettyPkitesting();
    }

    @Benchmark
    public X509Certificate selfSignedAndReadByJava() {
        return selfSigned().chain().leaf();
    }

    @Benchmark
    public PendingKey request() {
        return CertificationRequest.forSubject(SUBJECT)
                .san("printer-7.local", "192.0.2.7")
                .signedBy(keys);
    }

    @Benchmark
    public Object requestByBcpkixOverTheJdk() throws Exception {
        return overTheJdk.request();
    }

    @Benchmark
    public Object requestByBcpkixOverBouncyCastle() throws Exception {
        return overBouncyCastle.request();
    }
}
