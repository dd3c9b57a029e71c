package dev.certkit.trust;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.x509.KeyUsage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Facts of strangers as text for people. */
final class Shown {
    private static final int FIRST = 10;

    private Shown() {}

    static String of(Object value) {
        return ForeignText.shownAtLength(value.toString());
    }

    /** The first ten of a list that may be long. */
    static String first(List<?> values) {
        String first = values.stream().limit(FIRST).map(Object::toString).collect(Collectors.joining(", "));
        return of(first) + (values.size() > FIRST ? " and " + (values.size() - FIRST) + " more" : "");
    }

    static String usages(Set<KeyUsage> usages) {
        return usages.isEmpty()
                ? "none"
                : usages.stream().map(KeyUsage::rfcName).collect(Collectors.joining(", "));
    }
}
