package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalPolicyTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private final Random random = new Random(1);

    private static Occasion occasion(Duration lifetime, Duration age) {
        Validity validity = new Validity(FROM, FROM.plus(lifetime));
        return new Occasion(Optional.of(validity), Optional.of(FROM), FROM.plus(age));
    }

    private Duration chosen(RenewalPolicy policy, Occasion occasion) {
        return Duration.between(FROM, policy.choose(occasion, random).at().orElseThrow());
    }

    private static void assertWithin(Duration from, Duration to, Duration actual) {
        assertTrue(
                actual.compareTo(from) >= 0 && actual.compareTo(to) <= 0,
                actual + " is not within " + from + " and " + to);
    }

    @Nested
    class TheStart {
        private final Occasion ninetyDays = occasion(Duration.ofDays(90), Duration.ZERO);

        @Test
        void isAfterTwoThirdsOfTheLifetime() {
            Duration sixty = Duration.ofDays(60);
            assertWithin(sixty, sixty.plusSeconds(600), chosen(RenewalPolicy.afterTwoThirds(), ninetyDays));
        }

        @Test
        void isAfterHalfOfAShortLifetime() {
            Occasion day = occasion(Duration.ofHours(24), Duration.ZERO);
            assertWithin(
                    Duration.ofHours(12),
                    Duration.ofHours(12).plusSeconds(600),
                    chosen(RenewalPolicy.afterTwoThirds(), day));
        }

        @Test
        void isDaysBeforeTheEnd() {
            Duration eighty = Duration.ofDays(80);
            RenewalPolicy policy = RenewalPolicy.beforeExpiry(Duration.ofDays(10));
            assertWithin(eighty, eighty.plusSeconds(600), chosen(policy, ninetyDays));
        }

        @Test
        void isNeverSoLateThatTheCertificateIsAboutToExpire() {
            Duration emergency = Duration.ofHours(90 * 24 * 95 / 100);
            for (RenewalPolicy late : new RenewalPolicy[] {
                RenewalPolicy.every(Duration.ofDays(365)), RenewalPolicy.beforeExpiry(Duration.ofMinutes(1))
            }) {
                assertWithin(emergency, emergency.plusSeconds(601), chosen(late, ninetyDays));
            }
        }

        @Test
        @Tag("S4")
        void isLaterByOneToSixHundredSecondsSpreadEvenly() {
            RenewalPolicy policy = RenewalPolicy.afterTwoThirds();
            int[] minutes = new int[10];
            for (int i = 0; i < 100_000; i++) {
                Duration late = chosen(policy, ninetyDays).minus(Duration.ofDays(60));
                assertWithin(Duration.ofSeconds(1), Duration.ofSeconds(600), late);
                minutes[Math.min(9, (int) late.toMinutes())]++;
            }
            for (int count : minutes) {
                assertTrue(count > 9_500 && count < 10_500, count + " of 100,000 in one of ten minutes");
            }
        }

        @Test
        void ofAnHourLongCertificateLeavesHalfOfWhatIsLeft() {
            Occasion minutes = occasion(Duration.ofMinutes(8), Duration.ZERO);
            for (int i = 0; i < 1000; i++) {
                assertWithin(
                        Duration.ofMinutes(4), Duration.ofMinutes(6), chosen(RenewalPolicy.afterTwoThirds(), minutes));
            }
        }

        @Test
        void canBeSpreadOverHalfOfWhatIsLeft() {
            RenewalPolicy policy = RenewalPolicy.afterTwoThirds().spreadOut();
            Duration latest = Duration.ZERO;
            for (int i = 0; i < 1000; i++) {
                Duration at = chosen(policy, ninetyDays);
                assertWithin(Duration.ofDays(60), Duration.ofDays(75), at);
                latest = Backoff.max(latest, at);
            }
            assertTrue(latest.compareTo(Duration.ofDays(74)) > 0, latest.toString());
        }

        @Test
        void canBeExact() {
            RenewalPolicy policy = RenewalPolicy.afterTwoThirds().jitterUpTo(Duration.ZERO);
            assertEquals(Duration.ofDays(60), chosen(policy, ninetyDays));
        }

        @Test
        void thatIsPastIsSoon() {
            Occasion old = occasion(Duration.ofDays(90), Duration.ofDays(70));
            Plan plan = RenewalPolicy.afterTwoThirds().choose(old, random);
            assertWithin(
                    Duration.ofDays(70),
                    Duration.ofDays(70).plusSeconds(600),
                    Duration.between(FROM, plan.at().orElseThrow()));
            assertTrue(plan.why().contains("which was 2026-03-02T00:00:00Z"), plan.why());
        }

        @Test
        @Tag("S7")
        void repeatsAtFixedDistancesFromADate() {
            RenewalPolicy policy = RenewalPolicy.startingAt(FROM.plus(Duration.ofDays(3)))
                    .thenEvery(Duration.ofDays(7))
                    .jitterUpTo(Duration.ZERO);
            Occasion later = new Occasion(
                    Optional.empty(), Optional.of(FROM.plus(Duration.ofDays(11))), FROM.plus(Duration.ofDays(11)));
            assertEquals(Duration.ofDays(3), chosen(policy, ninetyDays));
            assertEquals(Duration.ofDays(17), chosen(policy, later));
        }

        @Test
        void byAClockThatWasNeverSetIsCountedFromTheCertificate() {
            Occasion reset = new Occasion(
                    Optional.of(new Validity(FROM, FROM.plus(Duration.ofDays(90)))),
                    Optional.of(Instant.EPOCH),
                    Instant.EPOCH.plusSeconds(5));
            assertWithin(
                    Duration.ofDays(10),
                    Duration.ofDays(10).plusSeconds(600),
                    chosen(RenewalPolicy.every(Duration.ofDays(10)), reset));
        }
    }

    @Nested
    class AWindow {
        private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
        private final RenewalPolicy nightly =
                RenewalPolicy.afterTwoThirds().onlyWithin(LocalTime.of(23, 0), Duration.ofHours(4), PARIS);

        private LocalTime local(Plan plan) {
            return plan.at().orElseThrow().atZone(PARIS).toLocalTime();
        }

        private void assertAtNight(Plan plan) {
            // four hours last until four o'clock in the night in which the clocks are put forward
            LocalTime time = local(plan);
            assertTrue(!time.isBefore(LocalTime.of(23, 0)) || !time.isAfter(LocalTime.of(4, 0)), time.toString());
        }

        @Test
        void holdsStartsAndRetriesAlsoOverTheChangeOfSummerTime() {
            for (int day = 0; day < 365; day++) {
                Validity validity =
                        new Validity(FROM.plus(Duration.ofDays(day)), FROM.plus(Duration.ofDays(day + 90L)));
                Instant now = validity.notBefore().plus(Duration.ofDays(60).plusHours(day % 24));
                Occasion occasion = new Occasion(Optional.of(validity), Optional.empty(), now);
                assertAtNight(nightly.choose(occasion, random));
                assertAtNight(nightly.retry(new Setback(1, 1, false), occasion, random));
            }
        }

        @Test
        void isNoReasonToLetACertificateExpire() {
            Occasion late = occasion(Duration.ofDays(90), Duration.ofDays(89));
            Plan plan = nightly.retry(new Setback(9, 9, false), late, random);
            assertTrue(Duration.between(late.now(), plan.at().orElseThrow()).toHours() <= 2, plan.toString());
        }
    }

    @Nested
    class ARetry {
        private Duration wait(RenewalPolicy policy, Setback setback, Occasion occasion) {
            Plan plan = policy.retry(setback, occasion, random);
            return Duration.between(occasion.now(), plan.at().orElseThrow());
        }

        @Test
        void comesAfterMoreAndMoreTimeUpToSixHours() {
            Occasion young = occasion(Duration.ofDays(90), Duration.ofDays(60));
            for (int failure = 1; failure < 60; failure++) {
                Duration most = Duration.ofSeconds(Math.min(21_600, 60L << Math.min(failure - 1, 20)));
                assertWithin(
                        Duration.ofSeconds(30),
                        most,
                        wait(RenewalPolicy.afterTwoThirds(), new Setback(1, failure, false), young));
            }
        }

        @Test
        void waitsAtMostATwelfthOfTheTimeThatIsLeft() {
            Occasion late = occasion(Duration.ofHours(24), Duration.ofHours(18));
            for (int i = 0; i < 1000; i++) {
                assertWithin(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(30),
                        wait(RenewalPolicy.afterTwoThirds(), new Setback(30, 30, false), late));
            }
        }

        @Test
        void afterARefusalIsNotHasty() {
            Occasion young = occasion(Duration.ofDays(90), Duration.ofDays(60));
            assertWithin(
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    wait(RenewalPolicy.afterTwoThirds(), new Setback(1, 1, true), young));
        }

        @Test
        void afterExpiryIsDailyAndNeverEnds() {
            Occasion expired = occasion(Duration.ofDays(90), Duration.ofDays(400));
            assertWithin(
                    Duration.ofHours(12),
                    Duration.ofHours(24),
                    wait(RenewalPolicy.afterTwoThirds(), new Setback(5000, 5000, false), expired));
        }

        @Test
        void endsOnlyWhereThatIsSet() {
            Occasion young = occasion(Duration.ofDays(90), Duration.ofDays(60));
            RenewalPolicy policy = RenewalPolicy.afterTwoThirds().givingUpAfter(2);
            assertTrue(policy.retry(new Setback(1, 1, true), young, random).at().isPresent());
            assertFalse(
                    policy.retry(new Setback(2, 2, true), young, random).at().isPresent());
        }
    }

    static Stream<RenewalPolicy> policies() {
        return Stream.of(
                RenewalPolicy.afterTwoThirds(),
                RenewalPolicy.afterPercent(75).jitterUpTo(Duration.ofMinutes(5)),
                RenewalPolicy.beforeExpiry(Duration.ofDays(30)).spreadOut(),
                RenewalPolicy.every(Duration.ofDays(180)).emergencyPercent(10),
                RenewalPolicy.startingAt(Instant.parse("2027-03-28T01:30:00.123456789Z")),
                RenewalPolicy.startingAt(FROM).thenEvery(Duration.ofDays(7)).jitterUpTo(Duration.ZERO),
                RenewalPolicy.afterTwoThirds()
                        .onlyWithin(LocalTime.of(22, 30, 1), Duration.ofMinutes(90), ZoneId.of("Europe/Paris")),
                RenewalPolicy.afterTwoThirds().givingUpAfter(9).retryAtLeastEvery(Duration.ofMinutes(17)));
    }

    @ParameterizedTest
    @MethodSource("policies")
    @Tag("S13")
    void aPolicyIsReadBackFromItsText(RenewalPolicy policy) {
        RenewalPolicy read = RenewalPolicy.parse(policy.toString());
        assertEquals(policy, read);
        assertEquals(policy.hashCode(), read.hashCode());
        assertNotEquals(policy, RenewalPolicy.afterPercent(42));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "after 2/3",
                "after 3/2 of the lifetime",
                "after 0/3 of the lifetime",
                "after 1/0 of the lifetime",
                "every PT1S",
                "every nonsense",
                "-P1D before the end",
                "at noon",
                "at +999999999-01-01T00:00:00Z",
                "after 2/3 of the lifetime; jitter PT0.5S",
                "after 2/3 of the lifetime; jitter",
                "after 2/3 of the lifetime; emergency 99",
                "after 2/3 of the lifetime; window 25:00+PT1H@UTC",
                "after 2/3 of the lifetime; window 22:00+PT1H@Atlantis",
                "after 2/3 of the lifetime; window",
                "after 2/3 of the lifetime; retry PT1H; colour red"
            })
    void whatIsNoPolicyIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> RenewalPolicy.parse(text));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        RenewalPolicy policy = RenewalPolicy.afterTwoThirds();
        assertThrows(IllegalArgumentException.class, () -> RenewalPolicy.afterPercent(96));
        assertThrows(IllegalArgumentException.class, () -> RenewalPolicy.beforeExpiry(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> RenewalPolicy.every(Duration.ofSeconds(59)));
        assertThrows(IllegalArgumentException.class, () -> RenewalPolicy.startingAt(Instant.MAX));
        assertThrows(IllegalArgumentException.class, () -> policy.jitterUpTo(Duration.ofMillis(1)));
        assertThrows(IllegalArgumentException.class, () -> policy.emergencyPercent(0));
        assertThrows(IllegalArgumentException.class, () -> policy.retryAtLeastEvery(Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> policy.givingUpAfter(0));
        assertThrows(IllegalStateException.class, () -> policy.thenEvery(Duration.ofDays(1)));
    }
}
