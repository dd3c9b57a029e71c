package dev.certkit.identity;

import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import javax.security.auth.x500.X500Principal;

/** DER to a request whose signature holds (RFC 2986, 4). */
final class RequestDecoder {
    private static final String WHAT = "certification request";
    private static final String LABEL = "CERTIFICATE REQUEST";
    private static final int MAX_OCTETS = 64 << 10;

    private RequestDecoder() {}

    static CertificationRequest decode(byte[] der) throws MalformedEncodingException {
        if (der.length > MAX_OCTETS) {
            throw new MalformedEncodingException(WHAT, der.length + " octets; 65536 are accepted");
        }
        try {
            Nesting.check(der, DecodingLimits.standard().maxDepth());
            DerReader request = DerReader.single(der, Tag.SEQUENCE).children();
            DerValue info = request.next(Tag.SEQUENCE);
            String algorithm = request.next(Tag.SEQUENCE).children().next().oid();
            byte[] signature = request.next(Tag.BIT_STRING).bits();
            request.end();
            CertificationRequest.Contents contents = contents(info.children());
            checkPossession(algorithm, contents.publicKey(), info.encoded(), signature);
            return new CertificationRequest(der.clone(), contents);
        } catch (DerException e) {
            throw new MalformedEncodingException(WHAT, e.getMessage() + "; make or copy the request again", e);
        }
    }

    private static CertificationRequest.Contents contents(DerReader info)
            throws DerException, MalformedEncodingException {
        info.next(Tag.INTEGER);
        DistinguishedName subject = subject(info.next(Tag.SEQUENCE).encoded());
        PublicKey key = key(info.next(Tag.SEQUENCE).encoded());
        RequestAttributes attributes = RequestAttributes.decode(
                info.hasNext() ? info.next(Tag.constructed(0)).children() : DerReader.of(new byte[0]));
        info.end();
        return new CertificationRequest.Contents(
                subject, key, attributes.names(), attributes.challengePassword(), attributes.asksForAuthority());
    }

    private static DistinguishedName subject(byte[] name) throws DerException {
        try {
            return DistinguishedName.of(new X500Principal(name));
        } catch (IllegalArgumentException e) {
            throw new DerException("the subject is malformed");
        }
    }

    private static PublicKey key(byte[] spki) throws MalformedEncodingException {
        try {
            return CryptoProviders.standard().publicKey(spki);
        } catch (InvalidKeySpecException e) {
            throw new MalformedEncodingException(WHAT, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkPossession(String oid, PublicKey key, byte[] info, byte[] signature)
            throws MalformedEncodingException {
        SignatureAlgorithm algorithm = SignatureAlgorithm.ofOid(oid)
                .orElseThrow(() -> new MalformedEncodingException(
                        WHAT,
                        "it is signed with the algorithm " + oid + ", which is not accepted; use SHA-256 or better"));
        if (!CryptoProviders.standard().verify(algorithm, key, info, signature)) {
            throw new MalformedEncodingException(
                    WHAT, "it is not signed by the key in it, so that possession of the key is not proved");
        }
    }

    static byte[] fromPem(String pem) throws MalformedEncodingException {
        return PemBlock.single(pem, LABEL).decoded();
    }

    static String toPem(byte[] der) {
        return PemBlock.encode(LABEL, der);
    }
}
