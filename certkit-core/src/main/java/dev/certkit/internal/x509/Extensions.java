package dev.certkit.internal.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Extensions of certificates and requests in DER (RFC 5280, 4.2). */
public final class Extensions {
    private final List<byte[]> encoded = new ArrayList<>();

    /** Basic constraints, key usage and extended key usage as a profile wants them for a key. */
    public Extensions profile(CertificateProfile profile, PublicKey key) {
        add(Oids.BASIC_CONSTRAINTS, true, basicConstraints(profile));
        add(Oids.KEY_USAGE, true, keyUsage(profile.keyUsages(key)));
        if (!profile.purposes().isEmpty()) {
            List<byte[]> purposes = profile.purposes().stream()
                    .map(ExtendedKeyUsage::oid)
                    .map(Der::oid)
                    .toList();
            add(Oids.EXTENDED_KEY_USAGE, false, Der.sequence(purposes));
        }
        return this;
    }

    /** The alternative names, if there are any; critical where the subject is empty (RFC 5280, 4.2.1.6). */
    public Extensions names(List<GeneralName> names, DistinguishedName subject) {
        if (!names.isEmpty()) {
            List<byte[]> each = names.stream().map(GeneralName::encoded).toList();
            add(Oids.SUBJECT_ALTERNATIVE_NAME, subject.isEmpty(), Der.sequence(each));
        }
        return this;
    }

    public Extensions subjectKey(byte[] keyIdentifier) {
        return add(Oids.SUBJECT_KEY_IDENTIFIER, false, Der.octetString(keyIdentifier));
    }

    public Extensions authorityKey(byte[] keyIdentifier) {
        return add(Oids.AUTHORITY_KEY_IDENTIFIER, false, Der.sequence(Der.tagged(Tag.context(0), keyIdentifier)));
    }

    /** One as it stands in another certificate or request, or as somebody made it. */
    public Extensions verbatim(EncodedCertificate.Extension extension) {
        return add(extension.oid(), extension.critical(), extension.value());
    }

    Extensions add(String oid, boolean critical, byte[] value) {
        byte[] wrapped = Der.octetString(value);
        encoded.add(
                critical ? Der.sequence(Der.oid(oid), Der.bool(true), wrapped) : Der.sequence(Der.oid(oid), wrapped));
        return this;
    }

    private static byte[] basicConstraints(CertificateProfile profile) {
        if (!profile.isAuthority()) {
            return Der.sequence();
        }
        return profile.pathLength().isPresent()
                ? Der.sequence(Der.bool(true), Der.integer(profile.pathLength().getAsInt()))
                : Der.sequence(Der.bool(true));
    }

    private static byte[] keyUsage(Set<KeyUsage> usages) {
        return Der.namedBits(usages.stream().map(KeyUsage::ordinal).toList());
    }

    public boolean isEmpty() {
        return encoded.isEmpty();
    }

    /** The DER of the Extensions. */
    public byte[] encoded() {
        return Der.sequence(encoded);
    }

    /** The value of one extension in the DER of Extensions. */
    public static Optional<byte[]> find(byte[] extensions, String oid) throws DerException {
        DerReader each = DerReader.single(extensions, Tag.SEQUENCE).children();
        while (each.hasNext()) {
            DerReader extension = each.next(Tag.SEQUENCE).children();
            boolean wanted = extension.next(Tag.OID).oid().equals(oid);
            extension.nextIf(Tag.BOOLEAN);
            byte[] value = extension.next(Tag.OCTET_STRING).octets();
            if (wanted) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
