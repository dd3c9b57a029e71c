package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Bytes or text that are not what was expected, or exceed a limit; nothing was changed. */
public final class MalformedEncodingException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = -1;

    private final String what;
    private final String reason;
    private final boolean needsPassphrase;
    private final int line;
    private final int octet;
    private final @Nullable String exceededLimit;

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
        this(new Complaint(what, reason), cause, new Facts(false, UNKNOWN, UNKNOWN, null));
    }

    private MalformedEncodingException(Complaint complaint, @Nullable Throwable cause, Facts facts) {
        super(complaint.what + ": " + complaint.reason, cause);
        this.what = complaint.what;
        this.reason = complaint.reason;
        this.needsPassphrase = facts.needsPassphrase;
        this.line = facts.line;
        this.octet = facts.octet;
        this.exceededLimit = facts.limit;
    }

    private record Complaint(String what, String reason) {
        private Complaint {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(reason, "reason");
        }
    }

    private record Facts(
            boolean needsPassphrase,
            int line,
            int octet,
            @Nullable String limit) {}

    static MalformedEncodingException locked(String what, String reason) {
        return new MalformedEncodingException(
                new Complaint(what, reason), null, new Facts(true, UNKNOWN, UNKNOWN, null));
    }

    /** Refused by a limit, with the setting that raises it. */
    static MalformedEncodingException beyond(DecodingLimits.Bound bound, String what, String found) {
        String reason = found + "; raise " + bound.setting() + " if you trust it";
        return new MalformedEncodingException(
                new Complaint(what, reason), null, new Facts(false, UNKNOWN, UNKNOWN, bound.setting()));
    }

    /** The same facts where nothing else was found. */
    static MalformedEncodingException only(String what, String reason, MalformedEncodingException single) {
        return new MalformedEncodingException(
                new Complaint(what, reason),
                single,
                new Facts(single.needsPassphrase, single.line, single.octet, single.exceededLimit));
    }

    /** Wrong at a line of the text. */
    static MalformedEncodingException inLine(int line, String what, String reason) {
        return new MalformedEncodingException(
                new Complaint(what, reason), null, new Facts(false, line > 0 ? line : UNKNOWN, UNKNOWN, null));
    }

    /** Damaged at an octet of something that is no DER. */
    static MalformedEncodingException atOctet(int octet, String what, String reason) {
        return new MalformedEncodingException(
                new Complaint(what, reason), null, new Facts(false, UNKNOWN, octet, null));
    }

    /** Damaged inside, at a place in the DER if it is known, with what to do. */
    static MalformedEncodingException damaged(String what, DerException e, String remedy) {
        if (e.isTooDeep()) {
            return beyond(DecodingLimits.Bound.DEPTH, what, String.valueOf(e.getMessage()));
        }
        String place = e.octet().isPresent() ? " at octet " + e.octet().getAsInt() : "";
        return new MalformedEncodingException(
                new Complaint(what, e.getMessage() + place + "; " + remedy),
                e,
                new Facts(false, UNKNOWN, e.octet().orElse(UNKNOWN), null));
    }

    /** The thing that was to be read. */
    public String what() {
        return what;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }

    /** Tells whether asking for a passphrase, or for another one, may help. */
    public boolean needsPassphrase() {
        return needsPassphrase;
    }

    /** The line of the text where it goes wrong, from 1; empty where it is no matter of lines. */
    public OptionalInt line() {
        return line == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(line);
    }

    /** How many octets of the DER or of the file of {@link #what()} stand before the place where it goes wrong. */
    public OptionalInt octet() {
        return octet == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(octet);
    }

    /** The setting that refused it, for example {@code DecodingLimits.maxItems}. */
    public Optional<String> exceededLimit() {
        return Optional.ofNullable(exceededLimit);
    }
}
