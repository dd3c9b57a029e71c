package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.EncodedCertificate;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bundles as objects and as they stand there: the same certificates, the same limits, the same complaints. */
class EncodedBundleTest {
    private static List<X509Certificate> chain;
    private static String pem;

    @BeforeAll
    static void make() throws Exception {
        chain = SamplePki.of(KeyType.EC_P256).certificates(SampleKeys.of(KeyType.EC_P256));
        pem = Certificates.toPem(chain);
    }

    private static List<EncodedCertificate> encoded(List<X509Certificate> certificates) {
        return certificates.stream().map(EncodedCertificate::of).toList();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concatenated() throws Exception {
        byte[] all = new byte[0];
        for (X509Certificate each : chain) {
            int length = all.length;
            byte[] der = each.getEncoded();
            all = Arrays.copyOf(all, length + der.length);
            System.arraycopy(der, 0, all, length, der.length);
        }
        return all;
    }

    private static String folded(int width) throws Exception {
        String body = Base64.getEncoder().encodeToString(chain.get(0).getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body.replaceAll("(.{" + width + "})", "$1\r\n")
                + "\n-----END CERTIFICATE-----\n";
    }

    static List<byte[]> bundles() throws Exception {
        make();
        List<byte[]> bundles = new ArrayList<>();
        bundles.add(ascii(pem));
        bundles.add(ascii(pem.replace("\n", "\r\n")));
        bundles.add(ascii("subject=CN=x\n" + pem.replace("\n-----END", "  \n\n-----END") + "the end"));
        bundles.add(ascii(pem.replace("CERTIFICATE", "TRUSTED CERTIFICATE")));
        bundles.add(ascii(pem.replace("-----\n-----BEGIN", "-----\n-----BEGIN")));
        for (int width : new int[] {1, 3, 15, 16, 17, 63, 76, 100_000}) {
            bundles.add(ascii(folded(width)));
        }
        bundles.add(concatenated());
        bundles.add(Certificates.toPkcs7(chain));
        bundles.add(ascii(PemBlock.encode("PKCS7", Certificates.toPkcs7(chain))));
        return bundles;
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void eachFormGivesTheSameCertificatesInTheSameOrder(byte[] bundle) throws Exception {
        List<X509Certificate> objects = Certificates.decode(bundle);
        List<EncodedCertificate> lazily = Certificates.decodeEncoded(bundle);
        assertEquals(encoded(objects), lazily);
        for (int i = 0; i < objects.size(); i++) {
            assertEquals(objects.get(i), lazily.get(i).toX509Certificate());
            assertArrayEquals(objects.get(i).getEncoded(), lazily.get(i).encoded());
        }
    }

    static List<byte[]> damaged() throws Exception {
        make();
        byte[] der = chain.get(0).getEncoded();
        byte[] longer = Arrays.copyOf(der, der.length + 3);
        byte[] nested = new byte[400];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        return List.of(
                new byte[0],
                ascii("no certificate here"),
                ascii(pem.replace("-----END CERTIFICATE-----", "")),
                ascii(pem.replaceFirst("MII", "M*I")),
                ascii(pem.replaceFirst("MII", "\u00A7II")),
                ascii(pem.replaceFirst("(?s)MII.*?-----END", "MIIA\n-----END")),
                ascii(pem.replaceFirst("MII[A-Za-z0-9+/]{4}", "")),
                ascii("----BEGIN CERTIFICATE-----\n" + pem),
                ascii(PemBlock.encode("PUBLIC KEY", new byte[] {0x30, 0})),
                ascii(PemBlock.encode("CERTIFICATE", new byte[] {0x30, 0})),
                Arrays.copyOf(der, der.length - 1),
                longer,
                nested);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void whatIsRefusedIsRefusedInTheSameWords(byte[] bytes) {
        MalformedEncodingException objects =
                assertThrows(MalformedEncodingException.class, () -> Certificates.decode(bytes));
        MalformedEncodingException lazily =
                assertThrows(MalformedEncodingException.class, () -> Certificates.decodeEncoded(bytes));
        assertEquals(objects.getMessage(), lazily.getMessage());
        assertEquals(objects.what(), lazily.what());
    }

    @Test
    void theLimitsAreTheSame() {
        for (DecodingLimits limits : List.of(
                DecodingLimits.standard().maxBytes(pem.length() - 1),
                DecodingLimits.standard().maxItems(2))) {
            assertEquals(
                    assertThrows(MalformedEncodingException.class, () -> Certificates.parse(pem, limits))
                            .getMessage(),
                    assertThrows(MalformedEncodingException.class, () -> Certificates.parseEncoded(pem, limits))
                            .getMessage());
        }
    }

    @Test
    void octetsBehindTheExtensionsAreRefusedSinceJavaWouldSeeNoExtensionsThen() throws Exception {
        byte[] der = chain.get(0).getEncoded();
        int extensions = lastExtensions(der);
        der[extensions] = (byte) 0xA4;
        MalformedEncodingException objects =
                assertThrows(MalformedEncodingException.class, () -> Certificates.decode(der));
        MalformedEncodingException lazily =
                assertThrows(MalformedEncodingException.class, () -> Certificates.decodeEncoded(der));
        assertEquals(objects.getMessage(), lazily.getMessage());
    }

    /** Where the tag [3] stands that is followed by a SEQUENCE of SEQUENCEs. */
    private static int lastExtensions(byte[] der) {
        for (int i = der.length - 8; i > 0; i--) {
            if (der[i] == (byte) 0xA3 && der[i + 1] == (byte) 0x81 && der[i + 3] == 0x30) {
                return i;
            }
        }
        throw new AssertionError("no extensions");
    }
}
