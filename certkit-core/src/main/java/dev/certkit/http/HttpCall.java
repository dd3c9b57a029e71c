package dev.certkit.http;

import dev.certkit.internal.text.ForeignText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an HTTP server: a GET, or a POST of raw bytes.
 *
 * <p>Immutable and thread safe; each of {@link #parameter} and {@link #header} gives a new call.
 */
public final class HttpCall {
    /** Headers that a transport sets itself; a second value of one would let a request be read in two ways. */
    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "content-type", "expect", "host", "transfer-encoding", "upgrade");

    private final URI uri;
    private final Map<String, String> headers;
    private final @Nullable Content content;

    private HttpCall(URI uri, Map<String, String> headers, @Nullable Content content) {
        this.uri = uri;
        this.headers = headers;
        this.content = content;
    }

    /**
     * A GET.
     *
     * <p>A transport may send it a second time when a connection breaks (RFC 9110, section 9.2.2).
     *
     * @param uri http or https, with a host and without user information; not null
     * @throws IllegalArgumentException if it is anything else
     */
    public static HttpCall get(URI uri) {
        return new HttpCall(TargetUri.checked(uri), Map.of(), null);
    }

    /**
     * A POST of bytes, sent at most once.
     *
     * @param uri http or https, with a host and without user information; not null
     * @param contentType for example {@code application/x-pki-message}; not null
     * @param body copied; not null, may be empty
     * @throws IllegalArgumentException if the URI is anything else, or the content type no header value
     */
    public static HttpCall post(URI uri, String contentType, byte[] body) {
        return new HttpCall(
                TargetUri.checked(uri), Map.of(), new Content(fieldValue("contentType", contentType), body.clone()));
    }

    /**
     * Adds a parameter to the URI's query, percent-encoded as UTF-8.
     *
     * <p>What the query holds already stays as it is.
     *
     * @param name not null
     * @param value not null
     */
    public HttpCall parameter(String name, String value) {
        return new HttpCall(TargetUri.with(uri, encoded(name) + "=" + encoded(value)), headers, content);
    }

    /**
     * Sets a request header; a second value for the same name replaces the first.
     *
     * @param name a token (RFC 9110, section 5.6.2), and none that the transport sets itself; not null
     * @param value visible characters, blanks and tabs (RFC 9110, section 5.5), ASCII only; not null
     * @throws IllegalArgumentException if name or value is anything else
     */
    public HttpCall header(String name, String value) {
        String key = Ascii.lowerCase(name);
        if (!Ascii.isToken(name) || FRAMING.contains(key)) {
            throw new IllegalArgumentException("name: \"" + ForeignText.shownInAscii(name)
                    + "\" is no header name, or one that the transport sets itself");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(key, fieldValue("value", value));
        return new HttpCall(uri, Map.copyOf(more), content);
    }

    /** The method, {@code GET} or {@code POST}. */
    public String method() {
        return content == null ? "GET" : "POST";
    }

    /** Where the call goes, with the whole query and without a fragment. */
    public URI uri() {
        return uri;
    }

    /** The headers that were set, their names in lower case; unmodifiable. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The content type of the body; empty for a GET. */
    public Optional<String> contentType() {
        return Optional.ofNullable(content).map(it -> it.type);
    }

    /** The body, a copy; empty for a GET. */
    public Optional<byte[]> body() {
        return Optional.ofNullable(content).map(it -> it.bytes.clone());
    }

    HttpCall without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new HttpCall(uri, Map.copyOf(fewer), content);
    }

    HttpCall to(URI elsewhere) {
        return new HttpCall(elsewhere, headers, content);
    }

    /** Method, scheme, host, port and path; neither query nor headers nor body. */
    @Override
    public String toString() {
        return method() + " " + TargetUri.shown(uri);
    }

    private static String fieldValue(String argument, String value) {
        if (!Ascii.isFieldValue(value)) {
            throw new IllegalArgumentException(argument + ": has characters that a header may not carry");
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(Objects.requireNonNull(text, "text"), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static final class Content {
        private final String type;
        private final byte[] bytes;

        Content(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }
    }
}
