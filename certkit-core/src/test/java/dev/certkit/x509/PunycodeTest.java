package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
    /** RFC 3492, section 7.1. */
    @ParameterizedTest
    @CsvSource({
        "ليهمابتكلموشعربي؟,egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文,ihqwcrb4cv8a8dqg056pqjye",
        "他們爲什麽不說中文,ihqwctvzc91f659drss3x8bo0yb",
        "Pročprostěnemluvíčesky,Proprostnemluvesky-uyb24dma41a",
        "למההםפשוטלאמדבריםעברית,4dbcagdahymbxekheh6e0a7fei0b",
        "なぜみんな日本語を話してくれないのか,n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
        "почемужеонинеговорятпорусски,b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "TạisaohọkhôngthểchỉnóitiếngViệt,TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g",
        "3年B組金八先生,3B-ww4c5e180e575a65lsy2b",
        "そのスピードで,d9juau41awczczp",
        "-> $1.00 <-,-> $1.00 <--"
    })
    void theSamplesOfTheStandardGoBothWays(String label, String punycode) {
        assertEquals(Optional.of(punycode), Punycode.encode(label));
        assertEquals(Optional.of(label), Punycode.decode(punycode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-!", "é", "9", "99999999", "a-b-99999a", "zzzzzzzzzzzzzz", "a--", "a b", "ab0xt"})
    void whatIsNoneNeverStandsForHalfOfAPair(String punycode) {
        Punycode.decode(punycode)
                .ifPresent(label ->
                        assertTrue(label.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "é", "bcher-kv", "\u0000-!"})
    void whatOverflowsOrEndsTooEarlyIsRefused(String punycode) {
        assertEquals(Optional.empty(), Punycode.decode(punycode));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100, 100_000})
    void aLongTextIsRefusedWithoutBeingConverted(int length) {
        assertEquals(Optional.empty(), Punycode.encode("é".repeat(length)));
        assertEquals(Optional.empty(), Punycode.decode("a".repeat(length)));
    }
}
