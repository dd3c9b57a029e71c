package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
    private static List<X509Certificate> chain;
    private static String leaf;
    private static String issuer;

    @BeforeAll
    static void make() throws Exception {
        chain = SamplePki.of(KeyType.EC_P256)
                .certificates(SampleKeys.of(KeyType.EC_P256))
                .subList(0, 2);
        leaf = Certificates.toPem(chain.get(0));
        issuer = Certificates.toPem(chain.get(1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MalformedEncodingException refused(byte[] bytes) {
        return assertThrows(MalformedEncodingException.class, () -> Certificates.decode(bytes));
    }

    private static byte[] der(int index) throws Exception {
        return chain.get(index).getEncoded();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Every form in which people hand a chain over; two certificates must come out of each. */
    @Nested
    @Tag("T3")
    @Tag("C3")
    @Tag("G7")
    class FormsPeopleHandOver {
        private void two(byte[] bytes) throws Exception {
            assertEquals(chain, Certificates.decode(bytes));
        }

        private void two(String text) throws Exception {
            assertEquals(chain, Certificates.parse(text));
            two(utf8(text));
        }

        @Test
        void lineFeedsReturnsBlanksAndBlankLines() throws Exception {
            String pem = leaf + issuer;
            two(pem);
            two(pem.replace("\n", "\r\n"));
            two(pem.replace("\n", "\r"));
            two(pem.replace("\n", "  \n"));
            two(pem.replace("\n", "\n    "));
        }

        @Test
        void aByteOrderMark() throws Exception {
            two("\uFEFF" + leaf + issuer);
        }

        @Test
        void noLineBreakBetweenTheBlocks() throws Exception {
            two(leaf.strip() + issuer.strip());
        }

        @Test
        void utf16WithAByteOrderMark() throws Exception {
            two(("\uFEFF" + leaf + issuer).getBytes(StandardCharsets.UTF_16BE));
            two(("\uFEFF" + leaf + issuer).getBytes(StandardCharsets.UTF_16LE));
        }

        @Test
        void otherLabels() throws Exception {
            two((leaf + issuer).replace("CERTIFICATE-", "X509 CERTIFICATE-"));
            two((leaf + issuer).replace("CERTIFICATE-", "CERTIFICATE CHAIN-"));
        }

        @Test
        void textBetweenAndBagAttributes() throws Exception {
            two("subject=CN = a\n" + leaf + "Bag Attributes\n    localKeyID: 01\n" + issuer + "Regards\n");
        }

        @Test
        void aTextThatBeginsWithAZero() throws Exception {
            // The character 0 is the octet of a DER SEQUENCE, too: openssl s_client numbers its chain so.
            two("0 s:CN = a\n" + leaf + "1 s:CN = b\n" + issuer);
        }

        @Test
        void aKeyBeforeTheCertificates() throws Exception {
            String key =
                    PrivateKeys.toUnencryptedPem(SampleKeys.of(KeyType.EC_P256).getPrivate());
            two(key + leaf + issuer);
            two("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + leaf + issuer);
        }

        @Test
        void theRequestBesideTheAnswer() throws Exception {
            String request = CertificationRequest.forSubject(DistinguishedName.cn("a"))
                    .signedBy(SampleKeys.of(KeyType.EC_P256))
                    .request()
                    .toPem();
            two(leaf + request + issuer);
            two(leaf + request.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST") + issuer);
        }

        @Test
        void derOneAfterAnother() throws Exception {
            two(join(der(0), der(1)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PKCS7", "PKCS #7 SIGNED DATA", "CMS", "CERTIFICATE", "CERTIFICATE CHAIN"})
        void pkcs7UnderAnyLabel(String label) throws Exception {
            byte[] bag = Certificates.toPkcs7(chain);
            assertEquals(Set.copyOf(chain), new HashSet<>(Certificates.parse(PemBlock.encode(label, bag))));
            assertEquals(Set.copyOf(chain), new HashSet<>(Certificates.decode(bag)));
        }

        @Test
        void opensslsTrustedCertificate(@TempDir Path directory) throws Exception {
            Files.writeString(directory.resolve("leaf.pem"), leaf);
            String trusted = Peer.require("openssl")
                    .run(
                            directory,
                            "x509",
                            "-in",
                            "leaf.pem",
                            "-trustout",
                            "-addtrust",
                            "serverAuth",
                            "-setalias",
                            "printer")
                    .succeeded()
                    .out();
            assertTrue(trusted.contains("TRUSTED CERTIFICATE"), trusted);
            two(trusted + issuer);
        }

        @Test
        void opensslsPkcs7(@TempDir Path directory) throws Exception {
            Files.writeString(directory.resolve("chain.pem"), leaf + issuer);
            byte[] bag = Peer.require("openssl")
                    .run(directory, "crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", "DER")
                    .succeeded()
                    .outBytes();
            two(bag);
        }
    }

    @Nested
    class NothingFound {
        @ParameterizedTest
        @ValueSource(strings = {"", " ", "hello", "MIIBszCCAVmgAwIBAgIU", "\uFEFF", "0"})
        void isAnErrorThatSaysWhatToGive(String text) {
            MalformedEncodingException refused = refused(utf8(text));
            assertFalse(refused.getMessage().isBlank());
        }

        @Test
        void onlyAKeyOrARequestIsNoCertificate() {
            String key =
                    PrivateKeys.toUnencryptedPem(SampleKeys.of(KeyType.EC_P256).getPrivate());
            assertTrue(refused(utf8(key)).getMessage().contains("no certificate"));
        }

        @Test
        void anEmptyBagIsAnError() {
            assertTrue(refused(Certificates.toPkcs7(List.of())).getMessage().contains("no certificate"));
        }

        @Test
        void abagOfAnotherTypeNamesIt() {
            byte[] enveloped = Der.sequence(Der.oid("1.2.840.113549.1.7.3"));
            assertTrue(refused(enveloped).getMessage().contains("1.2.840.113549.1.7.3"));
        }
    }

    @Nested
    class DamagedInput {
        @Test
        void theBlockIsNamed() {
            String broken = issuer.replaceFirst("MII", "MIJ");
            assertTrue(refused(utf8(leaf + broken)).what().startsWith("PEM block 2"));
        }

        @Test
        void aRequestUnderTheLabelOfACertificateIsRefused() {
            byte[] request = CertificationRequest.forSubject(DistinguishedName.cn("a"))
                    .signedBy(SampleKeys.of(KeyType.EC_P256))
                    .request()
                    .encoded();
            refused(utf8(PemBlock.encode("CERTIFICATE", request)));
            refused(request);
        }

        @Test
        void theMessageHasNoControlCharacters() throws Exception {
            byte[] der = der(0);
            for (int i = 4; i < 60; i++) {
                byte[] damaged = der.clone();
                damaged[i] ^= 0x55;
                try {
                    assertEquals(1, Certificates.decode(damaged).size());
                } catch (MalformedEncodingException refused) {
                    assertTrue(refused.getMessage().chars().noneMatch(c -> c < ' '), refused.getMessage());
                }
            }
        }

        @Test
        void oneBlockInABase64AlphabetOfItsOwnIsRefused() {
            refused(utf8(leaf.replace("+", "-").replace("/", "_") + issuer.replaceFirst("[A-Z]", "*")));
        }
    }

    @Nested
    class Limits {
        @Test
        void theSizeIsCheckedFirst() {
            byte[] huge = new byte[(1 << 20) + 1];
            assertTrue(refused(huge).getMessage().contains("1048576"));
        }

        @Test
        void moreItemsThanAllowedAreRefused() throws Exception {
            DecodingLimits two = DecodingLimits.standard().maxItems(2);
            assertEquals(2, Certificates.parse(leaf + issuer, two).size());
            assertThrows(MalformedEncodingException.class, () -> Certificates.parse(leaf + issuer + leaf, two));
            assertThrows(
                    MalformedEncodingException.class, () -> Certificates.decode(join(der(0), der(1), der(0)), two));
        }

        @Test
        void aCertificateOver64KilobytesIsRefused() throws Exception {
            byte[] fat = Der.sequence(
                    Der.sequence(Der.octetString(new byte[70_000])),
                    Der.sequence(Der.oid("1.2.3")),
                    Der.bitString(new byte[10]));
            assertTrue(refused(fat).getMessage().contains("65536"));
        }

        @Test
        void nestingIsBoundedBeforeAParserThatRecursesSeesIt() {
            byte[] indefinite = new byte[200_000];
            for (int i = 0; i < indefinite.length; i += 2) {
                indefinite[i] = 0x30;
                indefinite[i + 1] = (byte) 0x80;
            }
            refused(indefinite);
            byte[] definite = Der.nullValue();
            for (int i = 0; i < 5000; i++) {
                definite = Der.sequence(definite);
            }
            refused(definite);
        }

        @Test
        void aMegabyteOfBlocksThatAreNoneIsRefusedAtOnce() {
            String beginnings = "-----BEGIN X-----".repeat(60_000);
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refused(utf8(beginnings)));
        }

        @Test
        void aLimitIsPositive() {
            assertThrows(IllegalArgumentException.class, () -> DecodingLimits.standard()
                    .maxItems(0));
            assertThrows(IllegalArgumentException.class, () -> DecodingLimits.standard()
                    .maxBytes(-1));
        }
    }

    @Nested
    @Tag("W4")
    class Writing {
        @Test
        void pemRoundTripsInOrder() throws Exception {
            assertEquals(chain, Certificates.parse(Certificates.toPem(chain)));
            assertEquals(leaf + issuer, Certificates.toPem(chain));
        }

        @Test
        void pkcs7HoldsTheSameCertificates() throws Exception {
            assertEquals(Set.copyOf(chain), Set.copyOf(Certificates.decode(Certificates.toPkcs7(chain))));
        }

        @Test
        void pkcs7IsTheSameInWhateverOrder() {
            assertArrayEquals(Certificates.toPkcs7(chain), Certificates.toPkcs7(List.of(chain.get(1), chain.get(0))));
        }
    }

    @Nested
    @Tag("W2")
    class AlternativeNames {
        private X509Certificate with(org.bouncycastle.asn1.x509.GeneralName... names) throws Exception {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=a"),
                    BigInteger.ONE,
                    new Date(0),
                    new Date(1L << 40),
                    new X500Name("CN=a"),
                    SampleKeys.ofJdk(KeyType.EC_P256).getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                    .getEncoded();
            return Certificates.decode(der).get(0);
        }

        private org.bouncycastle.asn1.x509.GeneralName dns(String host) {
            return new org.bouncycastle.asn1.x509.GeneralName(2, host);
        }

        @Test
        void eachKindIsReadInOrder() throws Exception {
            X509Certificate certificate = with(
                    dns("*.example.fr"),
                    new org.bouncycastle.asn1.x509.GeneralName(7, "2001:db8::7"),
                    new org.bouncycastle.asn1.x509.GeneralName(1, "ops@example.fr"),
                    new org.bouncycastle.asn1.x509.GeneralName(6, "https://example.fr/a"),
                    new org.bouncycastle.asn1.x509.GeneralName(new X500Name("CN=b")));
            assertEquals(
                    List.of(
                            GeneralName.dns("*.example.fr"),
                            GeneralName.of("2001:db8::7"),
                            GeneralName.email("ops@example.fr"),
                            GeneralName.uri(URI.create("https://example.fr/a")),
                            new GeneralName.DirectoryName(DistinguishedName.cn("b"))),
                    Certificates.subjectAlternativeNames(certificate));
        }

        @Test
        void aMalformedNameDoesNotHideTheOthers() throws Exception {
            byte[] latin1 = Der.tagged(0x82, new byte[] {'b', (byte) 0xFC, 'r', 'o'});
            X509Certificate certificate = with(
                    dns("a_b.example.fr"),
                    org.bouncycastle.asn1.x509.GeneralName.getInstance(latin1),
                    dns("good.example.fr"),
                    new org.bouncycastle.asn1.x509.GeneralName(6, new DERIA5String("not a uri")));
            List<GeneralName> names = Certificates.subjectAlternativeNames(certificate);
            assertEquals(4, names.size());
            assertInstanceOf(GeneralName.OtherName.class, names.get(0));
            assertInstanceOf(GeneralName.OtherName.class, names.get(1));
            assertArrayEquals(latin1, names.get(1).encoded());
            assertEquals(GeneralName.dns("good.example.fr"), names.get(2));
            assertInstanceOf(GeneralName.OtherName.class, names.get(3));
        }

        @Test
        void noExtensionMeansNoNames() throws Exception {
            assertEquals(List.of(), Certificates.subjectAlternativeNames(chain.get(1)));
        }

        @Test
        void aThousandNamesAreReadAndNoMore() throws Exception {
            org.bouncycastle.asn1.x509.GeneralName[] names = new org.bouncycastle.asn1.x509.GeneralName[1001];
            Arrays.fill(names, dns("a.fr"));
            assertEquals(
                    1000,
                    Certificates.subjectAlternativeNames(with(Arrays.copyOf(names, 1000)))
                            .size());
            MalformedEncodingException refused = assertThrows(MalformedEncodingException.class, () -> with(names));
            assertTrue(refused.getMessage().contains("1001 alternative names"), refused.getMessage());
        }
    }

    @Test
    void nothingOfAKeyInTheSameFileIsInAMessage() {
        String key = PrivateKeys.toPem(SampleKeys.of(KeyType.EC_P256).getPrivate(), Passphrase.of("canary-7"));
        String body = key.split("\n")[1];
        String message = refused(utf8(key)).getMessage();
        assertFalse(message.contains(body) || message.contains("canary-7"), message);
        assertTrue(Base64.getMimeDecoder().decode(body).length > 0);
    }
}
