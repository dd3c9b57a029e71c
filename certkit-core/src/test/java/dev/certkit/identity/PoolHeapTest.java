package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.samples.Paper;
import dev.certkit.x509.EncodedCertificate;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a held certificate costs beside its DER. */
class PoolHeapTest {
    private static final int COUNT = 50_000;
    private static final int LIMIT = 300;

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Different ones, since the last octets of the signature differ; nobody checks them here. */
    private static List<EncodedCertificate> held() throws Exception {
        X509Certificate one = Paper.of("Root", Paper.key()).make();
        byte[] der = one.getEncoded();
        List<EncodedCertificate> held = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            ByteBuffer.wrap(der).putInt(der.length - Integer.BYTES, i);
            held.add(EncodedCertificate.decode(der));
        }
        return held;
    }

    @Test
    void isAtMost300OctetsAlsoInAnIndex() throws Exception {
        held();
        long before = used();
        List<EncodedCertificate> held = held();
        long octets = COUNT * (long) held.get(0).encoded().length;
        assertTrue(used() - before - octets < LIMIT * (long) COUNT, "held");
        CertificatePool pool = CertificatePool.ofEncoded(held);
        long each = (used() - before - octets) / COUNT;
        assertTrue(each < LIMIT, each + " octets beside the DER");
        assertTrue(each > 0, "what was measured was there");
        assertEquals(COUNT, pool.size());
        Reference.reachabilityFence(held);
    }
}
