package dev.certkit.scep;

import java.nio.charset.StandardCharsets;

/**
 * What an HTTP server is to send for a {@link ScepResponder}. Immutable and thread safe.
 *
 * <p>The content type must be sent as it is: some clients compare the whole header and stumble over a parameter.
 */
public final class ScepResponse {
    private static final int OK = 200;
    private static final String TEXT = "text/plain";

    private final int status;
    private final String contentType;
    private final byte[] body;

    private ScepResponse(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    static ScepResponse ok(String contentType, byte[] body) {
        return new ScepResponse(OK, contentType, body.clone());
    }

    static ScepResponse capabilities(String words) {
        return ok(TEXT, words.getBytes(StandardCharsets.US_ASCII));
    }

    /** Nothing that SCEP has a message for; the text is for people and never from the requester. */
    static ScepResponse problem(int status, String text) {
        return new ScepResponse(status, TEXT, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The value of the header Content-Type, without parameters. */
    public String contentType() {
        return contentType;
    }

    /** The body, a copy. */
    public byte[] body() {
        return body.clone();
    }

    /** Status, type and size. */
    @Override
    public String toString() {
        return status + " " + contentType + ", " + body.length + " bytes";
    }
}
