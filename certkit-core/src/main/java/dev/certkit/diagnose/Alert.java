package dev.certkit.diagnose;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A TLS alert (RFC 8446, section 6): its number and name. */
record Alert(int number) {
    static final int CLOSE_NOTIFY = 0;
    static final int PROTOCOL_VERSION = 70;
    static final int UNRECOGNIZED_NAME = 112;
    static final int CERTIFICATE_REQUIRED = 116;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(CLOSE_NOTIFY, "close_notify"),
            Map.entry(10, "unexpected_message"),
            Map.entry(20, "bad_record_mac"),
            Map.entry(22, "record_overflow"),
            Map.entry(40, "handshake_failure"),
            Map.entry(41, "no_certificate"),
            Map.entry(42, "bad_certificate"),
            Map.entry(43, "unsupported_certificate"),
            Map.entry(44, "certificate_revoked"),
            Map.entry(45, "certificate_expired"),
            Map.entry(46, "certificate_unknown"),
            Map.entry(47, "illegal_parameter"),
            Map.entry(48, "unknown_ca"),
            Map.entry(49, "access_denied"),
            Map.entry(50, "decode_error"),
            Map.entry(51, "decrypt_error"),
            Map.entry(PROTOCOL_VERSION, "protocol_version"),
            Map.entry(71, "insufficient_security"),
            Map.entry(80, "internal_error"),
            Map.entry(86, "inappropriate_fallback"),
            Map.entry(90, "user_canceled"),
            Map.entry(100, "no_renegotiation"),
            Map.entry(109, "missing_extension"),
            Map.entry(110, "unsupported_extension"),
            Map.entry(UNRECOGNIZED_NAME, "unrecognized_name"),
            Map.entry(115, "unknown_psk_identity"),
            Map.entry(CERTIFICATE_REQUIRED, "certificate_required"),
            Map.entry(120, "no_application_protocol"));

    /** The JDK tells an alert that it received by its name only. */
    static Optional<Alert> inMessage(String message) {
        String prefix = "received fatal alert: ";
        String text = message.toLowerCase(Locale.ROOT);
        int at = text.indexOf(prefix);
        if (at < 0) {
            return Optional.empty();
        }
        String name = text.substring(at + prefix.length()).strip();
        return NAMES.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getValue()))
                .findFirst()
                .map(entry -> new Alert(entry.getKey()));
    }

    @Override
    public String toString() {
        return NAMES.getOrDefault(number, "number " + number);
    }
}
