package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.renew.GatedAuthority.Gate;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.renew.RequestStatus.State;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong, what is done about it, and what people are told. */
class TroubleTest {
    private final RenewerLab lab = new RenewerLab();

    private RequestError error(Renewer renewer) throws IOException {
        return renewer.history().get(0).outcome().error().orElseThrow();
    }

    @Nested
    @Tag("S5")
    class Polling {
        @Test
        void aDeferredRequestIsPolledUnderItsTransactionUntilItIsApproved() throws IOException {
            Renewer renewer = lab.automatic().poll(12, Duration.ofMinutes(5)).open();
            lab.authority.set(Gate.HOLD);
            lab.runFor(renewer, Duration.ofMinutes(30));
            assertEquals(State.PROCESSING, renewer.status("web").state());
            assertEquals(
                    Kind.DEFERRED, renewer.status("web").error().orElseThrow().kind());
            assertTrue(lab.authority.polls() >= 3);

            lab.authority.set(Gate.OPEN);
            lab.runFor(renewer, Duration.ofMinutes(6));

            assertEquals(State.SUCCESSFUL, renewer.status("web").state());
            assertEquals(1, lab.authority.issued());
        }

        @Test
        void endsWithAnErrorAfterTheNumberOfPolls() throws IOException {
            Renewer renewer = lab.automatic().poll(3, Duration.ofMinutes(1)).open();
            lab.authority.set(Gate.HOLD);
            renewer.runDueOnce(1);
            lab.runUntil(
                    renewer,
                    renewer.status("web")
                            .next()
                            .orElseThrow()
                            .plus(Duration.ofMinutes(3))
                            .plusSeconds(1));

            assertEquals(4, lab.authority.calls());
            assertEquals("deferred", error(renewer).toString());
            assertEquals(State.ERROR, renewer.status("web").state());
        }

        @Test
        void comesAtTheIntervalThatWasSet() throws IOException {
            Duration interval = Duration.ofMinutes(7);
            Renewer renewer = lab.automatic().poll(3, interval).open();
            lab.authority.set(Gate.HOLD);
            renewer.runDueOnce(1);
            lab.clock.set(renewer.status("web").next().orElseThrow());
            for (int poll = 1; poll <= 3; poll++) {
                renewer.runDueOnce(1);
                assertEquals(poll, lab.authority.calls());
                Instant next = renewer.status("web").next().orElseThrow();
                assertEquals(lab.clock.instant().plus(interval), next);
                assertEquals("poll " + poll + " of 3", renewer.status("web").why());
                lab.clock.set(next);
            }
        }

        @Test
        void alsoWhenCommunicationFails() throws IOException {
            Renewer renewer = lab.automatic().poll(2, Duration.ofMinutes(1)).open();
            lab.authority.set(Gate.UNREACHABLE);
            renewer.runDueOnce(1);
            lab.runUntil(
                    renewer,
                    renewer.status("web")
                            .next()
                            .orElseThrow()
                            .plus(Duration.ofMinutes(2))
                            .plusSeconds(1));

            assertEquals(3, lab.authority.calls());
            assertEquals(Kind.TCP, error(renewer).kind());
        }

        @Test
        void anErrorOfPollingKeepsTheKeyThatTheAuthorityMayHaveCertified() throws IOException {
            Renewer renewer = lab.automatic().poll(1, Duration.ofMinutes(1)).open();
            lab.authority.set(Gate.ANSWER_LOST);
            lab.runFor(renewer, Duration.ofHours(1));
            assertEquals(State.ERROR, renewer.status("web").state());
            assertEquals(1, lab.authority.issued());

            lab.authority.set(Gate.OPEN);
            lab.runFor(renewer, Duration.ofHours(7));

            assertEquals(State.SUCCESSFUL, renewer.status("web").state());
            assertEquals(1, lab.authority.issued(), "certificates issued for one lost answer");
        }

