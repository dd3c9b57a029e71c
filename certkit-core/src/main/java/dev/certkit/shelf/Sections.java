package dev.certkit.shelf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text cut at lines that are headings. */
final class Sections {
    private final StringBuilder header = new StringBuilder();
    private final Map<String, StringBuilder> bodies = new HashMap<>();

    private Sections() {}

    static Sections of(String text, List<String> headings) {
        Sections sections = new Sections();
        StringBuilder body = sections.header;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (headings.contains(line)) {
                body = sections.bodies.computeIfAbsent(line, heading -> new StringBuilder());
            } else {
                body.append(line).append('\n');
            }
        }
        return sections;
    }

    /** What stands above the first heading. */
    String header() {
        return header.toString();
    }

    boolean has(String heading) {
        return bodies.containsKey(heading);
    }

    Optional<String> find(String heading) {
        return Optional.ofNullable(bodies.get(heading)).map(StringBuilder::toString);
    }
}
