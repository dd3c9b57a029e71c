package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T2")
@Tag("T3")
class DistinguishedNameTest {
    private static final DistinguishedName PRINTER = DistinguishedName.cn("printer-7")
            .ou("Print")
            .o("Acme, Inc.")
            .l("Lyon")
            .st("Rhône")
            .c("FR");

    private static String refused(Runnable act) {
        return assertThrows(IllegalArgumentException.class, act::run).getMessage();
    }

    @Nested
    class Building {
        @Test
        void theTextIsInTheOrderOfTheCalls() {
            assertEquals("CN=printer-7,OU=Print,O=Acme\\, Inc.,L=Lyon,ST=Rhône,C=FR", PRINTER.toString());
        }

        @Test
        void theEncodingIsBouncyCastles() throws Exception {
            byte[] oracle = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.C, "FR")
                    .addRDN(BCStyle.ST, "Rhône")
                    .addRDN(BCStyle.L, "Lyon")
                    .addRDN(BCStyle.O, "Acme, Inc.")
                    .addRDN(BCStyle.OU, "Print")
                    .addRDN(BCStyle.CN, "printer-7")
                    .build()
                    .getEncoded("DER");
            assertArrayEquals(oracle, PRINTER.encoded());
        }

        @Test
        void serialNumberAndAddressHaveTheirOwnStringTypes() throws Exception {
            DistinguishedName name =
                    DistinguishedName.cn("a").serialNumber("SN-42").email("a@example.fr");
            byte[] oracle = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.EmailAddress, "a@example.fr")
                    .addRDN(BCStyle.SERIALNUMBER, "SN-42")
                    .addRDN(BCStyle.CN, "a")
                    .build()
                    .getEncoded("DER");
            assertArrayEquals(oracle, name.encoded());
        }

        @Test
        void eachCallGivesANewName() {
            DistinguishedName first = DistinguishedName.cn("a");
            first.o("Acme");
            assertEquals("CN=a", first.toString());
        }

        @Test
        void theEmptyNameIsEmpty() {
            assertTrue(DistinguishedName.empty().isEmpty());
            assertEquals("", DistinguishedName.empty().toString());
            assertEquals(Optional.empty(), DistinguishedName.empty().commonName());
            assertFalse(PRINTER.isEmpty());
        }

        @Test
        void theEncodingIsACopy() {
            byte[] encoded = PRINTER.encoded();
            encoded[0] = 0;
            assertEquals(0x30, PRINTER.encoded()[0]);
        }
    }

    @Nested
    class Bounds {
        @Test
        void sixtyFourCharactersFitAndOneMoreDoesNot() {
            assertEquals(
                    "x".repeat(64),
                    DistinguishedName.cn("x".repeat(64)).commonName().orElseThrow());
            assertTrue(refused(() -> DistinguishedName.cn("x".repeat(65))).startsWith("CN: "));
            assertTrue(refused(() -> PRINTER.o("x".repeat(65))).startsWith("O: "));
            assertTrue(refused(() -> PRINTER.ou("x".repeat(65))).startsWith("OU: "));
            assertTrue(refused(() -> PRINTER.l("x".repeat(129))).startsWith("L: "));
            assertTrue(refused(() -> PRINTER.st("x".repeat(129))).startsWith("ST: "));
        }

        @Test
        void charactersAreCountedNotCodeUnits() {
            assertEquals(
                    "🔑".repeat(64),
                    DistinguishedName.cn("🔑".repeat(64)).commonName().orElseThrow());
        }

        @Test
        void aPersonsNameMayBeLong() {
            // RFC 5280, A.1: X520name goes up to 32768; the 16 and 5 there are those of X.400 addresses.
            String name = "givenName=Marie-Antoinette-Josephine,initials=M.-A.-J.,SN=" + "x".repeat(41);
            assertEquals(name, DistinguishedName.parse(name).toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\nb", "a\u0000", "\u007F", "\u0085", "a\uD800"})
        void emptyAndControlCharactersAreRefused(String value) {
            assertTrue(refused(() -> DistinguishedName.cn(value)).contains("RFC 5280"));
        }

        @Test
        void aRefusalIsSafeToPrint() {
            String message = refused(() -> DistinguishedName.cn("a\u001B[2J\r\nlog: forged\u202E"));
            assertTrue(message.contains("\\u001B"), message);
            assertFalse(message.chars().anyMatch(c -> c < ' ' || c == 0x202E), message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "F", "FRA", "F1", "ÉÉ", "  "})
        @Tag("T2")
        void aCountryHasTwoLetters(String country) {
            assertTrue(refused(() -> PRINTER.c(country)).startsWith("C: "));
        }

        @ParameterizedTest
        @ValueSource(strings = {"n°7", "a_b", "a@b", "é"})
        void aSerialNumberIsPrintable(String serial) {
            assertTrue(refused(() -> PRINTER.serialNumber(serial)).contains("PrintableString"));
        }

        @Test
        void anAddressIsAscii() {
            assertTrue(refused(() -> PRINTER.email("é@example.fr")).contains("ASCII"));
        }

        @Test
        void aTypeWithoutKeywordIsCheckedForControlCharactersToo() {
            assertTrue(refused(() -> DistinguishedName.parse("1.2.3.4=a\nb")).contains("control"));
            assertTrue(refused(() -> DistinguishedName.parse("1.2.3.4=\uD83D")).contains("surrogate"));
        }

        @Test
        void nullIsRefused() {
            assertThrows(NullPointerException.class, () -> DistinguishedName.cn(null));
            assertThrows(NullPointerException.class, () -> DistinguishedName.parse(null));
            assertThrows(NullPointerException.class, () -> DistinguishedName.of(null));
        }
    }

    @Nested
    class PastedFromOtherPrograms {
        @Test
        void javasOwnFormWithQuotationMarksIsRead() {
            X500Principal principal = new X500Principal("CN=\"a, \\\"b\\\" + c\",O=Acme\\, Inc.,2.5.4.5=#13023432");
            assertEquals(DistinguishedName.of(principal), DistinguishedName.parse(principal.toString()));
            assertEquals(
                    DistinguishedName.of(principal), DistinguishedName.parse(principal.getName(X500Principal.RFC2253)));
        }

        @Test
        void theFormOfAPathIsRefusedWithAWordOfHelp() {
            assertTrue(
                    refused(() -> DistinguishedName.parse("/C=FR/O=Acme/CN=a")).contains("CN=..."));
        }

        @Test
        void aTextOfMoreThan64KilobytesIsRefusedAtOnce() {
            String escapes = "CN=" + "\\41a".repeat(200_000);
            assertTrue(assertTimeoutPreemptively(
                            Duration.ofSeconds(1), () -> refused(() -> DistinguishedName.parse(escapes)))
                    .startsWith("text: "));
        }
    }

    /** The examples of RFC 4514, section 4, and what people write. */
    @Nested
    class Parsing {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "UID=jsmith,DC=example,DC=net|UID=jsmith,DC=example,DC=net",
                    "OU=Sales+CN=J.  Smith,DC=example,DC=net|OU=Sales+CN=J.  Smith,DC=example,DC=net",
                    "CN=James \\\"Jim\\\" Smith\\, III,DC=example,DC=net|CN=James \\\"Jim\\\" Smith\\, III,DC=example,DC=net",
                    "CN=Before\\0dAfter,DC=example,DC=net|!control",
                    "CN=Lu\\C4\\8Di\\C4\\87|CN=Lučić",
                    "1.3.6.1.4.1.1466.0=#04024869|1.3.6.1.4.1.1466.0=#04024869",
                    "cn=a , o = b c |CN=a,O=b c",
                    "CN=\\#a|CN=\\#a",
                    "CN=a\\=b|CN=a=b",
                    "CN=a=b|CN=a=b",
                    "2.5.4.3=a|CN=a",
                    "CN=\"a, b\"|CN=a\\, b",
                    "CN=\" a \" , O=b|CN=\\ a\\ ,O=b",
                    "OID.2.5.4.3=a|CN=a",
                    "E=a@example.fr|emailAddress=a@example.fr",
                    "CN=\\2B33|CN=\\+33"
                })
        void theTextIsUnderstood(String text, String expected) {
            if (expected.startsWith("!")) {
                assertTrue(refused(() -> DistinguishedName.parse(text)).contains(expected.substring(1)));
            } else {
                assertEquals(expected, DistinguishedName.parse(text).toString());
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "=a",
                    "CN",
                    "CN=",
                    "CN=a,",
                    ",CN=a",
                    "CN=a,,O=b",
                    "CN=a+",
                    "CN=a\\",
                    "CN=a\\x",
                    "CN=a\\C3",
                    "CN=\"a",
                    "CN=\"a\"b",
                    "CN=\"a\\\"",
                    "CN=a\"b",
                    "CN=a+CN=b",
                    "CN=a;O=b",
                    "CN=a<b",
                    "XYZ=a",
                    "1=a",
                    "3.1=a",
                    "1.40=a",
                    "1.02.3=a",
                    "1.2.=a",
                    "CN=#",
                    "CN=#0",
                    "CN=#04",
                    "CN=#0401aa00",
                    "CN=#zz",
                    "C=FRA"
                })
        void whatIsMalformedIsRefusedWithThePlace(String text) {
            String message = refused(() -> DistinguishedName.parse(text));
            assertTrue(message.startsWith("text: ") || message.contains("RFC 5280"), message);
        }

        @Test
        void anObjectIdentifierOfAHundredThousandArcsNeedsNoStack() {
            String text = "1.2" + ".1".repeat(100_000) + "=x";
            refused(() -> DistinguishedName.parse(text));
        }

        @Test
        void anEscapedBlankAtTheEndStays() {
            assertEquals("CN=\\ a\\ ", DistinguishedName.parse("CN=\\ a\\ ").toString());
            assertEquals("CN=a", DistinguishedName.parse("CN= a ").toString());
        }

        @Test
        void aBlankTextIsTheEmptyName() {
            assertTrue(DistinguishedName.parse("").isEmpty());
            assertTrue(DistinguishedName.parse("  ").isEmpty());
        }

        @Test
        void aLongIdentifierOfAnAttributeIsKept() {
            String text = "2.25.329800735698586629295641978511506172918=#0c0178";
            assertEquals(text, DistinguishedName.parse(text).toString());
        }
    }

    @Nested
    class TakingOver {
        @Test
        void namesBeyondTheBoundsAreKept() {
            X500Principal huge = new X500Principal("CN=" + "x".repeat(70_000));
            assertArrayEquals(huge.getEncoded(), DistinguishedName.of(huge).encoded());
        }

        @Test
        void everyStringTypeIsShownAsText() throws Exception {
            byte[] name = Der.sequence(
                    Der.set(Der.sequence(
                            Der.oid("2.5.4.10"), Der.tagged(dev.certkit.internal.der.Tag.BMP_STRING, utf16("Größe")))),
                    Der.set(Der.sequence(
                            Der.oid("2.5.4.11"),
                            Der.tagged(dev.certkit.internal.der.Tag.TELETEX_STRING, new byte[] {(byte) 0xE9}))));
            assertEquals(
                    "OU=é,O=Größe",
                    DistinguishedName.of(new X500Principal(name)).toString());
        }

        @Test
        void whatIsNoTextIsShownInHexadecimal() {
            byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.integer(5))));
            assertEquals(
                    "CN=#020105", DistinguishedName.of(new X500Principal(name)).toString());
        }

        @Test
        void hostileCharactersAreEscapedInText() {
            byte[] name = Der.sequence(Der.set(
                    Der.sequence(Der.oid("2.5.4.3"), Der.utf8("a\r\nINFO forged\u001B[2J\u202Etxt.exe\u0000"))));
            String shown = DistinguishedName.of(new X500Principal(name)).toString();
            assertEquals("CN=a\\0D\\0AINFO forged\\1B[2J\\E2\\80\\AEtxt.exe\\00", shown);
        }

        private byte[] utf16(String text) {
            return text.getBytes(StandardCharsets.UTF_16BE);
        }
    }

    @Nested
    class Comparing {
        @Test
        void caseAndRepeatedBlanksDoNotCount() {
            assertEquals(DistinguishedName.cn("Acme  Printer"), DistinguishedName.cn("acme printer"));
            assertEquals(
                    DistinguishedName.cn("Acme  Printer").hashCode(),
                    DistinguishedName.cn("acme printer").hashCode());
        }

        @Test
        void theStringTypeDoesNotCount() {
            byte[] printable = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.printable("a b"))));
            assertEquals(DistinguishedName.cn("a b"), DistinguishedName.of(new X500Principal(printable)));
        }

        @ParameterizedTest
        @CsvSource({
            "CN=straße,CN=STRASSE",
            "CN=Größe,CN=gro\u0308ße",
            "CN=ＡＣＭＥ,CN=acme",
            "title=Dr.,title=dr.",
            "UID=a+CN=b,CN=b+UID=A",
            "CN=\\20a\\20,CN=a",
            "emailAddress=A@B.fr,E=a@b.FR",
            "CN=ΣΑΣ,CN=σας",
            "1.2.3.4=a,1.2.3.4=A"
        })
        void whatPeopleTakeForTheSameIsTheSame(String one, String other) {
            assertEquals(DistinguishedName.parse(one), DistinguishedName.parse(other));
            assertEquals(
                    DistinguishedName.parse(one).hashCode(),
                    DistinguishedName.parse(other).hashCode());
        }

        @ParameterizedTest
        @CsvSource({
            "CN=a b,CN=ab",
            "CN=a,OU=a",
            "CN=a+OU=b,'CN=a,OU=b'",
            "CN=#020105,CN=#020106",
            "'CN=a,OU=b','OU=b,CN=a'",
            "CN=a,'CN=a,CN=a'",
            "CN=é,CN=e"
        })
        void whatIsNotTheSameIsNot(String one, String other) {
            assertNotEquals(DistinguishedName.parse(one), DistinguishedName.parse(other));
        }

        @Test
        void aMalformedNameIsEqualToItselfOnly() {
            DistinguishedName malformed = DistinguishedName.verbatim(new byte[] {0x30, 2, 0x31, 1});
            assertEquals(malformed, DistinguishedName.verbatim(new byte[] {0x30, 2, 0x31, 1}));
            assertNotEquals(malformed, DistinguishedName.verbatim(new byte[] {0x30, 2, 0x31, 2}));
            assertNotEquals(malformed, DistinguishedName.empty());
        }

        @Test
        void orderAndValuesDo() {
            assertNotEquals(DistinguishedName.cn("a").o("b"), DistinguishedName.parse("O=b,CN=a"));
            assertNotEquals(DistinguishedName.cn("a"), DistinguishedName.cn("b"));
            assertNotEquals(DistinguishedName.cn("a"), DistinguishedName.cn("a").o("b"));
        }

        @Test
        void theJdkAgrees() {
            assertEquals(
                    new X500Principal("CN=printer-7,OU=Print,O=\"Acme, Inc.\",L=Lyon,ST=Rhône,C=FR"),
                    PRINTER.toPrincipal());
        }

        @Test
        void bouncyCastleAgrees() {
            assertEquals(
                    new X500Name(BCStyle.INSTANCE, "C=FR,ST=Rhône,L=Lyon,O=Acme\\, Inc.,OU=Print,CN=printer-7"),
                    X500Name.getInstance(BCStyle.INSTANCE, PRINTER.encoded()));
        }
    }

    @Nested
    class CommonName {
        @Test
        void theMostSpecificOneCounts() {
            assertEquals(
                    Optional.of("leaf"),
                    DistinguishedName.parse("CN=leaf,CN=above,O=x").commonName());
        }

        @Test
        void itIsTheValueWithoutEscapes() {
            assertEquals(
                    Optional.of(" a,b "),
                    DistinguishedName.parse("CN=\\ a\\,b\\ ").commonName());
        }

        @Test
        void oneInsideASetIsFound() {
            List<String> texts = List.of("CN=a+OU=b", "OU=b+CN=a");
            texts.forEach(text ->
                    assertEquals(Optional.of("a"), DistinguishedName.parse(text).commonName()));
        }

        @Test
        void whatIsNoTextIsNone() {
            assertEquals(Optional.empty(), DistinguishedName.parse("CN=#020105").commonName());
        }
    }
}
