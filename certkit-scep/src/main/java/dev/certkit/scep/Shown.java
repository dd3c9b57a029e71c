package dev.certkit.scep;

import dev.certkit.internal.text.ForeignText;

/** What a stranger may have chosen, made fit for one line of a log or a record. */
final class Shown {
    private Shown() {}

    static String of(Object value) {
        return ForeignText.shownAtLength(value.toString());
    }
}
