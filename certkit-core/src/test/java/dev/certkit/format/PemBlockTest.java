package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T3")
class PemBlockTest {
    private static final DecodingLimits LIMITS = DecodingLimits.standard();
    private static final byte[] BYTES =
            "what the block holds, longer than one line of sixty-four characters".getBytes(StandardCharsets.US_ASCII);
    private static final String BLOCK = PemBlock.encode("CERTIFICATE", BYTES);

    private static List<PemBlock> split(String text) throws MalformedEncodingException {
        return PemBlock.split(text, LIMITS);
    }

    private static MalformedEncodingException refused(String text) {
        return assertThrows(MalformedEncodingException.class, () -> split(text));
    }

    @Nested
    class Writing {
        @Test
        void linesHave64Characters() {
            String[] lines = PemBlock.encode("X", new byte[100]).split("\n");
            assertEquals("-----BEGIN X-----", lines[0]);
            assertEquals(64, lines[1].length());
            assertEquals("-----END X-----", lines[lines.length - 1]);
            assertTrue(PemBlock.encode("X", new byte[48]).endsWith("\n-----END X-----\n"));
        }

        @Test
        void whatIsWrittenIsReadBack() throws Exception {
            assertArrayEquals(BYTES, split(BLOCK).get(0).decoded());
            assertArrayEquals(
                    new byte[0], split(PemBlock.encode("X", new byte[0])).get(0).decoded());
        }
    }

    @Nested
    class Splitting {
        @Test
        void whateverStandsAroundTheBlocksIsPassedOver() throws Exception {
            String text = "Bag Attributes\n  friendlyName: x\n" + BLOCK + "-- \nRegards, - the CA\n" + BLOCK + "junk";
            assertEquals(2, split(text).size());
        }

        @Test
        void blocksWithoutALineBreakBetweenAreTwo() throws Exception {
            String glued = BLOCK.strip() + BLOCK.strip();
            assertEquals(2, split(glued).size());
        }

        @Test
        void lineEndsAndBlanksDoNotMatter() throws Exception {
            for (String text : List.of(
                    BLOCK.replace("\n", "\r\n"),
                    BLOCK.replace("\n", "\r"),
                    BLOCK.replace("\n", "   \n"),
                    BLOCK.replace("\n", "\n\n"),
                    BLOCK.replace("\n", "\n\t  "),
                    "\uFEFF" + BLOCK)) {
                assertArrayEquals(BYTES, split(text).get(0).decoded(), text);
            }
            String oneLine = BLOCK.replace("\n", "")
                    .replace("CERTIFICATE-----", "CERTIFICATE-----\n")
                    .replace("-----END", "\n-----END");
            assertArrayEquals(BYTES, split(oneLine).get(0).decoded());
        }

        @Test
        void aTextWithoutBlocksHasNone() throws Exception {
            assertEquals(List.of(), split(""));
            assertEquals(List.of(), split("we BEGIN at noon - begin!"));
        }

        @Test
        void aLostEndLineIsNamedWithItsBlock() {
            assertTrue(
                    refused(BLOCK + BLOCK.replaceAll("-----END.*\n", "")).what().startsWith("PEM block 2"));
            assertTrue(
                    refused(BLOCK.replaceAll("-----END.*\n", "") + BLOCK).what().startsWith("PEM block 1"));
        }

        @Test
        void anEndOfAnotherLabelIsNoEnd() {
            assertTrue(refused(BLOCK.replace("END CERTIFICATE", "END X509 CRL"))
                    .reason()
                    .contains("END line"));
        }

