package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S2")
class GeneralNameTest {
    private static byte[] oracle(int tag, String value) throws Exception {
        return new org.bouncycastle.asn1.x509.GeneralName(tag, value).getEncoded("DER");
    }

    private static String refused(Runnable act) {
        return assertThrows(IllegalArgumentException.class, act::run).getMessage();
    }

    @Nested
    class WhatAPersonWrites {
        @ParameterizedTest
        @CsvSource({
            "printer-7.local,printer-7.local",
            "printer,printer",
            "Printer.EXAMPLE.fr,printer.example.fr",
            "*.example.fr,*.example.fr",
            "imprimante.société.fr,imprimante.xn--socit-esab.fr",
            "IMPRIMANTE.SOCIÉTÉ.FR,imprimante.xn--socit-esab.fr",
            "bücher.example,xn--bcher-kva.example",
            "xn--bcher-kva.example,xn--bcher-kva.example",
            "例え.jp,xn--r8jz45g.jp",
            "1and1.com,1and1.com",
            "3com,3com",
            "127.0.0.1.example,127.0.0.1.example",
            "a-b.c--d.fr,a-b.c--d.fr"
        })
        void aHostNameBecomesLowerCaseALabels(String written, String expected) {
            GeneralName name = GeneralName.of(written);
            assertInstanceOf(GeneralName.Dns.class, name);
            assertEquals(expected, name.toString());
        }

        @ParameterizedTest
        @CsvSource({
            "192.0.2.7,c0000207",
            "0.0.0.0,00000000",
            "255.255.255.255,ffffffff",
            "::,00000000000000000000000000000000",
            "::1,00000000000000000000000000000001",
            "2001:db8::7,20010db8000000000000000000000007",
            "2001:DB8:0:0:0:0:0:7,20010db8000000000000000000000007",
            "1:2:3:4:5:6:7:8,00010002000300040005000600070008",
            "1:2:3:4:5:6:7::,00010002000300040005000600070000",
            "::ffff:192.0.2.1,00000000000000000000ffffc0000201",
            "64:ff9b::192.0.2.33,0064ff9b0000000000000000c0000221",
            "1:2:3:4:5:6:1.2.3.4,00010002000300040005000601020304"
        })
        void anAddressBecomesItsOctets(String written, String octets) {
            GeneralName.Ip ip = assertInstanceOf(GeneralName.Ip.class, GeneralName.of(written));
            assertEquals(octets, HexFormat.of().formatHex(ip.address()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "not a host",
                    ".",
                    "a.",
                    ".a",
                    "a..b",
                    "-a.fr",
                    "a-.fr",
                    "a_b.fr",
                    "a/b",
                    "http://a.fr",
                    "a.fr:443",
                    "a@b.fr",
                    "a\u0000.fr",
                    "a\n.fr",
                    "a.fr ",
                    "*",
                    "*.fr",
                    "g*.example.fr",
                    "*.*.example.fr",
                    "a.*.example.fr",
                    "**.example.fr",
                    "1.2.3",
                    "1.2.3.4.5",
                    "256.1.1.1",
                    "01.2.3.4",
                    "1.2.3.0x4",
                    "0x7f.1",
                    "2130706433",
                    "１２７.0.0.1",
                    ":",
                    ":::",
                    "1:2",
                    "1::2::3",
                    "12345::",
                    "1:2:3:4:5:6:7:8:9",
                    "1:2:3:4:5:6:7:8::",
                    "::1:2:3:4:5:6:7:8",
                    "1.2.3.4::",
                    "1.2.3.4::5",
                    "::1.2.3.4:5",
                    "::1.2.3",
                    "fe80::1%eth0",
                    "[::1]",
                    "192.0.2.0/24"
                })
        void whatIsNeitherIsRefused(String written) {
            String message = refused(() -> GeneralName.of(written));
            assertTrue(message.startsWith("host: "), message);
        }

        @Test
        void neverIsANameServerAsked() {
            // A look-up of this name would take the resolver's time-out, or answer.
            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> GeneralName.of("no-such-host.certkit-test.invalid"));
        }

        @Test
        void nullIsRefusedByName() {
            NullPointerException refused = assertThrows(NullPointerException.class, () -> GeneralName.of(null));
            assertEquals("hostOrAddress", refused.getMessage());
        }
    }

    /** The syntax of host names, in package-private {@code HostName}. */
    @Nested
    class HostNames {
        @Test
        void aLabelHasAtMost63Characters() {
            assertEquals(63 + 3, GeneralName.dns("a".repeat(63) + ".fr").host().length());
            assertTrue(refused(() -> GeneralName.dns("a".repeat(64) + ".fr")).contains("longer than 63"));
        }

        @Test
        void aNameHasAtMost253Characters() {
            String longest = ("a".repeat(49) + ".").repeat(5) + "abc";
            assertEquals(253, GeneralName.dns(longest).host().length());
            assertTrue(refused(() -> GeneralName.dns(longest + "d")).contains("longer than 253"));
        }

        @Test
        void anEmptyLabelIsNamedAsSuch() {
            assertTrue(refused(() -> GeneralName.dns("a..b")).contains("label is empty"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"xn--\u00E9.fr", "xn--.fr"})
        void anALabelThatStandsForNothingIsRefused(String host) {
            refused(() -> GeneralName.dns(host));
        }

        @Test
        void aHugeNameIsRefusedAtOnce() {
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < 60_000; i++) {
                name.append((char) (0x4E00 + i % 20_000));
            }
            assertTimeoutPreemptively(
                    Duration.ofSeconds(1),
                    () -> refused(() -> GeneralName.dns(name.append(".fr").toString())));
        }

