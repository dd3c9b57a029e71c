package dev.certkit.diagnose;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** TLS records as they come, which a stranger may have written (RFC 8446, section 5.1). */
final class Records {
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;

    private static final int HEADER = 5;
    private static final int LARGEST = (1 << 14) + 2048;
    private static final int SHOWN = 200;
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private final Wire wire;

    Records(Wire wire) {
        this.wire = wire;
    }

    /** One record with its header. */
    static final class Raw {
        private final byte[] octets;

        private Raw(byte[] octets) {
            this.octets = octets;
        }

        byte[] octets() {
            return octets;
        }

        int type() {
            return octets[0];
        }

        int length() {
            return octets.length - HEADER;
        }

        int at(int index) {
            return octets[HEADER + index] & 0xFF;
        }
    }

    Raw next() throws FailedStep {
        byte[] header = wire.readUpTo(HEADER);
        if (header.length == 0) {
            throw new FailedStep(
                    FindingCode.CLOSED,
                    "it closed the connection without an answer to the greeting of TLS, or in the middle of it");
        }
        if (header[0] < 20 || header[0] > 24 || header.length < HEADER || header[1] != 3) {
            throw somethingElse(header);
        }
        int length = (header[3] & 0xFF) << 8 | header[4] & 0xFF;
        if (length > LARGEST) {
            throw new FailedStep(FindingCode.TOO_MUCH_DATA, "it announces a TLS record of " + length + " octets");
        }
        byte[] body = wire.readUpTo(length);
        if (body.length < length) {
            throw new FailedStep(FindingCode.CLOSED, "it closed the connection in the middle of a TLS record");
        }
        byte[] octets = new byte[HEADER + length];
        System.arraycopy(header, 0, octets, 0, HEADER);
        System.arraycopy(body, 0, octets, HEADER, length);
        return new Raw(octets);
    }

    private FailedStep somethingElse(byte[] first) {
        byte[] more = wire.whateverComes(SHOWN, A_MOMENT);
        String text = new String(first, StandardCharsets.ISO_8859_1) + new String(more, StandardCharsets.ISO_8859_1);
        String line = text.split("[\r\n]", 2)[0];
        if (text.startsWith("HTTP/") || text.startsWith("<")) {
            return new FailedStep(
                    FindingCode.PLAIN_HTTP, "it speaks HTTP without TLS, and answers " + Wire.quoted(line));
        }
        return new FailedStep(FindingCode.NOT_TLS, "it speaks no TLS, and says " + Wire.quoted(line));
    }
}
