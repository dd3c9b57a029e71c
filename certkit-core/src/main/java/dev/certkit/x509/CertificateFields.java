package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where what stands in the DER of a certificate (RFC 5280, 4.1). */
final class CertificateFields {
    static final int SERIAL_NUMBER = 0;
    static final int ISSUER = 2;
    static final int VALIDITY = 3;
    static final int SUBJECT = 4;
    static final int KEY = 5;

    private static final int VERSION = Tag.constructed(0);
    private static final int EXTENSIONS = Tag.constructed(3);
    private static final int MAX_EXTENSIONS = 256;

    private CertificateFields() {}

    /** Fails unless all that the other methods look at is there. */
    static void check(byte[] der) throws DerException {
        DerReader parts = DerReader.single(der, Tag.SEQUENCE).children();
        DerReader fields = parts.next(Tag.SEQUENCE).children();
        algorithm(parts.next(Tag.SEQUENCE));
        if (parts.next(Tag.BIT_STRING).contentLength() == 0) {
            throw new DerException("the signature is empty");
        }
        parts.end();
        checkToBeSigned(fields);
    }

    private static void checkToBeSigned(DerReader fields) throws DerException {
        fields.nextIf(VERSION);
        fields.next(Tag.INTEGER).integer();
        algorithm(fields.next(Tag.SEQUENCE));
        fields.next(Tag.SEQUENCE);
        readTimes(fields.next(Tag.SEQUENCE));
        fields.next(Tag.SEQUENCE);
        fields.next(Tag.SEQUENCE);
        fields.nextIf(Tag.context(1));
        fields.nextIf(Tag.context(2));
        readExtensions(fields.nextIf(EXTENSIONS));
        fields.end();
    }

    private static String algorithm(DerValue identifier) throws DerException {
        return identifier.children().next(Tag.OID).oid();
    }

    private static Instant[] readTimes(DerValue validity) throws DerException {
        DerReader times = validity.children();
        Instant[] both = {times.next().time(), times.next().time()};
        times.end();
        return both;
    }

    private static List<EncodedCertificate.Extension> readExtensions(Optional<DerValue> tagged) throws DerException {
        List<EncodedCertificate.Extension> extensions = new ArrayList<>();
        if (tagged.isEmpty()) {
            return extensions;
        }
        DerReader each = tagged.get().children().next(Tag.SEQUENCE).children();
        while (each.hasNext()) {
            if (extensions.size() == MAX_EXTENSIONS) {
                throw new DerException("more than " + MAX_EXTENSIONS + " extensions");
            }
            extensions.add(
                    EncodedCertificate.Extension.read(each.next(Tag.SEQUENCE).children()));
        }
        return extensions;
    }

    /** The to-be-signed part, the algorithm or the signature. */
    static DerValue outer(byte[] der, int index) {
        return unchecked(() -> {
            DerReader parts = DerReader.single(der, Tag.SEQUENCE).children();
            for (int i = 0; i < index; i++) {
                parts.next();
            }
            return parts.next();
        });
    }

    static String signatureAlgorithm(byte[] der) {
        DerValue identifier = outer(der, 1);
        return unchecked(() -> algorithm(identifier));
    }

    /** A field of the to-be-signed part, the version not counted. */
    static DerValue field(byte[] der, int index) {
        return unchecked(() -> fieldsFrom(der, index).next());
    }

    static Instant[] times(byte[] der) {
        return unchecked(() -> readTimes(fieldsFrom(der, VALIDITY).next()));
    }

    static List<EncodedCertificate.Extension> extensions(byte[] der) {
        return unchecked(() -> {
            DerReader fields = fieldsFrom(der, KEY + 1);
            fields.nextIf(Tag.context(1));
            fields.nextIf(Tag.context(2));
            return List.copyOf(readExtensions(fields.nextIf(EXTENSIONS)));
        });
    }

    private static DerReader fieldsFrom(byte[] der, int index) throws DerException {
        DerReader fields = DerReader.single(der, Tag.SEQUENCE).children().next().children();
        fields.nextIf(VERSION);
        for (int i = 0; i < index; i++) {
            fields.next();
        }
        return fields;
    }

    private interface Reading<T> {
        T read() throws DerException;
    }

    private static <T> T unchecked(Reading<T> reading) {
        try {
            return reading.read();
        } catch (DerException e) {
            throw new IllegalStateException("a certificate that was checked when it was made is malformed", e);
        }
    }
}
