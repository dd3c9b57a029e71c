package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The decoder of the JDK is the oracle: what it takes once blanks are gone is taken, and gives the same octets. */
class Base64Properties {
    @Property
    void linesOfAnyLengthComeBack(@ForAll @Size(max = 400) byte[] octets, @ForAll @IntRange(min = 1, max = 90) int line)
            throws Exception {
        String packed = Base64.getEncoder().encodeToString(octets);
        String text = packed.replaceAll("(.{" + line + "})", "$1\r\n \t");
        assertArrayEquals(octets, Base64Text.decode(text, 0).octets());
        assertArrayEquals(octets, Base64Text.decode("x:" + text.replaceAll("=", ""), 2).octets());
    }

    @Property(tries = 5000)
    void anyTextIsTakenAsTheOracleTakesIt(@ForAll("almost") String text) {
        byte[] expected;
        try {
            expected = Base64.getDecoder().decode(text.replaceAll("[ \t\r\n]", ""));
        } catch (IllegalArgumentException e) {
            assertEquals(false, Base64Text.decode(text, 0).isGood(), text);
            return;
        }
        Base64Text.Result result = Base64Text.decode(text, 0);
        assertEquals(true, result.isGood(), text);
        assertArrayEquals(expected, result.octets(), text);
    }

    @Provide
    Arbitrary<String> almost() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("AQgw+/= \n").ofMaxLength(12),
                Arbitraries.strings().withChars("AZaz09=-_!\u00e9\u0141\r").ofMaxLength(8));
    }
}
