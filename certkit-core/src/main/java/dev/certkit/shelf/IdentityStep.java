package dev.certkit.shelf;

/** A step in the life of an identity; {@link Identities#steps} says which are allowed now. */
public enum IdentityStep {
    /** Make a request: the first one, or one for a renewal beside the certificate in use. */
    REQUEST("request"),
    /** Make a self-signed certificate where none is in use. */
    SELF_SIGN("self-sign"),
    /** Note that the authority wants to be asked again. */
    AWAIT("await"),
    /** Install an authority's certificate for the pending key, or for the key in use. */
    INSTALL("install"),
    /** Make the self-signed certificate in use anew. */
    RENEW("renew"),
    /** Bring a key with its certificate from elsewhere where none is in use. */
    IMPORT("import"),
    /** Give the certificate in use up and keep its key, as a pending request. */
    UNINSTALL("uninstall"),
    /** Give the pending request up, and its key unless that is in use. */
    WITHDRAW("withdraw"),
    /** Delete everything under the name. */
    DELETE("delete");

    private final String verb;

    IdentityStep(String verb) {
        this.verb = verb;
    }

    /** The verb, for example {@code self-sign}. */
    @Override
    public String toString() {
        return verb;
    }
}
