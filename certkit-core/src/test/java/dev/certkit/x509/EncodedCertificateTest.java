package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedCertificateTest {
    private static final X509Certificate SAMPLE = CertifiedKey.selfSigned(
                    DistinguishedName.cn("printer-7").o("Acme").c("FR"))
            .san("printer-7.local", "192.0.2.7")
            .with(KeyType.EC_P256.generate())
            .chain()
            .leaf();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nestingWithoutEndDoesNotReachTheParserOfJava(boolean definite) {
        byte[] deep = Der.nullValue();
        for (int i = 0; definite && i < 10_000; i++) {
            deep = Der.sequence(deep);
        }
        if (!definite) {
            deep = new byte[60_000];
            for (int i = 0; i < 15_000; i++) {
                deep[2 * i] = 0x30;
                deep[2 * i + 1] = (byte) 0x80;
            }
        }
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), deep)));
        EncodedCertificate hostile = ForgedCertificate.server()
                .with(ForgedCertificate.Field.SUBJECT, name)
                .made();
        assertThrows(IOException.class, hostile::toX509Certificate);
    }

    @Nested
    class OfAnOrdinaryCertificate {
        private final EncodedCertificate encoded = EncodedCertificate.of(SAMPLE);

        @Test
        void saysWhatJavaSays() throws Exception {
            assertArrayEquals(SAMPLE.getEncoded(), encoded.encoded());
            assertEquals(SAMPLE.getSerialNumber(), encoded.serialNumber());
            assertEquals(SAMPLE.getSubjectX500Principal(), encoded.subject().toPrincipal());
            assertEquals(SAMPLE.getIssuerX500Principal(), encoded.issuer().toPrincipal());
            assertEquals(SAMPLE.getNotBefore().toInstant(), encoded.notBefore());
            assertEquals(SAMPLE.getNotAfter().toInstant(), encoded.notAfter());
            assertEquals(SAMPLE.getSigAlgOID(), encoded.signatureAlgorithmOid());
            assertArrayEquals(SAMPLE.getTBSCertificate(), encoded.toBeSigned());
            assertArrayEquals(SAMPLE.getSignature(), encoded.signature());
            assertArrayEquals(SAMPLE.getPublicKey().getEncoded(), encoded.subjectPublicKeyInfo());
            assertEquals(SAMPLE, encoded.toX509Certificate());
        }

        @Test
        void givesEachExtensionAsItStandsThere() throws Exception {
            Set<String> oids = new TreeSet<>();
            for (EncodedCertificate.Extension extension : encoded.extensions()) {
                oids.add(extension.oid());
                assertEquals(SAMPLE.getCriticalExtensionOIDs().contains(extension.oid()), extension.critical());
                assertArrayEquals(
                        DerReader.single(SAMPLE.getExtensionValue(extension.oid()), Tag.OCTET_STRING)
                                .octets(),
                        extension.value());
            }
            Set<String> expected = new TreeSet<>(SAMPLE.getCriticalExtensionOIDs());
            expected.addAll(SAMPLE.getNonCriticalExtensionOIDs());
            assertEquals(expected, oids);
            assertTrue(encoded.extension("2.5.29.17").isPresent());
            assertTrue(encoded.extension("2.5.29.30").isEmpty());
        }

        @Test
        void isEqualToItsCopyOnly() throws IOException {
            assertEquals(encoded, EncodedCertificate.decode(encoded.encoded()));
            assertEquals(encoded.hashCode(), EncodedCertificate.of(SAMPLE).hashCode());
            byte[] other = encoded.encoded();
            other[other.length - 1] ^= 1;
            assertNotEquals(encoded, EncodedCertificate.decode(other));
        }

        @Test
        void cannotBeChangedFromOutside() throws IOException {
            byte[] given = encoded.encoded();
            EncodedCertificate copy = EncodedCertificate.decode(given);
            Arrays.fill(given, (byte) 0);
            Arrays.fill(copy.encoded(), (byte) 0);
            assertEquals(encoded, copy);
        }
    }

    @Nested
    class OfAStrangeCertificate {
        @Test
        void showsANameThatJavaRefuses() throws IOException {
            byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"))));
            EncodedCertificate strange = EncodedCertificate.decode(certificate(
                    Der.integer(1), name, Der.time(Instant.EPOCH), Der.time(Instant.EPOCH), Der.sequence()));
            assertThrows(IOException.class, strange::toX509Certificate);
            assertEquals("#3009310730050603550403", strange.subject().toString());
            assertEquals(strange.subject(), strange.issuer());
            assertEquals(strange.subject().hashCode(), strange.issuer().hashCode());
        }

        @Test
        void givesASerialNumberOfZeroOrBelow() throws IOException {
            assertEquals(BigInteger.ZERO, withSerial(0).serialNumber());
            assertEquals(BigInteger.valueOf(-5), withSerial(-5).serialNumber());
        }

        private EncodedCertificate withSerial(long serial) throws IOException {
            return EncodedCertificate.decode(certificate(
                    Der.integer(serial),
                    Der.sequence(),
                    Der.time(Instant.EPOCH),
                    Der.time(Instant.EPOCH),
                    Der.sequence()));
        }

        @ParameterizedTest
        @CsvSource({
            "23, 500101000000Z, 1950-01-01T00:00:00Z",
            "23, 491231235959Z, 2049-12-31T23:59:59Z",
            "23, 2601010000Z, 2026-01-01T00:00:00Z",
            "23, 260101003000+0100, 2025-12-31T23:30:00Z",
            "24, 20500101000000Z, 2050-01-01T00:00:00Z",
            "24, 20260101000000.999Z, 2026-01-01T00:00:00Z",
            "24, 99991231235959Z, 9999-12-31T23:59:59Z",
            "24, 20260101000000-0030, 2026-01-01T00:30:00Z"
        })
        void readsTimesAlsoInOlderForms(int tag, String text, Instant expected) throws IOException {
            byte[] time = Der.tagged(tag, text.getBytes(StandardCharsets.US_ASCII));
            EncodedCertificate strange =
                    EncodedCertificate.decode(certificate(Der.integer(1), Der.sequence(), time, time, Der.sequence()));
            assertEquals(expected, strange.notBefore());
            assertEquals(expected, strange.notAfter());
        }

        @ParameterizedTest
        @CsvSource({
            "23, 260101000000",
            "23, 261301000000Z",
            "23, 260230000000Z",
            "24, 2026",
            "24, 20260101000000.Z",
            "23, 260101000000ZZ",
            "12, 260101000000Z",
            "23, 26010100000é",
            "23, 260101000000+1"
        })
        void isRefusedWithATimeThatIsNone(int tag, String text) {
            byte[] time = Der.tagged(tag, text.getBytes(StandardCharsets.ISO_8859_1));
            byte[] der = certificate(Der.integer(1), Der.sequence(), time, time, Der.sequence());
            assertThrows(DerException.class, () -> EncodedCertificate.decode(der));
        }

        private byte[] certificate(byte[] serial, byte[] name, byte[] notBefore, byte[] notAfter, byte[] extensions) {
            byte[] algorithm = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
            byte[] toBeSigned = Der.sequence(
                    Der.tagged(Tag.constructed(0), Der.integer(2)),
                    serial,
                    algorithm,
                    name,
                    Der.sequence(notBefore, notAfter),
                    name,
                    Der.sequence(algorithm, Der.bitString(new byte[] {1})),
                    Der.tagged(Tag.constructed(3), extensions));
            return Der.sequence(toBeSigned, algorithm, Der.bitString(new byte[] {1}));
        }
    }

    @Nested
    class OfDamagedBytes {
        @Test
        void nothingButTheDeclaredExceptionComesOutAndWhatWasAcceptedCanBeRead() throws Exception {
            byte[] whole = SAMPLE.getEncoded();
            List<byte[]> damaged = new ArrayList<>();
            for (int length = 0; length < whole.length; length++) {
                damaged.add(Arrays.copyOf(whole, length));
            }
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                damaged.add(flipped);
            }
            int refused = 0;
            for (byte[] each : damaged) {
                refused += refusedOrReadable(each);
            }
            assertTrue(refused > whole.length, "only " + refused + " were refused");
        }

        private int refusedOrReadable(byte[] der) {
            try {
                EncodedCertificate read = EncodedCertificate.decode(der);
                assertEquals(read.subject(), read.subject());
                assertEquals(read.issuer().hashCode(), read.issuer().hashCode());
                read.serialNumber();
                read.notBefore();
                read.extensions();
                read.signature();
                read.signatureAlgorithmOid();
                read.subjectPublicKeyInfo();
                assertTrue(read.toString().length() > 0);
                return 0;
            } catch (IOException e) {
                return 1;
            }
        }
    }
}
