package dev.certkit.store.file;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.EncodedCertificate;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Names as no form would make them, and certificates and revocation lists under them. */
final class OddNames {
    static final int NUMERIC_STRING = 0x12;
    static final int VISIBLE_STRING = 0x1A;

    private static final String CN = "2.5.4.3";
    private static final String O = "2.5.4.10";
    private static final List<Integer> TEXTS = List.of(
            Tag.UTF8_STRING,
            Tag.PRINTABLE_STRING,
            Tag.TELETEX_STRING,
            Tag.IA5_STRING,
            Tag.BMP_STRING,
            Tag.UNIVERSAL_STRING,
            NUMERIC_STRING);

    private OddNames() {}

    static byte[] attribute(String oid, int tag, byte[] content) {
        return Der.sequence(Der.oid(oid), Der.tagged(tag, content));
    }

    static byte[] rdn(byte[]... attributes) {
        return Der.setOf(List.of(attributes));
    }

    static byte[] name(byte[]... rdns) {
        return Der.sequence(rdns);
    }

    private static byte[] cn(int tag, byte[] content) {
        return name(rdn(attribute(CN, tag, content)));
    }

    static byte[] cn(String text) {
        return cn(Tag.UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] in(int tag, String text) {
        return text.getBytes(
                switch (tag) {
                    case Tag.UTF8_STRING -> StandardCharsets.UTF_8;
                    case Tag.BMP_STRING -> StandardCharsets.UTF_16BE;
                    case Tag.UNIVERSAL_STRING -> Charset.forName("UTF-32BE");
                    default -> StandardCharsets.ISO_8859_1;
                });
    }

    /** Names by what is odd about them. */
    static Map<String, byte[]> byOddity() {
        Map<String, byte[]> names = new LinkedHashMap<>();
        names.put("empty", name());
        names.put("an empty text", cn(""));
        names.put("blanks only", cn(" \t "));
        names.put("blanks around and inside", cn("  A \t\n\u000b\f\r B  "));
        names.put("a no-break space", cn("\u00a0A\u00a0\u00a0B\u2003"));
        names.put("a zero octet", cn("A\0B \0"));
        names.put("upper case beyond ASCII", cn("ÉÀÇ İstanbul ΣΑΣ ẞ"));
        names.put("combining characters", cn("e\u0301 \u202eabc"));
        names.put("beyond the basic plane", cn("😀 𝔘"));
        names.put("controls", cn("A\u0001\u001c\u001f\u0085B"));
        for (int tag : TEXTS) {
            names.put("ASCII under the tag " + tag, cn(tag, in(tag, "  Ab  C ")));
            names.put("Latin-1 under the tag " + tag, cn(tag, in(tag, "É \u00a0 ÿ\u0085")));
        }
        names.put("Greek in a BMPString", cn(Tag.BMP_STRING, in(Tag.BMP_STRING, "ΑΒΓ  δ")));
        names.put("emoji in a UniversalString", cn(Tag.UNIVERSAL_STRING, in(Tag.UNIVERSAL_STRING, "😀 X")));
        names.put("a bit string", cn(Tag.BIT_STRING, new byte[] {4, (byte) 0xF0}));
        names.put("a sequence", cn(Tag.SEQUENCE, Der.utf8("Inner TEXT")));
        names.put(
                "an unknown attribute", name(rdn(attribute("1.3.6.1.4.1.55555.1.2", Tag.UTF8_STRING, in(12, "X  Y")))));
        byte[] b = attribute(CN, Tag.PRINTABLE_STRING, in(19, "b"));
        byte[] a = attribute(O, Tag.UTF8_STRING, in(12, "A"));
        names.put("two attributes in an RDN", name(rdn(a, b), rdn(b)));
        names.put("two attributes in the wrong order", name(Der.tagged(Tag.SET, a, b), rdn(a)));
        names.put(
                "two whose order changes by folding",
                name(rdn(
                        attribute(CN, Tag.UTF8_STRING, in(12, "Zz  long")),
                        attribute(CN, Tag.UTF8_STRING, in(12, "aaaaaaa")))));
        names.put("the same attribute twice", name(rdn(b), rdn(b)));
        names.put("a long text", cn("Long ".repeat(60)));
        names.put("many RDNs", name(many()));
        return names;
    }

    private static byte[][] many() {
        byte[][] rdns = new byte[40][];
        for (int i = 0; i < rdns.length; i++) {
            rdns[i] = rdn(attribute("2.5.4.11", Tag.PRINTABLE_STRING, in(19, "Unit  " + i)));
        }
        return rdns;
    }

    /** A name of random shape and content. */
    static byte[] random(Random random) {
        byte[][] rdns = new byte[random.nextInt(4)][];
        for (int i = 0; i < rdns.length; i++) {
            List<byte[]> attributes = new ArrayList<>();
            for (int j = random.nextInt(10) == 0 ? 2 : 1; j > 0; j--) {
                int tag = TEXTS.get(random.nextInt(TEXTS.size()));
                attributes.add(attribute(random.nextBoolean() ? CN : O, tag, in(tag, text(random, tag))));
            }
            rdns[i] = random.nextBoolean()
                    ? Der.setOf(attributes)
                    : Der.tagged(Tag.SET, attributes.toArray(byte[][]::new));
        }
        return name(rdns);
    }

    private static String text(Random random, int tag) {
        int bound =
                tag == Tag.UTF8_STRING || tag == Tag.UNIVERSAL_STRING ? 0x11000 : tag == Tag.BMP_STRING ? 0xD800 : 256;
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int codePoint = random.nextBoolean() ? " \tAbZ-.\r".charAt(random.nextInt(8)) : random.nextInt(bound);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? 'X' : codePoint);
        }
        return text.toString();
    }

    static EncodedCertificate certificate(byte[] name, long serial) {
        return ForgedCertificate.authority()
                .with(ForgedCertificate.Field.SUBJECT, name)
                .with(ForgedCertificate.Field.ISSUER, name)
                .with(ForgedCertificate.Field.SERIAL, Der.integer(BigInteger.valueOf(serial)))
                .made();
    }

    /** A revocation list without entries. */
    static byte[] revocationList(byte[] issuer, Instant thisUpdate) {
        KeyPair keys = SampleKeys.of(KeyType.EC_P256);
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(keys.getPublic());
        byte[] list = Der.sequence(
                Der.integer(1),
                algorithm.algorithmIdentifier(),
                issuer,
                Der.time(thisUpdate),
                Der.time(thisUpdate.plusSeconds(864_000)));
        return Der.sequence(
                list,
                algorithm.algorithmIdentifier(),
                Der.bitString(CryptoProviders.standard().sign(algorithm, keys.getPrivate(), list)));
    }
}
