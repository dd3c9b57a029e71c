package dev.certkit.store.file;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A name in the form that OpenSSL compares and hashes.
 *
 * <p>Texts become UTF8Strings without ASCII blanks around them, with one space for several inside, and with ASCII letters in
 * lower case. The elements of an RDN are sorted anew, values that are no texts stay, and the outer SEQUENCE is left out.
 */
final class CanonicalName {
    private static final int PASSED_BY = 0;

    private CanonicalName() {}

    /**
     * What the names of links begin with.
     *
     * @param name the DER of a Name
     * @return eight hexadecimal digits
     * @throws DerException if OpenSSL could not read such a name, either
     */
    static String hash(byte[] name) throws DerException {
        byte[] digest = sha1(of(name));
        StringBuilder hash = new StringBuilder();
        // as a little-endian number
        for (int i = 3; i >= 0; i--) {
            hash.append(String.format("%02x", digest[i]));
        }
        return hash.toString();
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static byte[] of(byte[] name) throws DerException {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        DerReader rdns = DerReader.single(name, Tag.SEQUENCE).children();
        while (rdns.hasNext()) {
            List<byte[]> attributes = new ArrayList<>();
            for (DerReader rdn = rdns.next(Tag.SET).children(); rdn.hasNext(); ) {
                attributes.add(attribute(rdn.next(Tag.SEQUENCE).children()));
            }
            if (!attributes.isEmpty()) {
                canonical.writeBytes(Der.setOf(attributes));
            }
        }
        return canonical.toByteArray();
    }

    private static byte[] attribute(DerReader attribute) throws DerException {
        byte[] type = attribute.next(Tag.OID).encoded();
        DerValue value = attribute.next();
        attribute.end();
        return Der.sequence(type, isText(value) ? text(value) : value.encoded());
    }

    private static boolean isText(DerValue value) {
        return switch (value.tag()) {
            case Tag.UTF8_STRING,
                    Tag.PRINTABLE_STRING,
                    Tag.TELETEX_STRING,
                    Tag.IA5_STRING,
                    Tag.UNIVERSAL_STRING,
                    Tag.BMP_STRING -> true;
            default -> false;
        };
    }

    private static byte[] text(DerValue value) throws DerException {
        return Der.tagged(Tag.UTF8_STRING, folded(utf8(value)));
    }

    private static byte[] utf8(DerValue value) throws DerException {
        return switch (value.tag()) {
            // OpenSSL takes these as Latin-1 and does not ask which characters they may have
            case Tag.PRINTABLE_STRING, Tag.IA5_STRING, Tag.TELETEX_STRING ->
                new String(value.content(), StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
            default -> withoutSurrogates(value).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** OpenSSL takes no half of a surrogate pair, nor a pair in a BMPString, where each unit is a character. */
    private static String withoutSurrogates(DerValue value) throws DerException {
        String text = value.text();
        boolean hasHalves = text.codePoints().anyMatch(c -> c <= 0xFFFF && Character.isSurrogate((char) c));
        boolean hasPairs = text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
        if (hasHalves || hasPairs && value.is(Tag.BMP_STRING)) {
            throw new DerException("a text has surrogates");
        }
        return text;
    }

    private static byte[] folded(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int blank = PASSED_BY;
        for (byte octet : text) {
            if (isBlank(octet)) {
                blank = out.size() == 0 ? PASSED_BY : ' ';
                continue;
            }
            if (blank != PASSED_BY) {
                out.write(blank);
                blank = PASSED_BY;
            }
            out.write(octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet);
        }
        return out.toByteArray();
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet >= '\t' && octet <= '\r';
    }
}
