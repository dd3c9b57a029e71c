package dev.certkit.identity;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.Pkcs12;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A private key with the certificate chain that belongs to it.
 *
 * <p>The match is proved when it is made. Immutable and thread safe.
 */
public final class CertifiedKey {
    private final PrivateKey privateKey;
    private final CertificateChain chain;

    CertifiedKey(PrivateKey privateKey, CertificateChain chain) {
        this.privateKey = privateKey;
        this.chain = chain;
    }

    /**
     * Puts a key and its chain together and proves that they match, by one signature.
     *
     * @param privateKey may live in a {@link dev.certkit.key.Pkcs11Token}, or in a token whose provider is registered; not null
     * @param chain not null
     * @throws KeyMismatchException if the chain's leaf is for another key
     * @throws IllegalArgumentException if the leaf's key is of a kind that is not supported here
     */
    public static CertifiedKey of(PrivateKey privateKey, CertificateChain chain) throws KeyMismatchException {
        KeyMatch.prove(
                privateKey,
                chain.leaf().getPublicKey(),
                "the certificate of " + DistinguishedName.of(chain.leaf().getSubjectX500Principal()));
        return new CertifiedKey(privateKey, chain);
    }

    /**
     * Begins a certificate that is signed with its own key; by default for a TLS server, valid for 397 days.
     *
     * @param subject must not be empty, since it is the issuer, too; not null
     */
    public static SelfSigned selfSigned(DistinguishedName subject) {
        return new SelfSigned(
                Objects.requireNonNull(subject, "subject"), List.of(), SelfSigning.by(CertificateProfile.tlsServer()));
    }

    /**
     * Begins a self-signed certificate like another: the same subject, names, usages and length of life.
     *
     * <p>As {@link #renewal()}, for those who have the certificate and no longer its key.
     *
     * @param certificate not null
     * @throws MalformedEncodingException if its alternative names are damaged
     */
    public static SelfSigned selfSignedLike(EncodedCertificate certificate) throws MalformedEncodingException {
        return new SelfSigned(certificate.subject(), Usages.namesOf(certificate), SelfSigning.renewing(certificate));
    }

    /**
     * Begins the certificate that follows a self-signed one: the same subject, names, usages and length of life.
     *
     * <p>Other extensions are kept, too. The serial number and the dates are new. Sign with the same key, which is
     * {@link #keyPair()}, or with a new one of any type.
     *
     * @throws IllegalStateException if the certificate is not self-signed: have it issued anew, with
     *     {@link CertificationRequest#like(X509Certificate)}
     * @throws MalformedEncodingException if its alternative names are damaged
     */
    public SelfSigned renewal() throws MalformedEncodingException {
        if (chain.certificates().size() > 1 || chain.gap().isPresent()) {
            throw new IllegalStateException("the certificate of " + chain.subject()
                    + " is not self-signed; request another with CertificationRequest.like");
        }
        return selfSignedLike(EncodedCertificate.of(chain.leaf()));
    }

    /** The private key. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The private key with the public key of its certificate, to sign with once more. */
    public KeyPair keyPair() {
        return new KeyPair(KeyMatch.publicKey(chain.leaf()), privateKey);
    }

    /** The chain, leaf first. */
    public CertificateChain chain() {
        return chain;
    }

    /**
     * The key and its chain for a PKCS#12 file; {@link Pkcs12#encode} writes it.
     *
     * @param name what programs show, for example a host name; may be empty; not null
     */
    public Pkcs12 toPkcs12(String name) {
        return Pkcs12.of(name, privateKey, chain.certificates());
    }

