package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.util.ArrayList;
import java.util.List;

/** What a value is, told by the tags inside it and by nothing that a label says. */
enum DerKind {
    CERTIFICATE("a certificate"),
    REQUEST("a certification request"),
    REVOCATION_LIST("a revocation list"),
    PRIVATE_KEY("a private key"),
    PKCS7("a PKCS#7 bag"),
    PKCS12("a PKCS#12 file"),
    PUBLIC_KEY("a public key without a certificate"),
    CURVE("EC parameters, which the key repeats"),
    PARAMETERS("parameters of a key exchange or of a DSA key"),
    DSA_KEY("a DSA key, which is not supported; make an EC or RSA key"),
    TRUST_SETTINGS("OpenSSL's own trust settings of the certificate before it, which are not used"),
    UNKNOWN("a structure that is neither certificate, key, request nor revocation list");

    private final String words;

    DerKind(String words) {
        this.words = words;
    }

    /** What it is, with an article, and what to do where something can be done. */
    String words() {
        return words;
    }

    static DerKind of(DerValue value) {
        try {
            if (value.is(Tag.OID)) {
                return CURVE;
            }
            List<DerValue> parts = value.is(Tag.SEQUENCE) ? parts(value) : List.of();
            if (parts.isEmpty()) {
                return UNKNOWN;
            }
            return switch (parts.get(0).tag()) {
                case Tag.OID -> PKCS7;
                case Tag.INTEGER -> startingWithInteger(parts);
                case Tag.SEQUENCE -> startingWithSequence(parts);
                case Tag.UTF8_STRING -> TRUST_SETTINGS;
                default -> UNKNOWN;
            };
        } catch (DerException e) {
            return UNKNOWN;
        }
    }

    private static List<DerValue> parts(DerValue value) throws DerException {
        List<DerValue> parts = new ArrayList<>();
        for (DerReader inside = value.children(); inside.hasNext() && parts.size() < 10; ) {
            parts.add(inside.next());
        }
        return parts;
    }

    private static boolean has(List<DerValue> parts, int index, int tag) {
        return index < parts.size() && parts.get(index).is(tag);
    }

    private static DerKind startingWithInteger(List<DerValue> parts) throws DerException {
        if (has(parts, 1, Tag.OCTET_STRING)) {
            return PRIVATE_KEY;
        }
        if (has(parts, 1, Tag.INTEGER)) {
            int integers =
                    (int) parts.stream().filter(part -> part.is(Tag.INTEGER)).count();
            return integers >= 9 ? PRIVATE_KEY : integers == 6 ? DSA_KEY : PARAMETERS;
        }
        if (!has(parts, 1, Tag.SEQUENCE)) {
            return UNKNOWN;
        }
        if (has(parts, 2, Tag.OCTET_STRING)) {
            return PRIVATE_KEY;
        }
        if (has(parts, 2, Tag.BIT_STRING) || has(parts, 3, Tag.OCTET_STRING)) {
            return PARAMETERS;
        }
        DerReader second = parts.get(1).children();
        boolean isContent = second.hasNext(Tag.OID) && second.next().oid().startsWith("1.2.840.113549.1.7.");
        return isContent ? PKCS12 : PARAMETERS;
    }

    private static DerKind startingWithSequence(List<DerValue> parts) throws DerException {
        if (has(parts, 1, Tag.OCTET_STRING)) {
            return PRIVATE_KEY;
        }
        if (has(parts, 1, Tag.BIT_STRING)) {
            return PUBLIC_KEY;
        }
        if (has(parts, 1, Tag.SEQUENCE) && has(parts, 2, Tag.BIT_STRING)) {
            return signed(parts(parts.get(0)));
        }
        return isTrustSettings(parts) ? TRUST_SETTINGS : UNKNOWN;
    }

    /** X509_CERT_AUX of OpenSSL: trusted purposes, rejected ones, an alias, a key id, all optional. */
    private static boolean isTrustSettings(List<DerValue> parts) throws DerException {
        for (DerReader purposes = parts.get(0).children(); purposes.hasNext(); ) {
            if (!purposes.next().is(Tag.OID)) {
                return false;
            }
        }
        return true;
    }

    private static DerKind signed(List<DerValue> fields) {
        if (has(fields, 0, Tag.constructed(0))) {
            return CERTIFICATE;
        }
        int first = has(fields, 0, Tag.INTEGER) ? 1 : 0;
        if (isTime(fields, first + 2)) {
            return REVOCATION_LIST;
        }
        return has(fields, first + 2, Tag.SEQUENCE) ? CERTIFICATE : REQUEST;
    }

    private static boolean isTime(List<DerValue> fields, int index) {
        return has(fields, index, Tag.UTC_TIME) || has(fields, index, Tag.GENERALIZED_TIME);
    }
}
