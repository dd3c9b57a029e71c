package dev.certkit.lint;

import static dev.certkit.samples.ForgedCertificate.server;

import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Certificates with keys that are wrong, put together by hand. */
final class KeySamples {
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EC = "1.2.840.10045.2.1";
    private static final String P256 = "1.2.840.10045.3.1.7";
    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final BigInteger MODULUS =
            ((RSAPublicKey) SampleKeys.of(KeyType.RSA_2048).getPublic()).getModulus();

    private KeySamples() {}

    private static ForgedCertificate key(byte[] algorithm, byte[] bits) {
        return server().with(Field.KEY, Der.sequence(algorithm, Der.bitString(bits)));
    }

    private static ForgedCertificate rsa(BigInteger modulus, BigInteger exponent) {
        return key(
                Der.sequence(Der.oid(RSA), Der.nullValue()), Der.sequence(Der.integer(modulus), Der.integer(exponent)));
    }

    private static ForgedCertificate ec(String curve, byte[] point) {
        return key(Der.sequence(Der.oid(EC), Der.oid(curve)), point);
    }

    static void addTo(LintSamples samples) {
        kinds(samples);
        rsaNumbers(samples);
        rsaWeakness(samples);
        curves(samples);
    }

    private static void kinds(LintSamples samples) {
        byte[] dsa = Der.sequence(Der.oid("1.2.840.10040.4.1"));
        samples.breaks("key-algorithm", "DSA", key(dsa, new byte[] {1}));
        for (KeyType type : KeyType.values()) {
            samples.keeps("key-algorithm", type.name(), server().key(SampleKeys.of(type)));
            samples.keeps("key-parameters", type.name(), server().key(SampleKeys.of(type)));
        }
        samples.breaks("key-rare", "Ed25519", server().key(SampleKeys.of(KeyType.ED25519)));
        samples.breaks("key-rare", "ML-DSA", server().key(SampleKeys.of(KeyType.ML_DSA_44)));
        samples.keeps("key-rare", "RSA", server().key(SampleKeys.of(KeyType.RSA_2048)));
        byte[] numbers = Der.sequence(Der.integer(MODULUS), Der.integer(F4));
        samples.breaks("key-parameters", "RSA without NULL", key(Der.sequence(Der.oid(RSA)), numbers));
        byte[] ed = Der.sequence(Der.oid("1.3.101.112"), Der.nullValue());
        samples.breaks("key-parameters", "Ed25519 with NULL", key(ed, new byte[32]));
    }

    private static void rsaNumbers(LintSamples samples) {
        samples.breaks("key-rsa-size", "1024 bits", server().key(SampleKeys.rsa(1024)));
        samples.breaks("key-rsa-size", "negative", rsa(MODULUS.negate(), F4));
        samples.breaks(
                "key-rsa-size",
                "16384 bits",
                rsa(BigInteger.ONE.shiftLeft(16_383).setBit(0), F4));
        samples.keeps("key-rsa-size", "2048 bits", rsa(MODULUS, F4));
        samples.breaks(
                "key-rsa-multiple-of-8",
                "2052 bits",
                rsa(BigInteger.ONE.shiftLeft(2051).setBit(0), F4));
        samples.keeps(
                "key-rsa-multiple-of-8",
                "2056 bits",
                rsa(BigInteger.ONE.shiftLeft(2055).setBit(0), F4));
        for (long exponent : new long[] {0, 1, 3, 65_536, 65_538, -65_537}) {
            samples.breaks("key-rsa-exponent", "exponent " + exponent, rsa(MODULUS, BigInteger.valueOf(exponent)));
        }
        samples.breaks(
                "key-rsa-exponent",
                "257 bits",
                rsa(MODULUS, BigInteger.ONE.shiftLeft(256).setBit(0)));
        samples.keeps("key-rsa-exponent", "65539", rsa(MODULUS, BigInteger.valueOf(65_539)));
    }

    private static void rsaWeakness(LintSamples samples) {
        Random random = new Random(7);
        BigInteger prime = BigInteger.probablePrime(1024, random);
        samples.breaks("key-rsa-factors", "close", rsa(prime.multiply(prime.nextProbablePrime()), F4));
        samples.breaks("key-rsa-factors", "a square", rsa(prime.multiply(prime), F4));
        samples.breaks("key-rsa-factors", "751", rsa(prime.multiply(BigInteger.valueOf(751)), F4));
        samples.breaks("key-rsa-factors", "even", rsa(MODULUS.clearBit(0), F4));
        samples.keeps("key-rsa-factors", "757", rsa(prime.multiply(BigInteger.valueOf(757)), F4));
        samples.keeps("key-rsa-factors", "sound", rsa(MODULUS, F4));
        BigInteger product = BigInteger.ONE;
        for (int number = 3; number < 168; number++) {
            BigInteger candidate = BigInteger.valueOf(number);
            product = candidate.isProbablePrime(20) ? product.multiply(candidate) : product;
        }
        BigInteger marked = product.multiply(new BigInteger(2048 - product.bitLength(), random).setBit(1800))
                .add(F4.modPow(BigInteger.valueOf(4711), product));
        samples.breaks("key-rsa-roca", "the mark", rsa(marked, F4));
        samples.keeps("key-rsa-roca", "sound", rsa(MODULUS, F4));
    }

    private static byte[] point() {
        byte[] spki = ((ECPublicKey) SampleKeys.ofJdk(KeyType.EC_P256).getPublic()).getEncoded();
        return Arrays.copyOfRange(spki, spki.length - 65, spki.length);
    }

    private static void curves(LintSamples samples) {
        byte[] good = point();
        byte[] off = point();
        off[40] ^= 1;
        byte[] compressed = Arrays.copyOf(good, 33);
        compressed[0] = (byte) (2 + (good[64] & 1));
        samples.breaks("key-curve", "secp256k1", ec("1.3.132.0.10", good));
        samples.breaks("key-curve", "explicit", key(Der.sequence(Der.oid(EC), Der.sequence(Der.integer(1))), good));
        samples.breaks("key-curve", "none", key(Der.sequence(Der.oid(EC)), good));
        samples.keeps("key-curve", "P-256", ec(P256, good));
        samples.breaks("key-point", "off the curve", ec(P256, off));
        samples.breaks("key-point", "infinity", ec(P256, new byte[1]));
        samples.breaks("key-point", "nothing", ec(P256, new byte[0]));
        samples.breaks("key-point", "zero", ec(P256, Arrays.copyOf(new byte[] {4}, 65)));
        samples.breaks("key-point", "another curve", ec("1.3.132.0.34", good));
        samples.breaks("key-point", "x above the prime", ec(P256, HexFormat.of().parseHex("02" + "ff".repeat(32))));
        samples.keeps("key-point", "on the curve", ec(P256, good));
        samples.keeps("key-point", "compressed", ec(P256, compressed));
        samples.keeps("key-point", "P-521", server().key(SampleKeys.of(KeyType.EC_P521)));
        samples.breaks("key-point-form", "compressed", ec(P256, compressed));
        samples.keeps("key-point-form", "uncompressed", ec(P256, good));
    }
}
