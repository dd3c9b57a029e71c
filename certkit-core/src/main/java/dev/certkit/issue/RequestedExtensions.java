package dev.certkit.issue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.Oids;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The extensions that a request asks for, looked at for what a profile does not give. */
final class RequestedExtensions {
    /** Where older Windows clients put their extensions. */
    private static final String MICROSOFT_EXTENSIONS = "1.3.6.1.4.1.311.2.1.14";

    /** Names, and the bit that says authority, have rules of their own; identifiers of keys are computed. */
    private static final Set<String> DECIDED_ELSEWHERE = Set.of(
            Oids.SUBJECT_ALTERNATIVE_NAME,
            Oids.BASIC_CONSTRAINTS,
            Oids.SUBJECT_KEY_IDENTIFIER,
            Oids.AUTHORITY_KEY_IDENTIFIER);

    private final Map<String, byte[]> values;

    private RequestedExtensions(Map<String, byte[]> values) {
        this.values = values;
    }

    static RequestedExtensions of(CertificationRequest request) throws DerException {
        Map<String, byte[]> values = new LinkedHashMap<>();
        DerReader info = DerReader.single(request.encoded(), Tag.SEQUENCE)
                .children()
                .next(Tag.SEQUENCE)
                .children();
        Optional<DerValue> attributes = Optional.empty();
        while (info.hasNext()) {
            attributes = Optional.of(info.next());
        }
        if (attributes.isPresent() && attributes.get().is(Tag.constructed(0))) {
            for (DerReader each = attributes.get().children(); each.hasNext(); ) {
                readAttribute(each.next(Tag.SEQUENCE).children(), values);
            }
        }
        return new RequestedExtensions(values);
    }

    private static void readAttribute(DerReader attribute, Map<String, byte[]> values) throws DerException {
        String type = attribute.next(Tag.OID).oid();
        if (!type.equals(Oids.EXTENSION_REQUEST) && !type.equals(MICROSOFT_EXTENSIONS)) {
            return;
        }
        DerReader extensions =
                attribute.next(Tag.SET).children().next(Tag.SEQUENCE).children();
        while (extensions.hasNext()) {
            DerReader extension = extensions.next(Tag.SEQUENCE).children();
            String oid = extension.next(Tag.OID).oid();
            extension.nextIf(Tag.BOOLEAN);
            values.put(oid, extension.next(Tag.OCTET_STRING).octets());
        }
    }

    /** What the profile does not give a key, for people; empty if it gives all that is asked for. */
    Optional<String> beyond(CertificateProfile profile, CertificationRequest request) throws DerException {
        for (Map.Entry<String, byte[]> each : values.entrySet()) {
            Optional<String> more =
                    switch (each.getKey()) {
                        case Oids.KEY_USAGE -> beyond(profile.keyUsages(request.publicKey()), each.getValue());
                        case Oids.EXTENDED_KEY_USAGE -> beyond(profile, each.getValue());
                        default ->
                            DECIDED_ELSEWHERE.contains(each.getKey())
                                    ? Optional.empty()
                                    : Optional.of("the extension " + each.getKey());
                    };
            if (more.isPresent()) {
                return more;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> beyond(Set<KeyUsage> given, byte[] asked) throws DerException {
        byte[] bits = DerReader.single(asked, Tag.BIT_STRING).content();
        KeyUsage[] usages = KeyUsage.values();
        for (int bit = 0; bit < usages.length; bit++) {
            int octet = 1 + bit / Byte.SIZE;
            boolean set = octet < bits.length && (bits[octet] & 0x80 >>> bit % Byte.SIZE) != 0;
            if (set && !given.contains(usages[bit])) {
                return Optional.of("the key usage " + usages[bit].rfcName());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> beyond(CertificateProfile profile, byte[] asked) throws DerException {
        // Without purposes the profile gives them all.
        boolean all = profile.purposes().isEmpty();
        for (DerReader each = DerReader.single(asked, Tag.SEQUENCE).children(); each.hasNext() && !all; ) {
            ExtendedKeyUsage purpose = new ExtendedKeyUsage(each.next(Tag.OID).oid());
            if (!profile.purposes().contains(purpose)) {
                return Optional.of("the purpose " + purpose.oid());
            }
        }
        return Optional.empty();
    }
}
