package dev.certkit.identity;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.Oids;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the fields of a certificate from their octets, each on its own, and remembers those that are damaged. */
final class DetailsReader {
    /** MD2, MD4, MD5 and SHA-1 with RSA, SHA-1 with DSA and ECDSA, and the older numbers of the same. */
    static final Set<String> WEAK_SIGNATURES = Set.of(
            "1.2.840.113549.1.1.2",
            "1.2.840.113549.1.1.3",
            "1.2.840.113549.1.1.4",
            "1.2.840.113549.1.1.5",
            "1.2.840.10040.4.3",
            "1.2.840.10045.4.1",
            "1.3.14.3.2.3",
            "1.3.14.3.2.27",
            "1.3.14.3.2.29");

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private final EncodedCertificate certificate;
    private final Optional<X509Certificate> object;
    private final List<String> unreadable = new ArrayList<>();

    DetailsReader(EncodedCertificate certificate) {
        this.certificate = certificate;
        this.object = object(certificate);
    }

    private static Optional<X509Certificate> object(EncodedCertificate certificate) {
        try {
            return Optional.of(certificate.toX509Certificate());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private interface Reading<T> {
        T of(byte[] value) throws DerException;
    }

    CertificateDetails.Extras extras() {
        return new CertificateDetails.Extras(
                read("subject alternative names", Oids.SUBJECT_ALTERNATIVE_NAME, GeneralNames::decode)
                        .orElse(List.of()),
                read("key usages", Oids.KEY_USAGE, DetailsReader::usages).orElse(Set.of()),
                read("extended key usages", Oids.EXTENDED_KEY_USAGE, DetailsReader::purposes)
                        .orElse(List.of()),
                new CertificateDetails.Identifiers(
                        read("subject key identifier", Oids.SUBJECT_KEY_IDENTIFIER, DetailsReader::subjectKey),
                        read("authority key identifier", Oids.AUTHORITY_KEY_IDENTIFIER, DetailsReader::authorityKey)
                                .flatMap(id -> id)),
                read("basic constraints", Oids.BASIC_CONSTRAINTS, DetailsReader::constraints)
                        .orElse(new CertificateDetails.Constraints(false, OptionalInt.empty())));
    }

    /** Of a sound extension its value; the JDK leaves some damaged ones out of its own getters without a word. */
    private <T> Optional<T> read(String field, String oid, Reading<T> reading) {
        Optional<EncodedCertificate.Extension> extension = certificate.extension(oid);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.of(extension.get().value()));
        } catch (DerException | IllegalArgumentException e) {
            unreadable.add(field);
            return Optional.empty();
        }
    }

    /** Bits of a NamedBitList (X.690, 11.2.2); more than the nine that RFC 5280 names are passed over. */
    private static Set<KeyUsage> usages(byte[] value) throws DerException {
        byte[] content = DerReader.single(value, Tag.BIT_STRING).content();
        EnumSet<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        for (KeyUsage usage : KeyUsage.values()) {
            int octet = 1 + usage.ordinal() / Byte.SIZE;
            if (octet < content.length && (content[octet] << usage.ordinal() % Byte.SIZE & 0x80) != 0) {
                usages.add(usage);
            }
        }
        return Collections.unmodifiableSet(usages);
    }

    private static List<ExtendedKeyUsage> purposes(byte[] value) throws DerException {
        List<ExtendedKeyUsage> purposes = new ArrayList<>();
        DerReader each = DerReader.single(value, Tag.SEQUENCE).children();
        while (each.hasNext()) {
            purposes.add(new ExtendedKeyUsage(each.next(Tag.OID).oid()));
        }
        return List.copyOf(purposes);
    }

    private static String subjectKey(byte[] value) throws DerException {
        return COLONS.formatHex(DerReader.single(value, Tag.OCTET_STRING).octets());
    }

    private static Optional<String> authorityKey(byte[] value) throws DerException {
        return DerReader.single(value, Tag.SEQUENCE)
                .children()
                .nextIf(Tag.context(0))
                .map(id -> COLONS.formatHex(id.content()));
    }

    private static CertificateDetails.Constraints constraints(byte[] value) throws DerException {
        DerReader fields = DerReader.single(value, Tag.SEQUENCE).children();
        boolean authority = fields.hasNext(Tag.BOOLEAN) && fields.next().bool();
        OptionalInt pathLength =
                authority && fields.hasNext() ? OptionalInt.of(fields.next().smallInteger()) : OptionalInt.empty();
        return new CertificateDetails.Constraints(authority, pathLength);
    }

    String signatureAlgorithm() {
        String oid = certificate.signatureAlgorithmOid();
        return SignatureAlgorithm.ofOid(oid)
                .map(SignatureAlgorithm::jcaName)
                .or(() -> object.map(X509Certificate::getSigAlgName))
                .orElse(oid);
    }

    CertificateDetails.PublicKeyDetails key() {
        Optional<PublicKey> key = object.map(X509Certificate::getPublicKey);
        Optional<KeyType> type = key.flatMap(KeyType::of);
        String algorithm = type.map(DetailsReader::name)
                .or(() -> key.map(PublicKey::getAlgorithm))
                .orElse("unknown");
        return new CertificateDetails.PublicKeyDetails(
                algorithm, key.map(DetailsReader::size).orElse(OptionalInt.empty()), type);
    }

    private static String name(KeyType type) {
        return switch (type) {
            case RSA_2048, RSA_3072, RSA_4096 -> "RSA";
            case EC_P256, EC_P384, EC_P521 -> "EC " + type.name().replace("EC_P", "P-");
            case ED25519 -> "Ed25519";
            case ED448 -> "Ed448";
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> type.name().replace('_', '-');
        };
    }

    private static OptionalInt size(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return OptionalInt.of(rsa.getModulus().bitLength());
        }
        return key instanceof ECKey ec && ec.getParams() != null
                ? OptionalInt.of(ec.getParams().getOrder().bitLength())
                : OptionalInt.empty();
    }

    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    static String sha1(EncodedCertificate certificate) {
        try {
            return COLONS.formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.encoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }
}
