package dev.certkit.identity;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.x509.Oids;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#10 certification request, CSR for short (RFC 2986).
 *
 * <p>Its signature is proven: it was made here, or checked over the original bytes when it was decoded. Immutable and
 * thread safe.
 */
public final class CertificationRequest {
    private final byte[] encoded;
    private final Contents contents;

    CertificationRequest(byte[] encoded, Contents contents) {
        this.encoded = encoded;
        this.contents = contents;
    }

    /** What a request says. */
    record Contents(
            DistinguishedName subject,
            PublicKey publicKey,
            List<GeneralName> names,
            Optional<Passphrase> challengePassword,
            boolean asksForAuthority,
            SignatureAlgorithm algorithm) {}

    /**
     * Begins a request.
     *
     * @param subject may be {@linkplain DistinguishedName#empty() empty} if alternative names are given; not null
     */
    public static Draft forSubject(DistinguishedName subject) {
        return new Draft(RequestWishes.of(subject), Optional.empty(), CryptoProviders.standard());
    }

    /**
     * Begins a request for a certificate like another: the same subject, the same names in their order, the same usages.
     *
     * <p>Other extensions are asked for, too, but for those that the issuer decides: its policies, constraints, places and
     * logs. A common name becomes an alternative name only if the certificate has none. Sign with the same key, which is
     * {@link CertifiedKey#keyPair()}, or with a new one of any type.
     *
     * @param certificate also one that is expired or self-signed; not null
     * @throws MalformedEncodingException if its alternative names are damaged
     */
    public static Draft like(X509Certificate certificate) throws MalformedEncodingException {
        return like(EncodedCertificate.of(certificate));
    }

    /**
     * Begins a request for a certificate like another, also one that Java cannot make an object of.
     *
     * @param certificate as for {@link #like(X509Certificate)}; not null
     * @throws MalformedEncodingException if its alternative names are damaged
     */
    public static Draft like(EncodedCertificate certificate) throws MalformedEncodingException {
        return new Draft(RequestWishes.like(certificate), Optional.empty(), CryptoProviders.standard());
    }

    /**
     * Reads a request in DER and checks the proof of possession.
     *
     * @param der not null
     * @throws MalformedEncodingException if it is damaged, too large, has a key or a signature algorithm that is not
     *     accepted, or is not signed by its own key
     */
    public static CertificationRequest decode(byte[] der) throws MalformedEncodingException {
        return RequestDecoder.decode(der);
    }

    /**
     * Reads the one request of a PEM text and checks the proof of possession.
     *
     * @param pem a block CERTIFICATE REQUEST or NEW CERTIFICATE REQUEST with anything around it; not null
     * @throws MalformedEncodingException as {@link #decode}, and if there is not exactly one
     */
    public static CertificationRequest parse(String pem) throws MalformedEncodingException {
        return RequestDecoder.decode(RequestDecoder.fromPem(pem));
    }

    /** The DER, a copy. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The request as a PEM block CERTIFICATE REQUEST (RFC 7468, section 7). */
    public String toPem() {
        return RequestDecoder.toPem(encoded);
    }

    /** The subject. */
    public DistinguishedName subject() {
        return contents.subject;
    }

    /** The key that asks to be certified. */
    public PublicKey publicKey() {
        return contents.publicKey;
    }

    /** The alternative names that it asks for, in its order; empty if none. */
    public List<GeneralName> subjectAlternativeNames() {
        return contents.names;
    }

    /** The challenge password (RFC 2985, section 5.4.1), if it carries one; stays open. */
    public Optional<Passphrase> challengePassword() {
        return contents.challengePassword;
    }

    /** Whether it asks for a certificate that may sign certificates. */
    public boolean asksForAuthority() {
        return contents.asksForAuthority;
    }

    /** The algorithm that it is signed with. */
    public SignatureAlgorithm signatureAlgorithm() {
        return contents.algorithm;
    }

    /** The kind of key; empty for one that certkit does not make, as RSA with 2056 bits. */
    public Optional<KeyType> keyType() {
        return KeyType.of(contents.publicKey);
    }

    /** The bits of an RSA modulus or of an elliptic curve's order, or empty for other kinds of key. */
    public OptionalInt keySizeBits() {
        return RequestKey.sizeBits(contents.publicKey);
    }

    /** The SHA-256 of the SubjectPublicKeyInfo as it stands in the request, by which a key is recognised. */
    public Fingerprint keyFingerprint() {
        return Fingerprint.sha256(RequestKey.info(encoded));
    }

    /** All extensions that it asks for, also those that nothing here reads; empty if it asks for none. */
    public CertificateExtensions requestedExtensions() {
        return read(() -> CertificateExtensions.decode(new RequestAttributes(encoded).extensions()));
    }

    /** The unstructured name (RFC 2985, section 5.4.3) that some network devices add; not safe to print. */
    public Optional<String> unstructuredName() {
        List<DerValue> values = read(() -> new RequestAttributes(encoded).values(Oids.UNSTRUCTURED_NAME));
        return values.stream().findFirst().flatMap(RequestAttributes::readableText);
    }

