package dev.certkit.diagnose;

import dev.certkit.trust.Peer;
import java.nio.charset.StandardCharsets;

/** Asks an HTTP proxy for a tunnel (RFC 9110, section 9.3.6). */
final class ProxyTunnel {
    private static final int MOST_LINES = 100;

    private ProxyTunnel() {}

    static void open(Wire wire, Peer peer) throws FailedStep {
        String place = peer.toString();
        if (!place.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new FailedStep(FindingCode.NAME_UNKNOWN, "the name is no host name, and cannot be told to the proxy");
        }
        wire.write(
                ("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String status = statusLine(wire);
        for (int lines = 0; !wire.readLine().isEmpty(); lines++) {
            if (lines == MOST_LINES) {
                throw new FailedStep(FindingCode.TOO_MUCH_DATA, "the proxy sends more than " + MOST_LINES + " headers");
            }
        }
        if (status.matches("HTTP/1\\.[01] 407.*")) {
            throw new FailedStep(FindingCode.PROXY_WANTS_PASSWORD, "the proxy answers " + Wire.quoted(status));
        }
        if (!status.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
            throw new FailedStep(FindingCode.PROXY_REFUSED, "the proxy answers " + Wire.quoted(status));
        }
    }

    private static String statusLine(Wire wire) throws FailedStep {
        try {
            String line = wire.readLine();
            if (line.startsWith("HTTP/")) {
                return line;
            }
            throw new FailedStep(FindingCode.PROXY_REFUSED, "the proxy answers no HTTP but " + Wire.quoted(line));
        } catch (FailedStep e) {
            throw e.code() == FindingCode.NO_ANSWER || e.code() == FindingCode.CLOSED
                    ? new FailedStep(FindingCode.PROXY_REFUSED, "the proxy gives no answer: " + e.detail())
                    : e;
        }
    }
}
