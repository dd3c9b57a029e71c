package dev.certkit.lint;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.EncodedCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a certificate as they are encoded, for rules about the encoding (RFC 5280, 4.1). */
record RawCertificate(
        Optional<DerValue> version,
        DerValue serial,
        Algorithms algorithms,
        List<DerValue> times,
        boolean uniqueIds,
        Optional<List<RawExtension>> extensions) {

    /** The algorithm that is signed and the one beside the signature. */
    record Algorithms(DerValue inner, DerValue outer) {}

    /** An extension; the critical flag as it stands there, if it does. */
    record RawExtension(String oid, Optional<DerValue> critical, DerValue value) {}

    static RawCertificate of(EncodedCertificate certificate) throws DerException {
        DerReader parts = DerReader.single(certificate.encoded(), Tag.SEQUENCE).children();
        DerReader fields = parts.next(Tag.SEQUENCE).children();
        DerValue outer = parts.next(Tag.SEQUENCE);
        Optional<DerValue> version = fields.nextIf(Tag.constructed(0));
        DerValue serial = fields.next(Tag.INTEGER);
        DerValue inner = fields.next(Tag.SEQUENCE);
        fields.next(Tag.SEQUENCE);
        DerReader validity = fields.next(Tag.SEQUENCE).children();
        List<DerValue> times = List.of(validity.next(), validity.next());
        fields.next(Tag.SEQUENCE);
        fields.next(Tag.SEQUENCE);
        Optional<DerValue> issuerId = fields.nextIf(Tag.context(1));
        boolean uniqueIds = fields.nextIf(Tag.context(2)).isPresent() || issuerId.isPresent();
        return new RawCertificate(version, serial, new Algorithms(inner, outer), times, uniqueIds, extensions(fields));
    }

    private static Optional<List<RawExtension>> extensions(DerReader fields) throws DerException {
        Optional<DerValue> tagged = fields.nextIf(Tag.constructed(3));
        if (tagged.isEmpty()) {
            return Optional.empty();
        }
        List<RawExtension> extensions = new ArrayList<>();
        for (DerReader each = tagged.get().children().next(Tag.SEQUENCE).children(); each.hasNext(); ) {
            DerReader extension = each.next(Tag.SEQUENCE).children();
            extensions.add(new RawExtension(
                    extension.next(Tag.OID).oid(), extension.nextIf(Tag.BOOLEAN), extension.next(Tag.OCTET_STRING)));
        }
        return Optional.of(List.copyOf(extensions));
    }

    /** 1 to 3; a higher number that is not assigned. */
    int versionNumber() throws DerException {
        return version.isEmpty() ? 1 : version.get().children().next().smallInteger() + 1;
    }
}
