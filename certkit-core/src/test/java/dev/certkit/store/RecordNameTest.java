package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordNameTest {
    private static final Shelf SHELF = Shelf.of("things");

    @Test
    void emptyTextIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SHELF.name(""));
    }

    @Test
    void theLongestTextHas1024Characters() {
        assertEquals(1024, SHELF.name("x".repeat(1024)).text().length());
        assertThrows(IllegalArgumentException.class, () -> SHELF.name("x".repeat(1025)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "x\udc00", "\udc00\ud800", "\ud800x\udc00"})
    void halfASurrogatePairIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SHELF.name(text));
    }

    @Test
    void shelvesAreComparedBeforeTexts() {
        assertTrue(Shelf.of("a").name("z").compareTo(Shelf.of("b").name("a")) < 0);
    }

    @Test
    void hostileNamesSortLikeTheirUtf8() {
        List<String> sorted = HostileNames.ALL.stream()
                .map(SHELF::name)
                .sorted()
                .map(RecordName::text)
                .toList();
        assertEquals(HostileNames.inCodePointOrder(), sorted);
    }

    @Test
    void whatHidesOrBreaksALineIsEscaped() {
        assertEquals("things/plain caf\u00e9", SHELF.name("plain caf\u00e9").toString());
        assertEquals(
                "things/\\u0000\\u000a\\u001b[31m", SHELF.name("\0\n\u001b[31m").toString());
        assertEquals(
                "things/\\u202e\\u200b\\u00a0\\u2028",
                SHELF.name("\u202e\u200b\u00a0\u2028").toString());
        assertEquals("things/a\\\\u0041", SHELF.name("a\\u0041").toString());
        assertEquals("things/\\udb40\\udc41", SHELF.name("\udb40\udc41").toString());
    }

    @Test
    void hostileNamesAreReadBackFromTheirPrintedForm() {
        for (String text : HostileNames.ALL) {
            assertEquals(SHELF.name(text), RecordName.parse(SHELF.name(text).toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "things",
                "things/",
                "/x",
                "Things/x",
                "things/\\",
                "things/\\n",
                "things/\\u12",
                "things/\\u12g4",
                "things/\\u+123",
                "things/\\ud800",
                "things/\\u\uff11\uff11\uff11\uff11"
            })
    void anythingElseIsNotRead(String printable) {
        assertThrows(IllegalArgumentException.class, () -> RecordName.parse(printable));
    }
}
