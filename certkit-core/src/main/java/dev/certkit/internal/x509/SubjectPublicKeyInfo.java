package dev.certkit.internal.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** A public key in DER (RFC 5280, 4.1.2.7), encoded once. */
public final class SubjectPublicKeyInfo {
    private static final int KEY_IDENTIFIER_LENGTH = 20;
    /** Signature algorithm, issuer, validity and subject. */
    private static final int FIELDS_BEFORE_KEY = 4;

    private final byte[] encoded;

    private SubjectPublicKeyInfo(byte[] encoded) {
        this.encoded = encoded;
    }

    public static SubjectPublicKeyInfo of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("key: the public key has no encoding; take it from a certificate");
        }
        return new SubjectPublicKeyInfo(encoded);
    }

    /** Whether a certificate is for a key. */
    public static boolean isOf(X509Certificate certificate, PublicKey key) {
        byte[] wanted = of(key).encoded;
        // Java adds NULL parameters to keys that it does not know, so its own encoding is not always what stands there.
        return Arrays.equals(certificate.getPublicKey().getEncoded(), wanted)
                || Arrays.equals(inside(certificate), wanted);
    }

    private static byte[] inside(X509Certificate certificate) {
        try {
            DerReader fields = DerReader.single(certificate.getTBSCertificate(), Tag.SEQUENCE)
                    .children();
            fields.nextIf(Tag.constructed(0));
            fields.next(Tag.INTEGER);
            for (int i = 0; i < FIELDS_BEFORE_KEY; i++) {
                fields.next(Tag.SEQUENCE);
            }
            return fields.next(Tag.SEQUENCE).encoded();
        } catch (DerException | CertificateEncodingException e) {
            return new byte[0];
        }
    }

    /** The DER itself, not a copy. */
    public byte[] encoded() {
        return encoded;
    }

    /** The leftmost 160 bits of the SHA-256 of the key's bits (RFC 7093, 2, method 1). */
    public byte[] keyIdentifier() {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bits()), KEY_IDENTIFIER_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** The bits of the key without the algorithm. */
    public byte[] bits() {
        try {
            DerReader info = DerReader.single(encoded, Tag.SEQUENCE).children();
            info.next(Tag.SEQUENCE);
            return info.next(Tag.BIT_STRING).bits();
        } catch (DerException e) {
            throw new IllegalArgumentException("key: its encoding is no SubjectPublicKeyInfo", e);
        }
    }
}
