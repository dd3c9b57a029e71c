package dev.certkit.scep;

import java.nio.charset.StandardCharsets;

/** Looks into byte arrays. */
final class Bytes {
    private Bytes() {}

    static boolean contains(byte[] whole, byte[] part) {
        return new String(whole, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}
