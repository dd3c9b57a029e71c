package dev.certkit.x509;

/**
 * What a key may be used for; the order is that of the bits (RFC 5280, section 4.2.1.3).
 */
public enum KeyUsage {
    /** Signatures other than on certificates and CRLs: TLS handshakes, SCEP messages. */
    DIGITAL_SIGNATURE("digitalSignature"),
    /** Signatures that are evidence to a third party. */
    CONTENT_COMMITMENT("contentCommitment"),
    /** Encrypting keys: RSA key transport in TLS 1.2 and SCEP. */
    KEY_ENCIPHERMENT("keyEncipherment"),
    /** Encrypting data directly. */
    DATA_ENCIPHERMENT("dataEncipherment"),
    /** Key agreement. */
    KEY_AGREEMENT("keyAgreement"),
    /** Signing certificates: only for an authority. */
    KEY_CERT_SIGN("keyCertSign"),
    /** Signing CRLs. */
    CRL_SIGN("cRLSign"),
    /** Only enciphering, with key agreement. */
    ENCIPHER_ONLY("encipherOnly"),
    /** Only deciphering, with key agreement. */
    DECIPHER_ONLY("decipherOnly");

    private final String rfcName;

    KeyUsage(String rfcName) {
        this.rfcName = rfcName;
    }

    /** The name in RFC 5280, for example {@code digitalSignature}. */
    public String rfcName() {
        return rfcName;
    }
}
