package dev.certkit.format;

import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The key derivation of PKCS#12 (RFC 7292, B.2), here because the JDK's takes ASCII passphrases only. */
final class Pkcs12Derivation {
    private final String digest;
    private final byte[] salt;
    private final int iterations;

    Pkcs12Derivation(String digest, byte[] salt, int iterations) {
        this.digest = digest;
        this.salt = salt;
        this.iterations = iterations;
    }

    /** What the octets are for (RFC 7292, B.3). */
    enum Purpose {
        KEY(1),
        IV(2),
        MAC(3);

        private final int number;

        Purpose(int number) {
            this.number = number;
        }
    }

    byte[] derive(Purpose purpose, int length, Passphrase passphrase) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance(digest);
        int block = hash.getDigestLength() > 32 ? 128 : 64;
        byte[] text = bmp(passphrase);
        byte[] input = salted(text, block);
        Arrays.fill(text, (byte) 0);
        byte[] diversifier = new byte[block];
        Arrays.fill(diversifier, (byte) purpose.number);
        byte[] derived = new byte[length];
        for (int at = 0; at < length; ) {
            byte[] part = hashed(hash, diversifier, input);
            int used = Math.min(part.length, length - at);
            System.arraycopy(part, 0, derived, at, used);
            at += used;
            for (int start = 0; start < input.length; start += block) {
                add(part, input, start, block);
            }
        }
        Arrays.fill(input, (byte) 0);
        return derived;
    }

    private byte[] hashed(MessageDigest hash, byte[] diversifier, byte[] input) throws GeneralSecurityException {
        hash.update(diversifier);
        byte[] value = hash.digest(input);
        for (int i = 1; i < iterations; i++) {
            hash.update(value);
            hash.digest(value, 0, value.length);
        }
        return value;
    }

    private byte[] salted(byte[] text, int block) {
        int saltLength = roundedUp(salt.length, block);
        byte[] input = new byte[saltLength + roundedUp(text.length, block)];
        for (int i = 0; i < input.length; i++) {
            input[i] = i < saltLength ? salt[i % salt.length] : text[(i - saltLength) % text.length];
        }
        return input;
    }

    private static int roundedUp(int length, int block) {
        return (length + block - 1) / block * block;
    }

    /** Adds the repeated value and one to a block, modulo its size. */
    private static void add(byte[] value, byte[] input, int start, int block) {
        int carry = 1;
        for (int i = block - 1; i >= 0; i--) {
            carry += (input[start + i] & 0xFF) + (value[i % value.length] & 0xFF);
            input[start + i] = (byte) carry;
            carry >>>= 8;
        }
    }

    /** UTF-16 with two octets of zero behind it; one NUL stands for no passphrase at all, as it does in the JDK. */
    private static byte[] bmp(Passphrase passphrase) {
        return passphrase.use(chars -> {
            if (chars.length == 1 && chars[0] == 0) {
                return new byte[0];
            }
            byte[] text = utf16(chars);
            byte[] ended = Arrays.copyOf(text, text.length + 2);
            Arrays.fill(text, (byte) 0);
            return ended;
        });
    }

    static byte[] utf16(char[] chars) {
        byte[] text = new byte[2 * chars.length];
        for (int i = 0; i < chars.length; i++) {
            text[2 * i] = (byte) (chars[i] >>> 8);
            text[2 * i + 1] = (byte) chars[i];
        }
        return text;
    }
}
