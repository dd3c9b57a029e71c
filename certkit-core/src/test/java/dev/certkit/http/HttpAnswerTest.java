package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
    private static final byte[] NOTHING = new byte[0];

    @Test
    void findsAHeaderInAnyCase() {
        HttpAnswer answer = HttpAnswer.of(200, Map.of("Retry-After", List.of("120", "7")), NOTHING);
        assertEquals(Optional.of("120"), answer.header("retry-after"));
        assertEquals(List.of("120", "7"), answer.headers("RETRY-AFTER"));
        assertEquals(Optional.empty(), answer.header("location"));
        assertEquals(List.of(), answer.headers("location"));
    }

    @Test
    void joinsHeadersWhoseNamesDifferOnlyInCase() {
        Map<String, List<String>> headers = Map.of("a", List.of("1"), "A", List.of("2"));
        assertEquals(
                List.of("1", "2"),
                HttpAnswer.of(200, headers, NOTHING).headers("a").stream()
                        .sorted()
                        .toList());
    }

    @Test
    void knowsTheMediaTypeWithoutItsParameters() {
        assertEquals(
                Optional.of("text/html"), withType(" Text/HTML ; charset=utf-8").mediaType());
        assertEquals(Optional.of("text/plain"), withType("text/plain").mediaType());
        assertEquals(Optional.of(""), withType("").mediaType());
        assertEquals(Optional.empty(), HttpAnswer.of(200, Map.of(), NOTHING).mediaType());
    }

    private static HttpAnswer withType(String type) {
        return HttpAnswer.of(200, Map.of("content-type", List.of(type)), NOTHING);
    }

    @Test
    void isASuccessOnlyWith2xx() {
        assertFalse(HttpAnswer.of(199, Map.of(), NOTHING).isSuccess());
        assertTrue(HttpAnswer.of(200, Map.of(), NOTHING).isSuccess());
        assertTrue(HttpAnswer.of(299, Map.of(), NOTHING).isSuccess());
        assertFalse(HttpAnswer.of(300, Map.of(), NOTHING).isSuccess());
    }

    @Test
    void refusesAStatusThatIsNotOfThreeDigits() {
        for (int status : new int[] {-1, 0, 99, 1000}) {
            assertThrows(IllegalArgumentException.class, () -> HttpAnswer.of(status, Map.of(), NOTHING));
        }
    }

    @Test
    void copiesHeadersAndBody() {
        byte[] body = {1};
        Map<String, List<String>> headers = new HashMap<>(Map.of("a", new ArrayList<>(List.of("1"))));
        HttpAnswer answer = HttpAnswer.of(200, headers, body);
        body[0] = 9;
        headers.get("a").add("2");
        answer.body()[0] = 9;
        assertArrayEquals(new byte[] {1}, answer.body());
        assertEquals(List.of("1"), answer.headers("a"));
        assertThrows(
                UnsupportedOperationException.class, () -> answer.headers("a").add("x"));
    }

    @Test
    void showsStatusAndLengthOnly() {
        assertEquals(
                "status 200, 3 bytes",
                HttpAnswer.of(200, Map.of("a", List.of("geheim")), new byte[3]).toString());
    }
}