        @Test
        void withoutANumberIsRarerAndRarerForSevenDays() throws IOException {
            Renewer renewer = lab.automatic().open();
            lab.authority.set(Gate.HOLD);
            lab.runFor(renewer, Duration.ofDays(6));
            assertEquals(State.PROCESSING, renewer.status("web").state());
            int polls = lab.authority.polls();
            assertTrue(polls > 100 && polls < 250, polls + " polls in six days");

            lab.runFor(renewer, Duration.ofDays(1).plusHours(2));
            List<Attempt> history = renewer.history();
            Attempt oldest = history.get(history.size() - 1);
            assertEquals("deferred", oldest.outcome().error().orElseThrow().toString());
        }
    }

    @Nested
    @Tag("S6")
    class NoPolling {
        @Test
        void whenTheAuthorityRefuses() throws IOException {
            Renewer renewer = lab.automatic().poll(12, Duration.ofMinutes(5)).open();
            lab.authority.set(Gate.REFUSE);
            lab.runFor(renewer, Duration.ofMinutes(11));

            assertEquals(1, lab.authority.calls());
            assertEquals(
                    "failInfo 2 (badRequest): unknown device", error(renewer).toString());
            assertEquals(List.of(), lab.identities.names(), "the refused key is kept");
        }

        @Test
        void whenTheServerFails() throws IOException {
            Renewer renewer = lab.automatic().poll(12, Duration.ofMinutes(5)).open();
            lab.authority.set(Gate.SERVER_ERROR);
            lab.runFor(renewer, Duration.ofMinutes(11));

            assertEquals(1, lab.authority.calls());
            assertTrue(
                    error(renewer).toString().startsWith("TCP error, HTTP status 500"),
                    error(renewer).toString());
        }

        @Test
        void whenTheDeviceIsFullAndNoKeyIsMadeOrDeleted() throws IOException {
            Renewer first = lab.automatic().open();
            CertifiedKey before = lab.enrolled(first);
            Renewer renewer = lab.automatic()
                    .settings(lab.automatic().effectiveSettings().keyLimit(1))
                    .open();
            lab.runFor(renewer, Duration.ofDays(60).plusMinutes(11));

            assertEquals(1, lab.authority.calls());
            assertEquals(Kind.KEY_LIMIT, error(renewer).kind());
            assertEquals(before.chain(), lab.current().chain());
        }
    }