    /**
     * The values of an attribute of any type.
     *
     * @param oid in dotted form; not null
     * @return the DER of each, copies; none if it does not have the attribute
     */
    public List<byte[]> attributeValues(String oid) {
        return read(() -> new RequestAttributes(encoded).values(oid)).stream()
                .map(DerValue::encoded)
                .toList();
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new IllegalStateException("a request that was checked when it was made is malformed", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertificationRequest that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** The subject, for messages. */
    @Override
    public String toString() {
        return "CertificationRequest[" + contents.subject + "]";
    }

    /** A request that is not signed yet; each call gives a new draft. */
    public static final class Draft {
        private final RequestWishes wishes;
        private final Optional<SignatureAlgorithm> algorithm;
        private final CryptoProviders providers;

        private Draft(RequestWishes wishes, Optional<SignatureAlgorithm> algorithm, CryptoProviders providers) {
            this.wishes = wishes;
            this.algorithm = algorithm;
            this.providers = providers;
        }

        /**
         * Adds alternative names, told apart by {@link GeneralName#of(String)}; the order is kept, a repetition dropped.
         *
         * @param hostsOrAddresses not null
         * @throws IllegalArgumentException if one is neither a host name nor an address
         */
        public Draft san(String... hostsOrAddresses) {
            return san(Arrays.stream(hostsOrAddresses).map(GeneralName::of).toArray(GeneralName[]::new));
        }

        /**
         * Adds alternative names of any kind; the order is kept, a repetition dropped.
         *
         * @param names not null
         */
        public Draft san(GeneralName... names) {
            return with(wishes.plus(names));
        }

        /**
         * Sets the secret by which the authority recognises the requester (RFC 2985, section 5.4.1).
         *
         * <p>It stands in the request in clear. The SCEP client encrypts the request; do not send it otherwise.
         *
         * @param challenge 1 to 255 characters; must stay open until the request is signed; not null
         * @throws IllegalArgumentException if it is empty or too long
         */
        public Draft challengePassword(Passphrase challenge) {
            int length = challenge.use(chars -> chars.length);
            if (length == 0 || length > 255) {
                throw new IllegalArgumentException("challenge: " + length + " characters; 1 to 255 are allowed");
            }
            return with(wishes.challenge(challenge));
        }

        /** The same without the secret, for a request that people get to see. */
        public Draft withoutChallengePassword() {
            return with(wishes.challenge(null));
        }

        /**
         * Asks for the key usages of a profile; without it the authority decides alone.
         *
         * @param profile not null
         */
        public Draft profile(CertificateProfile profile) {
            return with(wishes.usages(wishes.usages().profile(Objects.requireNonNull(profile, "profile"))));
        }

        /**
         * Asks for an extension that has no method here; one of the same type is replaced.
         *
         * @param extension not null
         * @throws IllegalArgumentException if it is one that the profile, the names or the key make
         */
        public Draft extension(EncodedCertificate.Extension extension) {
            return with(wishes.usages(wishes.usages().plus(extension)));
        }

        /**
         * Adds the unstructured name of PKCS#9 (RFC 2985, section 5.4.3), by which some authorities know a network device.
         *
         * @param name 1 to 255 characters; not null
         * @throws IllegalArgumentException if it is out of bounds or has control characters
         */
        public Draft unstructuredName(String name) {
            return with(wishes.unstructuredName(name));
        }

        /**
         * Signs with this algorithm in place of the {@linkplain SignatureAlgorithm#defaultFor key's default}.
         *
         * @param algorithm must fit the key; not null
         */
        public Draft algorithm(SignatureAlgorithm algorithm) {
            return new Draft(wishes, Optional.of(algorithm), providers);
        }

        /**
         * Uses these providers.
         *
         * @param providers not null
         */
        public Draft using(CryptoProviders providers) {
            return new Draft(wishes, algorithm, Objects.requireNonNull(providers, "providers"));
        }

        private Draft with(RequestWishes changed) {
            return new Draft(changed, algorithm, providers);
        }

        /**
         * Signs the request, the proof that the requester has the key.
         *
         * <p>A common name that is an address or a host name with a dot becomes the first alternative name.
         *
         * @param keys a pair whose halves belong together; not null
         * @throws IllegalArgumentException if the key cannot sign, or there is neither subject nor alternative name
         * @throws java.security.ProviderException if the provider or token failed
         */
        public PendingKey signedBy(KeyPair keys) {
            List<GeneralName> names = wishes.allNames();
            SignatureAlgorithm signer = algorithm.orElseGet(() -> SignatureAlgorithm.defaultFor(keys.getPublic()));
            byte[] toBeSigned = Der.sequence(
                    Der.integer(0),
                    wishes.subject().encoded(),
                    SubjectPublicKeyInfo.of(keys.getPublic()).encoded(),
                    RequestAttributes.encode(wishes.encoded(names, keys.getPublic())));
            byte[] signature = providers.sign(signer, keys.getPrivate(), toBeSigned);
            byte[] der = Der.sequence(toBeSigned, signer.algorithmIdentifier(), Der.bitString(signature));
            Contents contents = new Contents(
                    wishes.subject(),
                    keys.getPublic(),
                    names,
                    wishes.attributes().challenge(),
                    wishes.usages().isAuthority(),
                    signer);
            return new PendingKey(keys.getPrivate(), new CertificationRequest(der, contents));
        }
    }
}
