package dev.certkit.renew;

import dev.certkit.internal.text.ForeignText;
import java.time.DateTimeException;
import java.time.Duration;

/** Reads the parts of a policy's text that follow its start. */
final class PolicyText {
    private PolicyText() {}

    static RenewalPolicy apply(RenewalPolicy policy, String part) {
        int space = part.indexOf(' ');
        String word = space < 0 ? part : part.substring(0, space);
        String value = part.substring(space + 1);
        try {
            return switch (word) {
                case "jitter" -> value.equals("spread") ? policy.spreadOut() : policy.jitterUpTo(Duration.parse(value));
                case "emergency" -> policy.emergencyPercent(Integer.parseInt(value));
                case "retry" -> policy.retryAtLeastEvery(Duration.parse(value));
                case "window" -> policy.onlyIn(DailyWindow.parse(value));
                case "give-up" -> value.equals("0") ? policy : policy.givingUpAfter(Integer.parseInt(value));
                default ->
                    throw new IllegalArgumentException("policy: the word " + ForeignText.shown(word) + " is unknown");
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "policy: the value of " + word + " cannot be read: " + ForeignText.shown(value), e);
        }
    }
}
