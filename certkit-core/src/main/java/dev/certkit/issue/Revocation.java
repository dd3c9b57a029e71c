package dev.certkit.issue;

import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is known of one certificate that is or was revoked, one line of text.
 *
 * @param change which change of its bucket made it what it is, counted from 1
 * @param expires the certificate's last second
 * @param releasedAt when a hold ended, or empty while the certificate is revoked
 */
record Revocation(
        SerialNumber serial,
        int change,
        RevocationReason reason,
        Instant revokedAt,
        Instant expires,
        Optional<Instant> invalidSince,
        Optional<Instant> releasedAt) {
    private static final String NONE = "-";
    private static final int COLUMNS = 7;

    static Revocation of(SerialNumber serial, RevocationReason reason, Instant now, Instant expires) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return new Revocation(serial, 0, reason, second, expires, Optional.empty(), Optional.empty());
    }

    Revocation invalidSince(Optional<Instant> since) {
        return new Revocation(
                serial,
                change,
                reason,
                revokedAt,
                expires,
                since.map(instant -> instant.truncatedTo(ChronoUnit.SECONDS)),
                releasedAt);
    }

    /** A hold that became a revocation was not to be trusted from the hold on. */
    Revocation becoming(Revocation later) {
        return new Revocation(
                serial,
                change,
                later.reason,
                revokedAt,
                expires,
                later.invalidSince.isPresent() ? later.invalidSince : invalidSince,
                Optional.empty());
    }

    Revocation releasedAt(Instant now) {
        return new Revocation(
                serial,
                change,
                reason,
                revokedAt,
                expires,
                Optional.empty(),
                Optional.of(now.truncatedTo(ChronoUnit.SECONDS)));
    }

    Revocation changedBy(int number) {
        return new Revocation(serial, number, reason, revokedAt, expires, invalidSince, releasedAt);
    }

    boolean isReleased() {
        return releasedAt.isPresent();
    }

    boolean isOnHold() {
        return reason == RevocationReason.CERTIFICATE_HOLD && !isReleased();
    }

    CertificateStatus status() {
        return isReleased()
                ? new CertificateStatus.Good()
                : new CertificateStatus.Revoked(revokedAt, reason, invalidSince);
    }

    String line() {
        return String.join(
                " ",
                serial.hex(),
                Integer.toString(change),
                reason.rfcName(),
                revokedAt.toString(),
                expires.toString(),
                invalidSince.map(Instant::toString).orElse(NONE),
                releasedAt.map(Instant::toString).orElse(NONE));
    }

    static Revocation parse(String line) throws IOException {
        String[] columns = line.split(" ", -1);
        try {
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException(columns.length + " columns");
            }
            return new Revocation(
                    new SerialNumber(new BigInteger(columns[0], 16)),
                    Integer.parseInt(columns[1]),
                    reason(columns[2]),
                    Instant.parse(columns[3]),
                    Instant.parse(columns[4]),
                    instant(columns[5]),
                    instant(columns[6]));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("a line of a record of revocations is damaged; restore the record", e);
        }
    }

    private static RevocationReason reason(String rfcName) {
        return Arrays.stream(RevocationReason.values())
                .filter(reason -> reason.rfcName().equals(rfcName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown reason"));
    }

    private static Optional<Instant> instant(String column) {
        return column.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(column));
    }
}
