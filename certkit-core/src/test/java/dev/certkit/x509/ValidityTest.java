package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T2")
class ValidityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00.750Z");
    private static final MovableClock CLOCK = MovableClock.at(NOW);

    private static Validity between(String from, String to) {
        return new Validity(Instant.parse(from), Instant.parse(to));
    }

    @Nested
    class Making {
        @Test
        void itBeginsFiveMinutesAgoAndEndsALifetimeFromNow() {
            Validity year = Validity.days(365, CLOCK);
            assertEquals(Instant.parse("2026-11-22T04:55:00Z"), year.notBefore());
            assertEquals(Instant.parse("2027-11-22T05:00:00Z"), year.notAfter());
        }

        @Test
        void fractionsOfSecondsAreCutOff() {
            Validity validity = new Validity(NOW, NOW.plusMillis(900));
            assertEquals(Instant.parse("2026-11-22T05:00:00Z"), validity.notBefore());
            assertEquals(Instant.parse("2026-11-22T05:00:01Z"), validity.notAfter());
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT-1S", "P-365D"})
        void aLifetimeIsPositive(Duration lifetime) {
            assertThrows(IllegalArgumentException.class, () -> Validity.lasting(lifetime, CLOCK));
        }

        @Test
        void aLifetimeEndsBeforeTheYear10000() {
            Duration longest = Duration.between(NOW, Validity.NO_END);
            assertEquals(Validity.NO_END, Validity.lasting(longest, CLOCK).notAfter());
            for (Duration tooLong : new Duration[] {longest.plusSeconds(1), Duration.ofSeconds(Long.MAX_VALUE)}) {
                IllegalArgumentException refused =
                        assertThrows(IllegalArgumentException.class, () -> Validity.lasting(tooLong, CLOCK));
                assertTrue(refused.getMessage().contains("9999"), refused.getMessage());
            }
        }

        @Test
        void daysAreAtLeastOne() {
            assertThrows(IllegalArgumentException.class, () -> Validity.days(0, CLOCK));
            assertThrows(IllegalArgumentException.class, () -> Validity.days(-1, CLOCK));
            assertThrows(IllegalArgumentException.class, () -> Validity.days(Integer.MAX_VALUE, CLOCK));
        }

        @Test
        void theEndIsNotBeforeTheBeginning() {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> between("2026-11-22T05:00:01Z", "2026-11-22T05:00:00Z"));
            assertTrue(refused.getMessage().startsWith("notAfter: "), refused.getMessage());
        }

        @ParameterizedTest
        @CsvSource({"1949-12-31T23:59:59Z,2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z,+10000-01-01T00:00:00Z"})
        void whatCertificatesCannotExpressIsRefused(String from, String to) {
            assertThrows(IllegalArgumentException.class, () -> between(from, to));
        }
    }

    @Nested
    class Containing {
        private final Validity hour = between("2026-11-22T05:00:00Z", "2026-11-22T06:00:00Z");

        @ParameterizedTest
        @CsvSource({
            "2026-11-22T04:59:59.999Z,false",
            "2026-11-22T05:00:00Z,true",
            "2026-11-22T06:00:00Z,true",
            "2026-11-22T06:00:00.999Z,true",
            "2026-11-22T06:00:01Z,false"
        })
        void bothEndsAreIncluded(Instant instant, boolean expected) {
            assertEquals(expected, hour.contains(instant));
        }

        @Test
        void itsLengthIsBetweenItsEnds() {
            assertEquals(Duration.ofHours(1), hour.length());
        }
    }

    @Nested
    class NotBeyond {
        private final Validity year = between("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");

        @Test
        void itEndsWithTheOther() {
            Validity issuer = between("2025-01-01T00:00:00Z", "2026-06-01T00:00:00Z");
            assertEquals(between("2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"), year.notBeyond(issuer));
        }

        @Test
        void itStaysIfTheOtherEndsLater() {
            assertSame(year, year.notBeyond(between("2026-05-01T00:00:00Z", "2030-01-01T00:00:00Z")));
            assertSame(year, year.notBeyond(year));
        }

        @Test
        void nothingIsLeftBehindTheOthersEnd() {
            Validity past = between("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
            assertThrows(IllegalArgumentException.class, () -> year.notBeyond(past));
            assertFalse(past.contains(year.notBefore()));
        }
    }
}