    /**
     * Takes a key and its certificates from a PKCS#12 file.
     *
     * <p>The chain's links are verified and put in order, and the match is proved.
     *
     * @param entry not null
     * @throws KeyMismatchException if the first certificate is for another key
     * @throws IllegalArgumentException if the entry has no certificate
     */
    public static CertifiedKey of(Pkcs12.KeyEntry entry) throws KeyMismatchException {
        List<X509Certificate> certificates = entry.certificates();
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("entry: the key has no certificate; pick one from the file's others");
        }
        return of(entry.privateKey(), CertificateChain.assemble(certificates.get(0), certificates));
    }

    /** The chain's description, never the key. */
    @Override
    public String toString() {
        return "CertifiedKey[" + chain + "]";
    }

    /** A self-signed certificate that is not made yet; each call gives a new draft. */
    public static final class SelfSigned {
        private final DistinguishedName subject;
        private final List<GeneralName> names;
        private final SelfSigning signing;

        private SelfSigned(DistinguishedName subject, List<GeneralName> names, SelfSigning signing) {
            this.subject = subject;
            this.names = names;
            this.signing = signing;
        }

        /**
         * Adds alternative names, told apart by {@link GeneralName#of(String)}; the order is kept.
         *
         * @param hostsOrAddresses not null
         * @throws IllegalArgumentException if one is neither a host name nor an address
         */
        public SelfSigned san(String... hostsOrAddresses) {
            return san(Arrays.stream(hostsOrAddresses).map(GeneralName::of).toArray(GeneralName[]::new));
        }

        /**
         * Adds alternative names of any kind; the order is kept.
         *
         * @param more not null
         */
        public SelfSigned san(GeneralName... more) {
            List<GeneralName> all = new ArrayList<>(names);
            all.addAll(Arrays.asList(more));
            return new SelfSigned(subject, List.copyOf(all), signing);
        }

        /**
         * Makes it for another purpose and life, for example a {@linkplain CertificateProfile#authority() root}.
         *
         * @param profile not null
         */
        public SelfSigned profile(CertificateProfile profile) {
            return with(signing.profile(Objects.requireNonNull(profile, "profile")));
        }

        /**
         * Sets how long it lives, counted from now.
         *
         * @param lifetime positive; not null
         * @throws IllegalArgumentException if it is not positive
         */
        public SelfSigned validFor(Duration lifetime) {
            return with(signing.validFor(lifetime));
        }

        /**
         * Adds an extension that has no method here; one of the same type is replaced.
         *
         * @param extension not null
         * @throws IllegalArgumentException if it is one that the profile, the names or the key make
         */
        public SelfSigned extension(EncodedCertificate.Extension extension) {
            return with(signing.usages(signing.usages().plus(extension)));
        }

        /**
         * Asks this clock what time it is.
         *
         * @param clock not null
         */
        public SelfSigned clock(Clock clock) {
            return with(signing.clock(Objects.requireNonNull(clock, "clock")));
        }

        /**
         * Signs with this algorithm in place of the {@linkplain SignatureAlgorithm#defaultFor key's default}.
         *
         * @param algorithm must fit the key; not null
         */
        public SelfSigned algorithm(SignatureAlgorithm algorithm) {
            return with(signing.algorithm(algorithm));
        }

        /**
         * Uses these providers.
         *
         * @param providers not null
         */
        public SelfSigned using(CryptoProviders providers) {
            return with(signing.using(Objects.requireNonNull(providers, "providers")));
        }

        private SelfSigned with(SelfSigning changed) {
            return new SelfSigned(subject, names, changed);
        }

        /**
         * Makes the certificate.
         *
         * <p>A common name that is an address or a host name with a dot becomes the first alternative name, unless it
         * renews a certificate with alternative names.
         *
         * @param keys a pair whose halves belong together; not null
         * @throws IllegalArgumentException if the key cannot sign, or the subject is empty
         * @throws java.security.ProviderException if the provider or token failed
         */
        public CertifiedKey with(KeyPair keys) {
            if (subject.isEmpty()) {
                throw new IllegalArgumentException(
                        "subject: it is empty, and a certificate that is its own issuer needs"
                                + " a name (RFC 5280, section 4.1.2.4); give a common name");
            }
            return new CertifiedKey(
                    keys.getPrivate(), CertificateChain.made(signing.certificate(subject, names, keys)));
        }
    }
}
