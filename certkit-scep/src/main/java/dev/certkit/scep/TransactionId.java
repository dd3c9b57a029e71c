package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERPrintableString;

/**
 * A transaction identifier, RFC 8894, section 3.2.1.1.
 *
 * <p>Keeps the ASN.1 value that came, so that an answer echoes its bytes and its string type. Two are equal when their
 * text is.
 */
final class TransactionId {
    static final int MAX_LENGTH = 255;
    private static final int DIGEST_BYTES = 20;

    private final String text;
    private final ASN1Primitive encoded;

    private TransactionId(String text, ASN1Primitive encoded) {
        this.text = text;
        this.encoded = encoded;
    }

    /** The identifier that belongs to a key: the same key always has the same, so that a lost answer can be fetched. */
    static TransactionId of(PublicKey key) {
        return ofDigest(key.getEncoded());
    }

    /** The identifier of a renewal that keeps the key: another than that of the request before. */
    static TransactionId ofRenewal(X509Certificate current) {
        return ofDigest(CertificateIds.encoded(current));
    }

    /** The identifier of a question that nobody comes back to. */
    static TransactionId random(SecureRandom random) {
        byte[] id = new byte[DIGEST_BYTES];
        random.nextBytes(id);
        return of(HexFormat.of().formatHex(id));
    }

    private static TransactionId ofDigest(byte[] input) {
        return of(HexFormat.of().formatHex(SigningDigest.SHA_256.digest(input), 0, DIGEST_BYTES));
    }

    /**
     * An identifier that we sent or stored before.
     *
     * @throws IllegalArgumentException if it is empty, too long, or no printable ASCII
     */
    static TransactionId of(String text) {
        if (!isAcceptable(text) || !text.chars().allMatch(c -> c < 0x7F)) {
            throw new IllegalArgumentException(
                    "transactionId: must be 1 to " + MAX_LENGTH + " printable ASCII characters");
        }
        return new TransactionId(text, new DERPrintableString(text));
    }

    /** Takes a peer's identifier, of any character string type. */
    static TransactionId of(ASN1Primitive value) throws ScepException {
        String text = Asn1.text(value).orElse("");
        if (!isAcceptable(text)) {
            throw ScepException.of(
                    Check.TRANSACTION_ID,
                    "The transaction identifier of the SCEP message is empty, longer than " + MAX_LENGTH
                            + " characters, or no plain text; the peer is broken");
        }
        return new TransactionId(text, value);
    }

    // It is logged and used as a name in storage: control characters have no business in it.
    private static boolean isAcceptable(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    String text() {
        return text;
    }

    ASN1Primitive toAsn1() {
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionId id && text.equals(id.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
