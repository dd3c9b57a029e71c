package dev.certkit.revocation;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Which certificate is asked about (RFC 6960, 4.1), and whether an answer is about it. */
final class OcspQuestion {
    static final String NONCE = "1.3.6.1.5.5.7.48.1.2";
    private static final String SHA_1 = "1.3.14.3.2.26";
    private static final int NONCE_OCTETS = 16;
    private static final Map<String, String> HASHES = Map.of(SHA_1, "SHA-1", "2.16.840.1.101.3.4.2.1", "SHA-256");

    private final Link link;
    private final byte[] nonce;

    private OcspQuestion(Link link, byte[] nonce) {
        this.link = link;
        this.nonce = nonce;
    }

    /** One that somebody else asked, and whose nonce is not known. */
    static OcspQuestion ofOthers(Link link) {
        return new OcspQuestion(link, new byte[0]);
    }

    static OcspQuestion about(Link link, SecureRandom random) {
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        return new OcspQuestion(link, nonce);
    }

    byte[] nonce() {
        return nonce.clone();
    }

    /** The DER of the request. SHA-1 is what every responder knows (RFC 5019, 2.1.1), and only finds the certificate. */
    byte[] encoded() throws DerException {
        byte[] id = Der.sequence(
                Der.sequence(Der.oid(SHA_1), Der.nullValue()),
                Der.octetString(digest("SHA-1", link.certificate().issuer().encoded())),
                Der.octetString(digest("SHA-1", link.issuerKeyBits())),
                Der.integer(link.serialNumber()));
        byte[] extension = Der.sequence(Der.oid(NONCE), Der.octetString(Der.octetString(nonce)));
        byte[] request =
                Der.sequence(Der.sequence(Der.sequence(id)), Der.tagged(Tag.constructed(2), Der.sequence(extension)));
        return Der.sequence(request);
    }

    /** Whether a CertID means the certificate. */
    boolean isMeantBy(DerReader id) throws DerException {
        String oid = id.next(Tag.SEQUENCE).children().next(Tag.OID).oid();
        Optional<String> hash = Optional.ofNullable(HASHES.get(oid));
        byte[] name = id.next(Tag.OCTET_STRING).octets();
        byte[] key = id.next(Tag.OCTET_STRING).octets();
        boolean serial = id.next(Tag.INTEGER).integer().equals(link.serialNumber());
        id.end();
        return serial
                && hash.isPresent()
                && Arrays.equals(
                        name, digest(hash.get(), link.issuer().subject().encoded()))
                && Arrays.equals(key, digest(hash.get(), link.issuerKeyBits()));
    }

    static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
