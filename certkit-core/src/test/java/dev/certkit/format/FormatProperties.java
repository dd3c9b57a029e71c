package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.REQUEST;
import static dev.certkit.format.Samples.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.key.Passphrase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;

class FormatProperties {
    private static final List<byte[]> VALID = valid();

    private static List<byte[]> valid() {
        try {
            List<byte[]> files = new ArrayList<>(List.of(
                    Samples.der(Samples.LEAF),
                    CHAIN_PEM.getBytes(StandardCharsets.UTF_8),
                    (KEY_PEM + CHAIN_PEM + REQUEST.toPem()).getBytes(StandardCharsets.UTF_16),
                    Certificates.toPkcs7(CHAIN),
                    BerSamples.indefinite(Certificates.toPkcs7(CHAIN), 4),
                    REQUEST.encoded(),
                    PRIVATE.getEncoded(),
                    Pkcs12.of("web", PRIVATE, CHAIN).encode(SECRET, Pkcs12Profile.JAVA8)));
            files.add(BerSamples.indefinite(files.get(7), 8));
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setCertificateEntry("root", Samples.ROOT);
            store.setKeyEntry("web", PRIVATE, "correct horse".toCharArray(), CHAIN.toArray(new X509Certificate[0]));
            ByteArrayOutputStream jks = new ByteArrayOutputStream();
            store.store(jks, "correct horse".toCharArray());
            files.add(jks.toByteArray());
            return files;
        } catch (IOException | java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Anything but the declared exception fails the test, as does the second that ends. */
    private static void isReadOrRefused(byte[] bytes) {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (Attempt attempt : List.<Attempt>of(
                    () -> Pasted.decode(bytes, SECRET).toString(),
                    () -> Pasted.decode(bytes).toString(),
                    () -> Pkcs12.decode(bytes, SECRET).toString(),
                    () -> Certificates.decode(bytes).toString(),
                    () -> PrivateKeys.decode(bytes, SECRET).getAlgorithm())) {
                try {
                    attempt.run();
                } catch (MalformedEncodingException e) {
                    assertTrue(!e.getMessage().contains("horse"), "the passphrase is in the message");
                }
            }
        });
    }

    private interface Attempt {
        String run() throws IOException;
    }

    @Provide
    Arbitrary<byte[]> mutations() {
        Arbitrary<byte[]> file = Arbitraries.of(VALID);
        Arbitrary<Integer> where = Arbitraries.integers().between(0, Integer.MAX_VALUE);
        Arbitrary<Integer> how = Arbitraries.integers().between(0, 5);
        Arbitrary<Byte> value =
                Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.of((byte) 0x80, (byte) 0xFF, (byte) 0));
        return Combinators.combine(file, where, how, value).as(FormatProperties::mutated);
    }

    private static byte[] mutated(byte[] file, int where, int how, byte value) {
        byte[] bytes = file.clone();
        int at = where % bytes.length;
        switch (how) {
            case 0 -> bytes[at] = value;
            case 1 -> bytes[at] ^= (byte) (1 << (value & 7));
            case 2 -> bytes = Arrays.copyOf(bytes, at);
            case 3 -> bytes = Arrays.copyOfRange(bytes, at, bytes.length);
            case 4 -> {
                bytes = Arrays.copyOf(bytes, bytes.length + at);
                System.arraycopy(file, 0, bytes, file.length, at);
            }
            default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), value);
        }
        return bytes;
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void mutationsOfValidFilesAreReadOrRefused(@ForAll("mutations") byte[] bytes) {
        isReadOrRefused(bytes);
    }

    @Property(tries = 500)
    void arbitraryBytesAreReadOrRefused(@ForAll byte[] bytes) {
        isReadOrRefused(bytes);
    }

    @Property(tries = 500)
    void arbitraryBytesInASequenceAreReadOrRefused(@ForAll byte[] bytes) {
        isReadOrRefused(dev.certkit.internal.der.Der.sequence(bytes));
        isReadOrRefused(PemBlock.encode("CERTIFICATE", bytes).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void arbitraryTextIsReadOrRefused(@ForAll String text) {
        isReadOrRefused(text.getBytes(StandardCharsets.UTF_8));
        isReadOrRefused((text + CHAIN_PEM.substring(0, 300) + text).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 200)
    void textWithoutDashesAroundTheBlocksChangesNothing(@ForAll String before, @ForAll String after) throws Exception {
        String text = before.replaceAll("[-\\p{Pd}\\u2212]", "_") + "\n" + CHAIN_PEM
                + after.replaceAll("[-\\p{Pd}\\u2212]", "_");
        assertEquals(CHAIN, Pasted.parse(text).certificates());
    }

    @Property(tries = 30)
    void anyNameAndPassphraseRoundTrip(
            @ForAll @StringLength(max = 40) String name, @ForAll @NotEmpty @StringLength(max = 20) String secret)
            throws Exception {
        byte[] file = Pkcs12.of(name, PRIVATE, CHAIN).encode(Passphrase.of(secret), Pkcs12Profile.LEGACY_WINDOWS);
        Pkcs12 read = Pkcs12.decode(file, Passphrase.of(secret));
        assertEquals(CHAIN, read.keys().get(0).certificates());
    }

    @Property(tries = 500)
    void berIsMadeDefiniteOrRefused(@ForAll byte[] bytes) {
        try {
            Ber.toDefinite(bytes, 32);
        } catch (DerException e) {
            assertTrue(!e.getMessage().isEmpty());
        }
    }

    @Example
    void deepNestingIsRefusedQuickly() {
        for (int pair : new int[] {0x3080, 0x2480, 0xA080, 0x3082}) {
            byte[] deep = new byte[1 << 20];
            for (int i = 0; i + 1 < deep.length; i += 2) {
                deep[i] = (byte) (pair >>> 8);
                deep[i + 1] = (byte) pair;
            }
            isReadOrRefused(deep);
        }
    }

    @Example
    void aMegabyteOfJunkOrDashesOrBlanksIsRefusedQuickly() {
        for (String unit : List.of(
                "-", "-----BEGIN ", "-----BEGIN A-----", "A", "\n", " \n", "AAAA\n", "=", "\\", "--END -", "0")) {
            isReadOrRefused(unit.repeat((1 << 20) / unit.length()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
