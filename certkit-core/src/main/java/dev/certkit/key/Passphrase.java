package dev.certkit.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A secret text: the password of a key, or the challenge password of a request.
 *
 * <p>It never appears in {@link #toString()}, is compared in constant time, and is wiped by {@link #close()}. Wiping is
 * done where it can be: what a provider copied stays its own. Thread safe.
 */
public final class Passphrase implements AutoCloseable {
    private final char[] chars;
    private boolean closed;

    private Passphrase(char[] chars) {
        this.chars = chars;
    }

    /**
     * Copies the characters; the caller may wipe its own at once.
     *
     * @param chars may be empty; not null
     */
    public static Passphrase of(char[] chars) {
        return new Passphrase(chars.clone());
    }

    /**
     * Copies a text that is in memory as a string already; prefer {@link #of(char[])} where there is a choice.
     *
     * @param text may be empty; not null
     */
    public static Passphrase of(String text) {
        return new Passphrase(text.toCharArray());
    }

    /**
     * Lends the characters for one call and wipes what was lent.
     *
     * @param user must not keep the array; not null
     * @throws IllegalStateException after {@link #close()}
     */
    public <T> T use(Function<char[], T> user) {
        char[] lent = copy();
        try {
            return user.apply(lent);
        } finally {
            Arrays.fill(lent, '\0');
        }
    }

    /**
     * The text in UTF-8, a copy that the caller wipes.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public byte[] utf8() {
        return use(lent -> {
            ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(lent));
            byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
            Arrays.fill(encoded.array(), (byte) 0);
            return bytes;
        });
    }

    /**
     * Compares without telling by the time taken how much was right.
     *
     * @param other not null
     * @throws IllegalStateException after either was closed
     */
    public boolean matches(Passphrase other) {
        byte[] mine = utf8();
        byte[] theirs = other.utf8();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /**
     * Tells whether it has no characters.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public boolean isEmpty() {
        return use(lent -> lent.length == 0);
    }

    private synchronized char[] copy() {
        if (closed) {
            throw new IllegalStateException("this passphrase was closed and is wiped; make a new one");
        }
        return chars.clone();
    }

    /** Wipes the characters; closing twice is harmless. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(chars, '\0');
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "Passphrase[***]";
    }
}
