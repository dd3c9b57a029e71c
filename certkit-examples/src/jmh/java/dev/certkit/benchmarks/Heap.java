package dev.certkit.benchmarks;

import dev.certkit.format.Certificates;
import dev.certkit.format.DecodingLimits;
import dev.certkit.identity.CertificatePool;
import dev.certkit.x509.EncodedCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * What 100,000 held certificates cost in heap, in one process: as they are encoded, in an index, and as JCA objects.
 *
 * <p>{@code java -Xmx3g -XX:+UseSerialGC -cp ... dev.certkit.benchmarks.Heap}
 */
public final class Heap {
    private static final int COUNT = 100_000;
    private static final int OBJECTS = 20_000;

    private Heap() {}

    /** Prints one line for each way of holding them. */
    public static void main(String[] args) throws Exception {
        String pem = Certificates.toPem(Fleet.devices(COUNT));
        DecodingLimits limits = DecodingLimits.standard().maxBytes(1 << 28).maxItems(COUNT);
        long empty = used();
        List<EncodedCertificate> encoded = new ArrayList<>(Certificates.parseEncoded(pem, limits));
        long octets = encoded.stream().mapToLong(each -> each.encoded().length).sum();
        long held = used() - empty;
        System.out.printf("DER                   %6.1f octets each%n", (double) octets / COUNT);
        print("EncodedCertificate", held - octets, COUNT);
        CertificatePool pool = CertificatePool.ofEncoded(encoded);
        print("in a CertificatePool", used() - empty - octets, COUNT);
        long before = used();
        List<X509Certificate> objects = new ArrayList<>(OBJECTS);
        long theirs = 0;
        for (EncodedCertificate each : encoded.subList(0, OBJECTS)) {
            objects.add(each.toX509Certificate());
            theirs += each.encoded().length;
        }
        print("X509Certificate", used() - before - theirs, OBJECTS);
        System.out.println(pool + ", " + objects.size() + " objects, " + pem.length() + " characters");
    }

    private static void print(String what, long octets, int count) {
        System.out.printf("%-21s DER + %.1f octets each%n", what, (double) octets / count);
    }

    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
