package dev.certkit.trust;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.NameForm;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate while paths are searched: what is asked for often is read once. Thread safe.
 *
 * <p>Two of them are equal only if they are the same object.
 */
final class PathCertificate {
    private final EncodedCertificate certificate;
    private final AuthorityKeys keys;
    private final CertificateExtensions extensions;
    private final NameForm subject;
    private final NameForm issuer;
    private final byte[] keyInfo;
    private final Optional<SignatureAlgorithm> algorithm;
    private volatile @Nullable PublicKey key;
    private volatile @Nullable List<GeneralName> alternatives;
    private volatile @Nullable List<ConstrainedName> names;
    private volatile @Nullable NameRules rules;

    private PathCertificate(EncodedCertificate certificate, AuthorityKeys keys) {
        this.certificate = certificate;
        this.keys = keys;
        this.extensions = CertificateExtensions.of(certificate);
        this.subject = NameForm.of(certificate.subject().encoded());
        this.issuer = NameForm.of(certificate.issuer().encoded());
        this.keyInfo = certificate.subjectPublicKeyInfo();
        this.algorithm = SignatureAlgorithm.ofOid(certificate.signatureAlgorithmOid());
    }

    /** @param keys read its key and check the signatures that it made */
    static PathCertificate of(EncodedCertificate certificate, AuthorityKeys keys) {
        return new PathCertificate(certificate, keys);
    }

    EncodedCertificate certificate() {
        return certificate;
    }

    CertificateExtensions extensions() {
        return extensions;
    }

    NameForm subject() {
        return subject;
    }

    NameForm issuer() {
        return issuer;
    }

    /** What it is signed with; empty if that is unknown or weak. */
    Optional<SignatureAlgorithm> algorithm() {
        return algorithm;
    }

    /** Issued under its own name, which is not to say with its own key (RFC 5280, 3.2). */
    boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    boolean isValidAt(Instant time) {
        return !time.isBefore(certificate.notBefore()) && !time.isAfter(certificate.notAfter());
    }

    /** The same name and key, so that a path through both goes in a circle. */
    boolean hasHolderOf(PathCertificate other) {
        return Arrays.equals(keyInfo, other.keyInfo) && subject.equals(other.subject);
    }

    /** The octets of its key, as a key of maps. */
    ByteBuffer keyInfo() {
        return ByteBuffer.wrap(keyInfo);
    }

    /**
     * The public key, if it is within bounds.
     *
     * @throws InvalidKeySpecException naming what is wrong with it
     */
    PublicKey key() throws InvalidKeySpecException {
        PublicKey known = key;
        if (known == null) {
            known = keys.decoded(keyInfo);
            key = known;
        }
        return known;
    }

    /** Whether its key made the signature of another; false also if one of them is not supported. */
    boolean signed(PathCertificate other) {
        if (other.algorithm.isEmpty()) {
            return false;
        }
        try {
            key = keys.key(keyInfo);
            return keys.verify(other.algorithm.get(), keyInfo, other.certificate);
        } catch (InvalidKeySpecException e) {
            return false;
        }
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

    List<GeneralName> alternativeNames() throws IOException {
        List<GeneralName> known = alternatives;
        if (known == null) {
            known = extensions.subjectAlternativeNames();
            alternatives = known;
        }
        return known;
    }

    /** All its names that constraints bind. */
    List<ConstrainedName> names() throws IOException {
        List<ConstrainedName> known = names;
        if (known == null) {
            known = CertificateNames.of(alternativeNames(), certificate.subject(), subject);
            names = known;
        }
        return known;
    }

    /** Its name constraints, empty if it has none. */
    NameRules nameRules() throws IOException {
        NameRules known = rules;
        if (known == null) {
            known = extensions.nameConstraints().map(NameRules::new).orElse(NameRules.NONE);
            rules = known;
        }
        return known;
    }

    /** 1 to 3, or something else that stands there. */
    int version() {
        try {
            Optional<DerValue> version = fields().nextIf(Tag.constructed(0));
            return version.isPresent()
                    ? version.get().children().next(Tag.INTEGER).smallInteger() + 1
                    : 1;
        } catch (DerException e) {
            return -1;
        }
    }

    /** Whether its algorithm has no parameters, or NULL, which old encoders write for any (RFC 4055, 5; RFC 5758, 3.2). */
    boolean hasPlainAlgorithm() {
        try {
            DerReader identifier =
                    DerReader.single(outerAlgorithm(), Tag.SEQUENCE).children();
            identifier.next(Tag.OID);
            Optional<DerValue> parameters = identifier.nextIf(Tag.NULL);
            return !identifier.hasNext()
                    && parameters.map(DerValue::contentLength).orElse(0) == 0;
        } catch (DerException e) {
            return false;
        }
    }

    /** Whether what is signed names the algorithm that the signature says (RFC 5280, 4.1.1.2). */
    boolean namesOneAlgorithm() {
        try {
            return Arrays.equals(innerAlgorithm(), outerAlgorithm());
        } catch (DerException e) {
            return false;
        }
    }

    /** Whether around what is signed there is nothing that could be different without another signature. */
    boolean isFramedInDer() {
        try {
            byte[] framed =
                    Der.sequence(certificate.toBeSigned(), outerAlgorithm(), Der.bitString(certificate.signature()));
            return Arrays.equals(certificate.encoded(), framed);
        } catch (DerException e) {
            return false;
        }
    }

    private byte[] outerAlgorithm() throws DerException {
        DerReader parts = DerReader.single(certificate.encoded(), Tag.SEQUENCE).children();
        parts.next();
        return parts.next().encoded();
    }

    private byte[] innerAlgorithm() throws DerException {
        DerReader fields = fields();
        fields.nextIf(Tag.constructed(0));
        fields.next();
        return fields.next().encoded();
    }

    private DerReader fields() throws DerException {
        return DerReader.single(certificate.toBeSigned(), Tag.SEQUENCE).children();
    }
}
