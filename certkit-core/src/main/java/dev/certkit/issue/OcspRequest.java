package dev.certkit.issue;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an OCSP request asks (RFC 6960, 4.1.1).
 *
 * @param nonce the value of the extension as it is to be sent back
 */
record OcspRequest(List<CertId> certificates, Optional<byte[]> nonce) {
    static final String NONCE = "1.3.6.1.5.5.7.48.1.2";
    private static final int MAX_OCTETS = 16 << 10;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_CERTIFICATES = 32;
    private static final int MAX_NONCE = 128;

    /** Which certificate is asked about, by hashes of its issuer's name and key. */
    static final class CertId {
        private final byte[] encoded;
        private final String hashOid;
        private final byte[] issuerName;
        private final byte[] issuerKey;
        private final BigInteger serial;

        private CertId(DerValue value) throws DerException {
            DerReader fields = value.children();
            encoded = value.encoded();
            hashOid = fields.next(Tag.SEQUENCE).children().next(Tag.OID).oid();
            issuerName = fields.next(Tag.OCTET_STRING).octets();
            issuerKey = fields.next(Tag.OCTET_STRING).octets();
            serial = fields.next(Tag.INTEGER).integer();
            fields.end();
        }

        byte[] encoded() {
            return encoded;
        }

        String hashOid() {
            return hashOid;
        }

        byte[] issuerName() {
            return issuerName;
        }

        byte[] issuerKey() {
            return issuerKey;
        }

        BigInteger serial() {
            return serial;
        }
    }

    static OcspRequest decode(byte[] der) throws DerException {
        if (der.length > MAX_OCTETS) {
            throw new DerException(der.length + " octets; " + MAX_OCTETS + " are accepted");
        }
        Nesting.check(der, MAX_DEPTH);
        DerReader signed = DerReader.single(der, Tag.SEQUENCE).children();
        DerReader request = signed.next(Tag.SEQUENCE).children();
        signed.nextIf(Tag.constructed(0));
        signed.end();
        request.nextIf(Tag.constructed(0));
        request.nextIf(Tag.constructed(1));
        List<CertId> certificates = certificates(request.next(Tag.SEQUENCE).children());
        Optional<DerValue> extensions = request.nextIf(Tag.constructed(2));
        request.end();
        return new OcspRequest(certificates, extensions.isEmpty() ? Optional.empty() : nonce(extensions.get()));
    }

    private static List<CertId> certificates(DerReader each) throws DerException {
        List<CertId> certificates = new ArrayList<>();
        while (each.hasNext()) {
            if (certificates.size() == MAX_CERTIFICATES) {
                throw new DerException("more than " + MAX_CERTIFICATES + " certificates");
            }
            DerReader single = each.next(Tag.SEQUENCE).children();
            certificates.add(new CertId(single.next(Tag.SEQUENCE)));
            Optional<DerValue> extensions = single.nextIf(Tag.constructed(0));
            single.end();
            if (extensions.isPresent()) {
                nonce(extensions.get());
            }
        }
        if (certificates.isEmpty()) {
            throw new DerException("no certificate is asked about");
        }
        return certificates;
    }

    /** Also refuses critical extensions, of which none is known here (RFC 6960, 4.4). */
    private static Optional<byte[]> nonce(DerValue extensions) throws DerException {
        Optional<byte[]> nonce = Optional.empty();
        DerReader list = extensions.children();
        for (DerReader each = list.next(Tag.SEQUENCE).children(); each.hasNext(); ) {
            DerReader extension = each.next(Tag.SEQUENCE).children();
            boolean isNonce = extension.next(Tag.OID).oid().equals(NONCE);
            Optional<DerValue> critical = extension.nextIf(Tag.BOOLEAN);
            byte[] value = extension.next(Tag.OCTET_STRING).octets();
            extension.end();
            if (isNonce && nonce.isEmpty()) {
                nonce = Optional.of(checkedNonce(value));
            } else if (isNonce || (critical.isPresent() && critical.get().bool())) {
                throw new DerException("a critical extension is not known here, or a nonce is there twice");
            }
        }
        list.end();
        return nonce;
    }

    /** RFC 9654, 2.1: from 1 to 128 octets. */
    private static byte[] checkedNonce(byte[] value) throws DerException {
        int length = DerReader.single(value, Tag.OCTET_STRING).contentLength();
        if (length < 1 || length > MAX_NONCE) {
            throw new DerException("the nonce has " + length + " octets; 1 to " + MAX_NONCE + " are accepted");
        }
        return value;
    }
}
