package dev.certkit.trust;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A certificate while paths are searched: what is asked for often is read once. Not thread safe until it is made. */
final class PathCertificate {
    private static final int VERSION_3 = 2;

    private final EncodedCertificate certificate;
    private final CertificateExtensions extensions;
    private final DistinguishedName subject;
    private final DistinguishedName issuer;
    private final byte[] keyInfo;
    private volatile @Nullable PublicKey key;

    private PathCertificate(EncodedCertificate certificate) {
        this.certificate = certificate;
        this.extensions = CertificateExtensions.of(certificate);
        this.subject = certificate.subject();
        this.issuer = certificate.issuer();
        this.keyInfo = certificate.subjectPublicKeyInfo();
    }

    static PathCertificate of(EncodedCertificate certificate) {
        return new PathCertificate(certificate);
    }

    EncodedCertificate certificate() {
        return certificate;
    }

    CertificateExtensions extensions() {
        return extensions;
    }

    DistinguishedName subject() {
        return subject;
    }

    DistinguishedName issuer() {
        return issuer;
    }

    /** Issued under its own name, which is not to say with its own key (RFC 5280, 3.2). */
    boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    boolean isSame(PathCertificate other) {
        return certificate.equals(other.certificate);
    }

    /** The same name and key, so that a path through both goes in a circle. */
    boolean hasHolderOf(PathCertificate other) {
        return Arrays.equals(keyInfo, other.keyInfo) && subject.equals(other.subject);
    }

    /**
     * The public key, if it is within bounds.
     *
     * @throws InvalidKeySpecException naming what is wrong with it
     */
    PublicKey key(CryptoProviders providers) throws InvalidKeySpecException {
        PublicKey known = key;
        if (known == null) {
            known = providers.publicKey(keyInfo);
            key = known;
        }
        return known;
    }

    /** The identifier of its own key; empty also if the extension is malformed. */
    Optional<String> subjectKeyIdentifier() {
        try {
            return extensions.subjectKeyIdentifier().map(HexFormat.of()::formatHex);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The identifier of the issuer's key; empty also if the extension is malformed. */
    Optional<String> authorityKeyIdentifier() {
        try {
            return extensions
                    .authorityKeyIdentifier()
                    .flatMap(CertificateExtensions.AuthorityKeyIdentifier::keyIdentifier);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isVersion3() {
        try {
            Optional<DerValue> version = fields().nextIf(Tag.constructed(0));
            return version.isPresent()
                    && version.get().children().next(Tag.INTEGER).smallInteger() == VERSION_3;
        } catch (DerException e) {
            return false;
        }
    }

    /** Whether what is signed names the algorithm that the signature says (RFC 5280, 4.1.1.2). */
    boolean namesOneAlgorithm() {
        try {
            DerReader fields = fields();
            fields.nextIf(Tag.constructed(0));
            fields.next();
            DerReader outer = DerReader.single(certificate.encoded(), Tag.SEQUENCE).children();
            outer.next();
            return Arrays.equals(fields.next().encoded(), outer.next().encoded());
        } catch (DerException e) {
            return false;
        }
    }

    private DerReader fields() throws DerException {
        return DerReader.single(certificate.toBeSigned(), Tag.SEQUENCE).children();
    }
}
