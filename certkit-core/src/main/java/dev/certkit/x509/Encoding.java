package dev.certkit.x509;

import dev.certkit.internal.text.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text that goes into certificates, and text of certificates that goes into messages. */
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

    /** A hostile text made fit for a message: control and format characters escaped, cut at 64 characters. */
    static String shown(String text) {
        return ForeignText.shown(text);
    }

    static boolean isPlain(int codePoint) {
        return ForeignText.isVisible(codePoint);
    }
}
