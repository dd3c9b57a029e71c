package dev.certkit.identity;

import dev.certkit.internal.x509.SelfSignature;
import dev.certkit.key.KeyType;
import dev.certkit.x509.CertificateExtensions.BasicConstraints;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows of a certificate, one of our own or anybody else's.
 *
 * <p>A field that is damaged or breaks the rules does not hide the others: it is empty, and named among the {@link
 * #unreadable()}. So serial numbers may be negative here, and a certificate may end before it begins. Nothing is said about
 * trust. Immutable and thread safe.
 */
public final class CertificateDetails {
    private final EncodedCertificate certificate;
    private final PublicKeyDetails key;
    private final Extras extras;
    private final String signatureAlgorithm;
    private final boolean selfSigned;
    private final List<String> unreadable;

    private CertificateDetails(EncodedCertificate certificate) {
        DetailsReader reader = new DetailsReader(certificate);
        this.certificate = certificate;
        this.key = reader.key();
        this.extras = reader.extras();
        this.signatureAlgorithm = reader.signatureAlgorithm();
        this.selfSigned = SelfSignature.holds(certificate);
        this.unreadable = reader.unreadable();
    }

    /** What the extensions say. */
    record Extras(
            List<GeneralName> names,
            Set<KeyUsage> usages,
            List<ExtendedKeyUsage> purposes,
            Identifiers identifiers,
            BasicConstraints constraints) {}

    /** Hexadecimal with colons, empty where there is none. */
    record Identifiers(Optional<String> subject, Optional<String> authority) {}

    /**
     * The public key in words.
     *
     * @param algorithm for example {@code RSA}, or a dotted object identifier if it is not known
     * @param sizeBits bits of the modulus or of the curve, or empty for other kinds
     * @param type the kind, if it is one that certkit makes
     */
    public record PublicKeyDetails(String algorithm, OptionalInt sizeBits, Optional<KeyType> type) {
        /** For people, for example {@code RSA, 2048 bits}. */
        @Override
        public String toString() {
            return algorithm + (sizeBits.isPresent() ? ", " + sizeBits.getAsInt() + " bits" : "");
        }
    }

    /**
     * Reads a certificate; one signature is checked if it names itself as issuer.
     *
     * @param certificate not null
     */
    public static CertificateDetails of(X509Certificate certificate) {
        return of(EncodedCertificate.of(certificate));
    }

    /**
     * Reads a certificate, also one that Java cannot make an object of.
     *
     * @param certificate not null
     */
    public static CertificateDetails of(EncodedCertificate certificate) {
        return new CertificateDetails(Objects.requireNonNull(certificate, "certificate"));
    }

    /** The certificate itself. */
    public EncodedCertificate certificate() {
        return certificate;
    }

    /** The subject. */
    public DistinguishedName subject() {
        return certificate.subject();
    }

    /** The issuer. */
    public DistinguishedName issuer() {
        return certificate.issuer();
    }

    /** The serial number as it stands there, also zero, negative or too long. */
    public BigInteger serialNumber() {
        return certificate.serialNumber();
    }

    /** The first second in which it is valid. */
    public Instant notBefore() {
        return certificate.notBefore();
    }

    /** The last second in which it is valid. */
    public Instant notAfter() {
        return certificate.notAfter();
    }

    /** The alternative names in their order; empty if none, or if they are {@link #unreadable()}. */
    public List<GeneralName> subjectAlternativeNames() {
        return extras.names;
    }

    /** The public key in words. */
    public PublicKeyDetails publicKey() {
        return key;
    }

    /** With what it is signed, for example {@code SHA256withRSA}, or a dotted object identifier. */
    public String signatureAlgorithm() {
        return signatureAlgorithm;
    }

    /** Whether it is signed with a hash for which collisions are made: MD2, MD5 or SHA-1. */
    public boolean isWeaklySigned() {
        return DetailsReader.WEAK_SIGNATURES.contains(certificate.signatureAlgorithmOid());
    }

    /** What its key may be used for, in the order of the bits; empty if it does not say. */
    public Set<KeyUsage> keyUsages() {
        return extras.usages;
    }

    /** Its purposes, in its order; empty if it does not say. */
    public List<ExtendedKeyUsage> extendedKeyUsages() {
        return extras.purposes;
    }

    /** The SHA-256 fingerprint. */
    public Fingerprint sha256Fingerprint() {
        return certificate.fingerprint();
    }

    /** The SHA-1 fingerprint with colons, only for comparing with programs that show no other. */
    public String sha1Fingerprint() {
        return DetailsReader.sha1(certificate);
    }

    /** The subject key identifier with colons (RFC 5280, section 4.2.1.2). */
    public Optional<String> subjectKeyIdentifier() {
        return extras.identifiers.subject;
    }

    /** The key identifier of the issuer with colons (RFC 5280, section 4.2.1.1). */
    public Optional<String> authorityKeyIdentifier() {
        return extras.identifiers.authority;
    }

    /** Whether it has the authority attribute: its key may sign certificates (RFC 5280, section 4.2.1.9). */
    public boolean isAuthority() {
        return extras.constraints.authority();
    }

    /** How many authorities may stand below it; empty if that is not bounded, or it is none. */
    public OptionalInt pathLength() {
        return extras.constraints.pathLength();
    }

    /** Whether its signature verifies under its own key, and it names itself as issuer. */
    public boolean isSelfSigned() {
        return selfSigned;
    }

    /** The fields that could not be read, in words; empty for a sound certificate. */
    public List<String> unreadable() {
        return unreadable;
    }

    /** All of it as lines of text for people, one field each; safe to print and to log. */
    public String toText() {
        return DetailsText.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertificateDetails that && certificate.equals(that.certificate);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }

    /** The subject, for messages. */
    @Override
    public String toString() {
        return "CertificateDetails[" + subject() + "]";
    }
}
