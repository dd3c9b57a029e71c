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
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of the wire: the operations over HTTP (RFC 8894, section 4.1). Nothing is trusted here. */
final class ScepServer {
    private static final Logger LOG = LoggerFactory.getLogger(ScepServer.class);
    private static final String DEFAULT_PATH = "/cgi-bin/pkiclient.exe";
    private static final String CONTENT_TYPE = "application/x-pki-message";
    private static final int OK = 200;

    /** What says that a server does not take the message by GET: its length, its method, or that it is no such page. */
    private static final Set<Integer> NOT_BY_GET = Set.of(404, 405, 414, 501);

    private final URI uri;
    private final URI messages;
    private final HttpTransport transport;
    private final Optional<String> authorityName;
    private final Clock clock;

    /** A server at an address; without a path the one that RFC 8894 gives is meant. */
    ScepServer(URI uri, HttpTransport transport) {
        this(uri, transport, Optional.empty(), Clock.systemUTC());
    }

    private ScepServer(URI uri, HttpTransport transport, Optional<String> authorityName, Clock clock) {
        this.uri = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? uri.resolve(DEFAULT_PATH) : uri;
        this.transport = transport;
        this.authorityName = authorityName;
        this.clock = clock;
        // Checks the address now, not at the first call.
        this.messages =
                HttpCall.get(this.uri).parameter("operation", "PKIOperation").uri();
    }

    ScepServer over(HttpTransport other) {
        return new ScepServer(uri, other, authorityName, clock);
    }

    /** The same server by a client's clock, and with its name of the authority in the operations that used to have one. */
    ScepServer with(ClientSettings settings) {
        return new ScepServer(uri, transport, settings.authorityName(), settings.clock());
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

    /** GetNextCACert; empty if the server has no next authority to show. */
    Optional<byte[]> nextCertificates() throws IOException {
        HttpCall call = call("GetNextCACert");
        HttpAnswer answer = exchange(call);
        return answer.status() / 100 == 4 ? Optional.empty() : Optional.of(body(call, answer));
    }

    /** What came on a message. */
    static final class Reply {
        private final byte[] body;
        private final int status;
        private final Optional<ScepException> failure;

        private Reply(byte[] body, int status, Optional<ScepException> failure) {
            this.body = body;
            this.status = status;
            this.failure = failure;
        }

        /** The HTTP status. */
        int status() {
            return status;
        }

        byte[] body() {
            return body.clone();
        }

        /** What to say if the body is no answer after all. */
        Optional<ScepException> failure() {
            return failure;
        }
    }

    /** PKIOperation, by POST where that is announced (RFC 8894, section 4.1). */
    Reply pkiOperation(byte[] message, ServerKnowledge.Known known) throws IOException {
        if (!known.posts()) {
            HttpCall get = call("PKIOperation", Base64.getEncoder().encodeToString(message));
            HttpAnswer answer = exchange(get);
            if (!NOT_BY_GET.contains(answer.status())) {
                return reply(get, answer);
            }
        }
        HttpCall post = HttpCall.post(messages, CONTENT_TYPE, message);
        return reply(post, exchange(post));
    }

    /** Some servers refuse in a signed answer and in the HTTP status at once. */
    private Reply reply(HttpCall call, HttpAnswer answer) throws ScepException {
        boolean signed = answer.mediaType().filter(CONTENT_TYPE::equals).isPresent() && answer.body().length > 0;
        return answer.status() != OK && signed
                ? new Reply(answer.body(), answer.status(), Optional.of(failed(call, answer)))
                : new Reply(body(call, answer), OK, Optional.empty());
    }

    private HttpCall call(String operation) {
        HttpCall call = HttpCall.get(uri).parameter("operation", operation);
        return authorityName.map(name -> call.parameter("message", name)).orElse(call);
    }

    private HttpCall call(String operation, String message) {
        return HttpCall.get(uri).parameter("operation", operation).parameter("message", message);
    }

    private HttpAnswer exchange(HttpCall call) throws IOException {
        HttpAnswer answer = transport.exchange(call);
        LOG.debug("{} gave {}", call, answer);
        return answer;
    }

    /** The content type is not looked at: servers mislabel their answers, and what they hold is checked anyway. */
    private byte[] body(HttpCall call, HttpAnswer answer) throws ScepException {
        if (answer.status() != OK) {
            throw failed(call, answer);
        }
        byte[] body = answer.body();
        if (answer.mediaType().filter("text/html"::equals).isPresent() && startsLikeMarkup(body)) {
            throw ScepException.of(
                    Check.ENCODING, call + " was answered with a web page; check the address, and any proxy between");
        }
        return body;
    }

    private ScepException failed(HttpCall call, HttpAnswer answer) {
        return ScepException.ofHttpStatus(
                answer,
                clock.instant(),
                call + " was answered with the HTTP status " + answer.status()
                        + "; check the address, and the server's log");
    }

    private static boolean startsLikeMarkup(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<");
    }

    /** The address without its query. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
