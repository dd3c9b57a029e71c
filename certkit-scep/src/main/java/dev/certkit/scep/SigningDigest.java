package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The digests of signed messages, and the signature algorithms that go with each. MD5 is not among them. */
enum SigningDigest {
    SHA_256(
            "SHA-256",
            "2.16.840.1.101.3.4.2.1",
            SignatureAlgorithm.SHA256_WITH_RSA,
            SignatureAlgorithm.SHA256_WITH_ECDSA),
    SHA_384(
            "SHA-384",
            "2.16.840.1.101.3.4.2.2",
            SignatureAlgorithm.SHA384_WITH_RSA,
            SignatureAlgorithm.SHA384_WITH_ECDSA),
    SHA_512(
            "SHA-512",
            "2.16.840.1.101.3.4.2.3",
            SignatureAlgorithm.SHA512_WITH_RSA,
            SignatureAlgorithm.SHA512_WITH_ECDSA),
    /** Only where a quirk names the peer. */
    SHA_1("SHA-1", "1.3.14.3.2.26", null, null);

    static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String SHA_1_WITH_RSA = "1.2.840.113549.1.1.5";

    private final String jcaName;
    private final String oid;
    private final @Nullable SignatureAlgorithm rsa;
    private final @Nullable SignatureAlgorithm ecdsa;

    SigningDigest(String jcaName, String oid, @Nullable SignatureAlgorithm rsa, @Nullable SignatureAlgorithm ecdsa) {
        this.jcaName = jcaName;
        this.oid = oid;
        this.rsa = rsa;
        this.ecdsa = ecdsa;
    }

    static Optional<SigningDigest> ofOid(String oid) {
        return Arrays.stream(values()).filter(digest -> digest.oid.equals(oid)).findFirst();
    }

    String jcaName() {
        return jcaName;
    }

    String oid() {
        return oid;
    }

    byte[] digest(byte[] input) {
        try {
            return MessageDigest.getInstance(jcaName).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(jcaName + " is missing from this Java runtime", e);
        }
    }

    /** Whether a SignerInfo with this digest may name that signature algorithm. */
    boolean goesWith(String signatureOid) {
        // RFC 3370, 3.2: rsaEncryption; newer peers write the combined identifier of RFC 5754.
        return signatureOid.equals(RSA_ENCRYPTION)
                || (rsa != null && signatureOid.equals(rsa.oid()))
                || (ecdsa != null && signatureOid.equals(ecdsa.oid()))
                || (this == SHA_1 && signatureOid.equals(SHA_1_WITH_RSA));
    }

    /**
     * Signs with this digest.
     *
     * @throws IllegalArgumentException if the key is neither RSA nor EC, or for SHA-1 no RSA key outside of tokens
     */
    byte[] sign(MessageKey signer, byte[] bytes, CryptoProviders crypto) {
        if (this == SHA_1) {
            return signSha1(signer, bytes);
        }
        return crypto.sign(
                algorithmFor(signer.certificate().getPublicKey())
                        .orElseThrow(() ->
                                new IllegalArgumentException("signer: SCEP messages are signed with RSA or EC keys")),
                signer.privateKey(),
                bytes);
    }

    private static byte[] signSha1(MessageKey signer, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(signer.privateKey());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "signer: this key does not sign with SHA-1, which the peer that a quirk names needs", e);
        }
    }

    /** Empty if no signature with this digest and such a key is known here. */
    Optional<SignatureAlgorithm> algorithmFor(PublicKey key) {
        return Optional.ofNullable(
                switch (key.getAlgorithm()) {
                    case "RSA" -> rsa;
                    case "EC" -> ecdsa;
                    default -> null;
                });
    }

    /** Checks a signature with this digest and whichever algorithm fits the key. */
    boolean verifies(PublicKey key, byte[] signedBytes, byte[] signature, CryptoProviders crypto) {
        if (this == SHA_1) {
            return verifiesSha1(key, signedBytes, signature);
        }
        Optional<SignatureAlgorithm> algorithm = algorithmFor(key);
        return algorithm.isPresent() && crypto.verify(algorithm.get(), key, signedBytes, signature);
    }

    private static boolean verifiesSha1(PublicKey key, byte[] signedBytes, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA1withRSA");
            verifier.initVerify(key);
            verifier.update(signedBytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // As in CryptoProviders.verify: a hostile key or value fails in whatever way the provider chooses.
            return false;
        }
    }
}
