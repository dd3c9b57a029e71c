package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LongListTest extends RevocationFixture {
    private static final int SIZE = 100_000;

    /** As a hundred thousand calls would leave the storage, without the hundred thousand signatures. */
    private void fill() throws IOException {
        String id = AuthorityChain.of(authority.authority()).id();
        for (int bucket = 0; bucket < RevocationShelf.BUCKETS; bucket++) {
            StringBuilder text = new StringBuilder();
            int count = 0;
            for (int i = bucket; i < SIZE; i += RevocationShelf.BUCKETS) {
                count++;
                SerialNumber serial =
                        new SerialNumber(BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(i)));
                text.append(Revocation.of(serial, RevocationReason.KEY_COMPROMISE, NOW, NOW.plus(WEEK))
                                .changedBy(count)
                                .line())
                        .append('\n');
            }
            storage.create(
                    Shelf.of("revoked").name(String.format(Locale.ROOT, "%s-%02x", id, bucket)),
                    RecordContent.of(("changes: " + count + "\n" + text).getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void ofAHundredThousandIsMadeFrom256ReadsInASecondOrTwo() throws Exception {
        fill();
        BrokenMedium.Counting counting = new BrokenMedium.Counting(storage);
        Revocations revocations = authority.in(counting.storage()).revocations();

        long start = System.nanoTime();
        RevocationList list = revocations.crl(WEEK);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertEquals(SIZE, list.size());
        assertEquals(257, counting.reads(), "256 records of revocations, and that of the last number");
        assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took.toString());
        assertEquals(SIZE, list.toX509Crl().getRevokedCertificates().size());
        assertEquals(0, revocations.deltaCrl(list.number(), WEEK).size());
        System.out.println("100,000 entries: " + took.toMillis() + " ms, " + list.encoded().length + " octets");
    }
}
