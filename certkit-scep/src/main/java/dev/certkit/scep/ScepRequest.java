package dev.certkit.scep;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP server received for a {@link ScepResponder}, whichever server that is.
 *
 * <p>The path and the content type are left out on purpose: clients send any of both (RFC 8894, section 4.1). Immutable:
 * each call gives a new request. Thread safe.
 */
public final class ScepRequest {
    /** The most bytes of a body that are answered; an adapter need not read more than one byte beyond. */
    public static final int MAX_BODY = EncodingBounds.MAX_BYTES;

    private final String method;
    private final String rawQuery;
    private final byte[] body;
    private final String remote;

    private ScepRequest(String method, String rawQuery, byte[] body, String remote) {
        this.method = method;
        this.rawQuery = rawQuery;
        this.body = body;
        this.remote = remote;
    }

    /**
     * Begins a request without query and body.
     *
     * @param method {@code GET}, {@code POST} or whatever came; not null
     */
    public static ScepRequest of(String method) {
        return new ScepRequest(Objects.requireNonNull(method, "method"), "", new byte[0], "");
    }

    /**
     * The same with a query.
     *
     * @param rawQuery what stands behind the question mark, not decoded; null if there is no question mark
     */
    public ScepRequest query(@Nullable String rawQuery) {
        return new ScepRequest(method, rawQuery == null ? "" : rawQuery, body, remote);
    }

    /**
     * The same with a body.
     *
     * @param body copied; more than {@link #MAX_BODY} bytes are answered with HTTP status 413; not null
     */
    public ScepRequest body(byte[] body) {
        return new ScepRequest(method, rawQuery, body.clone(), remote);
    }

    /**
     * The same from a requester.
     *
     * @param remote the requester's address, for logs and policies, in any form; not null
     */
    public ScepRequest remote(String remote) {
        return new ScepRequest(method, rawQuery, body, Objects.requireNonNull(remote, "remote"));
    }

    /** The HTTP method as it came. */
    public String method() {
        return method;
    }

    /** The query as it came, empty if there was none. */
    public String rawQuery() {
        return rawQuery;
    }

    /** The body, a copy. */
    public byte[] body() {
        return body.clone();
    }

    /** Where the request came from, empty if that is not known. */
    public String remote() {
        return remote;
    }

    /** Method, size and origin, with nothing that could break a line. */
    @Override
    public String toString() {
        return Shown.of(method) + " with " + body.length + " bytes from " + Shown.of(remote);
    }
}
