package dev.certkit.scep;

import dev.certkit.issue.FailInfo;
import java.security.cert.X509Certificate;

/** What a responder answers to a message that could be read. */
sealed interface Decision {
    record Granted(X509Certificate certificate) implements Decision {}

    /** What was looked for, ready to be enveloped. */
    final class Found implements Decision {
        private final byte[] content;

        Found(byte[] content) {
            this.content = content.clone();
        }

        byte[] content() {
            return content.clone();
        }
    }

    record Held() implements Decision {}

    /** The text goes to the requester. */
    record Refused(FailInfo failInfo, String text) implements Decision {}
}
