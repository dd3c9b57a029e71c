package dev.certkit.shelf;

/** How far an identity has come, in the words of a certificate page. */
public enum IdentityState {
    /** There is nothing under the name. */
    NOT_CONFIGURED("not configured"),
    /** A key and its request, waiting for a certificate. */
    NOT_SIGNED("not signed"),
    /** A certificate whose signature verifies under its own key. */
    SELF_SIGNED("self-signed"),
    /** A certificate of an authority. */
    CA_SIGNED("CA-signed"),
    /** A record that is damaged or cannot be read; asking for the identity says why. */
    UNREADABLE("unreadable");

    private final String words;

    IdentityState(String words) {
        this.words = words;
    }

    /** The words for people, for example {@code self-signed}. */
    @Override
    public String toString() {
        return words;
    }
}
