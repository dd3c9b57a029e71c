package dev.certkit.diagnose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines in clear that lead to TLS. */
final class StartTlsDialogue {
    private static final int MOST_LINES = 100;

    private final StartTls protocol;
    private final Wire wire;

    StartTlsDialogue(StartTls protocol, Wire wire) {
        this.protocol = protocol;
        this.wire = wire;
    }

    void run() throws FailedStep {
        greeting();
        say(protocol.question());
        List<String> offers = answer();
        boolean offered =
                offers.stream().anyMatch(line -> line.toUpperCase(Locale.ROOT).contains(protocol.offer()));
        if (!offered) {
            throw new FailedStep(
                    FindingCode.STARTTLS_NOT_OFFERED, "it speaks " + protocol + " and does not offer STARTTLS");
        }
        say(protocol.command());
        String last = protocol == StartTls.POP3 ? wire.readLine() : last(answer());
        if (!protocol.agrees(last)) {
            throw new FailedStep(
                    FindingCode.STARTTLS_REFUSED, "it answers " + Wire.quoted(last) + " when TLS is to begin");
        }
    }

    private void greeting() throws FailedStep {
        String first = wire.readLine();
        if (!first.startsWith(protocol.greeting())) {
            throw new FailedStep(
                    FindingCode.STARTTLS_OTHER_PROTOCOL,
                    "it greets with " + Wire.quoted(first) + ", which is not " + protocol);
        }
        if (protocol == StartTls.SMTP && !protocol.isLast(first)) {
            answer();
        }
    }

    private void say(String command) throws FailedStep {
        wire.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> answer() throws FailedStep {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(wire.readLine());
            if (lines.size() > MOST_LINES) {
                throw new FailedStep(FindingCode.TOO_MUCH_DATA, "it answers with more than " + MOST_LINES + " lines");
            }
        } while (!protocol.isLast(last(lines)));
        return lines;
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }
}
