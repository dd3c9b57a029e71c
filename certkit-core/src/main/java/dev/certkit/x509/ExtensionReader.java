package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the values of extensions (RFC 5280, 4.2); what is not DER but unambiguous is taken, what is left over is not. */
final class ExtensionReader {
    private ExtensionReader() {}

    static DerReader sequence(byte[] value) throws DerException {
        return DerReader.single(value, Tag.SEQUENCE).children();
    }

    /** Bits behind the ninth have no meaning and are passed over. */
    static Set<KeyUsage> keyUsages(byte[] value) throws DerException {
        BitSet bits = DerReader.single(value, Tag.BIT_STRING).namedBits();
        EnumSet<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        KeyUsage[] inOrder = KeyUsage.values();
        for (int bit = 0; bit < inOrder.length; bit++) {
            if (bits.get(bit)) {
                usages.add(inOrder[bit]);
            }
        }
        return Collections.unmodifiableSet(usages);
    }

    static List<ExtendedKeyUsage> purposes(byte[] value) throws DerException {
        List<ExtendedKeyUsage> purposes = new ArrayList<>();
        for (DerReader each = sequence(value); each.hasNext(); ) {
            purposes.add(new ExtendedKeyUsage(each.next(Tag.OID).oid()));
        }
        if (purposes.isEmpty()) {
            throw new DerException("it names no purpose");
        }
        return List.copyOf(purposes);
    }

    static CertificateExtensions.BasicConstraints basicConstraints(byte[] value) throws DerException {
        DerReader fields = sequence(value);
        Optional<DerValue> authority = fields.nextIf(Tag.BOOLEAN);
        Optional<DerValue> pathLength = fields.nextIf(Tag.INTEGER);
        fields.end();
        return new CertificateExtensions.BasicConstraints(
                authority.isPresent() && authority.get().bool(),
                pathLength.isPresent() ? OptionalInt.of(pathLength.get().smallInteger()) : OptionalInt.empty());
    }

    static byte[] subjectKeyIdentifier(byte[] value) throws DerException {
        return DerReader.single(value, Tag.OCTET_STRING).octets();
    }

    static CertificateExtensions.AuthorityKeyIdentifier authorityKeyIdentifier(byte[] value) throws DerException {
        DerReader fields = sequence(value);
        Optional<DerValue> keyIdentifier = fields.nextIf(Tag.context(0));
        Optional<DerValue> issuer = fields.nextIf(Tag.constructed(1));
        Optional<DerValue> serialNumber = fields.nextIf(Tag.context(2));
        fields.end();
        return new CertificateExtensions.AuthorityKeyIdentifier(
                keyIdentifier.map(id -> Encoding.hex(id.content())), names(issuer), number(serialNumber));
    }

    private static Optional<BigInteger> number(Optional<DerValue> tagged) throws DerException {
        if (tagged.isPresent() && tagged.get().contentLength() == 0) {
            throw new DerException("a serial number has no content");
        }
        return tagged.map(number -> new BigInteger(number.content()));
    }

    static List<GeneralName> names(byte[] value) throws DerException {
        return GeneralNameReader.all(sequence(value));
    }

    private static List<GeneralName> names(Optional<DerValue> tagged) throws DerException {
        return tagged.isPresent() ? GeneralNameReader.all(tagged.get().children()) : List.of();
    }

    static List<CertificateExtensions.Access> accesses(byte[] value) throws DerException {
        List<CertificateExtensions.Access> accesses = new ArrayList<>();
        for (DerReader each = sequence(value); each.hasNext(); ) {
            DerReader description = each.next(Tag.SEQUENCE).children();
            String method = description.next(Tag.OID).oid();
            accesses.add(new CertificateExtensions.Access(method, GeneralNameReader.one(description.next())));
            description.end();
        }
        return notEmpty(accesses);
    }

    static List<CertificateExtensions.DistributionPoint> distributionPoints(byte[] value) throws DerException {
        List<CertificateExtensions.DistributionPoint> points = new ArrayList<>();
        for (DerReader each = sequence(value); each.hasNext(); ) {
            points.add(distributionPoint(each.next(Tag.SEQUENCE).children()));
        }
        return notEmpty(points);
    }

    private static CertificateExtensions.DistributionPoint distributionPoint(DerReader fields) throws DerException {
        Optional<DerValue> name = fields.nextIf(Tag.constructed(0));
        Optional<DerValue> reasons = fields.nextIf(Tag.context(1));
        Optional<DerValue> crlIssuer = fields.nextIf(Tag.constructed(2));
        fields.end();
        if (name.isEmpty() && crlIssuer.isEmpty()) {
            throw new DerException("a distribution point names neither a place nor an issuer");
        }
        return new CertificateExtensions.DistributionPoint(
                name.isPresent() ? fullName(name.get().children()) : List.of(), names(crlIssuer), reasons.isEmpty());
    }

    private static List<GeneralName> fullName(DerReader choice) throws DerException {
        DerValue chosen = choice.next();
        choice.end();
        if (!chosen.is(Tag.constructed(0)) && !chosen.is(Tag.constructed(1))) {
            throw new DerException("the name of a distribution point has the tag " + chosen.tag());
        }
        return chosen.is(Tag.constructed(0)) ? GeneralNameReader.all(chosen.children()) : List.of();
    }

    static <T> List<T> notEmpty(List<T> values) throws DerException {
        if (values.isEmpty()) {
            throw new DerException("it is an empty list");
        }
        return List.copyOf(values);
    }
}
