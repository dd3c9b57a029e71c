package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the extensions of a certificate or a request say, each read when asked (RFC 5280, section 4.2).
 *
 * <p>An extension that is absent gives an empty answer. One that is malformed, or stands there twice, is an {@link IOException}
 * that names it, and does not hide the others. Immutable and thread safe.
 */
public final class CertificateExtensions {
    private static final int MAX_EXTENSIONS = 256;

    private final List<EncodedCertificate.Extension> extensions;
    /** Whose they are, for messages. */
    private final Supplier<String> owner;

    private CertificateExtensions(List<EncodedCertificate.Extension> extensions, Supplier<String> owner) {
        this.extensions = extensions;
        this.owner = owner;
    }

    /**
     * The extensions of a certificate.
     *
     * @param certificate not null
     */
    public static CertificateExtensions of(EncodedCertificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        return new CertificateExtensions(certificate.extensions(), () -> "the certificate of " + certificate.subject());
    }

    /**
     * The extensions that a request asks for, or others that stand alone.
     *
     * @param der the DER of Extensions; not null
     * @throws IOException if it is no list of at most 256 extensions; what is inside is read when asked
     */
    public static CertificateExtensions decode(byte[] der) throws IOException {
        List<EncodedCertificate.Extension> extensions = new ArrayList<>();
        for (DerReader each = DerReader.single(der, Tag.SEQUENCE).children(); each.hasNext(); ) {
            if (extensions.size() == MAX_EXTENSIONS) {
                throw new DerException("more than " + MAX_EXTENSIONS + " extensions");
            }
            extensions.add(
                    EncodedCertificate.Extension.read(each.next(Tag.SEQUENCE).children()));
        }
        return new CertificateExtensions(List.copyOf(extensions), () -> "the request");
    }

    /** All, in their order, also those that nothing here reads. */
    public List<EncodedCertificate.Extension> all() {
        return extensions;
    }

    private interface Reading<T> {
        T of(byte[] value) throws DerException;
    }