        @Test
        void aRefusalNamesTheLabelAndIsSafeToPrint() {
            String message = refused(() -> GeneralName.dns("good.b\u001B[2Jd.fr"));
            assertTrue(message.contains("\\u001B"), message);
            assertTrue(message.chars().noneMatch(c -> c < ' '), message);
        }
    }

    @Nested
    class Encoding {
        @Test
        void eachKindIsEncodedAsBouncyCastleDoes() throws Exception {
            assertArrayEquals(
                    oracle(2, "a.example.fr"), GeneralName.dns("a.example.fr").encoded());
            assertArrayEquals(
                    oracle(7, "192.0.2.7"), GeneralName.of("192.0.2.7").encoded());
            assertArrayEquals(
                    oracle(7, "2001:db8::7"), GeneralName.of("2001:db8::7").encoded());
            assertArrayEquals(
                    oracle(1, "ops@example.fr"),
                    GeneralName.email("ops@example.fr").encoded());
            assertArrayEquals(
                    oracle(6, "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                    GeneralName.uri(URI.create("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"))
                            .encoded());
        }

        @Test
        void aDirectoryNameIsExplicitlyTagged() throws Exception {
            DistinguishedName name = DistinguishedName.cn("a").o("Acme");
            byte[] expected =
                    new org.bouncycastle.asn1.x509.GeneralName(X500Name.getInstance(name.encoded())).getEncoded("DER");
            assertArrayEquals(expected, new GeneralName.DirectoryName(name).encoded());
        }

        @Test
        void aUserPrincipalNameIsAnOtherName() throws Exception {
            byte[] expected = new org.bouncycastle.asn1.x509.GeneralName(
                            0,
                            new OtherName(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), new DERUTF8String("a@b")))
                    .getEncoded("DER");
            assertArrayEquals(
                    expected,
                    GeneralName.OtherName.of("1.3.6.1.4.1.311.20.2.3", Der.utf8("a@b"))
                            .encoded());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "1", "a.b", "1.99.1"})
        void anOtherNameNeedsAnObjectIdentifier(String oid) {
            assertTrue(
                    refused(() -> GeneralName.OtherName.of(oid, Der.utf8("x"))).startsWith("typeOid: "));
        }

        @Test
        void anOtherNameNeedsOneDerValue() {
            assertTrue(refused(() -> GeneralName.OtherName.of("1.2.3", new byte[] {1}))
                    .startsWith("value: "));
            assertTrue(refused(() -> GeneralName.OtherName.of("1.2.3", new byte[0]))
                    .startsWith("value: "));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "82", "8201", "82016100", "0c0161", "3000"})
        void whatIsNoGeneralNameIsNotKeptAsOne(String digits) {
            byte[] encoded = HexFormat.of().parseHex(digits);
            assertTrue(refused(() -> GeneralName.OtherName.verbatim(encoded)).startsWith("encoded: "));
        }
    }

    @Nested
    class Checking {
        @ParameterizedTest
        @ValueSource(strings = {"", "a", "@b.fr", "a@", "a b@c.fr", "a@b c", "é@b.fr", "a@-b.fr", "a\n@b.fr", "a@b@"})
        void whatIsNoMailAddressIsRefused(String address) {
            refused(() -> GeneralName.email(address));
        }

        @Test
        void aMailAddressKeepsItsCase() {
            assertEquals(
                    "Ops.Team@example.FR",
                    GeneralName.email("Ops.Team@example.FR").toString());
        }

        @Test
        void aRelativeUriIsRefused() {
            assertTrue(refused(() -> GeneralName.uri(URI.create("/path"))).startsWith("uri: "));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 3, 5, 8, 15, 17})
        void anAddressHas4Or16Octets(int octets) {
            assertTrue(refused(() -> GeneralName.ip(new byte[octets])).contains(octets + " octets"));
        }
    }

    @Nested
    class Showing {
        @ParameterizedTest
        @CsvSource({
            "192.0.2.7,192.0.2.7",
            "2001:DB8:0:0:0:0:0:7,2001:db8::7",
            "::,::",
            "::1,::1",
            "1:0:0:2:0:0:0:3,1:0:0:2::3",
            "1:0:2:3:4:5:6:7,1:0:2:3:4:5:6:7",
            "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
            "1::,1::",
            "::ffff:192.0.2.1,::ffff:192.0.2.1"
        })
        void anAddressIsShownInItsCanonicalText(String written, String expected) {
            // RFC 5952
            assertEquals(expected, GeneralName.of(written).toString());
        }

        @Test
        void aMappedAddressIsNotShownAsTheOneOfFourOctets() {
            GeneralName mapped = GeneralName.of("::ffff:192.0.2.1");
            assertNotEquals(GeneralName.of("192.0.2.1"), mapped);
            assertEquals(mapped, GeneralName.of(mapped.toString()));
        }

        @Test
        void octetsGoInAndOutAsCopies() throws Exception {
            byte[] octets = InetAddress.getByName("192.0.2.7").getAddress();
            GeneralName.Ip ip = GeneralName.ip(octets);
            octets[0] = 1;
            ip.address()[0] = 1;
            ip.encoded()[2] = 1;
            assertEquals("192.0.2.7", ip.toString());
        }

        @Test
        void equalNamesAreEqual() {
            assertEquals(GeneralName.of("A.fr"), GeneralName.of("a.FR"));
            assertEquals(
                    GeneralName.of("::1").hashCode(),
                    GeneralName.of("0:0:0:0:0:0:0:1").hashCode());
            assertEquals(
                    GeneralName.OtherName.of("1.2.3", Der.utf8("x")), GeneralName.OtherName.of("1.2.3", Der.utf8("x")));
            assertNotEquals(GeneralName.of("a.fr"), GeneralName.of("b.fr"));
        }
    }
}
