package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallWriterTest {
    private static String text(HttpCall call) {
        return new String(CallWriter.encoded(call), StandardCharsets.US_ASCII);
    }

    /** RFC 9112, section 3.2.1. OCSP responders often are just a host. */
    @ParameterizedTest
    @CsvSource({
        "http://ocsp.example, /",
        "http://ocsp.example?a=b, /?a=b",
        "http://ocsp.example#top, /",
        "http://ocsp.example/a%20b?c, /a%20b?c"
    })
    void anEmptyPathIsSentAsASlash(URI uri, String target) {
        assertEquals(
                "GET " + target + " HTTP/1.1",
                text(HttpCall.get(uri)).lines().findFirst().orElseThrow());
    }

    @Test
    void theHostHasItsPortUnlessThatIsTheUsualOne() {
        assertEquals(
                "Host: a.example:8080",
                text(HttpCall.get(URI.create("http://a.example:8080/")))
                        .lines()
                        .toList()
                        .get(1));
        assertEquals(
                "Host: a.example",
                text(HttpCall.get(URI.create("http://a.example:80/")))
                        .lines()
                        .toList()
                        .get(1));
    }
}
