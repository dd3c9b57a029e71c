package dev.certkit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final int LIMIT = 100;

    /** Hands out at most so many bytes at a time. */
    static AnswerReader.Source source(byte[] bytes, int atATime) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        return into -> {
            int count = Math.min(Math.min(atATime, all.remaining()), into.remaining());
            for (int i = 0; i < count; i++) {
                into.put(all.get());
            }
            return count == 0 ? -1 : count;
        };
    }

    private static HttpAnswer read(String answer) throws IOException {
        return new AnswerReader(source(answer.getBytes(ISO_8859_1), 7), LIMIT).read();
    }

    private static String body(String answer) throws IOException {
        return new String(read(answer).body(), ISO_8859_1);
    }

    private static String chunked(String chunks) throws IOException {
        return body("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + chunks);
    }

    private static void noHttp(String answer) {
        assertThrows(ProtocolException.class, () -> read(answer), answer);
    }

    private static void brokenOff(String answer) {
        assertThrows(EOFException.class, () -> read(answer), answer);
    }

    private static void tooLarge(String answer) {
        assertThrows(BoundedBody.TooLarge.class, () -> read(answer), answer);
    }

    @Nested
    class TheHead {
        @ParameterizedTest
        @ValueSource(strings = {"HTTP/1.1 200 OK", "HTTP/1.0 200 Very well", "HTTP/1.1 200 ", "HTTP/1.1 200"})
        void hasAStatus(String line) throws IOException {
            assertEquals(200, read(line + "\r\n\r\n").status());
        }

        @Test
        void mayEndItsLinesWithLfAlone() throws IOException {
            HttpAnswer answer = read("HTTP/1.1 404 No\nContent-Length: 2\nX: y\n\nab");

            assertEquals(404, answer.status());
            assertEquals(Optional.of("y"), answer.header("x"));
            assertEquals(2, answer.body().length);
        }

        @Test
        void keepsAllValuesOfAFieldInOrderAndWithoutBlanksAround() throws IOException {
            HttpAnswer answer = read("HTTP/1.1 200 OK\r\nA: 1\r\nb:\t2 \r\na:3\r\nC:\r\n\r\n");

            assertEquals(List.of("1", "3"), answer.headers("A"));
            assertEquals(List.of("2"), answer.headers("B"));
            assertEquals(List.of(""), answer.headers("C"));
        }

        @Test
        void joinsAFieldThatOldServersFold() throws IOException {
            assertEquals(
                    Optional.of("one two three"),
                    read("HTTP/1.1 200 OK\r\nA: one\r\n two\r\n\tthree\r\n\r\n").header("a"));
        }

        @Test
        void ofAnInterimAnswerIsPassedOver() throws IOException {
            assertEquals(
                    "ab",
                    body("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                            + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"));
        }

        @Test
        void ofInterimAnswersWithoutEndIsTooLarge() {
            noHttp("HTTP/1.1 100 Continue\r\n\r\n".repeat(10_000));
        }

        @Test
        void ofAnotherProtocolIsRefused() {
            noHttp("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "ICY 200 OK",
                    "HTTP/2 200 OK",
                    "HTTP/1.1 20 OK",
                    "HTTP/1.1 2000 OK",
                    "HTTP/1.1 099 OK",
                    "HTTP/1.1  OK",
                    " HTTP/1.1 200 OK",
                    "http/1.1 200 OK"
                })
        void withoutAStatusLineIsRefused(String line) {
            noHttp(line + "\r\n\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"no colon", ": no name", "A : b", "A b: c", "A: b\u0000c", "A: b\rc", "A\u00e9: b"})
        void withALineThatIsNoFieldIsRefused(String line) {
            noHttp("HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n");
        }

        @Test
        void withABlankLineFirstThatGoesOnWithNothingIsRefused() {
            noHttp("HTTP/1.1 200 OK\r\n folded: x\r\n\r\n");
        }

        @Test
        void isNotReadBeyond64Kibibytes() {
            noHttp("HTTP/1.1 200 OK\r\nA: " + "x".repeat(AnswerReader.MAX_HEAD_BYTES) + "\r\n\r\n");
            noHttp("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(AnswerReader.MAX_HEAD_BYTES / 6) + "\r\n");
        }

        @Test
        void thatBreaksOffIsNoAnswer() {
            brokenOff("");
            brokenOff("HTTP/1.1 200 OK");
            brokenOff("HTTP/1.1 200 OK\r\nA: b\r\n");
        }
    }

    @Nested
    class ABodyOfKnownLength {
        @Test
        void endsThereWhateverFollows() throws IOException {
            assertEquals("abc", body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 500 No\r\n\r\n"));
        }

        @Test
        void mayHaveItsLengthTwiceIfItIsTheSame() throws IOException {
            assertEquals("a", body("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"));
            assertEquals("a", body("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "+1", "1 2", "1, 2", "0x10", "1e2", "many", "99999999999", "1,"})
        void thatIsNoNumberIsRefused(String length) {
            noHttp("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nabc");
        }

        @Test
        void thatIsTwoNumbersIsRefused() {
            noHttp("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        }

        @Test
        void beyondTheLimitIsNotWaitedFor() {
            tooLarge("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n");
            tooLarge("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n");
        }

        @Test
        void ofJustTheLimitPasses() throws IOException {
            String full = "x".repeat(LIMIT);
            assertEquals(full, body("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + full));
        }

        @Test
        void thatBreaksOffSaysHowMuchCame() {
            EOFException failure =
                    assertThrows(EOFException.class, () -> read("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
            assertTrue(failure.getMessage().contains("bytes received: 3"), failure.getMessage());
        }
    }

    @Nested
    class ABodyThatEndsWithTheConnection {
        @Test
        void isReadToTheEnd() throws IOException {
            assertEquals("until the end", body("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
        }

        @Test
        void isNotReadBeyondTheLimit() throws IOException {
            String full = "x".repeat(LIMIT);
            assertEquals(full, body("HTTP/1.1 200 OK\r\n\r\n" + full));
            tooLarge("HTTP/1.1 200 OK\r\n\r\n" + full + "x");
        }

        @ParameterizedTest
        @ValueSource(ints = {204, 304})
        void isNoneWhereTheStatusHasNone(int status) throws IOException {
            assertEquals("", body("HTTP/1.1 " + status + " No\r\nContent-Length: 50\r\n\r\nrest"));
        }
    }

    @Nested
    class ABodyInChunks {
        @Test
        void isPutTogether() throws IOException {
            assertEquals("abcdefghijklmn", chunked("3\r\nabc\r\nB\r\ndefghijklmn\r\n0\r\n\r\n"));
        }

        @Test
        void mayHaveExtensionsAndTrailers() throws IOException {
            assertEquals("abc", chunked("03 ;name=\"v\"\r\nabc\r\n000;x\r\nExpires: never\r\n\r\n"));
        }

        @Test
        void hasItsOwnEndWhateverLengthWasAnnounced() throws IOException {
            assertEquals(
                    "abc",
                    body("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n0\r\n\r\n"));
        }

        @Test
        void isNotReadBeyondTheLimit() {
            String ten = "A\r\n0123456789\r\n";
            tooLarge("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + ten.repeat(11) + "0\r\n\r\n");
            tooLarge("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "0x3", "zz", "fffffffff", ";x", "3 3"})
        void ofASizeThatIsNoNumberIsRefused(String size) {
            assertThrows(ProtocolException.class, () -> chunked(size + "\r\nabc\r\n0\r\n\r\n"));
        }

        @Test
        void longerThanItsSizeIsRefused() {
            assertThrows(ProtocolException.class, () -> chunked("3\r\nabcd\r\n0\r\n\r\n"));
        }

        @Test
        void withExtensionsOrTrailersWithoutEndIsRefused() {
            assertThrows(ProtocolException.class, () -> chunked("3;" + "x".repeat(300) + "\r\nabc\r\n0\r\n\r\n"));
            assertThrows(ProtocolException.class, () -> chunked("0\r\n" + "A: b\r\n".repeat(20_000)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"3\r\nab", "3\r\nabc\r\n", "3\r\nabc\r\n0\r\n", "3"})
        void thatBreaksOffIsNoAnswer(String chunks) {
            assertThrows(EOFException.class, () -> chunked(chunks));
        }

        @ParameterizedTest
        @ValueSource(strings = {"gzip", "gzip, chunked", "identity", "chunked, chunked", ""})
        void inACodingThatNobodyAskedForIsRefused(String coding) {
            noHttp("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
        }
    }
}
