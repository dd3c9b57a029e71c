package dev.certkit.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The SHA-256 digest of a whole DER encoding, by which a person or a program recognises a certificate.
 *
 * <p>Immutable and thread safe. The form for people is upper-case hexadecimal with colons.
 */
public final class Fingerprint {
    private static final int LENGTH = 32;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private final byte[] digest;

    private Fingerprint(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Digests an encoding.
     *
     * @param der the whole encoding; not null
     */
    public static Fingerprint sha256(byte[] der) {
        try {
            return new Fingerprint(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /**
     * Digests a certificate's DER encoding, as RFC 8894, section 2.2 does.
     *
     * @param certificate not null
     * @throws IllegalArgumentException if the certificate cannot be encoded
     */
    public static Fingerprint sha256(X509Certificate certificate) {
        try {
            return sha256(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate: cannot be encoded", e);
        }
    }

    /**
     * Reads what a person copied from somewhere: 64 hexadecimal digits, with or without colons or blanks.
     *
     * @param text not null
     * @throws IllegalArgumentException if it is anything else
     */
    public static Fingerprint parse(String text) {
        String digits = text.length() == 2 * LENGTH ? text : text.replaceAll("[:\\s]", "");
        if (digits.length() != 2 * LENGTH || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("text: a SHA-256 fingerprint has 64 hexadecimal digits, this text has "
                    + digits.length() + " characters; SHA-1 and MD5 fingerprints are not accepted");
        }
        return new Fingerprint(HexFormat.of().parseHex(digits));
    }

    /**
     * Takes the 32 octets of a digest made elsewhere.
     *
     * @param digest copied; not null
     * @throws IllegalArgumentException if it is not 32 octets long
     */
    public static Fingerprint of(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("digest: " + digest.length + " octets, SHA-256 has 32");
        }
        return new Fingerprint(digest.clone());
    }

    /** The 32 octets, a copy. */
    public byte[] bytes() {
        return digest.clone();
    }

    /** The 64 digits in lower case, for file names and indexes. */
    public String hex() {
        return HexFormat.of().formatHex(digest);
    }

    /**
     * Tells whether a certificate has this fingerprint.
     *
     * @param certificate not null
     */
    public boolean matches(X509Certificate certificate) {
        return equals(sha256(Objects.requireNonNull(certificate, "certificate")));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The digest as people compare it, for example {@code 9F:86:D0...}. */
    @Override
    public String toString() {
        return COLONS.formatHex(digest);
    }
}
