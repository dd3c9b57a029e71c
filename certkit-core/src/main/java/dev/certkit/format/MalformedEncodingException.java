package dev.certkit.format;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes or text that are not what was expected, or exceed a limit; nothing was changed. */
public final class MalformedEncodingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String reason;
    private final boolean needsPassphrase;

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
        this(what, reason, cause, false);
    }

    private MalformedEncodingException(String what, String reason, @Nullable Throwable cause, boolean needsPassphrase) {
        super(Objects.requireNonNull(what, "what") + ": " + Objects.requireNonNull(reason, "reason"), cause);
        this.what = what;
        this.reason = reason;
        this.needsPassphrase = needsPassphrase;
    }

    static MalformedEncodingException locked(String what, String reason) {
        return new MalformedEncodingException(what, reason, null, true);
    }

    /** The thing that was to be read. */
    public String what() {
        return what;
    }

    /** Tells whether asking for a passphrase, or for another one, may help. */
    public boolean needsPassphrase() {
        return needsPassphrase;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }
}
