package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whole or not at all: a change that is not told would never be seen. */
class RecentChangesTest {
    private static final Shelf SHELF = Shelf.of("here");

    private final RecentChanges changes = new RecentChanges();

    private Optional<Set<RecordName>> between(long after, long last) {
        return changes.between(SHELF, after, last);
    }

    private static Optional<Set<RecordName>> names(String... texts) {
        return Optional.of(Set.copyOf(Arrays.stream(texts).map(SHELF::name).toList()));
    }

    @Test
    void eachIsToldOnceAndOfItsShelfOnly() {
        changes.add(7, SHELF.name("a"));
        changes.add(8, Shelf.of("there").name("b"));
        changes.add(9, SHELF.name("a"));
        changes.add(10, SHELF.name("c"));
        assertEquals(names("a", "c"), between(6, 10));
        assertEquals(names("a"), between(7, 9));
        assertEquals(names(), between(7, 8));
        assertEquals(names(), between(10, 10));
    }

    @Test
    void aGapHidesNothing() {
        changes.add(7, SHELF.name("a"));
        changes.add(9, SHELF.name("b"));
        assertEquals(Optional.empty(), between(6, 9));
        assertEquals(Optional.empty(), between(9, 10), "drawn by somebody else");
        assertEquals(names("b"), between(8, 9));
    }

    @Test
    void aTokenOfTheFutureOrOfAnotherKindIsNotKnown() {
        changes.add(7, SHELF.name("a"));
        assertEquals(Optional.empty(), between(8, 7));
        assertEquals(Optional.empty(), between(-3, 7));
        assertEquals(Optional.empty(), between(Long.MIN_VALUE, 7));
        assertEquals(Optional.empty(), between(7, Long.MAX_VALUE));
    }

    @Test
    void onlyTheLastFewAreKeptAlsoWhereOthersDrawNumbers() {
        LongStream.rangeClosed(1, 5000)
                .filter(number -> number % 3 != 0)
                .forEach(number -> changes.add(number, SHELF.name("" + number)));
        assertEquals(Optional.empty(), between(2000, 2002));
        assertEquals(names("5000"), between(4999, 5000));
        assertTrue(changes.toString().matches("\\d{3,4} changes"), changes::toString);
        assertTrue(Integer.parseInt(changes.toString().split(" ")[0]) <= 1024);
    }

    @Test
    void aThousandAreKnown() {
        LongStream.rangeClosed(1, 1024).forEach(number -> changes.add(number, SHELF.name("a")));
        assertEquals(names("a"), between(0, 1024));
        changes.add(1025, SHELF.name("b"));
        assertEquals(Optional.empty(), between(0, 1024));
        assertEquals(names("a", "b"), between(1, 1025));
    }
}
