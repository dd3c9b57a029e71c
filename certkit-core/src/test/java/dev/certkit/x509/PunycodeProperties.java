package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PunycodeProperties {
    @Property
    void whatIsEncodedIsDecodedToTheSame(@ForAll("labels") String label) {
        Punycode.encode(label).ifPresent(punycode -> assertEquals(Optional.of(label), Punycode.decode(punycode)));
    }

    @Property
    void whateverIsDecodedHasNoHalfPairsAndIsShort(@ForAll("digits") String punycode) {
        Punycode.decode(punycode).ifPresent(label -> assertTrue(label.codePointCount(0, label.length()) <= 63));
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.integers()
                .between(1, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .array(int[].class)
                .ofMaxSize(20)
                .map(codePoints -> new String(codePoints, 0, codePoints.length));
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.strings().withChars("abcxyz0189-ABZ".toCharArray()).ofMaxLength(63);
    }
}
