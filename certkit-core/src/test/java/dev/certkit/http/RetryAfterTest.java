package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

    private static Optional<Duration> asked(String value) {
        return answer(Map.of("Retry-After", List.of(value))).retryAfter(NOW);
    }

    private static HttpAnswer answer(Map<String, List<String>> headers) {
        return HttpAnswer.of(503, headers, new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "120, 120", "' 7 ', 7", "000120, 120", "86400, 86400"})
    void secondsAreRead(String value, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), asked(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"86401", "999999999", "9999999999", "99999999999999999999999999999999999999999"})
    void noServerMakesItsClientsWaitForMoreThanADay(String value) {
        assertEquals(Optional.of(Duration.ofDays(1)), asked(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:50:37 GMT", "Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:50:37 1994"})
    void aDateIsReadInEachOfTheFormsOfHttp(String value) {
        Optional<Duration> asked = answer(
                        Map.of("Retry-After", List.of(value), "Date", List.of("Sun, 06 Nov 1994 08:49:37 GMT")))
                .retryAfter(NOW);

        assertEquals(Optional.of(Duration.ofMinutes(1)), asked);
    }

    @Test
    void aDateCountsFromThatOfTheAnswerWhateverTheClockHereSays() {
        Map<String, List<String>> headers = Map.of(
                "Retry-After", List.of("Wed, 25 Nov 2026 12:10:00 GMT"),
                "Date", List.of("Wed, 25 Nov 2026 12:00:00 GMT"));

        assertEquals(Optional.of(Duration.ofMinutes(10)), answer(headers).retryAfter(Instant.EPOCH));
    }

    @Test
    void aDateCountsFromNowWhereTheAnswerHasNone() {
        assertEquals(Optional.of(Duration.ofSeconds(23)), asked("Sun, 06 Nov 1994 08:50:00 GMT"));
    }

    @Test
    void aDateThatIsPastIsNow() {
        assertEquals(Optional.of(Duration.ZERO), asked("Sat, 05 Nov 1994 08:50:00 GMT"));
    }

    @Test
    void aDateFarAwayIsADay() {
        assertEquals(Optional.of(Duration.ofDays(1)), asked("Fri, 31 Dec 9999 23:59:59 GMT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "+5",
                "1.5",
                "1e3",
                "\u0661\u0662",
                "Sun, 99 Nov 1994 08:50:37 GMT",
                "Sun, 06 Nov 1994 08:50:37 CET",
                "Sun, 06 Nov 1994"
            })
    void nonsenseIsNothing(String value) {
        assertEquals(Optional.empty(), asked(value));
    }

    @Test
    void aServerThatDoesNotSayIsNotWaitedFor() {
        assertEquals(Optional.empty(), answer(Map.of()).retryAfter(NOW));
    }
}
