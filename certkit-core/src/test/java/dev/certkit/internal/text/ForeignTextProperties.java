package dev.certkit.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;

class ForeignTextProperties {
    @Property(tries = 300)
    void anyTextBecomesOneShortLineWithoutAnythingHidden(@ForAll String text) {
        for (String shown : new String[] {ForeignText.shown(text), ForeignText.shownAtLength(text)}) {
            assertTrue(shown.codePoints().allMatch(ForeignText::isVisible), shown);
            assertTrue(shown.length() <= 12 * 256 + 3);
        }
    }

    @Property(tries = 300)
    void anyTextBecomesAscii(@ForAll String text) {
        String shown = ForeignText.shownInAscii(text);
        assertTrue(shown.chars().allMatch(c -> c >= ' ' && c < 0x7F), shown);
    }

    @Property(tries = 100)
    void plainWordsStayAsTheyAre(@ForAll @AlphaChars String text) {
        if (text.length() <= 64) {
            assertEquals(text, ForeignText.shown(text));
        }
    }

    @Example
    void whatATerminalWouldActOnIsEscapedAndTheRestIsSeen() {
        assertEquals("caf\u00e9 \\u001B[31m\\u202E\\u000A", ForeignText.shown("caf\u00e9 \u001b[31m\u202e\n"));
        assertEquals("\\u00E9\\uD83D\\uDD11", ForeignText.shownInAscii("\u00e9\ud83d\udd11"));
        assertEquals("\ud83d\udd11", ForeignText.shown("\ud83d\udd11"));
        assertEquals("a".repeat(64) + "...", ForeignText.shown("a".repeat(65)));
    }
}
