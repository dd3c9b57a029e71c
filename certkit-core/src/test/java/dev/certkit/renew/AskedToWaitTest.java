package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An authority that says how long it wants to be left alone. */
@Tag("S5")
@Tag("S6")
class AskedToWaitTest {
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private final RenewerLab lab = new RenewerLab();
    private final Random random = new Random(3);

    private Duration wait(Duration asked, Duration age) {
        Instant from = RenewerLab.NOW;
        Occasion occasion = new Occasion(
                Optional.of(new Validity(from, from.plus(NINETY_DAYS))), Optional.of(from), from.plus(age));
        Setback setback = new Setback(1, 1, false, Optional.of(asked));
        Plan plan = RenewalPolicy.afterTwoThirds().retry(setback, occasion, random);
        return Duration.between(occasion.now(), plan.at().orElseThrow());
    }

    private static void assertWithin(Duration from, Duration to, Duration actual) {
        assertTrue(actual.compareTo(from) >= 0 && actual.compareTo(to) <= 0, from + " <= " + actual + " <= " + to);
    }

    @Test
    void isLeftAloneForThatLongAndServedThen() throws IOException {
        Renewer renewer = lab.automatic().open();
        CertifiedKey first = lab.enrolled(renewer);
        lab.authority.busyFor(Duration.ofHours(5));
        lab.runUntil(
                renewer,
                first.chain().validity().notBefore().plus(Duration.ofDays(60).plusMinutes(11)));
        assertEquals(2, lab.authority.calls());
        Instant next = renewer.status("web").next().orElseThrow();
        assertTrue(renewer.status("web").why().contains("the authority asked for 18000 s"), "" + renewer.status("web"));

        lab.runUntil(renewer, next.minusSeconds(1));
        assertEquals(2, lab.authority.calls());
        assertTrue(lab.clock
                .instant()
                .isAfter(first.chain()
                        .validity()
                        .notBefore()
                        .plus(Duration.ofDays(60).plusHours(5))));
        lab.authority.set(GatedAuthority.Gate.OPEN);
        lab.runUntil(renewer, next.plusSeconds(1));

        assertEquals(2, lab.authority.issued());
    }

    @Test
    void alsoBetweenPollsAtAFixedInterval() throws IOException {
        Renewer renewer = lab.automatic().poll(9, Duration.ofMinutes(1)).open();
        Setback busy = new Setback(1, 1, false, Optional.of(Duration.ofHours(1)));
        Planner planner = new Planner(renewer.settings(), lab.clock, random);
        Plan plan = planner.again(busy, lab.identities.summary("web")).orElseThrow();
        assertWithin(
                Duration.ofHours(1),
                Duration.ofMinutes(70),
                Duration.between(RenewerLab.NOW, plan.at().orElseThrow()));
    }

    @Test
    void bringsNotEverybodyBackAtTheSameSecond() {
        TreeSet<Duration> waits = new TreeSet<>();
        for (int i = 0; i < 1000; i++) {
            Duration wait = wait(Duration.ofHours(1), Duration.ofDays(61));
            assertWithin(Duration.ofHours(1), Duration.ofMinutes(70), wait);
            waits.add(wait);
        }
        Duration span = waits.last().minus(waits.first());
        assertTrue(waits.size() > 990 && span.toMinutes() >= 9, span.toString());
    }

    @Test
    void isAskedNoSoonerThanAfterAnyOtherFailure() {
        for (int i = 0; i < 1000; i++) {
            assertWithin(Duration.ofSeconds(30), Duration.ofMinutes(1), wait(Duration.ZERO, Duration.ofDays(61)));
        }
    }

    @Test
    void isNotObeyedUntilTheCertificateHasExpired() {
        Duration years = Duration.ofSeconds(1_000_000_000);
        Duration spread = Duration.ofMinutes(10);
        for (int i = 0; i < 1000; i++) {
            assertWithin(Duration.ofDays(1), Duration.ofDays(1).plus(spread), wait(years, Duration.ofDays(61)));
            // four hours are left, which is an emergency
            Duration late = wait(years, NINETY_DAYS.minusHours(4));
            assertWithin(Duration.ofMinutes(20), Duration.ofMinutes(30), late);
            assertWithin(Duration.ofHours(12), Duration.ofDays(1).plus(spread), wait(years, NINETY_DAYS.plusDays(1)));
        }
    }

    @Test
    void neverCostsTheCertificateHoweverLongItAsks() throws IOException {
        Renewer renewer = lab.automatic().open();
        CertifiedKey first = lab.enrolled(renewer);
        Instant end = first.chain().validity().notAfter();
        lab.authority.busyFor(Duration.ofSeconds(1_000_000_000));
        lab.runUntil(renewer, end.minus(Duration.ofHours(2)));
        lab.authority.set(GatedAuthority.Gate.OPEN);
        lab.runUntil(renewer, end.minus(Duration.ofHours(1)));

        assertTrue(lab.current().chain().validity().notAfter().isAfter(end));
        assertTrue(lab.authority.calls() < 300, lab.authority.calls() + " requests to a busy authority");
    }
}
