package dev.certkit.shelf.settings;

import dev.certkit.internal.text.PrintableText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One setting that {@link Settings} know: its names, and which values it may have. Immutable and thread safe. */
public final class Parameter {
    /** Whether every certificate of a server is taken, 0 or 1; 0 if it is not set. */
    public static final Parameter ACCEPT_ALL_CERTIFICATES = flag("accept-all-certificates");

    /** The user for fetching provisioning data by HTTP digest, at most 74 characters. */
    public static final Parameter DIGEST_USER = text("http-digest.username", 74).alias("S_PROV_USERNAME");

    /** The password for fetching provisioning data by HTTP digest, at most 74 characters; a secret. */
    public static final Parameter DIGEST_PASSWORD =
            secret("http-digest.password", 74).alias("S_PROV_PASSWORD");

    private static final String RESERVED = "certkit.";
    private static final int LONGEST_NAME = 128;

    private final List<String> names;
    private final Kind kind;
    private final long least;
    private final long most;

    private Parameter(List<String> names, Kind kind, long least, long most) {
        this.names = names;
        this.kind = kind;
        this.least = least;
        this.most = most;
    }

    /** The kinds of values. */
    public enum Kind {
        /** 0 or 1. */
        FLAG,
        /** A whole number. */
        NUMBER,
        /** Any text without control characters. */
        TEXT,
        /** A text that is never printed, and never exported in clear. */
        SECRET
    }

    /**
     * A switch, 0 or 1.
     *
     * @param name 1 to 128 letters, digits and {@code . _ - @ /}, not beginning with {@code certkit.}; not null
     * @throws IllegalArgumentException if the name is anything else
     */
    public static Parameter flag(String name) {
        return new Parameter(List.of(checked(name)), Kind.FLAG, 0, 1);
    }

    /**
     * A whole number in a range.
     *
     * @param name as for {@link #flag}; not null
     * @param least the least that is allowed
     * @param most the most that is allowed
     * @throws IllegalArgumentException if the name is not allowed, or the range empty
     */
    public static Parameter number(String name, long least, long most) {
        if (least > most) {
            throw new IllegalArgumentException("most: " + most + " is less than " + least);
        }
        return new Parameter(List.of(checked(name)), Kind.NUMBER, least, most);
    }

    /**
     * A text.
     *
     * @param name as for {@link #flag}; not null
     * @param longest its most characters, 1 or more
     * @throws IllegalArgumentException if the name or the number is not allowed
     */
    public static Parameter text(String name, int longest) {
        return new Parameter(List.of(checked(name)), Kind.TEXT, 1, positive(longest));
    }

    /**
     * A text that nobody shall see.
     *
     * @param name as for {@link #flag}; not null
     * @param longest its most characters, 1 or more
     * @throws IllegalArgumentException if the name or the number is not allowed
     */
    public static Parameter secret(String name, int longest) {
        return new Parameter(List.of(checked(name)), Kind.SECRET, 1, positive(longest));
    }

    /**
     * The same, known by one more name in documents that are imported, for example a device's own.
     *
     * @param other as for {@link #flag}; not null
     * @throws IllegalArgumentException if the name is not allowed
     */
    public Parameter alias(String other) {
        List<String> more = new ArrayList<>(names);
        more.add(checked(other));
        return new Parameter(List.copyOf(more), kind, least, most);
    }

    private static String checked(String name) {
        boolean isPlain =
                name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || ".-_@/".indexOf(c) >= 0));
        if (name.isEmpty() || name.length() > LONGEST_NAME || !isPlain || name.startsWith(RESERVED)) {
            throw new IllegalArgumentException("name: \"" + PrintableText.of(name)
                    + "\" is not of 1 to 128 letters, digits and . _ - @ /, or begins with " + RESERVED);
        }
        return name;
    }

    private static int positive(int longest) {
        if (longest < 1) {
            throw new IllegalArgumentException("longest: " + longest + " is not positive");
        }
        return longest;
    }

    /** Its name in records and exports. */
    public String name() {
        return names.get(0);
    }

    /** All names by which documents may call it, {@link #name()} first; not modifiable. */
    public List<String> names() {
        return names;
    }

    /** The kind of its values. */
    public Kind kind() {
        return kind;
    }

    boolean isSecret() {
        return kind == Kind.SECRET;
    }

    /** What is wrong with a value, never with the value in it; empty if nothing is. */
    Optional<String> objection(String value) {
        switch (kind) {
            case FLAG -> {
                return value.equals("0") || value.equals("1") ? Optional.empty() : Optional.of("it must be 0 or 1");
            }
            case NUMBER -> {
                return isInRange(value)
                        ? Optional.empty()
                        : Optional.of("it must be a whole number from " + least + " to " + most);
            }
            default -> {
                int length = value.codePointCount(0, value.length());
                boolean isPrintable = value.codePoints().noneMatch(Character::isISOControl);
                return length >= least && length <= most && isPrintable
                        ? Optional.empty()
                        : Optional.of(
                                "it must have " + least + " to " + most + " characters and no control characters");
            }
        }
    }

    private boolean isInRange(String value) {
        try {
            long number = Long.parseLong(value);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean isReserved(String name) {
        return name.startsWith(RESERVED);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameter that
                && names.equals(that.names)
                && kind == that.kind
                && least == that.least
                && most == that.most;
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** The name and the kind. */
    @Override
    public String toString() {
        return names.get(0) + " (" + kind + ")";
    }

    static List<Parameter> standard() {
        return Arrays.asList(ACCEPT_ALL_CERTIFICATES, DIGEST_USER, DIGEST_PASSWORD);
    }
}
