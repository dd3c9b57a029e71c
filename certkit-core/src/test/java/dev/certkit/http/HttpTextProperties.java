package dev.certkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.net.URLDecoder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

    @Property(tries = 300)
    void noQueryReachesAMessage(@ForAll @StringLength(min = 1, max = 40) String value) {
        HttpCall call = HttpCall.get(PLACE).parameter("q", "geheim" + value);
        UnreachableException failure = UnreachableException.tooLarge(call.uri(), 1);
        assertFalse((failure.getMessage() + call).contains("geheim"));
    }
}
