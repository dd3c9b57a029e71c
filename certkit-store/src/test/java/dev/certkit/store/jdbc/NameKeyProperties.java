package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.HostileNames;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import java.util.Arrays;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NameKeyProperties {
    private static final Shelf SHELF = Shelf.of("things");

    /** Texts of few different characters from each end of each range, so that they often begin alike. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        0, 1, (int) 'a', (int) 'b', 0xFF, 0xD7FF, 0xE000, 0xF8FF, 0xFFFF, 0x10000, 0x1F511, 0x10FFFF)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(points -> points.stream().map(Character::toString).collect(Collectors.joining()));
    }

    @Property
    void aKeyReadsBackAsItsText(@ForAll("texts") String text) {
        assertEquals(text, NameKey.text(NameKey.of(text)));
    }

    @Property
    void theOrderOfKeysIsThatOfNames(@ForAll("texts") String a, @ForAll("texts") String b) {
        int names = SHELF.name(a).compareTo(SHELF.name(b));
        int keys = Arrays.compareUnsigned(NameKey.of(a), NameKey.of(b));
        assertEquals(Integer.signum(names), Integer.signum(keys));
    }

    @Example
    void theLongestNamesFitIntoAnIndexEntryOfPostgres() {
        for (String text : HostileNames.ALL) {
            assertTrue(NameKey.of(text).length <= 2 * RecordName.MAX_LENGTH);
        }
    }

    @Property
    void aLabelIsPrintableAsciiThatReadsBack(@ForAll("texts") String text) {
        RecordName name = SHELF.name(text);
        String label = NameKey.label(name);
        assertTrue(label.chars().allMatch(c -> c >= ' ' && c < 0x7F), label);
        assertEquals(name, RecordName.parse("things/" + label));
    }
}
