package dev.certkit.http;

import dev.certkit.http.DigestChallenge.Hash;
import dev.certkit.key.Passphrase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** A user and a password, and what is hashed of them; never printed. */
final class DigestCredentials {
    private static final int LONGEST = 74;

    private final String user;
    private final Passphrase password;

    DigestCredentials(String user, Passphrase password) {
        this.user = user;
        this.password = Objects.requireNonNull(password, "password");
        check("user", user.codePointCount(0, user.length()));
        check("password", password.use(chars -> Character.codePointCount(chars, 0, chars.length)));
        if (user.isEmpty() || user.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("user: it is empty or has control characters");
        }
    }

    private static void check(String argument, int length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    argument + ": " + length + " characters; it may have at most " + LONGEST);
        }
    }

    String user() {
        return user;
    }

    /** H(user ":" realm ":" password). */
    String secret(DigestChallenge challenge) {
        Charset charset = charset(challenge);
        MessageDigest digest = digest(challenge.hash());
        digest.update((user + ":" + challenge.realm() + ":").getBytes(charset));
        return password.use(chars -> {
            ByteBuffer encoded = charset.encode(CharBuffer.wrap(chars));
            digest.update(encoded);
            encoded.clear();
            while (encoded.hasRemaining()) {
                encoded.put((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        });
    }

    /** What stands for the user where the server does not want to see the name: H(user ":" realm). */
    String userHash(DigestChallenge challenge) {
        MessageDigest digest = digest(challenge.hash());
        digest.update((user + ":" + challenge.realm()).getBytes(charset(challenge)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Old servers mean Latin-1, as far as it goes, and do not say so. */
    private Charset charset(DigestChallenge challenge) {
        boolean isLatin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(user)
                && password.use(
                        chars -> StandardCharsets.ISO_8859_1.newEncoder().canEncode(CharBuffer.wrap(chars)));
        return challenge.isUtf8() || !isLatin ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    static String hash(Hash hash, String text) {
        return HexFormat.of().formatHex(digest(hash).digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** RFC 8187, section 3.2: a text in a parameter whose name ends in a star. */
    String encodedUser() {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (byte octet : user.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain =
                    octet >= '0' && octet <= '9' || octet >= 'A' && octet <= 'Z' || octet >= 'a' && octet <= 'z';
            encoded.writeBytes((isPlain ? Character.toString(octet) : String.format("%%%02X", octet & 0xFF))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return "UTF-8''" + encoded.toString(StandardCharsets.US_ASCII);
    }

    boolean isAscii() {
        return user.chars().allMatch(c -> c < 0x7F);
    }

    private static MessageDigest digest(Hash hash) {
        try {
            return MessageDigest.getInstance(hash.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + hash.jcaName() + "; check its installation", e);
        }
    }

    /** Neither of the two. */
    @Override
    public String toString() {
        return "credentials";
    }
}
