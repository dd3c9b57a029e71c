package dev.certkit.identity;

import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateExtensions.AuthorityKeyIdentifier;
import dev.certkit.x509.CertificateExtensions.BasicConstraints;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the fields of a certificate, each on its own, and remembers those that are damaged. */
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
        T get() throws IOException;
    }

    CertificateDetails.Extras extras() {
        CertificateExtensions extensions = CertificateExtensions.of(certificate);
        return new CertificateDetails.Extras(
                read("subject alternative names", extensions::subjectAlternativeNames, List.of()),
                read("key usages", extensions::keyUsages, Optional.<Set<KeyUsage>>empty())
                        .orElse(Set.of()),
                read("extended key usages", extensions::purposes, Optional.<List<ExtendedKeyUsage>>empty())
                        .orElse(List.of()),
                identifiers(extensions),
                read("basic constraints", extensions::basicConstraints, Optional.<BasicConstraints>empty())
                        .orElse(new BasicConstraints(false, OptionalInt.empty())));
    }

    private CertificateDetails.Identifiers identifiers(CertificateExtensions extensions) {
        return new CertificateDetails.Identifiers(
                read("subject key identifier", extensions::subjectKeyIdentifier, Optional.<byte[]>empty())
                        .map(COLONS::formatHex),
                read(
                                "authority key identifier",
                                extensions::authorityKeyIdentifier,
                                Optional.<AuthorityKeyIdentifier>empty())
                        .flatMap(AuthorityKeyIdentifier::keyIdentifier)
                        .map(HexFormat.of()::parseHex)
                        .map(COLONS::formatHex));
    }

    private <T> T read(String field, Reading<T> reading, T otherwise) {
        try {
            return reading.get();
        } catch (IOException e) {
            unreadable.add(field);
            return otherwise;
        }
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
