package dev.certkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of the products' floor has tests that carry its name, so that a reader finds what proves it. */
class RowsTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([WSCGT][0-9]+)\"\\)");

    /** Not proved yet; whoever writes the first test of one takes it out. */
    private static final Set<String> OPEN = Set.of("W9", "C1", "C2", "C4", "C5", "C8", "C9", "C10");

    private static final Set<String> ROWS = Stream.of(
                    rows("W", 13), rows("S", 15), rows("C", 10), rows("G", 9), rows("T", 9))
            .flatMap(each -> each)
            .collect(Collectors.toCollection(TreeSet::new));

    private static Stream<String> rows(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }

    private static Map<String, Set<String>> testsOfRows() {
        Map<String, Set<String>> tests = new TreeMap<>();
        House.javaFiles(House.all().stream().map(House.Module::testSources).toList())
                .forEach((file, text) -> {
                    Matcher tag = TAG.matcher(text);
                    while (tag.find()) {
                        tests.computeIfAbsent(tag.group(1), row -> new TreeSet<>())
                                .add(file);
                    }
                });
        return tests;
    }

    @Test
    void everyRowHasATestWithItsName() {
        Set<String> missing = new TreeSet<>(ROWS);
        missing.removeAll(testsOfRows().keySet());
        missing.removeAll(OPEN);
        assertEquals(Set.of(), missing);
    }

    @Test
    void noTestNamesARowThatIsNot() {
        Set<String> unknown = new TreeSet<>(testsOfRows().keySet());
        unknown.removeAll(ROWS);
        assertEquals(Set.of(), unknown);
    }
}
