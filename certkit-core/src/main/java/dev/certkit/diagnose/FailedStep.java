package dev.certkit.diagnose;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step of a diagnosis that did not succeed, and what that shows. */
final class FailedStep extends IOException {
    private static final long serialVersionUID = 1L;

    private final FindingCode code;
    private final transient @Nullable Alert alert;

    FailedStep(FindingCode code, String detail) {
        this(code, detail, null);
    }

    private FailedStep(FindingCode code, String detail, @Nullable Alert alert) {
        super(detail);
        this.code = code;
        this.alert = alert;
    }

    static FailedStep refusedWith(Alert alert) {
        return new FailedStep(FindingCode.HANDSHAKE_REFUSED, "it ends the handshake with the alert " + alert, alert);
    }

    FindingCode code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Optional<Alert> alert() {
        return Optional.ofNullable(alert);
    }
}
