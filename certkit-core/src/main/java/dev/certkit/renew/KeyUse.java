package dev.certkit.renew;

import dev.certkit.internal.text.ForeignText;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a device uses a key: one key at a time for each place.
 *
 * <p>Immutable and thread safe.
 *
 * @param location a word of letters, digits, dots and hyphens, up to 64; {@code none} for nowhere
 * @param destination which of several, for example the name of an IPsec policy: printable, up to 128 characters
 */
public record KeyUse(String location, Optional<String> destination) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");
    private static final int LONGEST = 128;
    private static final String NONE = "none";

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the location is no such word, or the destination cannot be printed on a line
     */
    public KeyUse {
        if (!WORD.matcher(location).matches()) {
            throw new IllegalArgumentException("location: \"" + ForeignText.shown(location)
                    + "\" is no word of letters, digits, dots and hyphens");
        }
        Objects.requireNonNull(destination, "destination");
        if (destination.filter(text -> !isPrintable(text)).isPresent()) {
            throw new IllegalArgumentException(
                    "destination: must be 1 to " + LONGEST + " printable characters without blanks around them");
        }
    }

    private static boolean isPrintable(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.equals(text.strip())
                && text.codePoints().allMatch(ForeignText::isVisible);
    }

    /** Nowhere yet: it pushes out no other key. */
    public static KeyUse none() {
        return of(NONE);
    }

    /** The device's TLS servers and clients. */
    public static KeyUse tls() {
        return of("TLS");
    }

    /** The network's access control, IEEE 802.1X. */
    public static KeyUse ieee8021x() {
        return of("IEEE-802.1X");
    }

    /**
     * An IPsec policy.
     *
     * @param destination the policy's name; not null
     */
    public static KeyUse ipsec(String destination) {
        return new KeyUse("IPsec", Optional.of(destination));
    }

    /**
     * Another place, by a name of one's own.
     *
     * @param location a word as said above; not null
     * @throws IllegalArgumentException if it is none
     */
    public static KeyUse of(String location) {
        return new KeyUse(location, Optional.empty());
    }

    /**
     * Reads what {@link #toString()} gives.
     *
     * @param text not null
     * @throws IllegalArgumentException if it is none
     */
    public static KeyUse parse(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? of(text) : new KeyUse(text.substring(0, blank), Optional.of(text.substring(blank + 1)));
    }

    /** Whether a key with this use pushes out another one with the same use. */
    boolean isExclusive() {
        return !location.equals(NONE);
    }

    /** The location, and the destination after a blank. */
    @Override
    public String toString() {
        return location + destination.map(text -> " " + text).orElse("");
    }
}
