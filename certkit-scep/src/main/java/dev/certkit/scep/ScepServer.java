package dev.certkit.scep;

import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.http.UnreachableException.Phase;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of the wire: the three operations over HTTP (RFC 8894, section 4.1). Nothing is trusted here. */
final class ScepServer {
    private static final Logger LOG = LoggerFactory.getLogger(ScepServer.class);
    private static final String DEFAULT_PATH = "/cgi-bin/pkiclient.exe";
    private static final String CONTENT_TYPE = "application/x-pki-message";
    private static final int OK = 200;

    private final URI uri;
    private final HttpTransport transport;

    /** A server at an address; without a path the one that RFC 8894 gives is meant. */
    ScepServer(URI uri, HttpTransport transport) {
        this.uri = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? uri.resolve(DEFAULT_PATH) : uri;
        this.transport = transport;
        // Checks the address now, not at the first call.
        HttpCall.get(this.uri);
    }

    ScepServer over(HttpTransport other) {
        return new ScepServer(uri, other);
    }

    URI uri() {
        return uri;
    }

    /** GetCACaps; none if the server has no answer to that (RFC 8894, section 3.5.1). */
    Set<CaCapability> capabilities() throws IOException {
        HttpCall call = call("GetCACaps");
        try {
            HttpAnswer answer = exchange(call);
            return CaCapability.parse(
                    answer.status() == OK ? new String(answer.body(), StandardCharsets.ISO_8859_1) : "");
        } catch (UnreachableException e) {
            // Some servers close the connection instead of saying that they do not know the operation.
            if (e.phase() == Phase.RECEIVE && e.deadline().isEmpty()) {
                LOG.debug("{} was not answered: {}", call, e.getMessage());
                return Set.of();
            }
            throw e;
        }
    }

    /** GetCACert, in the order of the answer. */
    List<X509Certificate> certificates() throws IOException {
        HttpCall call = call("GetCACert");
        return CertsOnly.decodeListOrOne(body(call, exchange(call)));
    }

    /** PKIOperation, always by POST: a server that cannot is older than RFC 8894. */
    byte[] pkiOperation(byte[] message) throws IOException {
        HttpCall call = HttpCall.post(uri, CONTENT_TYPE, message).parameter("operation", "PKIOperation");
        return body(call, exchange(call));
    }

    private HttpCall call(String operation) {
        return HttpCall.get(uri).parameter("operation", operation);
    }

    private HttpAnswer exchange(HttpCall call) throws IOException {
        HttpAnswer answer = transport.exchange(call);
        LOG.debug("{} gave {}", call, answer);
        return answer;
    }

    /** The content type is not looked at: servers mislabel their answers, and what they hold is checked anyway. */
    private static byte[] body(HttpCall call, HttpAnswer answer) throws ScepException {
        if (answer.status() != OK) {
            throw ScepException.ofHttpStatus(
                    answer.status(),
                    call + " was answered with the HTTP status " + answer.status()
                            + "; check the address, and the server's log");
        }
        byte[] body = answer.body();
        if (answer.mediaType().filter("text/html"::equals).isPresent() && startsLikeMarkup(body)) {
            throw ScepException.of(
                    Check.ENCODING, call + " was answered with a web page; check the address, and any proxy between");
        }
        return body;
    }

    private static boolean startsLikeMarkup(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<");
    }
}
