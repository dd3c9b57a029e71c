package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the extensions about policies (RFC 5280, 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14). */
final class PolicyReader {
    private PolicyReader() {}

    /** Qualifiers are for people and passed over. */
    static List<String> policies(byte[] value) throws DerException {
        Set<String> policies = new LinkedHashSet<>();
        for (DerReader each = ExtensionReader.sequence(value); each.hasNext(); ) {
            DerReader information = each.next(Tag.SEQUENCE).children();
            String policy = information.next(Tag.OID).oid();
            information.nextIf(Tag.SEQUENCE);
            information.end();
            if (!policies.add(policy)) {
                throw new DerException("the policy " + policy + " is listed twice");
            }
        }
        return ExtensionReader.notEmpty(new ArrayList<>(policies));
    }

    static List<CertificateExtensions.PolicyMapping> mappings(byte[] value) throws DerException {
        List<CertificateExtensions.PolicyMapping> mappings = new ArrayList<>();
        for (DerReader each = ExtensionReader.sequence(value); each.hasNext(); ) {
            DerReader pair = each.next(Tag.SEQUENCE).children();
            mappings.add(new CertificateExtensions.PolicyMapping(
                    pair.next(Tag.OID).oid(), pair.next(Tag.OID).oid()));
            pair.end();
        }
        return ExtensionReader.notEmpty(mappings);
    }

    static CertificateExtensions.PolicyConstraints constraints(byte[] value) throws DerException {
        DerReader fields = ExtensionReader.sequence(value);
        Optional<DerValue> required = fields.nextIf(Tag.context(0));
        Optional<DerValue> inhibited = fields.nextIf(Tag.context(1));
        fields.end();
        if (required.isEmpty() && inhibited.isEmpty()) {
            throw new DerException("it constrains nothing");
        }
        return new CertificateExtensions.PolicyConstraints(skip(required), skip(inhibited));
    }

    static int inhibitAnyPolicy(byte[] value) throws DerException {
        return DerReader.single(value, Tag.INTEGER).smallInteger();
    }

    private static OptionalInt skip(Optional<DerValue> tagged) throws DerException {
        if (tagged.isEmpty()) {
            return OptionalInt.empty();
        }
        byte[] content = tagged.get().content();
        BigInteger skip = content.length == 0 ? BigInteger.ONE.negate() : new BigInteger(content);
        if (skip.signum() < 0 || skip.bitLength() > 31) {
            throw new DerException("a number of certificates is out of range");
        }
        return OptionalInt.of(skip.intValue());
    }
}
