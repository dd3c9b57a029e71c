package dev.certkit.x509;

import dev.certkit.key.KeyType;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a kind of certificate is for and how long it lives, under a name.
 *
 * <p>It is what is asked for when a certificate is made, and what an authority grants. Immutable and thread safe.
 */
public final class CertificateProfile {
    private static final Duration LEAF_LIFETIME = Duration.ofDays(397);
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);

    private final Terms terms;

    private CertificateProfile(Terms terms) {
        this.terms = terms;
    }

    /** A TLS server, known by its alternative names; 397 days. */
    public static CertificateProfile tlsServer() {
        return leaf("tlsServer", ExtendedKeyUsage.SERVER_AUTH);
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

    /** A responder that signs OCSP answers in place of an authority (RFC 6960, section 4.2.2.2); 397 days. */
    public static CertificateProfile ocspSigner() {
        return leaf("ocspSigner", ExtendedKeyUsage.OCSP_SIGNING);
    }

    private static CertificateProfile leaf(String name, ExtendedKeyUsage... purposes) {
        Set<KeyUsage> usages = EnumSet.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
        return new CertificateProfile(
                new Terms(name, usages, List.of(purposes), LEAF_LIFETIME, EnumSet.allOf(KeyType.class), -1));
    }

    private static CertificateProfile authority(String name, Set<KeyUsage> usages) {
        return new CertificateProfile(new Terms(
                name, usages, List.of(), AUTHORITY_LIFETIME, EnumSet.allOf(KeyType.class), Integer.MAX_VALUE));
    }

    /**
     * The same under another name.
     *
     * @param name for people; not null
     */
    public CertificateProfile named(String name) {
        return new CertificateProfile(
                new Terms(name, terms.usages, terms.purposes, terms.lifetime, terms.keyTypes, terms.pathLength));
    }

    /**
     * The same with another life.
     *
     * @param lifetime positive; not null
     * @throws IllegalArgumentException if it is not positive
     */
    public CertificateProfile validFor(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not positive");
        }
        return new CertificateProfile(
                new Terms(terms.name, terms.usages, terms.purposes, lifetime, terms.keyTypes, terms.pathLength));
    }

    /**
     * The same with other extended key usages.
     *
     * @param purposes none means that the certificate is not restricted; not null
     */
    public CertificateProfile forPurposes(ExtendedKeyUsage... purposes) {
        return new CertificateProfile(new Terms(
                terms.name, terms.usages, List.of(purposes), terms.lifetime, terms.keyTypes, terms.pathLength));
    }

    /**
     * The same for these kinds of key only.
     *
     * @param types at least one; not null
     * @throws IllegalArgumentException if there is none
     */
    public CertificateProfile keyTypes(KeyType... types) {
        if (types.length == 0) {
            throw new IllegalArgumentException("types: name at least one kind of key");
        }
        return new CertificateProfile(new Terms(
                terms.name,
                terms.usages,
                terms.purposes,
                terms.lifetime,
                EnumSet.copyOf(Arrays.asList(types)),
                terms.pathLength));
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
            throw new IllegalStateException("the profile " + terms.name + " is not of an authority: only an authority"
                    + " has a path length (RFC 5280, section 4.2.1.9)");
        }
        return new CertificateProfile(
                new Terms(terms.name, terms.usages, terms.purposes, terms.lifetime, terms.keyTypes, authorities));
    }

    /** The name. */
    public String name() {
        return terms.name;
    }

    /** How long a certificate lives, counted from its making. */
    public Duration lifetime() {
        return terms.lifetime;
    }

    /**
     * The key usages that fit a key: only RSA keys encipher keys (RFC 8813, RFC 9295).
     *
     * @param key not null
     */
    public Set<KeyUsage> keyUsages(PublicKey key) {
        EnumSet<KeyUsage> fitting = EnumSet.copyOf(terms.usages);
        if (!key.getAlgorithm().equals("RSA")) {
            fitting.remove(KeyUsage.KEY_ENCIPHERMENT);
        }
        return fitting;
    }

    /** The extended key usages; empty if the certificate is not restricted. */
    public List<ExtendedKeyUsage> purposes() {
        return terms.purposes;
    }

    /** The kinds of key that it is for. */
    public Set<KeyType> keyTypes() {
        return EnumSet.copyOf(terms.keyTypes);
    }

    /** Whether certificates of this profile may sign certificates. */
    public boolean isAuthority() {
        return terms.pathLength >= 0;
    }

    /** How many authorities may stand below, or empty if that is not bounded or this is no authority. */
    public OptionalInt pathLength() {
        return isAuthority() && terms.pathLength != Integer.MAX_VALUE
                ? OptionalInt.of(terms.pathLength)
                : OptionalInt.empty();
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
        return terms.name;
    }

    /** The path length is negative for a leaf, and the largest integer for an authority without a bound. */
    private record Terms(
            String name,
            Set<KeyUsage> usages,
            List<ExtendedKeyUsage> purposes,
            Duration lifetime,
            Set<KeyType> keyTypes,
            int pathLength) {
        private Terms {
            Objects.requireNonNull(name, "name");
        }
    }
}
