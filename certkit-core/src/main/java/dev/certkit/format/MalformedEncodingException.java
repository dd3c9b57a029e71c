package dev.certkit.format;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes or text that are not what was expected, or exceed a limit; nothing was changed. */
public final class MalformedEncodingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String reason;

    /**
     * States the facts.
     *
     * @param what the thing that was to be read, for example {@code certificate, PEM block 2}; not null
     * @param reason what is wrong with it and what to do, without secrets; not null
     */
    public MalformedEncodingException(String what, String reason) {
        this(what, reason, null);
    }

    /**
     * States the facts.
     *
     * @param what the thing that was to be read; not null
     * @param reason what is wrong with it and what to do, without secrets; not null
     * @param cause the parser's own complaint, or null
     */
    public MalformedEncodingException(String what, String reason, @Nullable Throwable cause) {
        super(Objects.requireNonNull(what, "what") + ": " + Objects.requireNonNull(reason, "reason"), cause);
        this.what = what;
        this.reason = reason;
    }

    /** The thing that was to be read. */
    public String what() {
        return what;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }
}
