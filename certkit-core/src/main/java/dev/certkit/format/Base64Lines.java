package dev.certkit.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** The body of a PEM block to octets (RFC 7468, 2), whole lines at a time where they are of one width. */
final class Base64Lines {
    private static final int NARROWEST = 16;

    private final byte[] body;
    private int used;

    private Base64Lines(byte[] body) {
        this.body = body;
    }

    /**
     * Decodes the body, and wipes it.
     *
     * @throws IllegalArgumentException if it is not base64
     */
    static byte[] decode(byte[] body) {
        try {
            return new Base64Lines(body).decode();
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private byte[] decode() {
        joinLines();
        try {
            return octets();
        } catch (IllegalArgumentException e) {
            // Lines of several widths: what was taken for a whole line may hold a break.
            int joined = used;
            used = 0;
            joinRest(0, joined);
            return octets();
        }
    }

    private byte[] octets() {
        ByteBuffer octets = Base64.getDecoder().decode(ByteBuffer.wrap(body, 0, used));
        return octets.remaining() == octets.array().length
                ? octets.array()
                : Arrays.copyOf(octets.array(), octets.remaining());
    }

    private void joinLines() {
        int at = firstCharacter(0);
        int width = endOfLine(at) - at;
        while (width >= NARROWEST && at + width < body.length && isBreak(body[at + width])) {
            System.arraycopy(body, at, body, used, width);
            used += width;
            at = firstCharacter(at + width);
        }
        joinRest(at, body.length);
    }

    private void joinRest(int from, int to) {
        for (int at = from; at < to; at++) {
            if (!isBreak(body[at])) {
                body[used++] = body[at];
            }
        }
    }

    private int firstCharacter(int from) {
        int at = from;
        while (at < body.length && isBreak(body[at])) {
            at++;
        }
        return at;
    }

    private int endOfLine(int from) {
        int at = from;
        while (at < body.length && !isBreak(body[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBreak(byte octet) {
        return octet == '\n' || octet == '\r' || octet == ' ' || octet == '\t';
    }
}
