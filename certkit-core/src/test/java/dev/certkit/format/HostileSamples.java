package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Encodings that cost whoever believes them. */
final class HostileSamples {
    private static final byte[] ECDSA = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final byte[] RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue());
    private static final byte[] NAME = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8("a"))));
    private static final int BOMB = Integer.MAX_VALUE;

    private HostileSamples() {}

    static byte[] number(int bits) {
        byte[] odd = new byte[bits / 8 + 1];
        Arrays.fill(odd, 1, odd.length, (byte) 0xFF);
        return Der.integer(new BigInteger(odd));
    }

    static byte[] rsaKey(int modulusBits, int exponentBits) {
        byte[] key = Der.sequence(number(modulusBits), number(exponentBits));
        return Der.sequence(RSA, Der.bitString(key));
    }

    /** A curve over a field of two to the power of a million, described in full (SEC 1, C.2). */
    static byte[] explicitBinaryCurve() {
        byte[] field = Der.sequence(
                Der.oid("1.2.840.10045.1.2"),
                Der.sequence(Der.integer(1_000_000), Der.oid("1.2.840.10045.1.2.3.2"), Der.integer(3)));
        byte[] curve = Der.sequence(Der.octetString(new byte[10]), Der.octetString(new byte[10]));
        byte[] parameters = Der.sequence(
                Der.integer(1), field, curve, Der.octetString(new byte[] {4, 1, 1}), Der.integer(7), Der.integer(1));
        return Der.sequence(
                Der.sequence(Der.oid("1.2.840.10045.2.1"), parameters), Der.bitString(new byte[] {4, 1, 1}));
    }

    static byte[] certificate(byte[] spki, byte[]... extensions) {
        return certificate(ECDSA, spki, extensions);
    }

    private static byte[] certificate(byte[] algorithm, byte[] spki, byte[][] extensions) {
        byte[] validity = Der.sequence(
                Der.tagged(Tag.UTC_TIME, "250101000000Z".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Der.tagged(Tag.UTC_TIME, "350101000000Z".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        byte[] toBeSigned = Der.sequence(
                Der.tagged(Tag.constructed(0), Der.integer(2)),
                Der.integer(1),
                algorithm,
                NAME,
                validity,
                NAME,
                spki,
                Der.tagged(Tag.constructed(3), Der.sequence(extensions)));
        return Der.sequence(toBeSigned, algorithm, Der.bitString(new byte[70]));
    }

    static byte[] alternativeNames(int number) {
        byte[][] names = new byte[number][];
        Arrays.fill(names, Der.tagged(0x82, new byte[] {'a'}));
        return Der.sequence(Der.oid("2.5.29.17"), Der.octetString(Der.sequence(names)));
    }

    static byte[] certificateWithLongIdentifier(int octets) {
        byte[] arc = new byte[octets];
        Arrays.fill(arc, (byte) 0xFF);
        arc[octets - 1] = 1;
        byte[] algorithm = Der.sequence(Der.tagged(Tag.OID, arc));
        return certificate(algorithm, Samples.KEY.getPublic().getEncoded(), new byte[0][]);
    }

    static byte[] request(byte[] spki) {
        byte[] info = Der.sequence(Der.integer(0), NAME, spki, Der.tagged(Tag.constructed(0)));
        return Der.sequence(info, ECDSA, Der.bitString(new byte[70]));
    }

    static byte[] pkcs1(int modulusBits, int exponentBits) {
        byte[] small = Der.integer(3);
        return Der.sequence(
                Der.integer(0), number(modulusBits), number(exponentBits), small, small, small, small, small, small);
    }

    static byte[] pkcs8(byte[] pkcs1) {
        return Der.sequence(Der.integer(0), RSA, Der.octetString(pkcs1));
    }

    /** Half a megabyte of 30 80. */
    static byte[] nested(int octets) {
        byte[] nested = new byte[octets];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        return nested;
    }

    static byte[] twoGibibytesClaimed() {
        return new byte[] {0x30, (byte) 0x87, 0, 0, 0, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 2, 1, 0};
    }

    private static byte[] pbkdf2(int iterations, int keyLength) {
        byte[] function = Der.sequence(Der.oid("1.2.840.113549.2.9"), Der.nullValue());
        return Der.sequence(
                Der.oid("1.2.840.113549.1.5.12"),
                Der.sequence(Der.octetString(new byte[8]), Der.integer(iterations), Der.integer(keyLength), function));
    }

    static byte[] scrypt(long cost, long blockSize, long parallelization) {
        byte[] kdf = Der.sequence(
                Der.oid("1.3.6.1.4.1.11591.4.11"),
                Der.sequence(
                        Der.octetString(new byte[8]),
                        Der.integer(cost),
                        Der.integer(blockSize),
                        Der.integer(parallelization)));
        return Der.sequence(pbes2(kdf), Der.octetString(new byte[32]));
    }

    private static byte[] pbes2(byte[] kdf) {
        byte[] cipher = Der.sequence(Der.oid("2.16.840.1.101.3.4.1.42"), Der.octetString(new byte[16]));
        return Der.sequence(Der.oid("1.2.840.113549.1.5.13"), Der.sequence(kdf, cipher));
    }

    static byte[] oldScheme(String oid, int iterations) {
        byte[] parameters = Der.sequence(Der.octetString(new byte[8]), Der.integer(iterations));
        return Der.sequence(Der.sequence(Der.oid(oid), parameters), Der.octetString(new byte[32]));
    }

    /** At most 256 keys, each with a salt of its own. */
    static String keys(int number, int iterations) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            keys.add(PemBlock.encode("ENCRYPTED PRIVATE KEY", Pbes2Samples.withIterations(iterations, i)));
        }
        return String.join("", keys);
    }

    /** PKCS#12 files with one bomb each, in the checksum and in a bag. */
    static List<byte[]> pkcs12Bombs() {
        byte[] none = Der.sequence();
        byte[] encrypted = Der.sequence(
                Der.oid(Pkcs12Oids.ENCRYPTED_DATA),
                explicit(Der.sequence(
                        Der.integer(0),
                        Der.sequence(
                                Der.oid(Pkcs12Oids.DATA),
                                pbes2(pbkdf2(BOMB, 32)),
                                Der.tagged(Tag.context(0), new byte[32])))));
        byte[] sha256 = Der.sequence(Der.oid("2.16.840.1.101.3.4.2.1"), Der.nullValue());
        return List.of(
                pfx(none, mac(sha256, BOMB)),
                pfx(none, mac(pbmac1(BOMB, 32), 1)),
                pfx(none, mac(pbmac1(10_000_000, 128), 1)),
                pfx(Der.sequence(encrypted)),
                pfx(safe(keyBag(Pbes2Samples.withIterations(BOMB)))),
                pfx(safe(keyBag(oldScheme("1.2.840.113549.1.12.1.3", BOMB)))));
    }

    static byte[] pkcs12(byte[] certificate) {
        byte[] value = Der.sequence(Der.oid(Pkcs12Oids.X509_CERTIFICATE), explicit(Der.octetString(certificate)));
        return pfx(safe(Der.sequence(Der.oid(Pkcs12Oids.CERTIFICATE_BAG), explicit(value))));
    }

    static byte[] pkcs12WithKey(byte[] pkcs8) {
        return pfx(safe(Der.sequence(Der.oid(Pkcs12Oids.KEY_BAG), explicit(pkcs8))));
    }

    private static byte[] keyBag(byte[] encrypted) {
        return Der.sequence(Der.oid(Pkcs12Oids.SHROUDED_KEY_BAG), explicit(encrypted));
    }

    private static byte[] safe(byte[] bag) {
        return Der.sequence(data(Der.sequence(bag)));
    }

    private static byte[] data(byte[] content) {
        return Der.sequence(Der.oid(Pkcs12Oids.DATA), explicit(Der.octetString(content)));
    }

    private static byte[] explicit(byte[] value) {
        return Der.tagged(Tag.constructed(0), value);
    }

    private static byte[] pbmac1(int iterations, int keyLength) {
        byte[] hmac = Der.sequence(Der.oid("1.2.840.113549.2.9"), Der.nullValue());
        return Der.sequence(Der.oid("1.2.840.113549.1.5.14"), Der.sequence(pbkdf2(iterations, keyLength), hmac));
    }

    private static byte[] mac(byte[] algorithm, int iterations) {
        return Der.sequence(
                Der.sequence(algorithm, Der.octetString(new byte[32])),
                Der.octetString(new byte[8]),
                Der.integer(iterations));
    }

    private static byte[] pfx(byte[] authenticatedSafe, byte[]... mac) {
        List<byte[]> parts = new ArrayList<>(List.of(Der.integer(3), data(authenticatedSafe)));
        parts.addAll(List.of(mac));
        return Der.sequence(parts);
    }
}
