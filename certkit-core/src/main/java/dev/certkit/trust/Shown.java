package dev.certkit.trust;

import dev.certkit.x509.KeyUsage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Facts of strangers as text for people. */
final class Shown {
    private static final int MOST = 256;
    private static final int FIRST = 10;

    private Shown() {}

    /** Control and format characters escaped, cut at 256 characters. */
    static String of(Object value) {
        String text = value.toString();
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MOST).forEach(c -> {
            int type = Character.getType(c);
            boolean plain = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.PRIVATE_USE
                    && type != Character.UNASSIGNED
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR;
            if (plain) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04X", c));
            }
        });
        return text.length() > MOST ? shown + "..." : shown.toString();
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
