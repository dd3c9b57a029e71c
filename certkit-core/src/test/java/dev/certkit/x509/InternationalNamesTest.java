package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Host names in other letters: IDNA 2008 (RFC 5890 to 5895). */
@Tag("S2")
class InternationalNamesTest {
    private static String host(String written) {
        return GeneralName.dns(written).host();
    }

    private static String refused(String written) {
        return assertThrows(IllegalArgumentException.class, () -> host(written)).getMessage();
    }

    /** The expected A-labels are those of another implementation, the Python package idna 3.20. */
    @Nested
    class ToALabels {
        @ParameterizedTest
        @CsvSource({
            "straße.de,xn--strae-oqa.de",
            "STRASSE.de,strasse.de",
            "faß.example,xn--fa-hia.example",
            "ςίγμα.gr,xn--kxaef0b1a.gr",
            "βόλος.com,xn--nxasmm1c.com",
            "নমস্কার.bd,xn--p5b1bsj2byb5g.bd",
            "شبكة.ae,xn--ngbc5azd.ae",
            "ישראל.il,xn--4dbrk0ce.il",
            "例え.テスト,xn--r8jz45g.xn--zckzah",
            "한국.kr,xn--3e0b707e.kr",
            "l·l.cat,xn--ll-0ea.cat",
            "ශ්\u200Dරී.lk,xn--10cl1a0b660p.lk",
            "نامه\u200Cای.com,xn--mgba3gch31f060k.com",
            "मराठी.भारत,xn--d2b1ag0dl.xn--h2brj9c",
            "क्\u200Dष.in,xn--11b2ezcw70k.in",
            "ПРИМЕР.рф,xn--e1afmkfd.xn--p1ai",
            "日本・東京.jp,xn--vekv70gs3pnfb5j.jp",
            "β͵α.gr,xn--wva4jb.gr",
            "א׳ב.il,xn--4dbc5h.il",
            "tiếng.vn,xn--ting-hv5a.vn",
            "०१.in,xn--d4bc.in",
            "خدمة١.sa,xn--ogbjd2gpg.sa",
            "*.société.fr,*.xn--socit-esab.fr"
        })
        void aLabelBecomesWhatOthersMakeOfIt(String written, String expected) {
            assertEquals(expected, host(written));
        }

        @ParameterizedTest
        @CsvSource({
            "BÜCHER.example,xn--bcher-kva.example",
            "bu\u0308cher.example,xn--bcher-kva.example",
            "ｂücher．example,xn--bcher-kva.example",
            "bücher。example,xn--bcher-kva.example",
            "bücher｡example,xn--bcher-kva.example",
            "ＡＣＭＥ.fr,acme.fr",
            "ΣΊΓΜΑ.gr,xn--kxaef0b6a.gr",
            "STRAẞE.de,xn--strae-oqa.de"
        })
        void whatAKeyboardGivesIsMappedFirst(String written, String expected) {
            assertEquals(expected, host(written));
        }

        @Test
        void anALabelStaysAsItIs() {
            assertEquals("xn--strae-oqa.de", host("XN--STRAE-OQA.de"));
            assertEquals("xn--ls8h.la", host("xn--ls8h.la"), "of a time when symbols were registered");
        }
    }

    @Nested
    class Refusing {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a\u200Bb.fr",
                    "é\u202Ea.fr",
                    "☃.net",
                    "💩.la",
                    "é_b.fr",
                    "é b.fr",
                    "é/b.fr",
                    "a·b.cat",
                    "·l.cat",
                    "α͵.gr",
                    "׳א.il",
                    "・.jp",
                    "a・b.jp",
                    "a\u200Db.fr",
                    "a\u200Cb.fr",
                    "é\u200D.fr",
                    "é\u200Cé.fr",
                    "\u0301a.fr",
                    "ab--é.fr",
                    "-é.fr",
                    "é-.fr",
                    "xn--é.fr",
                    "۱٢.ir",
                    "1א.il",
                    "אa.il",
                    "א1٢.il",
                    "3com.ישראל",
                    "é..fr",
                    "é.",
                    "１２７.0.0.1",
                    "xn--.fr",
                    "xn---.fr",
                    "xn--abc-.fr",
                    "*é.fr"
                })
        void whatTheStandardDoesNotAllowIsRefused(String written) {
            assertTrue(refused(written).startsWith("host: "));
        }

        @ParameterizedTest
        @ValueSource(strings = {"xn--a.fr", "xn--99999999.fr", "xn--bcher-kv.fr", "xn--ab-g4t.fr", "xn--dca.fr"})
        void anALabelThatStandsForNothingIsRefused(String written) {
            // The last would be a capital letter, whose own A-label is another; the first is a control character.
            assertTrue(refused(written).contains("A-label of nothing"), written);
        }

        @Test
        void theCharacterIsNamed() {
            assertTrue(refused("a\u200Bé.fr").contains("U+200B"));
            assertTrue(refused("l·a.cat").contains("not allowed in this place"));
        }

        @Test
        void aLabelThatIsTooLongAsAnALabelIsRefused() {
            assertTrue(refused("é".repeat(60) + ".fr").contains("63"));
            assertTrue(refused("ü".repeat(64) + ".fr").contains("63"));
        }
    }

    @Nested
    class HostileLengths {
        @ParameterizedTest
        @ValueSource(strings = {"é", "中", "e\u0301", "\u0301", "xn--é.", "é.", "ß", "\uD834\uDD1E", "א", "\u200D"})
        void aLongNameIsAnsweredAtOnce(String unit) {
            String name = unit.repeat(100_000);
            assertTimeoutPreemptively(Duration.ofSeconds(1), () -> {
                refused(name);
                refused(name.substring(0, 1000 / unit.length() * unit.length()));
            });
        }
    }

    @Nested
    class ForPeople {
        private String shown(String written) {
            return GeneralName.dns(written).unicode();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"straße.de", "*.société.fr", "例え.テスト", "ישראל.il", "日本・東京.jp", "printer-7.local", "한국abc.kr"
                })
        void aLabelIsShownInItsLetters(String written) {
            assertEquals(written, shown(written));
        }

        @Test
        void aLabelOfMixedScriptsStaysAnALabel() {
            String cyrillicA = "p\u0430ypal.com";
            assertEquals(host(cyrillicA), shown(cyrillicA));
            assertTrue(shown(cyrillicA).startsWith("xn--"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"xn--ls8h.la", "xn--4dbrk0ce.3com.fr"})
        void whatIsNoValidLabelStaysAnALabel(String written) {
            assertEquals(written, shown(written));
        }
    }

    @Nested
    class InOtherNames {
        @Test
        void theHostOfAnAddressIsConverted() {
            assertEquals(
                    "ops@xn--socit-esab.fr", GeneralName.email("ops@société.fr").address());
        }

        @Test
        void theHostOfAUriIsConvertedAndItsPathInPercent() {
            GeneralName.Uri uri = GeneralName.uri(URI.create("https://user@bücher.example:8443/käse?q=é#ß"));
            assertEquals("https://user@xn--bcher-kva.example:8443/k%C3%A4se?q=%C3%A9#%C3%9F", uri.toString());
            assertEquals("xn--bcher-kva.example", uri.uri().getHost());
            assertEquals("urn:x:%C3%A9", GeneralName.uri(URI.create("urn:x:é")).toString());
        }

        @Test
        void aDomainComponentIsConverted() {
            DistinguishedName name = DistinguishedName.cn("a").with(AttributeType.DC, "société");
            assertEquals("CN=a,DC=xn--socit-esab", name.toString());
        }
    }
}
