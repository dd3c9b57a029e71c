package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class Base64Properties {
    @Property
    void linesOfAnyLengthComeBack(
            @ForAll @Size(max = 400) byte[] octets, @ForAll @IntRange(min = 1, max = 90) int line) {
        String packed = Base64.getEncoder().encodeToString(octets);
        String text = packed.replaceAll("(.{" + line + "})", "$1\r\n \t");
        assertArrayEquals(octets, Base64Text.decoded(text, 0).orElseThrow());
        assertArrayEquals(
                octets, Base64Text.decoded("x:" + text.replaceAll("=", ""), 2).orElseThrow());
    }

    @Property(tries = 3000)
    void whatIsNoneHasAPlaceInsideTheText(@ForAll("almost") String text) {
        if (Base64Text.decoded(text, 0).isEmpty()) {
            int at = Base64Text.badAt(text, 0);
            assertTrue(at >= 0 && at < text.length(), text);
        }
    }

    @Example
    void thePlaceIsTheFirstSignThatBase64HasNot() {
        assertEquals(2, Base64Text.badAt("AA!A=?", 0));
        assertEquals(5, Base64Text.badAt("!AAAA\u0141", 1));
        assertEquals(1, Base64Text.badAt("A=AA", 0));
        assertEquals(4, Base64Text.badAt("AAAAA", 0));
    }

    @Provide
    Arbitrary<String> almost() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("AQgw+/= \n").ofMaxLength(12),
                Arbitraries.strings().withChars("AZaz09=-_!\u00e9\u0141\r").ofMaxLength(8));
    }
}
