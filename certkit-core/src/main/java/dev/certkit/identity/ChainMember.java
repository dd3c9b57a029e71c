package dev.certkit.identity;

import dev.certkit.internal.der.NameForm;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with what a search for issuers asks of it, read once, when it asks.
 *
 * <p>Names, keys and identifiers are held as hashes, which only find: what they find is compared as a whole.
 */
final class ChainMember {
    private final EncodedCertificate certificate;
    private final @Nullable X509Certificate object;
    private volatile @Nullable LinkFields fields;
    /** 1 for yes, -1 for no; two threads that ask at once find the same. */
    private volatile int readable;

    private ChainMember(EncodedCertificate certificate, @Nullable X509Certificate object) {
        this.certificate = certificate;
        this.object = object;
    }

    /** Nothing but the encoding is held. */
    static ChainMember of(EncodedCertificate certificate) {
        return new ChainMember(certificate, null);
    }

    /** The object is held, too, and given out again. */
    static ChainMember of(X509Certificate certificate) {
        return new ChainMember(EncodedCertificate.of(certificate), certificate);
    }

    EncodedCertificate certificate() {
        return certificate;
    }

    X509Certificate toX509Certificate() throws IOException {
        return object != null ? object : certificate.toX509Certificate();
    }

    /** Read at the first call. */
    LinkFields fields() {
        LinkFields read = fields;
        if (read == null) {
            read = LinkFields.of(certificate);
            fields = read;
        }
        return read;
    }

    boolean isIssuedInTheNameOf(ChainMember issuer) {
        return fields().issuer() == issuer.fields().subject()
                && NameForm.same(
                        certificate.issuer().encoded(),
                        issuer.certificate.subject().encoded());
    }

    boolean isSelfIssued() {
        return isIssuedInTheNameOf(this);
    }

    boolean isOfSameKey(ChainMember other) {
        return this == other
                || (fields().key() == other.fields().key()
                        && Arrays.equals(certificate.subjectPublicKeyInfo(), other.certificate.subjectPublicKeyInfo()));
    }

    /** Whether there can be an object of it; asked once. */
    boolean isReadable() {
        if (readable == 0) {
            readable = canBeRead() ? 1 : -1;
        }
        return readable > 0;
    }

    private boolean canBeRead() {
        try {
            toX509Certificate();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether both are for the same name and key (RFC 5280, 6.1: such a certificate leads nowhere new). */
    boolean isOfSameHolder(ChainMember other) {
        return fields().subject() == other.fields().subject()
                && isOfSameKey(other)
                && NameForm.same(
                        certificate.subject().encoded(),
                        other.certificate.subject().encoded());
    }
}
