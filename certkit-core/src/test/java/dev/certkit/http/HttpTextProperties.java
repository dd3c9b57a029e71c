package dev.certkit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLDecoder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class HttpTextProperties {
    private static final URI PLACE = URI.create("http://ca.example/scep");

    @Property(tries = 300)
    void anyTextSurvivesAsAParameter(
            @ForAll @StringLength(max = 60) String name, @ForAll @StringLength(max = 60) String value) {
        String encodable = new String(value.getBytes(UTF_8), UTF_8);
        String query = HttpCall.get(PLACE).parameter(name, value).uri().getRawQuery();
        assertEquals(encodable, URLDecoder.decode(query.substring(query.indexOf('=') + 1), UTF_8));
        assertEquals(-1, query.indexOf('+'));
        assertEquals(-1, query.indexOf('&'));
    }

    /** Pieces of answers, put together at random: more of them come far than of random bytes. */
    @Provide
    Arbitrary<byte[]> answers() {
        return Arbitraries.of(
                        "HTTP/1.1 200 OK",
                        "HTTP/1.1 100 C",
                        "\r\n",
                        "\n",
                        "\r\n\r\n",
                        "Content-Length: 3",
                        "5",
                        ";x",
                        "Transfer-Encoding: chunked",
                        "Transfer-Encoding: gzip",
                        "abc",
                        ":",
                        " ",
                        "\t",
                        "0",
                        "\0",
                        "\u00ff")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts).getBytes(ISO_8859_1));
    }

    private static String outcome(byte[] bytes, int atATime) {
        try {
            HttpAnswer answer = new AnswerReader(AnswerReaderTest.source(bytes, atATime), 20).read();
            return answer + new String(answer.body(), ISO_8859_1);
        } catch (ProtocolException | EOFException | BoundedBody.TooLarge e) {
            return e.toString();
        } catch (IOException e) {
            throw new AssertionError("another failure than those that are explained", e);
        }
    }

    @Property(tries = 2000)
    void whateverComesIsAnAnswerOrRefused(@ForAll("answers") byte[] bytes) {
        String atOnce = outcome(bytes, 10_000);
        assertEquals(atOnce, outcome(bytes, 1), "it depends on how the bytes arrive");
    }

    @Property(tries = 500)
    void anyBytesAreAnAnswerOrRefused(@ForAll @Size(max = 300) byte[] bytes) {
        outcome(bytes, 50);
    }

    @Property(tries = 300)
    void noQueryReachesAMessage(@ForAll @StringLength(min = 1, max = 40) String value) {
        HttpCall call = HttpCall.get(PLACE).parameter("q", "geheim" + value);
        UnreachableException failure = UnreachableException.tooLarge(call.uri(), 1);
        assertFalse((failure.getMessage() + call).contains("geheim"));
    }
}
