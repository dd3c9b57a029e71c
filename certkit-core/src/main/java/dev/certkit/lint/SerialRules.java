package dev.certkit.lint;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;

/** Rules about serial numbers. */
final class SerialRules {
    private static final int MAX_OCTETS = 20;
    private static final int RANDOM_OCTETS = 8;
    private static final int RUN = 6;
    /** So many octets that are all text happen by chance once in a hundred thousand serial numbers. */
    private static final int TEXT = 12;

    static final List<LintRule> RULES = List.of(
            RuleDraft.error("serial-not-positive", "A serial number is positive.")
                    .rfc5280("4.1.2.2")
                    .remedy("have it issued anew with a random serial number")
                    .by(SerialRules::notPositive),
            RuleDraft.error("serial-too-long", "A serial number has at most 20 octets.")
                    .rfc5280("4.1.2.2")
                    .remedy("have it issued anew with a random serial number of 16 octets")
                    .by(SerialRules::tooLong),
            RuleDraft.warning("serial-entropy", "A serial number has 64 bits or more that nobody can predict.")
                    .baseline("7.1")
                    .remedy("let the authority draw serial numbers at random")
                    .by(SerialRules::entropy));

    private SerialRules() {}

    private static void notPositive(Inspected inspected, Consumer<String> found) {
        BigInteger serial = inspected.certificate().serialNumber();
        if (serial.signum() <= 0) {
            found.accept("the serial number is " + Shown.decimal(serial));
        }
    }

    private static void tooLong(Inspected inspected, Consumer<String> found) throws IOException {
        int octets = inspected.raw().serial().contentLength();
        if (octets > MAX_OCTETS) {
            found.accept("the serial number has " + octets + " octets");
        }
    }

    private static void entropy(Inspected inspected, Consumer<String> found) {
        byte[] octets = inspected.certificate().serialNumber().abs().toByteArray();
        int length = octets[0] == 0 ? octets.length - 1 : octets.length;
        String serial = "the serial number " + Shown.hex(inspected.certificate().serialNumber());
        if (length < RANDOM_OCTETS) {
            found.accept(serial + " has " + length + " octets only");
        } else if (hasRun(octets)) {
            found.accept(serial + " repeats an octet " + RUN + " times or more");
        } else if (length >= TEXT && isText(octets, octets.length - length)) {
            found.accept(serial + " is text");
        }
    }

    private static boolean hasRun(byte[] octets) {
        int run = 1;
        for (int i = 1; i < octets.length && run < RUN; i++) {
            run = octets[i] == octets[i - 1] ? run + 1 : 1;
        }
        return run >= RUN;
    }

    private static boolean isText(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] < ' ' || octets[i] > '~') {
                return false;
            }
        }
        return true;
    }
}
