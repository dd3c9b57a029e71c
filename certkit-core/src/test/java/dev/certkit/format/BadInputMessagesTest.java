package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.ROOT_PEM;
import static dev.certkit.format.Samples.SECRET;
import static dev.certkit.format.Samples.WRONG;
import static dev.certkit.format.Samples.der;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.certkit.internal.der.Der;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads: which item, where in it, what is wrong, what to do. */
@Tag("W7")
@Tag("T3")
class BadInputMessagesTest {
    private interface Reading {
        Object run() throws Exception;
    }

    private static Arguments says(String message, Reading reading) {
        return arguments(message, reading);
    }

    static Stream<Arguments> inTexts() {
        long lines = LEAF_PEM.lines().count();
        return Stream.of(
                says(
                        "PEM block 2, CERTIFICATE, line " + (lines + 1) + ": the character '!' in line " + (lines + 2)
                                + " is no base64; copy the text again",
                        () -> Certificates.parse(LEAF_PEM + ROOT_PEM.replace("MII", "M!I"))),
                says(
                        "PEM block 2, CERTIFICATE, line " + (lines + 1)
                                + ": its END line is missing; copy the whole text",
                        () -> Certificates.parse(LEAF_PEM + ROOT_PEM.substring(0, 200))),
                says(
                        "text after PEM block 1: a BEGIN line is not written as -----BEGIN LABEL-----;"
                                + " copy the text again",
                        () -> Certificates.parse(LEAF_PEM + ROOT_PEM.replace("-----", "----"))),
                says(
                        "text: no certificate in it; give PEM text with BEGIN CERTIFICATE, DER, or a PKCS#7 file",
                        () -> Certificates.parse(KEY_PEM)),
                says(
                        "text: no private key in it; give PEM text with BEGIN PRIVATE KEY",
                        () -> PrivateKeys.parse(LEAF_PEM)),
                says(
                        "text: 2 private keys in it; leave the one that belongs to the certificate",
                        () -> PrivateKeys.parse(KEY_PEM + KEY_PEM)),
                says(
                        "PEM block 1, ENCRYPTED PRIVATE KEY, line 1: it is encrypted; give its passphrase",
                        () -> PrivateKeys.parse(PrivateKeys.toPem(PRIVATE, SECRET))),
                says(
                        "text: more than 1 PEM blocks; raise DecodingLimits.maxItems if you trust it",
                        () -> Certificates.parse(
                                LEAF_PEM + ROOT_PEM, DecodingLimits.standard().maxItems(1))));
    }

    static Stream<Arguments> inBinaryFiles() throws Exception {
        byte[] leaf = der(LEAF);
        byte[] pkcs12 = Pkcs12.of("web", PRIVATE, CHAIN).encode(SECRET, Pkcs12Profile.JAVA8);
        return Stream.of(
                says(
                        "certificate: a value claims " + (leaf.length - 4) + " octets where 96 are left at octet 0;"
                                + " copy or export it again",
                        () -> Certificates.decode(Arrays.copyOf(leaf, 100))),
                says(
                        "certificate: a PKCS#7 of the type 1.2.840.113549.1.7.3 holds no certificates; export them as .p7b",
                        () -> Certificates.decode(Der.sequence(Der.oid("1.2.840.113549.1.7.3")))),
                says(
                        "certificates: 1048577 octets, more than the limit of 1048576;"
                                + " raise DecodingLimits.maxBytes if you trust it",
                        () -> Certificates.decode(new byte[(1 << 20) + 1])),
                says(
                        "PKCS#12 file: the passphrase is wrong; give the one that it was exported with",
                        () -> Pkcs12.decode(pkcs12, WRONG)),
                says(
                        "PKCS#12 file: a value claims " + (pkcs12.length - 4) + " octets where 496 are left at octet 0;"
                                + " it is damaged, or no PKCS#12; export or copy it again",
                        () -> Pkcs12.decode(Arrays.copyOf(pkcs12, 500), SECRET)),
                says(
                        "private key: it is something else, perhaps a certificate or a PKCS#12 file;"
                                + " it is no private key, or a damaged one",
                        () -> PrivateKeys.decode(leaf)));
    }

    static Stream<Arguments> inPastes() {
        String nothing = "input: no certificate, key, request or revocation list could be read from it; ";
        return Stream.of(
                says(
                        nothing + "file: an HTML page; open it and download the file that it offers",
                        () -> Pasted.decode("<html><body>".getBytes(US_ASCII))),
                says(
                        nothing + "PEM block 1, CERTIFICATE, line 1: the character '?' in line 2 is no base64;"
                                + " copy the text again; PEM block 2, PUBLIC KEY, line 4: a public key without a"
                                + " certificate",
                        () -> Pasted.parse("-----BEGIN CERTIFICATE-----\n??\n-----END CERTIFICATE-----\n"
                                + PemBlock.encode(
                                        "PUBLIC KEY", Samples.KEY.getPublic().getEncoded()))),
                says(
                        "file: it is empty; give PEM text, DER, PKCS#7, PKCS#12 or JKS",
                        () -> Pasted.decode(new byte[0])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"inTexts", "inBinaryFiles", "inPastes"})
    void eachSaysWhichItemWhereWhatAndWhatToDo(String message, Reading reading) {
        assertEquals(
                message,
                assertThrows(MalformedEncodingException.class, reading::run).getMessage());
        assertEquals(List.of(), message.chars().filter(c -> c < ' ').boxed().toList());
    }
}
