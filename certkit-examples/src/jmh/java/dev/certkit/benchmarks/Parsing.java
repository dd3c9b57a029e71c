package dev.certkit.benchmarks;

import dev.certkit.format.Certificates;
import dev.certkit.format.DecodingLimits;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.openssl.PEMParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A PEM bundle of 2,000 device certificates, per certificate: more than the JDK keeps in its cache of parsed ones.
 * Compare within one run only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Parsing {
    private static final int COUNT = 2000;
    private static final DecodingLimits LIMITS =
            DecodingLimits.standard().maxBytes(16 << 20).maxItems(COUNT);

    private String text;
    private byte[] bytes;

    @Setup
    public void setUp() {
        text = Certificates.toPem(Fleet.devices(COUNT));
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public Object lazily() throws Exception {
        return Certificates.parseEncoded(text, LIMITS);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public Object lazilyFromBytes() throws Exception {
        return Certificates.decodeEncoded(bytes, LIMITS);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public Object toObjects() throws Exception {
        return Certificates.parse(text, LIMITS);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public Object byTheJdk() throws Exception {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public Object byBcpkix() throws Exception {
        List<Object> holders = new ArrayList<>(COUNT);
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                holders.add(next);
            }
        }
        return holders;
    }
}
