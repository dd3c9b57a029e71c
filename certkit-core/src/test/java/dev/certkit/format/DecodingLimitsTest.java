package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.SECRET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.Der;
import dev.certkit.key.Passphrase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bound is met before the work is done: at once, with little heap, and the setting is named. */
class DecodingLimitsTest {
    private static final int MILLIS = 500;
    private static final int MEBIBYTES = 16;
    private static final DecodingLimits STANDARD = DecodingLimits.standard();

    /** Classes are loaded and samples are made before anything is measured. */
    @BeforeAll
    static void warmUp() throws Exception {
        for (byte[] file : ValidFiles.all()) {
            Decoders.allReadOrRefuse(file, "warm-up");
        }
    }

    private interface Reading {
        void run() throws Exception;
    }

    /** Refused within half a second of processor time. */
    private static MalformedEncodingException refused(Reading reading) throws Exception {
        MalformedEncodingException[] refusal = new MalformedEncodingException[1];
        Cost cost = Cost.of(() -> refusal[0] = assertThrows(MalformedEncodingException.class, reading::run));
        assertTrue(cost.isWithin(MILLIS, MEBIBYTES), cost + " for " + refusal[0].getMessage());
        return refusal[0];
    }

    private static void refusedBy(String setting, Reading reading) throws Exception {
        MalformedEncodingException refusal = refused(reading);
        assertEquals(Optional.of("DecodingLimits." + setting), refusal.exceededLimit(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("raise DecodingLimits." + setting), refusal.getMessage());
    }

    /** What Pasted finds nothing else beside is in its message. */
    private static void namedByPasted(String words, byte[] bytes) throws Exception {
        MalformedEncodingException refusal = refused(() -> Pasted.decode(bytes, SECRET));
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    @Nested
    class Rounds {
        @Test
        void areRefusedInEachPartOfPkcs12() throws Exception {
            for (byte[] bomb : HostileSamples.pkcs12Bombs()) {
                refusedBy("maxIterations", () -> Pkcs12.decode(bomb, SECRET));
                namedByPasted("DecodingLimits.maxIterations", bomb);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.2.840.113549.1.5.3", "1.2.840.113549.1.5.11", "1.2.840.113549.1.12.1.3"})
        void areRefusedInKeysOfBeforePbes2(String scheme) throws Exception {
            byte[] bomb = HostileSamples.oldScheme(scheme, Integer.MAX_VALUE);
            refusedBy("maxIterations", () -> PrivateKeys.decode(bomb, SECRET));
            namedByPasted("DecodingLimits.maxIterations", bomb);
        }

        @Test
        void ofSixHundredThousandAreNeverDoneUnasked() throws Exception {
            byte[] key = Pbes2Samples.withIterations(600_000);
            refusedBy("maxIterations", () -> PrivateKeys.decode(key, SECRET));
            assertTrue(assertThrows(
                            MalformedEncodingException.class,
                            () -> PrivateKeys.decode(key, SECRET, STANDARD.maxIterations(600_000)))
                    .needsPassphrase());
        }

        @Test
        void ofAModernFileAreDoneOnceForAllItsKeys() throws Exception {
            Pkcs12 file = Pkcs12.of("a", PRIVATE, CHAIN);
            for (int i = 1; i < 20; i++) {
                file = file.and(new Pkcs12.KeyEntry("key " + i, PRIVATE, CHAIN));
            }
            byte[] encoded = file.encode(SECRET, Pkcs12Profile.MODERN);
            assertEquals(20, Pkcs12.decode(encoded, SECRET).keys().size());
        }

        @Test
        void areCountedOverTheWholeInput() throws Exception {
            String keys = HostileSamples.keys(200, 100_000);
            Pasted[] found = new Pasted[1];
            Cost cost = Cost.of(() -> found[0] = Pasted.parse(keys, SECRET));
            assertEquals(5, found[0].locked().size());
            assertEquals(195, found[0].strays().size());
            assertTrue(found[0].strays().get(0).reason().contains("0 of 500000 are left"), found[0].toString());
            assertTrue(cost.isWithin(2_000, 64), cost.toString());
        }

        @Test
        void ofAnEmptyPassphraseInBothItsFormsAreCountedTwice() throws Exception {
            byte[] file = Pkcs12.of("a", PRIVATE, List.of()).encode(SECRET, Pkcs12Profile.JAVA8);
            DecodingLimits once = STANDARD.maxIterations(3_000);
            MalformedEncodingException refusal =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(file, Passphrase.of(""), once));
            assertEquals(Optional.of("DecodingLimits.maxIterations"), refusal.exceededLimit());
        }
    }

    @Nested
    class MemoryForScrypt {
        @ParameterizedTest
        @CsvSource({"1048576,8,1", "16384,1048576,1", "2,1,1073741824", "1073741824,1073741824,1073741824"})
        void isRefused(long cost, long blockSize, long parallelization) throws Exception {
            byte[] bomb = HostileSamples.scrypt(cost, blockSize, parallelization);
            refusedBy("maxScryptBytes", () -> PrivateKeys.decode(bomb, SECRET));
        }

        @Test
        void andItsStepsAreBothBounded() throws Exception {
            byte[] many = HostileSamples.scrypt(1024, 8, 1024);
            refusedBy("maxIterations", () -> PrivateKeys.decode(many, SECRET));
        }

        @ParameterizedTest
        @CsvSource({"0,8,1", "1,8,1", "1000,8,1", "1024,0,1", "1024,8,0", "65536,1,1", "-1024,8,1", "1024,8,4294967296"
        })
        void outOfRangeIsNamed(long cost, long blockSize, long parallelization) throws Exception {
            byte[] odd = HostileSamples.scrypt(cost, blockSize, parallelization);
            MalformedEncodingException refusal = refused(() -> PrivateKeys.decode(odd, SECRET));
            assertTrue(refusal.getMessage().contains("out of range"), refusal.getMessage());
        }
    }

    @Nested
    class NumbersOfRsa {
        private final byte[] longModulus = HostileSamples.rsaKey(100_000, 17);
        private final byte[] longExponent = HostileSamples.rsaKey(2_048, 100_000);

        @Test
        void areMeasuredInACertificate() throws Exception {
            byte[] modulus = HostileSamples.certificate(longModulus);
            refusedBy("maxRsaBits", () -> Certificates.decode(modulus));
            namedByPasted("100000 bits of an RSA modulus", modulus);
            byte[] exponent = HostileSamples.certificate(longExponent);
            assertTrue(refused(() -> Certificates.decode(exponent)).reason().contains("exponent of 100000 bits"));
            namedByPasted("exponent of 100000 bits", exponent);
        }

        @Test
        void areMeasuredInsidePkcs7() throws Exception {
            byte[] bag = Der.sequence(
                    Der.oid(SignedBag.SIGNED_DATA),
                    Der.tagged(
                            0xA0,
                            Der.sequence(
                                    Der.integer(1),
                                    Der.setOf(List.of()),
                                    Der.sequence(Der.oid(Pkcs12Oids.DATA)),
                                    Der.tagged(0xA0, HostileSamples.certificate(longModulus)),
                                    Der.setOf(List.of()))));
            refusedBy("maxRsaBits", () -> Certificates.decode(bag));
            namedByPasted("PKCS#7 certificate 1", bag);
        }

        @Test
        void areMeasuredInARequest() throws Exception {
            assertTrue(refused(() -> CertificationRequest.decode(HostileSamples.request(longModulus)))
                    .getMessage()
                    .contains("100000 bits"));
            refused(() -> CertificationRequest.decode(HostileSamples.request(longExponent)));
        }

        @Test
        void areMeasuredInAKey() throws Exception {
            for (BiFunction<Integer, Integer, byte[]> form : List.<BiFunction<Integer, Integer, byte[]>>of(
                    HostileSamples::pkcs1, (n, e) -> HostileSamples.pkcs8(HostileSamples.pkcs1(n, e)))) {
                refusedBy("maxRsaBits", () -> PrivateKeys.decode(form.apply(100_000, 17)));
                assertTrue(refused(() -> PrivateKeys.decode(form.apply(2_048, 100_000)))
                        .reason()
                        .contains("exponent"));
                namedByPasted("DecodingLimits.maxRsaBits", form.apply(100_000, 17));
            }
        }

        @Test
        void areMeasuredInsidePkcs12() throws Exception {
            byte[] certificate = HostileSamples.pkcs12(HostileSamples.certificate(longModulus));
            refusedBy("maxRsaBits", () -> Pkcs12.decode(certificate, SECRET));
            byte[] key = HostileSamples.pkcs12WithKey(HostileSamples.pkcs8(HostileSamples.pkcs1(100_000, 17)));
            refusedBy("maxRsaBits", () -> Pkcs12.decode(key, SECRET));
        }

        @Test
        void canBeAllowedToBeLonger() throws Exception {
            byte[] certificate = HostileSamples.certificate(HostileSamples.rsaKey(10_240, 17));
            refusedBy("maxRsaBits", () -> Certificates.decode(certificate));
            assertEquals(
                    1,
                    Certificates.decode(certificate, STANDARD.maxRsaBits(10_240))
                            .size());
        }

        @Test
        void areNotAskedForOnACurveOfItsOwn() throws Exception {
            byte[] certificate = HostileSamples.certificate(HostileSamples.explicitBinaryCurve());
            refused(() -> Certificates.decode(certificate));
            refused(() -> Pasted.decode(certificate));
            refused(() -> CertificationRequest.decode(HostileSamples.request(HostileSamples.explicitBinaryCurve())));
        }
    }

    @Nested
    class Sizes {
        @Test
        void ofAHundredMegabytesOfTextBeforeABlock() throws Exception {
            byte[] junk = new byte[100 << 20];
            Arrays.fill(junk, (byte) 'x');
            for (int i = 99; i < junk.length; i += 100) {
                junk[i] = '\n';
            }
            byte[] pem = LEAF_PEM.getBytes(US_ASCII);
            System.arraycopy(pem, 0, junk, junk.length - pem.length, pem.length);
            refusedBy("maxBytes", () -> Pasted.decode(junk));
            refusedBy("maxBytes", () -> Certificates.decode(junk));
            refusedBy("maxBytes", () -> PrivateKeys.decode(junk));
            refusedBy("maxBytes", () -> Pkcs12.decode(junk, SECRET));
        }

        @Test
        void ofAnEndlessLine() throws Exception {
            String endless = "-----BEGIN CERTIFICATE-----\n" + "A".repeat(100 << 20);
            refusedBy("maxBytes", () -> Pasted.parse(endless));
            refusedBy("maxBytes", () -> Certificates.parse(endless));
            refusedBy("maxBytes", () -> PrivateKeys.parse(endless));
            refusedBy("maxBytes", () -> PemBlock.split(endless, STANDARD));
        }

        @Test
        void ofAMegabyteOfTextBeforeABlockThatIsAllowed() throws Exception {
            String text = "x".repeat((1 << 20) - LEAF_PEM.length() - 1) + "\n" + LEAF_PEM;
            Cost cost = Cost.of(() -> {
                assertEquals(1, Pasted.parse(text).certificates().size());
                assertEquals(1, Certificates.parse(text).size());
            });
            assertTrue(cost.isWithin(MILLIS, 32), cost.toString());
        }

        @Test
        void ofTwentyThousandCertificates() throws Exception {
            String many = LEAF_PEM.repeat(20_000);
            refusedBy("maxBytes", () -> Pasted.parse(many));
            refusedBy("maxBytes", () -> Certificates.parse(many));
            DecodingLimits large = STANDARD.maxBytes(many.length());
            refusedBy("maxItems", () -> Certificates.parse(many, large));
            // The copies that undo damage are three times the text.
            MalformedEncodingException[] refusal = new MalformedEncodingException[1];
            Cost cost = Cost.of(() ->
                    refusal[0] = assertThrows(MalformedEncodingException.class, () -> Pasted.parse(many, null, large)));
            assertEquals(Optional.of("DecodingLimits.maxItems"), refusal[0].exceededLimit());
            assertTrue(cost.isWithin(MILLIS, 4 * many.length() >> 20), cost.toString());
        }

        @Test
        void ofTwentyThousandCertificatesInDer() throws Exception {
            byte[] leaf = Samples.der(Samples.LEAF);
            byte[] many = new byte[leaf.length * 20_000];
            for (int at = 0; at < many.length; at += leaf.length) {
                System.arraycopy(leaf, 0, many, at, leaf.length);
            }
            refusedBy("maxBytes", () -> Certificates.decode(many));
            DecodingLimits large = STANDARD.maxBytes(many.length);
            refusedBy("maxItems", () -> Certificates.decode(many, large));
            refusedBy("maxItems", () -> Pasted.decode(many, null, large));
        }

        @Test
        void ofOneCertificate() throws Exception {
            byte[] fat = HostileSamples.certificate(
                    Samples.KEY.getPublic().getEncoded(),
                    Der.sequence(Der.oid("1.2.3"), Der.octetString(new byte[70_000])));
            refusedBy("maxCertificateBytes", () -> Certificates.decode(fat));
            namedByPasted("maxCertificateBytes", fat);
            assertEquals(
                    1,
                    Certificates.decode(fat, STANDARD.maxCertificateBytes(80_000))
                            .size());
        }

        @Test
        void ofTheListOfNames() throws Exception {
            byte[] key = Samples.KEY.getPublic().getEncoded();
            byte[] many = HostileSamples.certificate(key, HostileSamples.alternativeNames(20_000));
            refusedBy("maxNames", () -> Certificates.decode(many));
            namedByPasted("20000 alternative names", many);
            assertEquals(1, Certificates.decode(many, STANDARD.maxNames(20_000)).size());
            byte[] enormous = HostileSamples.certificate(key, HostileSamples.alternativeNames(200_000));
            refusedBy("maxCertificateBytes", () -> Certificates.decode(enormous));
        }

        @ParameterizedTest
        @ValueSource(ints = {40_000, 500_000})
        void ofAnObjectIdentifier(int octets) throws Exception {
            byte[] long1 = HostileSamples.certificateWithLongIdentifier(octets);
            refused(() -> Certificates.decode(long1));
            refused(() -> Certificates.decode(long1, STANDARD.maxCertificateBytes(1 << 20)));
            refused(() -> Pasted.decode(long1));
        }

        @Test
        void thatAreOnlyClaimed() throws Exception {
            byte[] claimed = HostileSamples.twoGibibytesClaimed();
            for (Reading reading : List.<Reading>of(
                    () -> Pasted.decode(claimed),
                    () -> Certificates.decode(claimed),
                    () -> PrivateKeys.decode(claimed),
                    () -> Pkcs12.decode(claimed, SECRET))) {
                MalformedEncodingException refusal = refused(reading);
                assertTrue(refusal.getMessage().contains("a length has 7 octets"), refusal.getMessage());
            }
        }
    }

    @Nested
    class Depth {
        @ParameterizedTest
        @ValueSource(ints = {200_000, 1 << 20})
        void isBoundedBeforeAParserThatRecursesSeesIt(int octets) throws Exception {
            byte[] nested = HostileSamples.nested(octets);
            refusedBy("maxDepth", () -> Certificates.decode(nested));
            refusedBy("maxDepth", () -> Pkcs12.decode(nested, SECRET));
            namedByPasted("nested deeper than 32", nested);
            namedByPasted("DecodingLimits.maxDepth", nested);
        }

        @Test
        void canBeSetBetweenOneAndWhatParsersStand() {
            assertEquals(128, STANDARD.maxDepth(128).maxDepth());
            assertThrows(IllegalArgumentException.class, () -> STANDARD.maxDepth(129));
            assertThrows(IllegalArgumentException.class, () -> STANDARD.maxDepth(0));
        }
    }

    @Nested
    class Settings {
        @Test
        void areKeptWhenAnotherIsChanged() {
            DecodingLimits limits = STANDARD.maxBytes(1)
                    .maxItems(2)
                    .maxDepth(3)
                    .maxCertificateBytes(4)
                    .maxNames(5)
                    .maxRsaBits(6)
                    .maxIterations(7)
                    .maxScryptBytes(8);
            assertEquals(
                    List.of(1, 2, 3, 4, 5, 6, 7, 8),
                    List.of(
                            limits.maxBytes(),
                            limits.maxItems(),
                            limits.maxDepth(),
                            limits.maxCertificateBytes(),
                            limits.maxNames(),
                            limits.maxRsaBits(),
                            limits.maxIterations(),
                            limits.maxScryptBytes()));
        }

        @Test
        void arePositiveAndNamed() {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> STANDARD.maxScryptBytes(0));
            assertTrue(e.getMessage().startsWith("maxScryptBytes"), e.getMessage());
            assertFalse(STANDARD.maxIterations() >= 600_000, "reading would cost 600,000 rounds unasked");
        }
    }
}
