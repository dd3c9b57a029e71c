package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes of every type, several of one level, and how they are read back. */
@Tag("T2")
@Tag("T3")
class DistinguishedNameAttributesTest {
    private static String refused(Runnable act) {
        return assertThrows(IllegalArgumentException.class, act::run).getMessage();
    }

    @Nested
    class AnyType {
        @Test
        void whateverRfc5280WantsUnderstoodHasAKeyword() {
            // Section 4.1.2.4, MUST and SHOULD.
            for (String oid : List.of(
                    "2.5.4.6",
                    "2.5.4.10",
                    "2.5.4.11",
                    "2.5.4.46",
                    "2.5.4.8",
                    "2.5.4.3",
                    "2.5.4.5",
                    "2.5.4.7",
                    "2.5.4.12",
                    "2.5.4.4",
                    "2.5.4.42",
                    "2.5.4.43",
                    "2.5.4.65",
                    "2.5.4.44",
                    "0.9.2342.19200300.100.1.25")) {
                assertNotEquals(oid, AttributeType.of(oid).keyword());
            }
        }

        @Test
        void attributesAreAddedByTheirType() {
            DistinguishedName name = DistinguishedName.cn("Marie Curie")
                    .with(AttributeType.TITLE, "Dr.")
                    .with(AttributeType.GIVEN_NAME, "Marie")
                    .with(AttributeType.SURNAME, "Curie")
                    .with(AttributeType.UID, "mcurie")
                    .with(AttributeType.DC, "example")
                    .with(AttributeType.DC, "fr");
            assertEquals(
                    "CN=Marie Curie,title=Dr.,givenName=Marie,SN=Curie,UID=mcurie,DC=example,DC=fr", name.toString());
            assertEquals(name, DistinguishedName.parse(name.toString()));
        }

        @Test
        void theEncodingIsBouncyCastles() throws Exception {
            byte[] oracle = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.DC, "fr")
                    .addRDN(BCStyle.UID, "u")
                    .addRDN(BCStyle.DN_QUALIFIER, "q")
                    .addRDN(BCStyle.GENERATION, "Jr.")
                    .addRDN(BCStyle.PSEUDONYM, "p")
                    .addRDN(BCStyle.T, "Dr.")
                    .build()
                    .getEncoded("DER");
            DistinguishedName name = DistinguishedName.empty()
                    .with(AttributeType.TITLE, "Dr.")
                    .with(AttributeType.PSEUDONYM, "p")
                    .with(AttributeType.GENERATION_QUALIFIER, "Jr.")
                    .with(AttributeType.DN_QUALIFIER, "q")
                    .with(AttributeType.UID, "u")
                    .with(AttributeType.DC, "fr");
            assertArrayEquals(oracle, name.encoded());
        }

