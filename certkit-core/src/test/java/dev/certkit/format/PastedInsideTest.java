package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.ROOT;
import static dev.certkit.format.Samples.der;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys inside documents of other kinds, and what stands in their place. */
class PastedInsideTest {
    private static final String LEAF_BODY = Base64.getEncoder().encodeToString(der(LEAF));
    private static final String ROOT_LINES = Base64.getMimeEncoder().encodeToString(der(ROOT));

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static void isTheChain(Pasted pasted) {
        assertEquals(CHAIN, pasted.certificates());
        assertEquals(List.of(), pasted.strays());
    }

    @Nested
    class Documents {
        @Test
        void metadataOfSaml() throws Exception {
            isTheChain(Pasted.parse("<?xml version=\"1.0\"?>\n<md:EntityDescriptor entityID=\"https://idp.example\">\n"
                    + "<ds:X509Certificate>" + LEAF_BODY + "</ds:X509Certificate>\n"
                    + "  <ds:X509Certificate>\n" + ROOT_LINES.indent(6)
                    + "  </ds:X509Certificate>\n</md:EntityDescriptor>"));
        }

        @Test
        void chainInAWebKeyOfJson() throws Exception {
            String rootBody = Base64.getEncoder().encodeToString(der(ROOT));
            isTheChain(Pasted.parse(
                    "{\"kty\":\"EC\",\"kid\":\"1\",\"x5c\":[\"" + LEAF_BODY + "\",\n \"" + rootBody + "\"]}"));
        }

        @Test
        void secretOfKubernetes() throws Exception {
            Pasted pasted = Pasted.parse("apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: " + base64(CHAIN_PEM)
                    + "\n  tls.key: " + base64(KEY_PEM) + "\ntype: kubernetes.io/tls\n");
            isTheChain(pasted);
            assertEquals(1, pasted.privateKeys().size());
            assertEquals(List.of(), pasted.missing());
        }

        @Test
        void oneThatHasNoneIsNamed() {
            MalformedEncodingException refused = assertThrows(
                    MalformedEncodingException.class, () -> Pasted.parse("<?xml version=\"1.0\"?><note>none</note>"));
            assertTrue(refused.getMessage().contains("XML document"), refused.getMessage());
        }
    }

    @Nested
    class Places {
        @Test
        void areLinesOfTheText() throws Exception {
            Pasted pasted = Pasted.parse("one\r\ntwo\r\n" + LEAF_PEM.replace("\n", "\r\n")
                    + "three\r\n-----BEGIN CERTIFICATE-----\r\nAAAA\r\nAA?A\r\n-----END CERTIFICATE-----\r\n");
            long leafLines = LEAF_PEM.lines().count();
            assertEquals(
                    "PEM block 2, CERTIFICATE, line " + (leafLines + 4),
                    pasted.strays().get(0).place());
            assertTrue(
                    pasted.strays().get(0).reason().contains("'?' in line " + (leafLines + 6)),
                    pasted.strays().toString());
        }

        @Test
        void areFactsOfTheErrorWhereNothingElseWasFound() {
            MalformedEncodingException refused = assertThrows(
                    MalformedEncodingException.class,
                    () -> Pasted.parse("\n\n-----BEGIN CERTIFICATE-----\nAA*A\n-----END CERTIFICATE-----"));
            assertEquals(4, refused.line().orElseThrow());
            MalformedEncodingException cut = assertThrows(
                    MalformedEncodingException.class, () -> Pasted.decode(new byte[] {0x30, (byte) 0x82, 1, 1, 5, 0}));
            assertEquals(0, cut.octet().orElseThrow());
            assertTrue(cut.getMessage().contains("257 octets where 2 are left at octet 0"), cut.getMessage());
        }

        @Test
        void areNotInventedWhereEscapesMadeTheLines() {
            MalformedEncodingException refused = assertThrows(
                    MalformedEncodingException.class,
                    () -> Pasted.parse("{\"a\":\"-----BEGIN CERTIFICATE-----\\nAA*A\\n-----END CERTIFICATE-----\"}"));
            assertTrue(refused.line().isEmpty(), refused.getMessage());
            assertTrue(refused.getMessage().contains("PEM block 1, CERTIFICATE: the character '*' is no"));
        }

        @Test
        void areOctetsBehindABinaryCertificate() throws Exception {
            byte[] file = java.util.Arrays.copyOf(der(LEAF), der(LEAF).length + 3);
            Pasted pasted = Pasted.decode(file);
            assertEquals(
                    "file, value 2 at octet " + der(LEAF).length,
                    pasted.strays().get(0).place());
        }

        @Test
        void areLinesOfBareBase64() throws Exception {
            Pasted pasted = Pasted.parse("leaf:\n" + LEAF_BODY + "\nand cut:\n" + LEAF_BODY.substring(4, 100) + "\n");
            assertEquals("base64 text, line 4", pasted.strays().get(0).place());
        }
    }

    @Nested
    class OtherFiles {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "PuTTY-User-Key-File-3: ssh-rsa | PuTTY key",
                    "{\\rtf1 text | formatted document",
                    "ssh-rsa AAAAB3NzaC1yc2E | SSH public key",
                    "<html><body> | HTML page"
                })
        void areNamedWithAWayOut(String start, String words) {
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> Pasted.decode(start.getBytes(UTF_8)));
            assertTrue(refused.getMessage().contains(words), refused.getMessage());
        }

        @Test
        void aKeyStoreOfAndroidIsNamed() {
            byte[] bks = new byte[64];
            bks[3] = 2;
            bks[7] = 20;
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> Pasted.decode(bks));
            assertTrue(refused.getMessage().contains("BKS key store"), refused.getMessage());
        }
    }
}
