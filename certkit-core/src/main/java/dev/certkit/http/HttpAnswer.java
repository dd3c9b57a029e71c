package dev.certkit.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an HTTP server answered: a status, headers, and the whole body as bytes.
 *
 * <p>Nothing in it has been checked: it is what a stranger sent. Immutable and thread safe.
 */
public final class HttpAnswer {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * An answer, for those who write a transport.
     *
     * @param status 100 to 999
     * @param headers by name in any case; copied; not null
     * @param body copied; not null, may be empty
     * @throws IllegalArgumentException if the status is out of range
     */
    public static HttpAnswer of(int status, Map<String, List<String>> headers, byte[] body) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status: " + status + " is not of three digits");
        }
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.merge(name, List.copyOf(values), HttpAnswer::joined));
        return new HttpAnswer(status, copy, body.clone());
    }

    /** The status code, for example 200. */
    public int status() {
        return status;
    }

    /** Tells whether the status is 2xx (RFC 9110, section 15.3). */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * The first value of a header.
     *
     * @param name in any case; not null
     * @return empty if the header did not come
     */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /**
     * All values of a header, in the order in which they came.
     *
     * @param name in any case; not null
     * @return unmodifiable; empty if the header did not come
     */
    public List<String> headers(String name) {
        return headers.getOrDefault(Objects.requireNonNull(name, "name"), List.of());
    }

    /** The media type in lower case and without parameters, for example {@code text/html}; empty if none came. */
    public Optional<String> mediaType() {
        return header("content-type").map(value -> Ascii.lowerCase(value.split(";", 2)[0].strip()));
    }

    /**
     * How long the server asks its clients to wait before they come again (RFC 9110, section 10.2.3).
     *
     * <p>Mostly said with 429 and 503. A date counts from that of the answer where it has one, so that a wrong clock here
     * does not matter.
     *
     * @param now from when a date counts otherwise; not null
     * @return zero to a day, whatever the server says; empty if it says nothing that can be read
     */
    public Optional<Duration> retryAfter(Instant now) {
        return RetryAfter.of(this, Objects.requireNonNull(now, "now"));
    }

    /** The body, a copy; empty if none came. */
    public byte[] body() {
        return body.clone();
    }

    /** The status and the length of the body. */
    @Override
    public String toString() {
        return "status " + status + ", " + body.length + " bytes";
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
