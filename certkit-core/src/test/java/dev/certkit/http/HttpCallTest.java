package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
    private static final URI PLACE = URI.create("http://ca.example/scep");

    private static String refusal(String uri) {
        return assertThrows(IllegalArgumentException.class, () -> HttpCall.get(URI.create(uri)))
                .getMessage();
    }

    @Nested
    class ItsUri {
        @ParameterizedTest
        @ValueSource(strings = {"file:///etc/passwd", "ftp://ca.example/", "ldap://ca.example/", "jar:x!y", "scep"})
        void ofAnotherSchemeIsRefused(String uri) {
            assertTrue(refusal(uri).startsWith("uri: the scheme must be http or https"), refusal(uri));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://user:geheim@ca.example/",
                    "https://geheim@ca.example/",
                    // no host in the sense of java.net.URI, and so no getUserInfo()
                    "http://user:geheim@my_ca/",
                    "http://user:geheim@ca.example:99999999999/"
                })
        void withUserInformationIsRefusedWithoutShowingIt(String uri) {
            String message = refusal(uri);
            assertTrue(message.contains("user information"), message);
            assertFalse(message.contains("geheim"), message);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http:///scep",
                    "http:scep",
                    "http://my_ca/",
                    "http://ca.example:0/",
                    "http://ca.example:70000/"
                })
        void withoutAHostAndPortIsRefused(String uri) {
            assertTrue(refusal(uri).contains("no host name and port"), refusal(uri));
        }

        @Test
        void losesItsFragment() {
            assertEquals(PLACE, HttpCall.get(URI.create(PLACE + "#part")).uri());
        }

        @ParameterizedTest
        @ValueSource(strings = {"HTTP://ca.example/", "https://[::1]:8443/x?y", "http://192.0.2.7"})
        void ofHttpIsTaken(String uri) {
            assertEquals(URI.create(uri), HttpCall.get(URI.create(uri)).uri());
        }
    }

    @Nested
    class AParameter {
        @Test
        void startsOrExtendsTheQuery() {
            assertEquals(
                    URI.create("http://ca.example/scep?operation=GetCACaps"),
                    HttpCall.get(PLACE).parameter("operation", "GetCACaps").uri());
            assertEquals(
                    URI.create("http://ca.example/scep?a=%2F&operation=GetCACaps"),
                    HttpCall.get(URI.create(PLACE + "?a=%2F"))
                            .parameter("operation", "GetCACaps")
                            .uri());
        }

        @Test
        void givesAnEmptyPathItsSlash() {
            assertEquals(
                    URI.create("http://ca.example/?a=b"),
                    HttpCall.get(URI.create("http://ca.example"))
                            .parameter("a", "b")
                            .uri());
        }

        @Test
        void leavesThePathAsItWasEncoded() {
            assertEquals(
                    URI.create("http://ca.example/a%2Fb?c=d"),
                    HttpCall.get(URI.create("http://ca.example/a%2Fb"))
                            .parameter("c", "d")
                            .uri());
        }
    }

    @Nested
    class AHeader {
        @Test
        void replacesTheOneOfTheSameName() {
            HttpCall call = HttpCall.get(PLACE).header("X-A", "1").header("x-a", "2");
            assertEquals(Map.of("x-a", "2"), call.headers());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "a b",
                    "a:b",
                    "a\r\nb",
                    "\u00e9",
                    "Host",
                    "content-LENGTH",
                    "Transfer-Encoding",
                    "Content-Type"
                })
        void ofAnotherNameThanATokenOrOfTheTransportIsRefused(String name) {
            HttpCall call = HttpCall.get(PLACE);
            assertThrows(IllegalArgumentException.class, () -> call.header(name, "x"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\r\nX-B: c", "a\nb", "\u0000", "\u00e9", "\u007f"})
        void valueCannotStartAnotherLine(String value) {
            HttpCall call = HttpCall.get(PLACE);
            assertThrows(IllegalArgumentException.class, () -> call.header("X-A", value));
            assertThrows(IllegalArgumentException.class, () -> HttpCall.post(PLACE, value, new byte[0]));
        }
    }

    @Nested
    class TheCall {
        @Test
        void isNotChangedByItsDrafts() {
            HttpCall call = HttpCall.get(PLACE);
            call.header("X-A", "1").parameter("a", "b");
            assertEquals(Map.of(), call.headers());
            assertEquals(PLACE, call.uri());
        }

        @Test
        void copiesItsBodyInAndOut() {
            byte[] body = {1, 2, 3};
            HttpCall call = HttpCall.post(PLACE, "a/b", body);
            body[0] = 9;
            call.body().orElseThrow()[1] = 9;
            assertArrayEquals(new byte[] {1, 2, 3}, call.body().orElseThrow());
        }

        @Test
        void ofGetHasNoBody() {
            assertEquals("GET", HttpCall.get(PLACE).method());
            assertEquals(Optional.empty(), HttpCall.get(PLACE).body());
            assertEquals(Optional.empty(), HttpCall.get(PLACE).contentType());
            assertEquals("POST", HttpCall.post(PLACE, "a/b", new byte[0]).method());
            assertEquals(
                    Optional.of("a/b"), HttpCall.post(PLACE, "a/b", new byte[0]).contentType());
        }

        @Test
        void isShownWithoutItsQuery() {
            assertEquals("GET http://ca.example/scep", HttpCall.get(PLACE).toString());
            assertEquals(
                    "POST http://ca.example/scep?...",
                    HttpCall.post(PLACE, "a/b", new byte[0])
                            .parameter("token", "geheim")
                            .toString());
        }

        @Test
        void isShownInAsciiOnly() {
            String shown =
                    HttpCall.get(URI.create("http://ca.example/\u202e\u00e9")).toString();
            assertTrue(shown.chars().allMatch(c -> c >= ' ' && c < 0x7F), shown);
        }
    }
}
