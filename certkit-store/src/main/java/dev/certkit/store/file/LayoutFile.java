package dev.certkit.store.file;

import dev.certkit.store.file.FileLayout.Part;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of a layout: how it is called, and what stands in it in which order. */
record LayoutFile(String prefix, String suffix, List<Part> parts) {
    private static final Pattern PATTERN =
            Pattern.compile("((?:[A-Za-z0-9_][A-Za-z0-9_.-]*)?)\\{name}([A-Za-z0-9_.-]{0,64})");

    static LayoutFile of(String pattern, List<Part> parts) {
        Matcher matcher = PATTERN.matcher(pattern);
        if (!matcher.matches() || pattern.length() > 100) {
            throw new IllegalArgumentException("pattern: a file is called {name} with letters, digits, '_', '-' and '.'"
                    + " around it, for example {name}.pem, and does not begin with a dot");
        }
        if (parts.stream().distinct().count() != parts.size()) {
            throw new IllegalArgumentException("parts: one comes twice in " + pattern);
        }
        return new LayoutFile(matcher.group(1), matcher.group(2), List.copyOf(parts));
    }

    String nameOf(String entry) {
        return prefix + entry + suffix;
    }

    /** The entry that a file belongs to, if it is one of these. */
    Optional<String> entryOf(String fileName) {
        if (!fileName.startsWith(prefix)
                || !fileName.endsWith(suffix)
                || fileName.length() < prefix.length() + suffix.length()) {
            return Optional.empty();
        }
        return Optional.of(fileName.substring(prefix.length(), fileName.length() - suffix.length()))
                .filter(EntryName::isValid);
    }

    /** Whether a server takes the file for a certificate, so that it must not be there without one. */
    boolean hasCertificate() {
        return parts.stream().anyMatch(Part::isCertificate);
    }
}
