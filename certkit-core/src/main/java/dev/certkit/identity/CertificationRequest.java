package dev.certkit.identity;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
            boolean asksForAuthority) {}

    /**
     * Begins a request.
     *
     * @param subject may be {@linkplain DistinguishedName#empty() empty} if alternative names are given; not null
     */
    public static Draft forSubject(DistinguishedName subject) {
        return new Draft(new Wishes(subject, List.of(), null, null), Optional.empty(), CryptoProviders.standard());
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

    /** What a draft asks for. */
    private record Wishes(
            DistinguishedName subject,
            List<GeneralName> names,
            @Nullable Passphrase challenge,
            @Nullable CertificateProfile profile) {
        private Wishes {
            Objects.requireNonNull(subject, "subject");
        }
    }

    /** A request that is not signed yet; each call gives a new draft. */
    public static final class Draft {
        private final Wishes wishes;
        private final Optional<SignatureAlgorithm> algorithm;
        private final CryptoProviders providers;

        private Draft(Wishes wishes, Optional<SignatureAlgorithm> algorithm, CryptoProviders providers) {
            this.wishes = wishes;
            this.algorithm = algorithm;
            this.providers = providers;
        }

        /**
         * Adds alternative names, told apart by {@link GeneralName#of(String)}; the order is kept.
         *
         * @param hostsOrAddresses not null
         * @throws IllegalArgumentException if one is neither a host name nor an address
         */
        public Draft san(String... hostsOrAddresses) {
            return san(Arrays.stream(hostsOrAddresses).map(GeneralName::of).toArray(GeneralName[]::new));
        }

        /**
         * Adds alternative names of any kind; the order is kept.
         *
         * @param names not null
         */
        public Draft san(GeneralName... names) {
            List<GeneralName> all = new ArrayList<>(wishes.names);
            all.addAll(Arrays.asList(names));
            return with(new Wishes(wishes.subject, List.copyOf(all), wishes.challenge, wishes.profile));
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
            return with(new Wishes(wishes.subject, wishes.names, challenge, wishes.profile));
        }

        /** The same without the secret, for a request that people get to see. */
        public Draft withoutChallengePassword() {
            return with(new Wishes(wishes.subject, wishes.names, null, wishes.profile));
        }

        /**
         * Asks for the key usages of a profile; without it the authority decides alone.
         *
         * @param profile not null
         */
        public Draft profile(CertificateProfile profile) {
            Objects.requireNonNull(profile, "profile");
            return with(new Wishes(wishes.subject, wishes.names, wishes.challenge, profile));
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

        private Draft with(Wishes changed) {
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
            List<GeneralName> names = GeneralNames.of(wishes.subject, wishes.names);
            if (wishes.subject.isEmpty() && names.isEmpty()) {
                throw new IllegalArgumentException("subject: it is empty and there is no alternative name; give one");
            }
            SignatureAlgorithm signer = algorithm.orElseGet(() -> SignatureAlgorithm.defaultFor(keys.getPublic()));
            byte[] toBeSigned = Der.sequence(
                    Der.integer(0),
                    wishes.subject.encoded(),
                    SubjectPublicKeyInfo.of(keys.getPublic()).encoded(),
                    RequestAttributes.encode(attributes(names, keys.getPublic())));
            byte[] signature = providers.sign(signer, keys.getPrivate(), toBeSigned);
            byte[] der = Der.sequence(toBeSigned, signer.algorithmIdentifier(), Der.bitString(signature));
            Contents contents = new Contents(
                    wishes.subject,
                    keys.getPublic(),
                    names,
                    Optional.ofNullable(wishes.challenge),
                    wishes.profile != null && wishes.profile.isAuthority());
            return new PendingKey(keys.getPrivate(), new CertificationRequest(der, contents));
        }

        private List<byte[]> attributes(List<GeneralName> names, PublicKey key) {
            Extensions extensions = new Extensions();
            if (wishes.profile != null) {
                extensions.profile(wishes.profile, key);
            }
            extensions.names(names, wishes.subject);
            return Stream.of(
                            Optional.ofNullable(wishes.challenge).map(RequestAttributes::challengePassword),
                            Optional.of(extensions)
                                    .filter(some -> !some.isEmpty())
                                    .map(RequestAttributes::extensionRequest))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}
