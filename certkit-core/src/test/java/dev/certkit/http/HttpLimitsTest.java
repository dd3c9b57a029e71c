package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpLimitsTest {
    private static final HttpLimits STANDARD = HttpLimits.standard();

    @Test
    void areTightByDefault() {
        assertEquals(Duration.ofSeconds(10), STANDARD.connectTimeout());
        assertEquals(Duration.ofSeconds(20), STANDARD.readTimeout());
        assertEquals(Duration.ofSeconds(30), STANDARD.deadline());
        assertEquals(256 * 1024, STANDARD.maxBodyBytes());
        assertEquals(0, STANDARD.maxRedirects());
    }

    @Test
    void changeOneByOneAndLeaveTheOthers() {
        HttpLimits limits = STANDARD.connectWithin(Duration.ofMillis(1))
                .readWithin(Duration.ofMillis(2))
                .finishWithin(Duration.ofDays(1))
                .bodyUpTo(0)
                .redirectsUpTo(10);
        assertEquals(Duration.ofMillis(1), limits.connectTimeout());
        assertEquals(Duration.ofMillis(2), limits.readTimeout());
        assertEquals(Duration.ofDays(1), limits.deadline());
        assertEquals(0, limits.maxBodyBytes());
        assertEquals(10, limits.maxRedirects());
        assertEquals(Duration.ofSeconds(10), STANDARD.connectTimeout());
        assertEquals(
                "connect within 1 ms, read within 2 ms, finish within 86400000 ms, body up to 0 bytes,"
                        + " redirects up to 10",
                limits.toString());
    }

    @Test
    void refuseWhatIsOutOfRangeByName() {
        for (Duration wrong : new Duration[] {
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofNanos(999_999),
            Duration.ofDays(1).plusNanos(1)
        }) {
            assertTrue(message(() -> STANDARD.connectWithin(wrong)).startsWith("timeout: "));
            assertTrue(message(() -> STANDARD.readWithin(wrong)).startsWith("silence: "));
            assertTrue(message(() -> STANDARD.finishWithin(wrong)).startsWith("limit: "));
        }
        assertTrue(message(() -> STANDARD.bodyUpTo(-1)).startsWith("bytes: "));
        assertTrue(message(() -> STANDARD.redirectsUpTo(-1)).startsWith("count: "));
        assertTrue(message(() -> STANDARD.redirectsUpTo(11)).startsWith("count: "));
        assertThrows(NullPointerException.class, () -> STANDARD.finishWithin(null));
    }

    private static String message(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }
}
