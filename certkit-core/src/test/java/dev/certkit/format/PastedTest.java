package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.REQUEST;
import static dev.certkit.format.Samples.ROOT;
import static dev.certkit.format.Samples.ROOT_PEM;
import static dev.certkit.format.Samples.SECRET;
import static dev.certkit.format.Samples.WRONG;
import static dev.certkit.format.Samples.der;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.Der;
import dev.certkit.samples.SampleKeys;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedTest {
    private static final String BODY = Base64.getEncoder().encodeToString(der(LEAF));

    private static void isTheChain(Pasted pasted) {
        assertEquals(CHAIN, pasted.certificates());
        assertEquals(List.of(), pasted.strays());
        assertEquals(0, pasted.duplicates());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String relabelled(String pem, String label) {
        return pem.replaceAll("(BEGIN|END) [A-Z0-9 #]+-", "$1 " + label + "-");
    }

    private static MalformedEncodingException refused(String text) {
        return assertThrows(MalformedEncodingException.class, () -> Pasted.parse(text));
    }

    /** The rows of the table of forms that people hand over. */
    @Nested
    class FormsPeopleHandOver {
        @Test
        void lineFeeds() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM));
        }

        @Test
        void carriageReturnAndLineFeed() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", "\r\n")));
        }

        @Test
        void carriageReturnOnly() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", "\r")));
        }

        @Test
        void trailingBlanks() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", " \t \n")));
        }

        @Test
        void blankLinesInTheBody() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", "\n\n")));
        }

        @Test
        void bodyOnOneLine() throws Exception {
            isTheChain(
                    Pasted.parse("-----BEGIN CERTIFICATE-----\n" + BODY + "\n-----END CERTIFICATE-----\n" + ROOT_PEM));
        }

        @Test
        void everythingOnOneLine() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", " ")));
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", "")));
        }

        @Test
        void textBetween() throws Exception {
            isTheChain(Pasted.parse(
                    "Dear all,\n-- \nhere it is: " + LEAF_PEM + "and its -- issuer --\n" + ROOT_PEM + "Bye"));
        }

        @Test
        void utf8ByteOrderMark() throws Exception {
            isTheChain(Pasted.decode(("\uFEFF" + CHAIN_PEM).getBytes(UTF_8)));
            isTheChain(Pasted.parse("\uFEFF" + CHAIN_PEM));
        }

        @Test
        void byteOrderMarkInTheMiddleOfTwoFilesPutTogether() throws Exception {
            isTheChain(Pasted.parse(LEAF_PEM + "\uFEFF" + ROOT_PEM));
        }

        @Test
        void noNewlineBetweenEndAndBegin() throws Exception {
            isTheChain(Pasted.parse(LEAF_PEM.strip() + ROOT_PEM));
        }

        @Test
        void indented() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.indent(8)));
            isTheChain(Pasted.parse("ca: |\n" + CHAIN_PEM.replaceAll("(?m)^", "\t")));
        }

        @Test
        void utf16WithAndWithoutMark() throws Exception {
            isTheChain(Pasted.decode(CHAIN_PEM.getBytes(UTF_16)));
            isTheChain(Pasted.decode(("\uFEFF" + CHAIN_PEM).getBytes(UTF_16LE)));
            isTheChain(Pasted.decode(CHAIN_PEM.getBytes(UTF_16LE)));
            isTheChain(Pasted.decode(CHAIN_PEM.getBytes(UTF_16BE)));
        }

        @Test
        void fourDashes() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("-----", "----")));
        }

        @Test
        void lowerCaseLabel() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM
                    .replace("BEGIN CERTIFICATE", "begin certificate")
                    .replace("END CERTIFICATE", "End Certificate")));
        }

        @Test
        void newlineAsTwoCharacters() throws Exception {
            isTheChain(Pasted.parse(
                    "{\"cert\": \"" + CHAIN_PEM.replace("\n", "\\n").replace("/", "\\/") + "\"}"));
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", "\\r\\n").replace("=", "\\u003d")));
        }

        @Test
        void bareBase64() throws Exception {
            assertEquals(List.of(LEAF), Pasted.parse(BODY).certificates());
            assertEquals(
                    List.of(LEAF),
                    Pasted.parse(Base64.getMimeEncoder().encodeToString(der(LEAF)))
                            .certificates());
            isTheChain(Pasted.parse(BODY + "\n\n" + Base64.getMimeEncoder().encodeToString(der(ROOT))));
            isTheChain(Pasted.parse(
                    "the leaf:\n" + BODY + "\nthe root:\n" + Base64.getEncoder().encodeToString(der(ROOT))));
        }

        @Test
        void lastEndLineLost() throws Exception {
            String lost = CHAIN_PEM.substring(0, CHAIN_PEM.lastIndexOf("-----END"));
            isTheChain(Pasted.parse(lost));
            isTheChain(Pasted.parse(lost + "\nand so on, and so on\n"));
        }

        @Test
        void endLineAndPartOfTheBodyLost() throws Exception {
            Pasted pasted = Pasted.parse(LEAF_PEM + ROOT_PEM.substring(0, ROOT_PEM.length() / 2));
            assertEquals(List.of(LEAF), pasted.certificates());
            assertEquals(
                    "PEM block 2, CERTIFICATE, line " + (LEAF_PEM.lines().count() + 1),
                    pasted.strays().get(0).place());
            assertTrue(pasted.strays().get(0).reason().contains("END line is missing"), pasted.toString());
        }

        @Test
        void beginLineLost() throws Exception {
            Pasted pasted = Pasted.parse(LEAF_PEM + ROOT_PEM.substring(ROOT_PEM.indexOf('\n')));
            assertEquals(List.of(LEAF), pasted.certificates());
            assertTrue(pasted.strays().get(0).reason().contains("BEGIN line is missing"), pasted.toString());
        }

        @Test
        void trustedCertificateOfOpenSsl() throws Exception {
            byte[] settings = Der.sequence(Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")), Der.utf8("alias"));
            String trusted = PemBlock.encode("TRUSTED CERTIFICATE", joined(der(LEAF), settings));
            Pasted pasted = Pasted.parse(trusted + ROOT_PEM);
            assertEquals(CHAIN, pasted.certificates());
            assertEquals(1, pasted.strays().size());
            assertTrue(pasted.strays().get(0).reason().contains("trust settings"), pasted.toString());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"PKCS7", "PKCS #7 SIGNED DATA", "CMS", "CERTIFICATE", "CERTIFICATE CHAIN", "X509 CERTIFICATE"
                })
        void pkcs7WithAnyLabel(String label) throws Exception {
            Pasted pasted = Pasted.parse(PemBlock.encode(label, Certificates.toPkcs7(CHAIN)));
            assertEquals(2, pasted.certificates().size());
            assertTrue(pasted.certificates().containsAll(CHAIN));
        }

        @Test
        void pkcs7InDer() throws Exception {
            assertEquals(
                    2, Pasted.decode(Certificates.toPkcs7(CHAIN)).certificates().size());
        }

        @Test
        void pkcs7InBerWithIndefiniteLengths() throws Exception {
            byte[] ber = BerSamples.indefinite(Certificates.toPkcs7(CHAIN), 5);
            assertEquals(2, Pasted.decode(ber).certificates().size());
            assertEquals(2, Certificates.decode(ber).size());
        }

        @Test
        void bagAttributesWithKey() throws Exception {
            String text =
                    "Bag Attributes\n    friendlyName: web\\n1\n    localKeyID: 01 00\nKey Attributes: <No Attributes>\n"
                            + KEY_PEM
                            + "Bag Attributes: <Empty Attributes>\nsubject=CN = leaf.example\n\nissuer=CN = Root\n"
                            + LEAF_PEM
                            + "Bag Attributes\n" + ROOT_PEM;
            Pasted pasted = Pasted.parse(text);
            isTheChain(pasted);
            assertEquals(1, pasted.privateKeys().size());
        }

        @Test
        void keyAndLeafAndAuthorityInOneFile() throws Exception {
            Pasted pasted = Pasted.parse(KEY_PEM + CHAIN_PEM);
            isTheChain(pasted);
            assertArrayEquals(
                    PrivateKeyInfo.of(PRIVATE),
                    PrivateKeyInfo.of(pasted.privateKeys().get(0)));
        }

        @Test
        void der1() throws Exception {
            assertEquals(List.of(LEAF), Pasted.decode(der(LEAF)).certificates());
        }

        @Test
        void twoDerInARow() throws Exception {
            isTheChain(Pasted.decode(joined(der(LEAF), der(ROOT))));
        }

        @Test
        void derWithJunkBehind() throws Exception {
            Pasted pasted = Pasted.decode(joined(der(LEAF), new byte[] {0x0D, 0x0A}));
            assertEquals(List.of(LEAF), pasted.certificates());
            assertTrue(pasted.strays().get(0).place().contains("octet " + der(LEAF).length), pasted.toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", "CERTIFICATE"})
        void requestWithEitherLabel(String label) throws Exception {
            Pasted pasted = Pasted.parse(relabelled(REQUEST.toPem(), label));
            assertEquals(REQUEST, CertificationRequest.decode(pasted.requests().get(0)));
            assertEquals(List.of(), pasted.strays());
        }

        @Test
        void explicitEcParametersInAKeyAreRefusedByName() {
            byte[] explicit = Der.sequence(
                    Der.integer(0),
                    Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.sequence(Der.integer(1))),
                    Der.octetString(new byte[32]));
            assertTrue(refused(PemBlock.encode("PRIVATE KEY", explicit))
                    .getMessage()
                    .contains("explicit parameters"));
        }
    }

    @Nested
    class MoreThatPeopleDo {
        @Test
        void quotedMail() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replaceAll("(?m)^", "> ")));
        }

        @Test
        void linesOfSourceCode() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replaceAll("(?m)^(.+)$", "    \"$1\",")));
        }

        @Test
        void dashesThatAWordProcessorChanged() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("-----", "\u2014\u2013-\u2013")));
        }

        @Test
        void noBreakSpaces() throws Exception {
            isTheChain(Pasted.parse(CHAIN_PEM.replace("\n", "\u00A0\n")));
        }

        @Test
        void labelsThatDoNotFitEachOtherOrTheContent() throws Exception {
            isTheChain(Pasted.parse(
                    relabelled(LEAF_PEM, "PRIVATE KEY") + ROOT_PEM.replace("END CERTIFICATE", "END X509 CERTIFICATE")));
        }

        @Test
        void pemInsideBase64AsSecretsOfKubernetes() throws Exception {
            isTheChain(Pasted.parse(Base64.getEncoder().encodeToString(CHAIN_PEM.getBytes(UTF_8))));
        }

        @Test
        void theSameCertificateThreeTimesIsOneWithTwoDuplicates() throws Exception {
            Pasted pasted = Pasted.parse(LEAF_PEM + ROOT_PEM + LEAF_PEM + LEAF_PEM);
            assertEquals(CHAIN, pasted.certificates());
            assertEquals(2, pasted.duplicates());
            assertEquals("2 certificates, 2 duplicates", pasted.toString());
        }

        @Test
        void ecParametersBeforeTheKeyAreAStray() throws Exception {
            String curve = PemBlock.encode("EC PARAMETERS", Der.oid("1.2.840.10045.3.1.7"));
            Pasted pasted = Pasted.parse(curve + KEY_PEM);
            assertEquals(1, pasted.privateKeys().size());
            assertEquals(
                    "PEM block 1, EC PARAMETERS, line 1: EC parameters, which the key repeats",
                    pasted.strays().get(0).toString());
        }

        @Test
        void aPublicKeyIsNamed() {
            String pem = PemBlock.encode("PUBLIC KEY", Samples.KEY.getPublic().getEncoded());
            assertTrue(refused(pem).getMessage().contains("public key without a certificate"));
        }

        @Test
        void anOpenSshKeyIsNamed() {
            assertTrue(refused(
                            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----")
                    .getMessage()
                    .contains("ssh-keygen"));
        }

        @Test
        void aDamagedBlockIsAStrayAndTheOthersAreThere() throws Exception {
            Pasted pasted = Pasted.parse(LEAF_PEM.replace("MII", "M!I") + ROOT_PEM);
            assertEquals(List.of(ROOT), pasted.certificates());
            assertEquals(
                    "PEM block 1, CERTIFICATE, line 1: the character '!' in line 2 is no base64; copy the text again",
                    pasted.strays().get(0).toString());
        }

        @Test
        void anExceptionKeepsNoBody() throws Exception {
            MalformedEncodingException e = refused(KEY_PEM.replace("-----END", "!-----END"));
            assertTrue(!e.getMessage().contains(KEY_PEM.substring(40, 60)), e.getMessage());
        }
    }

    @Nested
    class NothingFoundIsAnErrorThatSaysWhatWasSeen {
        @Test
        void emptyInput() {
            assertTrue(assertThrows(MalformedEncodingException.class, () -> Pasted.decode(new byte[0]))
                    .getMessage()
                    .contains("empty"));
            assertTrue(refused(" \n").getMessage().contains("blanks"));
        }

        @Test
        void htmlPage() {
            assertTrue(refused("<!DOCTYPE html><html><body>Login</body></html>")
                    .getMessage()
                    .contains("HTML page"));
        }

        @Test
        void zipArchive() {
            assertTrue(assertThrows(
                            MalformedEncodingException.class,
                            () -> Pasted.decode(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0}))
                    .getMessage()
                    .contains("ZIP"));
        }

        @Test
        void plainText() {
            assertTrue(refused("hello").getMessage().contains("no PEM block"));
        }

        @Test
        void tooLarge() {
            assertThrows(
                    MalformedEncodingException.class,
                    () -> Pasted.parse(
                            CHAIN_PEM, null, DecodingLimits.standard().maxBytes(10)));
        }

        @Test
        void tooMany() {
            assertThrows(
                    MalformedEncodingException.class,
                    () -> Pasted.parse(
                            CHAIN_PEM, null, DecodingLimits.standard().maxItems(1)));
        }
    }

    @Nested
    class EncryptedThings {
        private static final Pkcs12 WEB = Pkcs12.of("web", PRIVATE, CHAIN);

        @Test
        void anEncryptedKeyWaitsForItsPassphrase() throws Exception {
            String text = PrivateKeys.toPem(PRIVATE, SECRET) + LEAF_PEM;
            Pasted without = Pasted.parse(text);
            assertEquals(List.of(LEAF), without.certificates());
            assertEquals(
                    "PEM block 1, ENCRYPTED PRIVATE KEY, line 1: it is encrypted; give its passphrase",
                    without.locked().get(0).toString());
            assertEquals(1, Pasted.parse(text, WRONG).locked().size());
            assertEquals(1, Pasted.parse(text, SECRET).privateKeys().size());
            assertEquals(List.of(), Pasted.parse(text, SECRET).locked());
        }

        @Test
        void pkcs12IsOpenedOrLocked() throws Exception {
            byte[] file = WEB.encode(SECRET, Pkcs12Profile.JAVA8);
            Pasted open = Pasted.decode(file, SECRET);
            isTheChain(open);
            assertEquals(1, open.privateKeys().size());
            assertEquals(
                    "file, PKCS#12: it is encrypted; give its passphrase",
                    Pasted.decode(file).locked().get(0).toString());
            assertTrue(Pasted.decode(file, WRONG).locked().get(0).reason().contains("wrong"));
            isTheChain(Pasted.parse(Base64.getMimeEncoder().encodeToString(file), SECRET));
        }

        @Test
        void roundsAreCountedOverAllKeysOfAText() {
            String keys = (PrivateKeys.toPem(PRIVATE, SECRET)
                    + PrivateKeys.toPem(
                            SampleKeys.otherOf(dev.certkit.key.KeyType.EC_P256).getPrivate(), SECRET));
            DecodingLimits oneKey = DecodingLimits.standard().maxIterations(150_000);
            try {
                Pasted pasted = Pasted.parse(keys, SECRET, oneKey);
                assertEquals(1, pasted.privateKeys().size());
                assertTrue(pasted.strays().get(0).reason().contains("50000"), pasted.toString());
            } catch (MalformedEncodingException e) {
                throw new AssertionError(e);
            }
        }
    }
}
