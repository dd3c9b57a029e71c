package dev.certkit.shelf;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Arrays;

/** A public key as it stands in a request or certificate, compared without making a key object. */
final class HolderKey {
    private final byte[] info;

    private HolderKey(byte[] info) {
        this.info = info;
    }

    static HolderKey of(EncodedCertificate certificate) {
        return new HolderKey(certificate.subjectPublicKeyInfo());
    }

    static HolderKey of(PublicKey key) {
        return new HolderKey(SubjectPublicKeyInfo.of(key).encoded());
    }

    /** The key of a request (RFC 2986, 4.1) whose possession was proved when it was stored. */
    static HolderKey ofRequest(String pem) throws MalformedEncodingException {
        try {
            DerReader info = DerReader.single(PemBlock.single(pem, "REQUEST").decoded(), Tag.SEQUENCE)
                    .children()
                    .next(Tag.SEQUENCE)
                    .children();
            info.next(Tag.INTEGER);
            info.next(Tag.SEQUENCE);
            return new HolderKey(info.next(Tag.SEQUENCE).encoded());
        } catch (DerException e) {
            throw new MalformedEncodingException("stored request", e.getMessage() + "; restore the record", e);
        }
    }

    boolean isOf(EncodedCertificate certificate) {
        return Arrays.equals(info, certificate.subjectPublicKeyInfo()) || isOfForJava(certificate);
    }

    /** An authority may write the parameters of the algorithm in another way; Java's objects level that out. */
    private boolean isOfForJava(EncodedCertificate certificate) {
        try {
            return Arrays.equals(
                    info, certificate.toX509Certificate().getPublicKey().getEncoded());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HolderKey that && Arrays.equals(info, that.info);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(info);
    }
}
