package dev.certkit.x509;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text that goes into certificates. */
final class Encoding {
    private Encoding() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
