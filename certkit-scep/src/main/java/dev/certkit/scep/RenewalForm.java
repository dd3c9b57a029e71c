package dev.certkit.scep;

/** How a renewal is asked for; both forms are signed with the current certificate. */
public enum RenewalForm {
    /** RenewalReq where the server announces it, PKCSReq where it does not; the default. */
    AS_ANNOUNCED,
    /** RenewalReq, message type 17 (RFC 8894, section 3.3.1). */
    RENEWAL_REQ,
    /** The form of older drafts: PKCSReq, message type 19. */
    PKCS_REQ
}
