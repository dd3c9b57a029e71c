package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.http.UnreachableException.Phase;
import dev.certkit.issue.AuthorityFault;
import dev.certkit.issue.AuthorityFault.Kind;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.FailInfo;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line that a device's display has for a failed request follows from facts, never from the text of a message. */
@Tag("S11")
class ErrorFactsTest {
    private final ForeignLab lab = new ForeignLab();

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void anAnswerThatCannotBeAccepted() {
        lab.answering(request -> request.answer().status(7));

        ScepException failure = Refused.by(Check.STATUS, () -> lab.client().enrol(ForeignLab.pending("device")));
        assertEquals(AuthorityFault.of(Kind.UNACCEPTABLE), lab.client().fault(failure));
    }

    @Test
    void deferred() throws IOException {
        lab.answering(request -> request.answer().status(3));

        assertInstanceOf(Enrolment.Pending.class, lab.client().enrol(ForeignLab.pending("device")));
    }

    @Test
    void tcpErrorWhereNobodyListens() {
        URI uri = lab.server.uri();
        lab.server.close();

        UnreachableException failure = assertThrows(
                UnreachableException.class,
                () -> ScepClient.at(uri).trustingCa(ForeignLab.CA.certificate()).enrol(ForeignLab.pending("device")));
        assertEquals(Phase.CONNECT, failure.phase());
        assertEquals(Optional.empty(), failure.deadline());
        assertEquals(AuthorityFault.of(Kind.UNREACHABLE), lab.client().fault(failure));
    }

    @Test
    void tcpErrorWhereTheTimeIsUp() {
        try (DrippingServer slow = new DrippingServer()) {
            UnreachableException failure = assertThrows(UnreachableException.class, () -> ScepClient.at(slow.uri())
                    .trustingCa(ForeignLab.CA.certificate())
                    .transport(HttpTransport.standard(HttpLimits.standard().finishWithin(Duration.ofMillis(200))))
                    .enrol(ForeignLab.pending("device")));

            assertEquals(Phase.RECEIVE, failure.phase());
            assertEquals(Optional.of(Duration.ofMillis(200)), failure.deadline());
        }
    }

    @ParameterizedTest
    @CsvSource({"404", "500", "503"})
    void tcpErrorWithHttpStatusCode(int status) {
        lab.server.operation(message -> new Page(status, "text/plain", new byte[0]));

        ScepException failure = Refused.by(Check.HTTP_STATUS, () -> lab.client().enrol(ForeignLab.pending("device")));
        assertEquals(status, failure.httpStatus().orElseThrow());
        assertEquals(AuthorityFault.ofHttpStatus(status), lab.client().fault(failure));
    }

    @ParameterizedTest
    @CsvSource({"429, 120, 120", "503, 0, 0", "503, 99999999999, 86400"})
    void aServerThatAsksItsClientsToWait(int status, String said, long seconds) {
        lab.server.operation(message -> new Page(status, "text/plain", new byte[0]).with("Retry-After", said));

        ScepException failure = Refused.by(Check.HTTP_STATUS, () -> lab.client().enrol(ForeignLab.pending("device")));

        assertEquals(Optional.of(Duration.ofSeconds(seconds)), failure.retryAfter());
        assertEquals(
                AuthorityFault.ofHttpStatus(status).retryAfter(Duration.ofSeconds(seconds)),
                lab.client().fault(failure));
    }

    @Test
    void aServerThatAsksItsClientsToWaitUntilADate() {
        Instant later = Instant.now().plusSeconds(600);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(later.atZone(ZoneOffset.UTC));
        lab.server.certificates(new Page(503, "text/plain", new byte[0]).with("Retry-After", date));

        ScepException failure = Refused.by(Check.HTTP_STATUS, () -> lab.client().enrol(ForeignLab.pending("device")));

        long seconds = failure.retryAfter().orElseThrow().toSeconds();
        assertTrue(seconds > 500 && seconds <= 600, "the device's clock stands elsewhere: " + seconds);
    }

    @ParameterizedTest
    @CsvSource({"200", "400", "500"})
    void aRefusalTellsTheHttpStatusThatItCameWith(int status) throws IOException {
        lab.answering(request -> request.answer().status(2).with(AttributeId.FAIL_INFO, new DERPrintableString("2")));
        lab.server.answersWithStatus(status);

        Enrolment.Refused refused =
                assertInstanceOf(Enrolment.Refused.class, lab.client().enrol(ForeignLab.pending("device")));

        assertEquals(Optional.of(FailInfo.BAD_REQUEST), refused.failInfo());
        assertEquals(OptionalInt.of(status), refused.httpStatus());
    }

    @ParameterizedTest
    @CsvSource({"0, BAD_ALG", "1, BAD_MESSAGE_CHECK", "2, BAD_REQUEST", "3, BAD_TIME", "4, BAD_CERT_ID"})
    void failInfoWithItsText(int number, FailInfo expected) throws IOException {
        lab.answering(request -> request.answer()
                .status(2)
                .with(AttributeId.FAIL_INFO, new DERPrintableString(Integer.toString(number)))
                .with(AttributeId.FAIL_INFO_TEXT, new DERUTF8String("told " + number)));

        Enrolment.Refused refused =
                assertInstanceOf(Enrolment.Refused.class, lab.client().enrol(ForeignLab.pending("device")));

        assertEquals(Optional.of(expected), refused.failInfo());
        assertEquals("told " + number, refused.text());
    }
}
