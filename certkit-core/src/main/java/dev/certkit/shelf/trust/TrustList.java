package dev.certkit.shelf.trust;

/** The lists of certificates that others presented or that were imported. */
public enum TrustList {
    /** Of servers, or other peers, that were accepted; and whatever was rejected, labelled so. */
    SERVERS,
    /** Of authorities, accepted ones and those of the default set. */
    AUTHORITIES,
    /** Not trusted: presented and failed, expired, or the acceptance has ended. */
    INVALID
}
