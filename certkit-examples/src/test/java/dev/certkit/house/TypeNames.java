package dev.certkit.house;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Names that say nothing about what a type is. */
final class TypeNames {
    private static final Pattern EMPTY_WORD = Pattern.compile(".*(Utils?|Helper|Manager|Impl|Common|Data)");

    private TypeNames() {}

    /** The binary names among these of which the type's own name, or that of an enclosing type, ends in such a word. */
    static List<String> meaningless(Collection<String> binaryNames) {
        return binaryNames.stream()
                .filter(name -> Pattern.compile("[.$]")
                        .splitAsStream(name)
                        .anyMatch(part -> EMPTY_WORD.matcher(part).matches()))
                .sorted()
                .toList();
    }
}
