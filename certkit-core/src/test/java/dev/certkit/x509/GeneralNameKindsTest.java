package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All nine kinds of RFC 5280, section 4.2.1.6: made, encoded and read. */
@Tag("S2")
class GeneralNameKindsTest {
    private static final String X400 = "a30e300c61041302465262041302414d";
    private static final String EDI = "a50ba0030c0141a1040c024242";

    static List<GeneralName> everyKind() {
        return List.of(
                GeneralName.userPrincipalName("marie@example.fr"),
                GeneralName.smtpUtf8Mailbox("médecin@société.fr"),
                GeneralName.OtherName.of("1.2.3.4", Der.integer(7)),
                GeneralName.email("ops@example.fr"),
                GeneralName.dns("*.société.fr"),
                GeneralName.OtherName.verbatim(HexFormat.of().parseHex(X400)),
                GeneralName.directory(DistinguishedName.cn("a")
                        .plus(AttributeType.UID, "u")
                        .o("Größe")
                        .c("FR")),
                GeneralName.OtherName.verbatim(HexFormat.of().parseHex(EDI)),
                GeneralName.uri(URI.create("https://bücher.example/é?q=1")),
                GeneralName.of("192.0.2.7"),
                GeneralName.of("2001:db8::7"),
                GeneralName.registeredId("1.3.6.1.4.1.99999.7"));
    }

    private static String refused(Runnable act) {
        return assertThrows(IllegalArgumentException.class, act::run).getMessage();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void whatIsMadeIsReadBackAsTheSame(GeneralName name) throws Exception {
        assertEquals(name, GeneralName.decode(name.encoded()));
        assertEquals(name.getClass(), GeneralName.decode(name.encoded()).getClass());
        assertEquals(name.toString(), GeneralName.decode(name.encoded()).toString());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void bouncyCastleReadsIt(GeneralName name) throws Exception {
        byte[] encoded = name.encoded();
        org.bouncycastle.asn1.x509.GeneralName oracle =
                GeneralNames.getInstance(Der.sequence(encoded)).getNames()[0];
        assertEquals(encoded[0] & 0x1F, oracle.getTagNo());
        assertArrayEquals(encoded, oracle.getEncoded("DER"));
    }

    @Nested
    class Shown {
        @Test
        void everyKindIsShownByWhatItSays() {
            assertEquals(
                    List.of(
                            "otherName:1.3.6.1.4.1.311.20.2.3=marie@example.fr",
                            "otherName:1.3.6.1.5.5.7.8.9=médecin@xn--socit-esab.fr",
                            "otherName:1.2.3.4=#020107",
                            "ops@example.fr",
                            "*.xn--socit-esab.fr",
                            "x400Address:#300c61041302465262041302414d",
                            "CN=a+UID=u,O=Größe,C=FR",
                            "ediPartyName:#a0030c0141a1040c024242",
                            "https://xn--bcher-kva.example/%C3%A9?q=1",
                            "192.0.2.7",
                            "2001:db8::7",
                            "1.3.6.1.4.1.99999.7"),
                    everyKind().stream().map(GeneralName::toString).toList());
        }

        @Test
        void aNameThatBreaksTheRulesIsShownAsItStandsThere() throws Exception {
            assertEquals("dNSName:printer_7.example.fr", read(2, "printer_7.example.fr"));
            assertEquals("dNSName:not a host", read(2, "not a host"));
            assertEquals("rfc822Name:nobody", read(1, "nobody"));
            assertEquals("uniformResourceIdentifier:/relative", read(6, "/relative"));
            assertEquals(
                    "iPAddress:#010203",
                    GeneralName.decode(new byte[] {(byte) 0x87, 3, 1, 2, 3}).toString());
        }

        @Test
        void itIsSafeToPrint() throws Exception {
            String shown = read(2, "a\u0000b\r\n\u001B[2J");
            assertTrue(shown.startsWith("dNSName:"), shown);
            assertTrue(shown.chars().allMatch(c -> c >= ' '), shown);
            String principal = GeneralName.OtherName.of(
                            GeneralName.OtherName.USER_PRINCIPAL_NAME, Der.utf8("a\u202E\n@b"))
                    .toString();
            assertTrue(principal.codePoints().allMatch(Encoding::isPlain), principal);
        }

        private String read(int kind, String content) throws IOException {
            GeneralName name = GeneralName.decode(Der.tagged(
                    dev.certkit.internal.der.Tag.context(kind), content.getBytes(StandardCharsets.US_ASCII)));
            return assertInstanceOf(GeneralName.OtherName.class, name).toString();
        }
    }

    @Nested
    class OtherNames {
        @Test
        void theTypeAndTheValueCanBeRead() {
            GeneralName.OtherName name = GeneralName.userPrincipalName("a@b");
            assertEquals(Optional.of(GeneralName.OtherName.USER_PRINCIPAL_NAME), name.typeOid());
            assertEquals(Optional.of("a@b"), name.text());
            assertArrayEquals(Der.utf8("a@b"), name.value().orElseThrow());
        }

        @Test
        void whatIsNoOtherNameHasNoType() {
            GeneralName.OtherName x400 =
                    GeneralName.OtherName.verbatim(HexFormat.of().parseHex(X400));
            assertEquals(Optional.empty(), x400.typeOid());
            assertEquals(Optional.empty(), x400.value());
            assertEquals(Optional.empty(), x400.text());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "@b", "a@", "a b@c", "a\u0000@b", "a\u202E@b"})
        void aUserPrincipalNameHasAUserAndADomain(String name) {
            assertTrue(refused(() -> GeneralName.userPrincipalName(name)).startsWith("name: "));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "é", "é@", "@b.fr", "a@b.fr", "é b@c.fr", "é@-c.fr", "é@*.b.fr", "é\n@b.fr"})
        void aMailboxIsAnAddressThatAsciiCannotWrite(String address) {
            assertTrue(refused(() -> GeneralName.smtpUtf8Mailbox(address)).startsWith("address: ")
                    || refused(() -> GeneralName.smtpUtf8Mailbox(address)).startsWith("host: "));
        }

        @Test
        void eachOfTheTwoKindsOfAddressSendsToTheOther() {
            assertTrue(refused(() -> GeneralName.smtpUtf8Mailbox("a@b.fr")).contains("email"));
            assertTrue(refused(() -> GeneralName.email("é@b.fr")).contains("smtpUtf8Mailbox"));
        }
    }

