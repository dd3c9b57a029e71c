package dev.certkit.internal.der;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Reads UTCTime and GeneralizedTime, the forms of RFC 5280, 4.1.2.5 and those that older encoders write. */
final class Times {
    private static final int FIRST_YEAR_OF_UTC_TIME = 1950;
    private static final int MINUTES_OF_AN_HOUR = 60;

    private final byte[] text;
    private int at;

    Times(byte[] text) {
        this.text = text;
    }

    /** Seconds may be missing, a fraction is dropped, an offset is taken into account. */
    Instant read(boolean utcTime) throws DerException {
        int year = utcTime ? twoDigitYear() : digits(4);
        int month = digits(2);
        int day = digits(2);
        int hour = digits(2);
        int minute = digits(2);
        int second = isDigit() ? digits(2) : 0;
        skipFraction();
        int offset = offsetMinutes();
        if (at != text.length) {
            throw malformed();
        }
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second)
                    .minusMinutes(offset)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw malformed();
        }
    }

    private int twoDigitYear() throws DerException {
        int year = digits(2);
        return year + (year < FIRST_YEAR_OF_UTC_TIME % 100 ? 2000 : 1900);
    }

    private int digits(int count) throws DerException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit()) {
                throw malformed();
            }
            value = value * 10 + (text[at++] - '0');
        }
        return value;
    }

    private boolean isDigit() {
        return at < text.length && text[at] >= '0' && text[at] <= '9';
    }

    private void skipFraction() throws DerException {
        if (at < text.length && (text[at] == '.' || text[at] == ',')) {
            at++;
            digits(1);
            while (isDigit()) {
                at++;
            }
        }
    }

    private int offsetMinutes() throws DerException {
        if (at == text.length) {
            throw malformed();
        }
        byte zone = text[at++];
        if (zone == 'Z') {
            return 0;
        }
        if (zone != '+' && zone != '-') {
            throw malformed();
        }
        int minutes = digits(2) * MINUTES_OF_AN_HOUR + digits(2);
        return zone == '+' ? minutes : -minutes;
    }

    private DerException malformed() {
        return new DerException("a time is not written as RFC 5280, section 4.1.2.5 has it");
    }
}
