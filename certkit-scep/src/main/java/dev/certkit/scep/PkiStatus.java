package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.util.Arrays;

/** The statuses of a CertRep, RFC 8894, section 3.2.1.3. */
enum PkiStatus {
    SUCCESS(0),
    FAILURE(2),
    PENDING(3);

    private final int number;

    PkiStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static PkiStatus of(int number) throws ScepException {
        return Arrays.stream(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElseThrow(() -> ScepException.of(
                        Check.STATUS,
                        "The SCEP answer has status " + number
                                + ", which RFC 8894 does not know; the server is broken"));
    }
}
