package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certkit.http.UnreachableException;
import dev.certkit.issue.Enrolment;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.DERPrintableString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a server said is remembered, so that an enrolment is one exchange, and is asked for again where it must be. */
class SteadyStateTest {
    private static final String CAPS = "GET GetCACaps";
    private static final String CERTS = "GET GetCACert";
    private static final String POST = "POST PKIOperation";

    private final ForeignLab lab = new ForeignLab();
    private final Ticking clock = new Ticking();
    private final ScepClient client = lab.client().clock(clock);

    @AfterEach
    void stop() {
        lab.close();
    }

    private static final class Ticking extends Clock {
        private Instant now = Pki.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void enrols() throws IOException {
        ForeignLab.issued(client.enrol(ForeignLab.pending("device")));
    }

    private void seen(String... operations) {
        assertEquals(List.of(operations), lab.server.operations());
    }

    @Test
    void theFirstEnrolmentAsksForBothAndEachLaterOneIsOneExchange() throws IOException {
        for (int i = 0; i < 5; i++) {
            enrols();
        }

        seen(CAPS, CERTS, POST, POST, POST, POST, POST);
    }

    @Test
    void pollsAndRenewalsAreOneExchangeToo() throws IOException {
        enrols();
        ForeignLab.issued(client.renew(ForeignLab.certified("old device"), ForeignLab.pending("device")));
        lab.answering(request -> request.answer().status(3));
        Enrolment.Pending waiting =
                assertInstanceOf(Enrolment.Pending.class, client.enrol(ForeignLab.pending("device")));
        client.poll(waiting);

        seen(CAPS, CERTS, POST, POST, POST, POST);
    }

    @Nested
    class AsksAgain {
        private void asTime(Instant now) throws IOException {
            enrols();
            clock.now = now;
            enrols();
            seen(CAPS, CERTS, POST, CAPS, CERTS, POST);
        }

        @Test
        void afterADay() throws IOException {
            asTime(Pki.NOW.plus(Duration.ofDays(1)));
        }

        @Test
        void notAMomentEarlier() throws IOException {
            enrols();
            clock.now = Pki.NOW.plus(Duration.ofDays(1)).minusNanos(1);
            enrols();
            seen(CAPS, CERTS, POST, POST);
        }

        @Test
        void whenTheClockWasSetBack() throws IOException {
            asTime(Pki.NOW.minusSeconds(1));
        }

        @Test
        void whenARegistrationAuthoritysCertificateHasRunOut() throws IOException {
            MessageKey ra = Pki.certificate("ra")
                    .valid(Pki.NOW.minusSeconds(60), Pki.NOW.plusSeconds(60))
                    .issuedBy(ForeignLab.CA);
            lab.serving(ra.certificate(), ForeignLab.CA.certificate()).answering(ra, ForeignLab::success);
            enrols();
            MessageKey next = Pki.certificate("next ra").issuedBy(ForeignLab.CA);
            lab.serving(next.certificate(), ForeignLab.CA.certificate()).answering(next, ForeignLab::success);
            clock.now = Pki.NOW.plusSeconds(61);

            enrols();
        }

        @Test
        void eachTimeIfNothingIsToBeRemembered() throws IOException {
            ScepClient forgetful = client.remembering(Duration.ZERO);
            forgetful.enrol(ForeignLab.pending("device"));
            forgetful.enrol(ForeignLab.pending("device"));

            seen(CAPS, CERTS, POST, CAPS, CERTS, POST);
        }

        @Test
        void afterAnAnswerThatCannotBeAccepted() throws IOException {
            enrols();
            lab.answering(request -> ForeignLab.success(request).without(AttributeId.RECIPIENT_NONCE));
            Refused.by(Check.RECIPIENT_NONCE, () -> client.enrol(ForeignLab.pending("device")));
            lab.answering(ForeignLab::success);
            enrols();

            seen(CAPS, CERTS, POST, POST, CAPS, CERTS, POST);
        }

        @Test
        void notAfterAnUnreachableServer() throws IOException {
            enrols();
            lab.server.operation(message -> Page.closed());
            Assertions.assertThrows(UnreachableException.class, () -> client.enrol(ForeignLab.pending("device")));
            lab.answering(ForeignLab::success);
            enrols();

            seen(CAPS, CERTS, POST, POST, POST);
        }
    }

    @Nested
    class ChangedRegistrationAuthority {
        private final MessageKey before = Pki.certificate("ra 1").issuedBy(ForeignLab.CA);
        private final MessageKey after = Pki.certificate("ra 2").issuedBy(ForeignLab.CA);

        private void serving(MessageKey ra) {
            lab.serving(new X509Certificate[] {ra.certificate(), ForeignLab.CA.certificate()});
        }

        @Test
        void thatSignsAnswersIsLearntWithoutSendingTheRequestTwice() throws IOException {
            serving(before);
            lab.answering(before, ForeignLab::success);
            enrols();
            serving(after);
            lab.server.operation(message -> Page.ok(
                    "application/x-pki-message",
                    ForeignLab.success(ForeignRequest.read(message, before, after))
                            .encoded()));
            enrols();

            seen(CAPS, CERTS, POST, POST, CERTS);
        }

        @Test
        void thatCannotOpenTheRequestGetsItOnceMore() throws IOException {
            serving(before);
            lab.answering(before, ForeignLab::success);
            enrols();
            serving(after);
            lab.server.operation(message -> Page.ok("application/x-pki-message", afterwards(message)));
            enrols();

            seen(CAPS, CERTS, POST, POST, CERTS, POST);
        }

        private byte[] afterwards(byte[] message) {
            try {
                return ForeignLab.success(ForeignRequest.read(message, after, after))
                        .encoded();
            } catch (AssertionError e) {
                return ForeignRequest.read(message, before, after)
                        .answer()
                        .status(2)
                        .with(AttributeId.FAIL_INFO, new DERPrintableString("1"))
                        .encoded();
            }
        }

        @Test
        void thatIsNotProvedIsRefused() throws IOException {
            serving(before);
            lab.answering(before, ForeignLab::success);
            enrols();
            MessageKey rogue = Pki.certificate("ra 3").issuedBy(Pki.authority("rogue"));
            serving(rogue);
            lab.server.operation(message -> Page.ok(
                    "application/x-pki-message",
                    ForeignLab.success(ForeignRequest.read(message, before, rogue))
                            .encoded()));

            Refused.by(Check.RA_CERTIFICATE, () -> client.enrol(ForeignLab.pending("device")));
        }
    }
}
