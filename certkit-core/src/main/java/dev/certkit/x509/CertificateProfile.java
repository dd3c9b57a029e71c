package dev.certkit.x509;

import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a kind of certificate is for, how strong it is and how long it lives, under a name.
 *
 * <p>It is what is asked for when a certificate is made, what an authority grants, and what a certificate is {@linkplain
 * #check(EncodedCertificate) checked} against. The standard profiles cannot be changed; each call on one gives a copy.
 * Two are equal if they say the same, the name included. Immutable and thread safe.
 */
public final class CertificateProfile {
    private final ProfileTerms terms;

    CertificateProfile(ProfileTerms terms) {
        this.terms = terms;
    }

    /** The hashes of SHA-2 that certificates are signed with. */
    public enum Hash {
        /** SHA-256. */
        SHA_256,
        /** SHA-384. */
        SHA_384,
        /** SHA-512. */
        SHA_512;

        /** The JCA name, for example {@code SHA-256}. */
        public String jcaName() {
            return name().replace('_', '-');
        }
    }

    /** Who signs. */
    public enum Signer {
        /** The certificate's own key. */
        ITSELF,
        /** Another key than its own. */
        AUTHORITY,
        /** Either. */
        ANYBODY
    }

    /** The kinds of alternative names. */
    public enum NameKind {
        /** A host name. */
        DNS,
        /** An address. */
        IP,
        /** An e-mail address. */
        EMAIL,
        /** A URI. */
        URI,
        /** A directory name. */
        DIRECTORY,
        /** Any other kind, and a name that is malformed. */
        OTHER
    }

    /** A TLS server, known by its alternative names; 397 days. */
    public static CertificateProfile tlsServer() {
        return leaf("tlsServer", ExtendedKeyUsage.SERVER_AUTH).needingOneOf(NameKind.DNS, NameKind.IP);
    }

    /** A TLS client; 397 days. */
    public static CertificateProfile tlsClient() {
        return leaf("tlsClient", ExtendedKeyUsage.CLIENT_AUTH);
    }

    /** A device that authenticates to the network by IEEE 802.1X (EAP-TLS, RFC 5216); 397 days. */
    public static CertificateProfile device8021x() {
        return leaf("device8021x", ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EAP_OVER_LAN);
    }

    /** A device that speaks IPsec, as either end (RFC 4945, section 5.1.3.12); 397 days. */
    public static CertificateProfile ipsec() {
        return leaf("ipsec", ExtendedKeyUsage.IPSEC_IKE, ExtendedKeyUsage.SERVER_AUTH, ExtendedKeyUsage.CLIENT_AUTH);
    }

    /** A certificate authority that signs certificates, CRLs and OCSP answers; ten years. */
    public static CertificateProfile authority() {
        return authority(
                "authority", EnumSet.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN));
    }

    /** An RSA certificate authority that also speaks SCEP with the same key (RFC 8894, section 2.1.2); ten years. */
    public static CertificateProfile scepAuthority() {
        return authority(
                "scepAuthority",
                EnumSet.of(
                        KeyUsage.DIGITAL_SIGNATURE,
                        KeyUsage.KEY_ENCIPHERMENT,
                        KeyUsage.KEY_CERT_SIGN,
                        KeyUsage.CRL_SIGN));
    }

    /** A SCEP server that decrypts and signs in place of an authority, with an RSA key; 397 days. */
    public static CertificateProfile registrationAuthority() {
        return leaf("registrationAuthority", ExtendedKeyUsage.REGISTRATION_AUTHORITY);
    }

    private static CertificateProfile leaf(String name, ExtendedKeyUsage... purposes) {
        return new CertificateProfile(ProfileTerms.leaf(name, List.of(purposes)));
    }

    private static CertificateProfile authority(String name, Set<KeyUsage> usages) {
        return new CertificateProfile(ProfileTerms.authority(name, usages));
    }

    /**
     * Reads what {@link #toText()} wrote, also as a person changed it.
     *
     * @param text at most 16,384 characters; not null
     * @throws IOException naming the line that is wrong, or the key that is missing
     */
    public static CertificateProfile parse(String text) throws IOException {
        return new CertificateProfile(ProfileText.parse(text));
    }

    /**
     * The same under another name.
     *
     * @param name for people, 1 to 64 characters on one line; not null
     * @throws IllegalArgumentException if it is anything else
     */
    public CertificateProfile named(String name) {
        return new CertificateProfile(terms.named(name));
    }

    /**
     * The same with another life; a certificate that lives shorter conforms, too.
     *
     * @param lifetime positive; not null
     * @throws IllegalArgumentException if it is not positive
     */
    public CertificateProfile validFor(Duration lifetime) {
        return new CertificateProfile(terms.with(new ProfileTerms.Life(lifetime, false)));
    }

    /**
     * The same with a life that a certificate must have, give or take a day.
     *
     * @param lifetime positive; not null
     * @throws IllegalArgumentException if it is not positive
     */
    public CertificateProfile validForExactly(Duration lifetime) {
        return new CertificateProfile(terms.with(new ProfileTerms.Life(lifetime, true)));
    }

    /**
     * The same with other key usages; keyEncipherment counts for RSA keys only.
     *
     * @param usages at least one; with keyCertSign exactly if it is of an authority; not null
     * @throws IllegalArgumentException if they are anything else
     */
    public CertificateProfile forUsages(KeyUsage... usages) {
        return new CertificateProfile(terms.with(terms.use().usages(usages)));
    }

    /**
     * The same with other extended key usages.
     *
     * @param purposes none means that the certificate is not restricted; not null
     */
    public CertificateProfile forPurposes(ExtendedKeyUsage... purposes) {
        return new CertificateProfile(terms.with(terms.use().purposes(purposes)));
    }

    /**
     * The same for these kinds of key only.
     *
     * @param types at least one; not null
     * @throws IllegalArgumentException if there is none
     */
    public CertificateProfile keyTypes(KeyType... types) {
        return new CertificateProfile(terms.with(terms.strength().keyTypes(types)));
    }

    /**
     * The same signed with these hashes only; Ed25519, Ed448 and ML-DSA have their own and are not concerned.
     *
     * @param hashes at least one; not null
     * @throws IllegalArgumentException if there is none
     */
    public CertificateProfile hashes(Hash... hashes) {
        return new CertificateProfile(terms.with(terms.strength().hashes(hashes)));
    }

    /**
     * The same signed by its own key, by an authority, or either.
     *
     * @param signer not null
     */
    public CertificateProfile signedBy(Signer signer) {
        return new CertificateProfile(terms.signedBy(signer));
    }

    /**
     * The same with at least one alternative name of one of these kinds.
     *
     * @param kinds none means that no name is needed; not null
     * @throws IllegalArgumentException if none of them is {@linkplain #allowingOnly(NameKind...) allowed}
     */
    public CertificateProfile needingOneOf(NameKind... kinds) {
        return new CertificateProfile(terms.with(terms.names().needed(kinds)));
    }

    /**
     * The same with alternative names of these kinds only.
     *
     * @param kinds none means that there must be no alternative name; not null
     * @throws IllegalArgumentException if none of those that are needed is among them
     */
    public CertificateProfile allowingOnly(NameKind... kinds) {
        return new CertificateProfile(terms.with(terms.names().allowed(kinds)));
    }

    /**
     * The same with at most so many alternative names.
     *
     * @param names 1 or more
     * @throws IllegalArgumentException if it is less
     */
    public CertificateProfile atMostNames(int names) {
        return new CertificateProfile(terms.with(terms.names().atMost(names)));
    }

    /** The same for one server: its short and its full name, its addresses, but no other host and no wildcard. */
    public CertificateProfile forOneServer() {
        return new CertificateProfile(terms.with(terms.names().oneServer(true)));
    }

    /** The same for any number of servers (multi-server SAN). */
    public CertificateProfile forManyServers() {
        return new CertificateProfile(terms.with(terms.names().oneServer(false)));
    }

    /**
     * The same with a bound on the authorities below it.
     *
     * @param authorities how many may stand between this authority and a leaf, 0 or more
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if this is no profile of an authority
     */
    public CertificateProfile pathLength(int authorities) {
        if (authorities < 0) {
            throw new IllegalArgumentException("authorities: " + authorities + " is negative");
        }
        if (!isAuthority()) {
            throw new IllegalStateException("the profile " + name() + " is not of an authority: only an authority"
                    + " has a path length (RFC 5280, section 4.2.1.9)");
        }
        return new CertificateProfile(terms.with(terms.use().pathLength(authorities)));
    }

    /** The name. */
    public String name() {
        return terms.name();
    }

    /** How long a certificate lives, counted from its making; at most or {@linkplain #isLifetimeExact() exactly}. */
    public Duration lifetime() {
        return terms.life().lifetime();
    }

    /** Whether a certificate that lives shorter is a mismatch. */
    public boolean isLifetimeExact() {
        return terms.life().exact();
    }

    /**
     * The key usages that fit a key: only RSA keys encipher keys (RFC 8813, RFC 9295).
     *
     * @param key not null
     * @return a copy
     */
    public Set<KeyUsage> keyUsages(PublicKey key) {
        return terms.use().usagesFor(key.getAlgorithm().equals("RSA"));
    }

    /** The extended key usages; empty if the certificate is not restricted. */
    public List<ExtendedKeyUsage> purposes() {
        return terms.use().purposes();
    }

    /** The kinds of key that it is for, unmodifiable. */
    public Set<KeyType> keyTypes() {
        return terms.strength().keyTypes();
    }

    /** The hashes that it is signed with, unmodifiable. */
    public Set<Hash> hashes() {
        return terms.strength().hashes();
    }

    /**
     * The algorithm for signing with a key: its default, or the first whose hash is allowed.
     *
     * @param signer the public half of the key that signs; not null
     * @throws IllegalArgumentException if no algorithm here signs with such a key
     */
    public SignatureAlgorithm signatureAlgorithm(PublicKey signer) {
        return ProfileHashes.choose(SignatureAlgorithm.defaultFor(signer), hashes());
    }

    /** Who signs. */
    public Signer signer() {
        return terms.signer();
    }

    /** The kinds of alternative names of which one at least is needed, unmodifiable; empty if none is. */
    public Set<NameKind> neededNames() {
        return terms.names().needed();
    }

    /** The kinds of alternative names that are allowed, unmodifiable. */
    public Set<NameKind> allowedNames() {
        return terms.names().allowed();
    }

    /** The highest number of alternative names, or empty if it is not bounded. */
    public OptionalInt maxNames() {
        int atMost = terms.names().atMost();
        return atMost == ProfileTerms.UNBOUNDED ? OptionalInt.empty() : OptionalInt.of(atMost);
    }

    /** Whether the names must be those of one server. */
    public boolean isForOneServer() {
        return terms.names().oneServer();
    }

    /** Whether certificates of this profile may sign certificates. */
    public boolean isAuthority() {
        return terms.use().pathLength() >= 0;
    }

    /** How many authorities may stand below, or empty if that is not bounded or this is no authority. */
    public OptionalInt pathLength() {
        int length = terms.use().pathLength();
        return length >= 0 && length != ProfileTerms.UNBOUNDED ? OptionalInt.of(length) : OptionalInt.empty();
    }

    /**
     * Lists every way in which a certificate is not what this profile asks for.
     *
     * @param certificate whatever it is; not null
     * @return empty if it conforms; the order is always the same
     */
    public List<Mismatch> check(EncodedCertificate certificate) {
        return new ProfileCheck(terms, Objects.requireNonNull(certificate, "certificate")).mismatches();
    }

    /**
     * Lists every way in which a certificate is not what this profile asks for.
     *
     * @param certificate whatever it is; not null
     * @return empty if it conforms; the order is always the same
     */
    public List<Mismatch> check(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        try {
            return check(EncodedCertificate.of(certificate));
        } catch (RuntimeException e) {
            // Objects of other providers, whose encodings are whatever they like.
            return List.of(ProfileCheck.unreadable(e));
        }
    }

    /** The profile as a few lines of {@code key = value} to be stored and edited, which {@link #parse} reads. */
    public String toText() {
        return ProfileText.write(terms);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateProfile that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