    @Nested
    class Addresses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a@b.fr",
                    "first.last+tag@example.fr",
                    "\"a b\"@c.fr",
                    "\"a\\\"b\"@c.fr",
                    "!#$%&'*+-/=?^_`{|}~@b.fr",
                    "a@localhost"
                })
        void anAddressOfTheMailStandardIsTaken(String address) {
            assertEquals(address, GeneralName.email(address).address());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a@*.example.fr",
                    ".a@b.fr",
                    "a.@b.fr",
                    "a..b@c.fr",
                    "a@b@c.fr",
                    "\"a@c.fr",
                    "\"@c.fr",
                    "\"a\"b\"@c.fr",
                    "\"a\\\"@c.fr",
                    "a,b@c.fr",
                    "<a@b.fr>",
                    "a@192.0.2.7",
                    "a\u007F@b.fr"
                })
        void whatOnlyLooksLikeOneIsRefused(String address) {
            String message = refused(() -> GeneralName.email(address));
            assertTrue(message.startsWith("address: ") || message.startsWith("host: "), message);
        }

        @Test
        void anAddressHasAtMost64And254Octets() {
            GeneralName.email("a".repeat(64) + "@b.fr");
            refused(() -> GeneralName.email("a".repeat(65) + "@b.fr"));
            refused(() -> GeneralName.email("a".repeat(64) + "@" + ("b".repeat(62) + ".").repeat(3) + "fr"));
        }
    }

    @Nested
    class Reading {
        @ParameterizedTest
        @ValueSource(strings = {"", "82", "820261", "8201610000", "0c0161", "3000", "890161", "bf0161"})
        void whatIsNoGeneralNameIsAnIoException(String hex) {
            assertThrows(
                    IOException.class, () -> GeneralName.decode(HexFormat.of().parseHex(hex)));
        }

        @Test
        void anIdentifierThatIsNoneIsKept() throws Exception {
            GeneralName name = GeneralName.decode(new byte[] {(byte) 0x88, 1, (byte) 0x80});
            assertEquals("registeredID:#80", name.toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "1", "a.b", "3.1"})
        void anIdentifierIsCheckedWhenItIsMade(String oid) {
            assertTrue(refused(() -> GeneralName.registeredId(oid)).startsWith("oid: "));
        }
    }
}
