package dev.certkit.internal.der;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.x509.DistinguishedName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameFormTest {
    private static NameForm of(String name) {
        return NameForm.of(DistinguishedName.parse(name).encoded());
    }

    private static byte[] attribute(int tag, byte[] value) {
        return Der.sequence(Der.oid("2.5.4.10"), Der.tagged(tag, value));
    }

    private static NameForm organization(int tag, Charset charset, String value) {
        return NameForm.of(Der.sequence(Der.set(attribute(tag, value.getBytes(charset)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CN=Printer,C=FR        | CN=printer,C=fr          | true
            CN=a  b,C=FR           | CN=a b,C=FR              | true
            CN=\\ a b\\ ,C=FR      | CN=a b,C=FR              | true
            O=ÉCOLE                | O=école                  | true
            O=Straße               | O=STRASSE                | true
            O=ﬁrm                  | O=firm                   | true
            CN=ab                  | CN=a b                   | false
            CN=a,O=b               | O=b,CN=a                 | false
            CN=a+O=b,C=FR          | O=b+CN=a,C=FR            | true
            CN=a                   | O=a                      | false
            CN=a,C=FR              | C=FR                     | false
            """)
    void namesAreEqualAsTheRfcHasIt(String one, String other, boolean equal) {
        assertEquals(equal, of(one).equals(of(other)));
        assertEquals(equal, of(other).equals(of(one)));
        assertTrue(!equal || of(one).hashCode() == of(other).hashCode());
    }

    @Test
    void theStringTypeDoesNotCount() {
        NameForm utf8 = organization(Tag.UTF8_STRING, StandardCharsets.UTF_8, "Acme");
        assertEquals(utf8, organization(Tag.PRINTABLE_STRING, StandardCharsets.US_ASCII, "ACME"));
        assertEquals(utf8, organization(Tag.TELETEX_STRING, StandardCharsets.ISO_8859_1, "acme"));
        assertEquals(utf8, organization(Tag.BMP_STRING, StandardCharsets.UTF_16BE, "acme"));
        assertEquals(utf8, organization(Tag.UNIVERSAL_STRING, Charset.forName("UTF-32BE"), "acme"));
        assertNotEquals(utf8, organization(Tag.OCTET_STRING, StandardCharsets.UTF_8, "Acme"));
    }

    @Test
    void oneLevelIsNotTakenForTwo() {
        byte[] a = attribute(Tag.UTF8_STRING, new byte[] {'a'});
        byte[] b = attribute(Tag.UTF8_STRING, new byte[] {'b'});
        assertNotEquals(
                NameForm.of(Der.sequence(Der.set(a), Der.set(b))), NameForm.of(Der.sequence(Der.setOf(List.of(a, b)))));
        NameForm tricky = organization(Tag.UTF8_STRING, StandardCharsets.UTF_8, "a\u0002" + "2.5.4.10\u0001b");
        assertNotEquals(NameForm.of(Der.sequence(Der.setOf(List.of(a, b)))), tricky);
    }

    @Test
    void longTextIsComparedByItsOctets() {
        String marks = "\u0301\u0323".repeat(200);
        NameForm one = organization(Tag.UTF8_STRING, StandardCharsets.UTF_8, marks + "a");
        assertEquals(one, organization(Tag.UTF8_STRING, StandardCharsets.UTF_8, marks + "a"));
        assertNotEquals(one, organization(Tag.UTF8_STRING, StandardCharsets.UTF_8, marks + "A"));
        String ascii = "a".repeat(5000);
        assertEquals(
                organization(Tag.UTF8_STRING, StandardCharsets.UTF_8, ascii),
                organization(Tag.UTF8_STRING, StandardCharsets.UTF_8, ascii.toUpperCase(Locale.ROOT)));
    }

    @Nested
    class Within {
        @Test
        void isWhatBeginsWithTheBase() {
            assertTrue(of("CN=a,O=Acme,C=FR").isWithin(of("O=acme,C=fr")));
            assertTrue(of("O=Acme,C=FR").isWithin(of("O=Acme,C=FR")));
            assertTrue(of("CN=a").isWithin(NameForm.of(Der.sequence())));
            assertFalse(of("C=FR").isWithin(of("O=Acme,C=FR")));
            assertFalse(of("CN=a,O=Acme,C=DE").isWithin(of("O=Acme,C=FR")));
            assertFalse(of("O=Acme+OU=x,C=FR").isWithin(of("O=Acme,C=FR")));
        }
    }

    @Nested
    class Malformed {
        @Test
        void namesAreEqualToTheirOwnOctetsOnly() {
            byte[] bad = Der.sequence(Der.integer(1));
            assertFalse(NameForm.of(bad).isReadable());
            assertEquals(NameForm.of(bad), NameForm.of(bad.clone()));
            assertNotEquals(NameForm.of(bad), NameForm.of(Der.sequence(Der.integer(2))));
            assertFalse(NameForm.of(Der.sequence(Der.set(new byte[0]))).isReadable());
        }

        @Test
        void namesAreNotEmpty() {
            assertFalse(NameForm.of(new byte[0]).isEmpty());
            assertTrue(NameForm.of(Der.sequence()).isEmpty());
        }
    }
}
