package dev.certkit.trust;

/** The kinds of reason not to trust a chain; names stay, so that they may be stored. */
public enum TrustCode {
    /** Not valid any more. */
    EXPIRED("have it renewed; check this device's clock"),
    /** Not valid yet. */
    NOT_YET_VALID("check this device's clock, or wait"),
    /** For another host. */
    WRONG_NAME("connect by a name that the certificate has, or have it issued for this one"),
    /** Issued by somebody who is not trusted here. */
    UNKNOWN_ISSUER("have the peer send its intermediate certificates, or trust the issuer here"),
    /** Signed with its own key. */
    SELF_SIGNED("compare its fingerprint with the peer's and accept it, or have it issued by an authority"),
    /** Signed by another key than it says. */
    BAD_SIGNATURE("it was forged or damaged: do not trust it; ask the peer's operator"),
    /** Signed with a broken or unknown algorithm. */
    WEAK_SIGNATURE("have it issued with SHA-256 or better"),
    /** A key that is weak or not supported. */
    WEAK_KEY("have it issued for an RSA key of 2048 to 8192 bits, or one on P-256, P-384 or P-521"),
    /** Signed by a certificate that must not sign any. */
    NOT_AN_AUTHORITY("have it issued by an authority"),
    /** More authorities than one above allows. */
    PATH_TOO_LONG("have it issued by an authority higher up"),
    /** A name that an authority above must not certify. */
    NAME_NOT_PERMITTED("have it issued by an authority that may certify this name"),
    /** A key that may not be used like this. */
    WRONG_KEY_USAGE("have it issued with the usage wanted"),
    /** For another purpose. */
    WRONG_PURPOSE("have it issued for this purpose"),
    /** A critical extension that is not understood. */
    UNKNOWN_CRITICAL_EXTENSION("have it issued without that extension, or with it not critical"),
    /** Malformed or contradicting itself. */
    MALFORMED("have it issued anew, with current software"),
    /** No policy is left where one is required. */
    NO_VALID_POLICY("have it issued under a policy that the authorities above allow"),
    /** Revoked by its issuer. */
    REVOKED("do not trust it; ask the peer's operator for its successor"),
    /** It could not be found out whether it is revoked. */
    REVOCATION_UNKNOWN("try again later; check that the places of CRLs and OCSP can be reached from here"),
    /** Rejected by a person. */
    REJECTED("delete the rejection if it was a mistake"),
    /** More work than a verdict is worth. */
    LIMIT_EXCEEDED("have the peer send its own certificate and the intermediate ones, and no others");

    private final String remedy;

    TrustCode(String remedy) {
        this.remedy = remedy;
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }
}
