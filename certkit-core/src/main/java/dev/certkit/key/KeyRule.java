package dev.certkit.key;

import java.security.spec.InvalidKeySpecException;
import java.util.Locale;

/** Why a key is refused. Each reason has a name, which stands in the message with the rule's source and the way out. */
enum KeyRule {
    RSA_LENGTH("NIST SP 800-131A, 3", "make a new key of 2048 bits or more"),
    RSA_LEGACY_LENGTH(
            "NIST SP 800-131A, 3", "make a new key of 2048 bits or more, or allow this one with acceptingLegacyKeys()"),
    RSA_EXPONENT("RFC 8017, 3.1", "make a new key with the exponent 65537"),
    EXPLICIT_CURVE(
            "RFC 5480, 2.1.1",
            "convert the key to a named curve, or allow the parameters of one with acceptingLegacyKeys()"),
    UNKNOWN_CURVE("NIST SP 800-186", "make a new key on P-256, P-384 or P-521"),
    DSA("FIPS 186-5 withdrew it", "make a new EC or RSA key"),
    UNKNOWN_ALGORITHM("RFC 8410, RFC 9881", "use RSA, EC, Ed25519, Ed448 or ML-DSA");

    private final String source;
    private final String remedy;

    KeyRule(String source, String remedy) {
        this.source = source;
        this.remedy = remedy;
    }

    InvalidKeySpecException brokenBy(String fact) {
        return new InvalidKeySpecException(fact + " (" + source + "); " + remedy + " ["
                + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]");
    }
}