    @Test
    @Tag("S6")
    void aRenewalThatIsPendingHoldsTwoKeysOfTheDevice() throws IOException {
        RenewalSettings two = lab.automatic().effectiveSettings().keyLimit(2);
        Renewer renewer = lab.draft().settings(two).open();
        lab.enrolled(renewer);
        lab.authority.set(Gate.HOLD);
        lab.runFor(renewer, Duration.ofDays(61));
        assertEquals(State.PROCESSING, renewer.status("web").state());
        renewer.turnOff();

        RequestStatus third = renewer.request(RequestFields.of("k2", DistinguishedName.cn("other")));

        assertEquals(Kind.KEY_LIMIT, third.error().orElseThrow().kind());
        assertEquals(List.of("web"), lab.identities.names());
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE,TCP error",
        "SERVER_ERROR,'TCP error, HTTP status'",
        "HOSTILE,answer not acceptable",
        "REFUSE,failInfo",
        "HOLD,deferred"
    })
    @Tag("S11")
    void eachFailureHasItsOwnWords(Gate gate, String words) throws IOException {
        Renewer renewer = lab.automatic().poll(0, Duration.ofMinutes(1)).open();
        lab.authority.set(gate);
        lab.runFor(renewer, Duration.ofMinutes(20));

        assertEquals(words, error(renewer).kind().toString());
    }

    @ParameterizedTest
    @CsvSource({"0,badAlg", "1,badMessageCheck", "2,badRequest", "3,badTime", "4,badCertId"})
    @Tag("S11")
    void eachFailInfoHasItsName(int number, String name) {
        RequestError error = RequestError.of(new dev.certkit.issue.Enrolment.Refused(number, "because"));
        assertEquals("failInfo " + number + " (" + name + "): because", error.toString());
        assertEquals(
                "refused 9: because",
                RequestError.of(new dev.certkit.issue.Enrolment.Refused(9, "because"))
                        .toString());
    }

    @Test
    @Tag("S11")
    void whatTheServerSaysCannotBreakALine() throws IOException {
        RequestError error = RequestError.of(new dev.certkit.issue.Enrolment.Refused(2, "no\nphase: PLANNED|x\u202e"));
        assertFalse(error.toString().contains("\n"));
        RenewalRecord record = RenewalRecord.planned(RenewerLab.SHELF.name("x"), Plan.never(RenewerLab.NOW, "why"))
                .began(Attempt.starting("x", Attempt.Kind.MANUAL, RenewerLab.NOW), 20);
        RenewalRecord failed =
                record.last(record.open().failed(RenewerLab.NOW, error)).trouble(Optional.of(error));
        lab.storage.create(RenewerLab.SHELF.name("x"), dev.certkit.store.RecordContent.of(failed.encode()));
        RenewalRecord read = lab.record("x");
        assertEquals(Optional.of(error), read.trouble());
        assertEquals(failed.history(), read.history());
    }

    @Test
    @Tag("S12")
    void theHistoryKeepsTheLastTwentyUnlessSetOtherwise() throws IOException {
        Renewer renewer = lab.automatic().open();
        lab.authority.set(Gate.REFUSE);
        lab.runFor(renewer, Duration.ofDays(10));
        List<Attempt> history = renewer.history();
        assertEquals(20, history.size());
        assertTrue(history.get(0).begun().isAfter(history.get(19).begun()));

        Renewer shorter = lab.automatic().keepHistory(3).open();
        lab.runFor(shorter, Duration.ofDays(1));
        assertEquals(3, shorter.history().size());
    }

    @Test
    void theCertificateInUseIsUntouchedByAnyFailure() throws IOException {
        CertifiedKey before = lab.enrolled(lab.automatic().open());
        lab.clock.advance(Duration.ofDays(61));
        for (Gate gate : Gate.values()) {
            if (gate != Gate.OPEN) {
                lab.authority.set(gate);
                lab.runFor(lab.automatic().poll(1, Duration.ofMinutes(1)).open(), Duration.ofHours(7));
                assertEquals(before.chain(), lab.current().chain(), gate.toString());
            }
        }
    }

    @Test
    void anOutageOfADayOfAOneDayCertificateIsSurvived() throws IOException {
        // facts: a fixed cap of six hours lets it expire; a twelfth of what is left does not
        Renewer renewer = lab.automatic().open();
        lab.enrolled(renewer);
        CertifiedKey first = lab.current();
        lab.clock.set(first.chain().validity().notAfter().minus(Duration.ofDays(30)));
        lab.authority.set(Gate.UNREACHABLE);
        lab.runUntil(renewer, first.chain().validity().notAfter().minus(Duration.ofHours(2)));
        lab.authority.set(Gate.OPEN);
        lab.runUntil(renewer, first.chain().validity().notAfter());

        assertNotEquals(first.chain(), lab.current().chain());
    }

    @Test
    void aPolicyThatGivesUpGivesUp() throws IOException {
        Renewer renewer = lab.automatic()
                .at(RenewalPolicy.afterTwoThirds().givingUpAfter(3))
                .open();
        lab.authority.set(Gate.REFUSE);
        lab.runFor(renewer, Duration.ofDays(30));

        assertEquals(3, lab.authority.calls());
        assertEquals(Optional.empty(), renewer.status("web").next());
    }

    @Test
    void aRequestWithoutASubjectIsAnErrorOfTheDevice() throws IOException {
        Renewer renewer = lab.draft()
                .at(RenewalPolicy.afterTwoThirds())
                .requesting(RequestFields.of("web", DistinguishedName.empty()))
                .open();
        lab.runFor(renewer, Duration.ofMinutes(20));

        assertEquals(Kind.DEVICE, error(renewer).kind());
        assertEquals(0, lab.authority.calls());
    }
}
