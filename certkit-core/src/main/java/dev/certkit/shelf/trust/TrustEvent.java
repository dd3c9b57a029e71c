package dev.certkit.shelf.trust;

import java.util.Objects;

/**
 * A change of the lists, by this process or, seen on the next look, by another one.
 *
 * @param kind what happened
 * @param entry the entry as it is now, or as it was if it is gone
 */
public record TrustEvent(Kind kind, TrustEntry entry) {
    /** Refuses null. */
    public TrustEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(entry, "entry");
    }

    /** What happened. */
    public enum Kind {
        /** Presented, not trusted, and new: it is on the invalid list. */
        CAPTURED,
        /** Seen at another peer, or not trusted for other reasons than before. */
        SEEN,
        /** Accepted by hand or imported, or accepted otherwise than before. */
        ACCEPTED,
        /** Rejected by hand. */
        REJECTED,
        /** On the invalid list, because it expired or its acceptance ended, or because it was imported so. */
        INVALID,
        /** Deleted by hand, also from the default set; or forgotten to make room for one that was captured. */
        DELETED,
        /** Back in the default set. */
        RESTORED
    }

    /** Kind and entry. */
    @Override
    public String toString() {
        return kind + ": " + entry;
    }
}