    private <T> Optional<T> read(ExtensionType type, Reading<T> reading) throws IOException {
        List<EncodedCertificate.Extension> found = extensions.stream()
                .filter(extension -> extension.oid().equals(type.oid()))
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw malformed(type, "it stands there " + found.size() + " times", null);
        }
        try {
            return Optional.of(reading.of(found.get(0).value()));
        } catch (DerException | IllegalArgumentException e) {
            throw malformed(type, String.valueOf(e.getMessage()), e);
        }
    }

    private IOException malformed(ExtensionType type, String why, @Nullable Exception cause) {
        return new IOException(
                "the extension " + type + " of " + owner.get() + " is malformed: " + why + "; have it made anew",
                cause);
    }

    /**
     * What the key may be used for, in the order of the bits (section 4.2.1.3).
     *
     * @return empty if nothing is said, which allows every use
     * @throws IOException if it is malformed
     */
    public Optional<Set<KeyUsage>> keyUsages() throws IOException {
        return read(ExtensionType.KEY_USAGE, ExtensionReader::keyUsages);
    }

    /**
     * The purposes of the key, in its order (extended key usage, section 4.2.1.12).
     *
     * @return empty if nothing is said, which allows every purpose; otherwise at least one
     * @throws IOException if it is malformed
     */
    public Optional<List<ExtendedKeyUsage>> purposes() throws IOException {
        return read(ExtensionType.EXTENDED_KEY_USAGE, ExtensionReader::purposes);
    }

    /**
     * Whether it is an authority and what may stand below it (section 4.2.1.9).
     *
     * @throws IOException if it is malformed
     */
    public Optional<BasicConstraints> basicConstraints() throws IOException {
        return read(ExtensionType.BASIC_CONSTRAINTS, ExtensionReader::basicConstraints);
    }

    /**
     * The identifier of the key, a copy (section 4.2.1.2).
     *
     * @throws IOException if it is malformed
     */
    public Optional<byte[]> subjectKeyIdentifier() throws IOException {
        return read(ExtensionType.SUBJECT_KEY_IDENTIFIER, ExtensionReader::subjectKeyIdentifier);
    }

    /**
     * How the issuer's certificate is recognised (section 4.2.1.1).
     *
     * @throws IOException if it is malformed
     */
    public Optional<AuthorityKeyIdentifier> authorityKeyIdentifier() throws IOException {
        return read(ExtensionType.AUTHORITY_KEY_IDENTIFIER, ExtensionReader::authorityKeyIdentifier);
    }

    /**
     * The alternative names in their order (section 4.2.1.6); a malformed name is kept as {@link GeneralName.OtherName}.
     *
     * @return empty if there are none
     * @throws IOException if the list is malformed, is empty or has more than 1,000 names
     */
    public List<GeneralName> subjectAlternativeNames() throws IOException {
        return read(ExtensionType.SUBJECT_ALTERNATIVE_NAME, ExtensionReader::names)
                .orElse(List.of());
    }

    /**
     * Where more about the issuer is to be had (authority information access, section 4.2.2.1).
     *
     * @return empty if nothing is said
     * @throws IOException if it is malformed
     */
    public List<Access> authorityInformation() throws IOException {
        return read(ExtensionType.AUTHORITY_INFORMATION_ACCESS, ExtensionReader::accesses)
                .orElse(List.of());
    }

    /**
     * Where its CRLs are published (section 4.2.1.13).
     *
     * @return empty if nothing is said
     * @throws IOException if it is malformed
     */
    public List<DistributionPoint> crlDistributionPoints() throws IOException {
        return read(ExtensionType.CRL_DISTRIBUTION_POINTS, ExtensionReader::distributionPoints)
                .orElse(List.of());
    }

    /**
     * The names that authorities below it may certify (section 4.2.1.10).
     *
     * @throws IOException if it is malformed
     */
    public Optional<NameConstraints> nameConstraints() throws IOException {
        return read(ExtensionType.NAME_CONSTRAINTS, NameConstraintsReader::read);
    }

    /**
     * The object identifiers of the policies that it was issued under (section 4.2.1.4).
     *
     * @return empty if nothing is said
     * @throws IOException if it is malformed
     */
    public List<String> policies() throws IOException {
        return read(ExtensionType.CERTIFICATE_POLICIES, PolicyReader::policies).orElse(List.of());
    }

    /**
     * Which policies of the issuer are equal to which of its own (section 4.2.1.5).
     *
     * @return empty if nothing is said
     * @throws IOException if it is malformed
     */
    public List<PolicyMapping> policyMappings() throws IOException {
        return read(ExtensionType.POLICY_MAPPINGS, PolicyReader::mappings).orElse(List.of());
    }

    /**
     * From how many certificates on policies are required or mappings forbidden (section 4.2.1.11).
     *
     * @throws IOException if it is malformed
     */
    public Optional<PolicyConstraints> policyConstraints() throws IOException {
        return read(ExtensionType.POLICY_CONSTRAINTS, PolicyReader::constraints);
    }

    /**
     * After how many certificates anyPolicy does not count any more (section 4.2.1.14).
     *
     * @throws IOException if it is malformed
     */
    public OptionalInt inhibitAnyPolicy() throws IOException {
        return read(ExtensionType.INHIBIT_ANY_POLICY, PolicyReader::inhibitAnyPolicy)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /**
     * The basic constraints.
     *
     * @param authority whether its key may sign certificates
     * @param pathLength how many authorities may stand below; only sensible for an authority
     */
    public record BasicConstraints(boolean authority, OptionalInt pathLength) {}

    /**
     * How the issuer's certificate is recognised.
     *
     * @param keyIdentifier of the issuer's key, in lower-case hexadecimal
     * @param issuer names of the issuer's own issuer; empty if not said
     * @param serialNumber of the issuer's certificate
     */
    public record AuthorityKeyIdentifier(
            Optional<String> keyIdentifier, List<GeneralName> issuer, Optional<BigInteger> serialNumber) {}

    /**
     * One service of the issuer.
     *
     * @param method the object identifier of the kind of service in dotted form
     * @param location where it is
     */
    public record Access(String method, GeneralName location) {
        /** The method of the issuer's certificates (id-ad-caIssuers). */
        public static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
        /** The method of a server that answers by OCSP (id-ad-ocsp). */
        public static final String OCSP = "1.3.6.1.5.5.7.48.1";

        /**
         * Where this is, if it is a URI and the method is the one given.
         *
         * @param wanted for example {@link #CA_ISSUERS}; not null
         */
        public Optional<URI> uri(String wanted) {
            return method.equals(wanted) && location instanceof GeneralName.Uri uri
                    ? Optional.of(uri.uri())
                    : Optional.empty();
        }
    }

    /**
     * One place of CRLs.
     *
     * @param names of the place, mostly URIs; empty if it is named relative to the CRL issuer
     * @param crlIssuers who signs the CRL, if it is not the certificate's issuer
     * @param allReasons whether it covers all reasons of revocation
     */
    public record DistributionPoint(List<GeneralName> names, List<GeneralName> crlIssuers, boolean allReasons) {}

    /**
     * A policy of the issuer that is equal to one of its own.
     *
     * @param issuerPolicy in dotted form
     * @param subjectPolicy in dotted form
     */
    public record PolicyMapping(String issuerPolicy, String subjectPolicy) {}

    /**
     * The policy constraints.
     *
     * @param requireExplicitPolicy after how many certificates a policy is required
     * @param inhibitPolicyMapping after how many certificates mappings do not count
     */
    public record PolicyConstraints(OptionalInt requireExplicitPolicy, OptionalInt inhibitPolicyMapping) {}
}
