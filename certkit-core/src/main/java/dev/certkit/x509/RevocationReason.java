package dev.certkit.x509;

import java.util.Arrays;
import java.util.Optional;

/** Why a certificate was revoked (CRLReason, RFC 5280, section 5.3.1). */
public enum RevocationReason {
    /** No reason is given; lists leave the reason out then. */
    UNSPECIFIED(0, "unspecified"),
    /** The private key is known or suspected to be in other hands. */
    KEY_COMPROMISE(1, "keyCompromise"),
    /** The private key of an authority is known or suspected to be in other hands. */
    CA_COMPROMISE(2, "cACompromise"),
    /** The name or another fact in the certificate is no longer true. */
    AFFILIATION_CHANGED(3, "affiliationChanged"),
    /** Another certificate has taken its place. */
    SUPERSEDED(4, "superseded"),
    /** The certificate is no longer needed. */
    CESSATION_OF_OPERATION(5, "cessationOfOperation"),
    /** It is suspended, and may be released again. */
    CERTIFICATE_HOLD(6, "certificateHold"),
    /** Only in delta CRLs: it was released from hold. */
    REMOVE_FROM_CRL(8, "removeFromCRL"),
    /** A privilege in the certificate was withdrawn. */
    PRIVILEGE_WITHDRAWN(9, "privilegeWithdrawn"),
    /** The key of an attribute authority is known or suspected to be in other hands. */
    AA_COMPROMISE(10, "aACompromise");

    private final int number;
    private final String rfcName;

    RevocationReason(int number, String rfcName) {
        this.number = number;
        this.rfcName = rfcName;
    }

    /**
     * Finds a reason by its number.
     *
     * @param number any
     * @return empty if RFC 5280 has no such reason, as for 7
     */
    public static Optional<RevocationReason> of(int number) {
        return Arrays.stream(values()).filter(known -> known.number == number).findFirst();
    }

    /** The number in CRLs and OCSP answers, 0 to 10. */
    public int number() {
        return number;
    }

    /** The name in RFC 5280, for example {@code keyCompromise}. */
    public String rfcName() {
        return rfcName;
    }
}