        @Test
        void aBeginLineWithoutItsDashesIsNamed() {
            assertTrue(refused("-----BEGIN CERTIFICATE\nAAAA\n").reason().contains("BEGIN line"));
            assertTrue(
                    refused("-----BEGIN " + "X".repeat(65) + "-----").reason().contains("BEGIN line"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "----BEGIN CERTIFICATE----",
                    "-----begin certificate-----",
                    "-----BEGIN\tCERTIFICATE-----",
                    "----- BEGIN CERTIFICATE-----",
                    "---BEGIN CERTIFICATE---"
                })
        void aBlockThatIsWrittenOtherwiseIsNotLostWithoutAWord(String begin) {
            String otherwise = BLOCK.replace("-----BEGIN CERTIFICATE-----", begin);
            for (String text : List.of(otherwise, otherwise + BLOCK, BLOCK + otherwise)) {
                MalformedEncodingException refused = refused(text);
                assertTrue(refused.getMessage().contains("BEGIN"), refused.getMessage());
            }
        }

        @Test
        void tooManyBlocksAreRefused() throws Exception {
            assertEquals(3, PemBlock.split(BLOCK.repeat(3), LIMITS.maxItems(3)).size());
            assertThrows(MalformedEncodingException.class, () -> PemBlock.split(BLOCK.repeat(4), LIMITS.maxItems(3)));
        }

        @Test
        void aTextOverTheLimitIsRefusedBeforeItIsRead() {
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> PemBlock.split(BLOCK, LIMITS.maxBytes(10)));
            assertTrue(refused.getMessage().contains("limit of 10"), refused.getMessage());
        }

        @Test
        void aHostileLabelIsSafeToPrint() throws Exception {
            String message = split("-----BEGIN \u001B[2J\n-----AAAA-----END \u001B[2J\n-----")
                    .get(0)
                    .toString();
            assertTrue(message.chars().noneMatch(c -> c < ' '), message);
        }
    }

    @Nested
    class Decoding {
        @ParameterizedTest
        @ValueSource(strings = {"é", "A", "AAAA=AAA", "AA==AA", "\\n", "AAA\u0000", "<AAA>"})
        void whatIsNotBase64IsRefusedWithItsBlock(String body) throws Exception {
            PemBlock block =
                    split("-----BEGIN X-----\n" + body + "\n-----END X-----").get(0);
            MalformedEncodingException refused = assertThrows(MalformedEncodingException.class, block::decoded);
            assertEquals("PEM block 1, X, line 1", refused.what());
            assertEquals(2, refused.line().orElseThrow());
            assertTrue(refused.getMessage().contains("in line 2"), refused.getMessage());
        }

        @Test
        void headerLinesAreKeptApartFromTheBody() throws Exception {
            PemBlock block = split(
                            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"
                                    + "AAAA\n-----END RSA PRIVATE KEY-----")
                    .get(0);
            assertEquals("AES-128-CBC,00", block.header("dek-info").orElseThrow());
            assertEquals(3, block.decoded().length);
            assertTrue(block.header("Comment").isEmpty());
        }

        @Test
        void theBodyNeverShows() throws Exception {
            String secret = "c2VjcmV0LWNhbmFyeQ";
            PemBlock block =
                    split("-----BEGIN X-----\n" + secret + "*\n-----END X-----").get(0);
            assertFalse(block.toString().contains(secret));
            MalformedEncodingException refused = assertThrows(MalformedEncodingException.class, block::decoded);
            for (Throwable e = refused; e != null; e = e.getCause()) {
                assertFalse(e.toString().contains(secret), e.toString());
            }
        }
    }

    @Nested
    class TheOnlyOne {
        @Test
        void itIsFoundAmongOthers() throws Exception {
            String text = BLOCK + PemBlock.encode("NEW CERTIFICATE REQUEST", BYTES);
            assertEquals(
                    "NEW CERTIFICATE REQUEST", PemBlock.single(text, "REQUEST").label());
        }

        @Test
        void noneOrTwoAreRefusedWithTheirNumber() {
            assertTrue(assertThrows(MalformedEncodingException.class, () -> PemBlock.single(BLOCK, "REQUEST"))
                    .getMessage()
                    .contains("0 PEM blocks"));
            assertTrue(
                    assertThrows(MalformedEncodingException.class, () -> PemBlock.single(BLOCK + BLOCK, "CERTIFICATE"))
                            .getMessage()
                            .contains("2 PEM blocks"));
        }
    }
}