        @ParameterizedTest
        @CsvSource({
            "cn,CN",
            "CommonName,CN",
            "E,emailAddress",
            "S,ST",
            "surname,SN",
            "GN,givenName",
            "2.5.4.10,O",
            "OID.2.5.4.10,O",
            "oid.1.2.3.4,1.2.3.4"
        })
        void aTypeIsFoundByAnyOfItsNames(String given, String keyword) {
            assertEquals(keyword, AttributeType.of(given).keyword());
            assertEquals(AttributeType.of(given), AttributeType.of(keyword));
            assertEquals(
                    AttributeType.of(given).hashCode(),
                    AttributeType.of(keyword).hashCode());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "xyz", "1", "1.2.", "OID.", "oid.cn", "CN "})
        void whatIsNoTypeIsRefused(String given) {
            assertTrue(refused(() -> AttributeType.of(given)).startsWith("keywordOrOid: "));
        }

        @Test
        void aTypeWithoutKeywordIsWrittenAsRfc4514Wants() {
            DistinguishedName name = DistinguishedName.cn("a").with(AttributeType.of("1.3.6.1.4.1.99999.1"), "x, y");
            assertEquals("CN=a,1.3.6.1.4.1.99999.1=#0c04782c2079", name.toString());
            assertEquals(List.of("x, y"), name.values(AttributeType.of("1.3.6.1.4.1.99999.1")));
        }

        @ParameterizedTest
        @CsvSource({
            "DC,64",
            "UID,257",
            "title,65",
            "postalCode,41",
            "unstructuredName,256",
            "emailAddress,256",
            "name,32769"
        })
        void everyTypeHasItsBound(String keyword, int tooLong) {
            AttributeType type = AttributeType.of(keyword);
            DistinguishedName.empty().with(type, "x".repeat(tooLong - 1));
            assertTrue(refused(() -> DistinguishedName.empty().with(type, "x".repeat(tooLong)))
                    .startsWith(keyword + ": "));
            assertTrue(refused(() -> DistinguishedName.empty().with(type, "a\u0000b"))
                    .contains("control"));
        }
    }

    @Nested
    class SeveralAttributesOfOneLevel {
        private final DistinguishedName name = DistinguishedName.cn("printer-7")
                .plus(AttributeType.SERIAL_NUMBER, "42")
                .plus(AttributeType.UID, "u+v")
                .o("Acme")
                .c("FR");

        @Test
        void theyAreJoinedToTheOneThatWasAddedLast() throws Exception {
            byte[] oracle = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.C, "FR")
                    .addRDN(BCStyle.O, "Acme")
                    .addMultiValuedRDN(
                            new org.bouncycastle.asn1.ASN1ObjectIdentifier[] {
                                BCStyle.CN, BCStyle.SERIALNUMBER, BCStyle.UID
                            },
                            new String[] {"printer-7", "42", "u+v"})
                    .build()
                    .getEncoded("DER");
            assertArrayEquals(oracle, name.encoded());
        }

        @Test
        void theTextReadsBackToTheSame() {
            assertEquals("serialNumber=42+CN=printer-7+UID=u\\+v,O=Acme,C=FR", name.toString(), "in the order of DER");
            assertArrayEquals(
                    name.encoded(), DistinguishedName.parse(name.toString()).encoded());
        }

        @Test
        void theOrderInTheTextDoesNotCount() {
            assertArrayEquals(
                    name.encoded(),
                    DistinguishedName.parse("UID=u\\+v+CN=printer-7+serialNumber=42,O=Acme,C=FR")
                            .encoded());
            assertNotEquals(DistinguishedName.parse("CN=printer-7,serialNumber=42,O=Acme,C=FR"), name);
        }

        @Test
        void aTypeStandsOnceInALevel() {
            assertTrue(refused(() -> name.plus(AttributeType.C, "DE")).startsWith("type: C is there already"));
            assertTrue(refused(() -> DistinguishedName.parse("CN=a+CN=b")).contains("twice"));
        }

        @Test
        void anEmptyNameHasNoLevelToJoin() {
            assertThrows(
                    IllegalStateException.class, () -> DistinguishedName.empty().plus(AttributeType.CN, "a"));
        }

        @Test
        void theJdkReadsThemAsWell() {
            assertEquals(new X500Principal("CN=printer-7+OID.2.5.4.5=42+UID=u\\+v,O=Acme,C=FR"), name.toPrincipal());
        }
    }

    @Nested
    class ReadingAttributesBack {
        @Test
        void theValuesOfATypeComeMostSpecificFirst() {
            DistinguishedName name = DistinguishedName.parse("CN=a,OU=inner,OU=outer+L=Lyon,O=Acme\\, Inc.");
            assertEquals(List.of("inner", "outer"), name.values(AttributeType.OU));
            assertEquals(List.of("Acme, Inc."), name.values(AttributeType.O));
            assertEquals(List.of(), name.values(AttributeType.C));
        }

        @Test
        void levelsKeepWhatStandsTogether() {
            DistinguishedName.Attribute lyon = new DistinguishedName.Attribute(AttributeType.L, "Lyon");
            DistinguishedName.Attribute acme = new DistinguishedName.Attribute(AttributeType.O, "Acme");
            DistinguishedName.Attribute cn = new DistinguishedName.Attribute(AttributeType.CN, " a ");
            assertEquals(
                    List.of(List.of(cn), List.of(lyon, acme)),
                    DistinguishedName.cn(" a ")
                            .o("Acme")
                            .plus(AttributeType.L, "Lyon")
                            .rdns());
        }

        @Test
        void whatIsNoTextIsGivenInHexadecimalButIsNoValue() {
            DistinguishedName name = DistinguishedName.parse("CN=#020105");
            assertEquals("#020105", name.rdns().get(0).get(0).value());
            assertEquals(List.of(), name.values(AttributeType.CN));
        }

        @Test
        void valuesOfOldStringTypesAreText() throws Exception {
            byte[] name = Der.sequence(Der.set(Der.sequence(
                    Der.oid("2.5.4.10"),
                    Der.tagged(dev.certkit.internal.der.Tag.BMP_STRING, "Größe".getBytes(StandardCharsets.UTF_16BE)))));
            assertEquals(List.of("Größe"), DistinguishedName.decode(name).values(AttributeType.O));
        }

        @Test
        void aNameFromDerIsTakenOverByteByByte() throws Exception {
            byte[] unsorted = Der.sequence(
                    Der.tagged(0x31, AttributeType.O.encode("z".repeat(60)), AttributeType.CN.encode("a")));
            DistinguishedName name = DistinguishedName.decode(unsorted);
            assertArrayEquals(unsorted, name.encoded());
            assertEquals("O=" + "z".repeat(60) + "+CN=a", name.toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "00", "0500", "3001", "30023000", "30043102300", "3006310430020c00", "300031"})
        void whatIsNoNameIsAnIoException(String hex) {
            byte[] der = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
            assertThrows(IOException.class, () -> DistinguishedName.decode(der));
        }
    }
}
