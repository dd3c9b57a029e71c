package dev.certkit.renew;

import dev.certkit.renew.Attempt.Outcome;
import java.time.Instant;
import java.util.Optional;

/** A request of the history as one line of a record: fields with bars between them, the free text last. */
final class HistoryLine {
    private static final String BAR = "|";
    private static final int FIELDS = 7;

    private HistoryLine() {}

    static String of(Attempt attempt) {
        Optional<RequestError> error = attempt.outcome().error();
        return String.join(
                BAR,
                attempt.begun().toString(),
                attempt.kind().name(),
                Integer.toString(attempt.asked()),
                attempt.outcome().at().map(Instant::toString).orElse(""),
                error.map(HistoryLine::of).orElse(BAR + BAR));
    }

    static String of(RequestError error) {
        return error.kind().name() + BAR + error.number() + BAR + error.text();
    }

    static Attempt parse(String name, String line) {
        String[] fields = line.split("\\|", FIELDS);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("history: a line has " + fields.length + " fields");
        }
        Optional<Instant> at = fields[3].isEmpty() ? Optional.empty() : Optional.of(Instant.parse(fields[3]));
        Optional<RequestError> error =
                fields[4].isEmpty() ? Optional.empty() : Optional.of(error(fields[4], fields[5], fields[6]));
        return new Attempt(
                name,
                Attempt.Kind.valueOf(fields[1]),
                Instant.parse(fields[0]),
                Integer.parseInt(fields[2]),
                new Outcome(at, error));
    }

    static RequestError parseError(String text) {
        String[] fields = text.split("\\|", 3);
        if (fields.length != 3) {
            throw new IllegalArgumentException("trouble: " + fields.length + " fields");
        }
        return error(fields[0], fields[1], fields[2]);
    }

    private static RequestError error(String kind, String number, String text) {
        return new RequestError(RequestError.Kind.valueOf(kind), Integer.parseInt(number), text);
    }
}
