package dev.certkit.store;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The names of the last changes, numbered without gaps, from which a back end answers {@link Storage#changedSince}.
 *
 * <p>For writers of back ends whose change token grows by one with each change. At most 1,024 are kept. Thread safe.
 */
public final class RecentChanges {
    private static final int KEPT = 1024;

    private final Map<Long, RecordName> names = new HashMap<>();

    /** Nothing has changed yet. */
    public RecentChanges() {}

    /**
     * Keeps what a change was about; to be called before the token has its number.
     *
     * <p>Otherwise whoever asks in between learns that a change is not known.
     *
     * @param number the token after the change
     * @param name what was created, replaced or deleted; not null
     */
    public synchronized void add(long number, RecordName name) {
        names.put(number, Objects.requireNonNull(name, "name"));
        names.remove(number - KEPT);
        if (names.size() > KEPT) {
            // Numbers that others drew leave gaps, so that not every number finds one to forget.
            names.keySet().removeIf(each -> number - each >= KEPT);
        }
    }

    /**
     * What changed on a shelf between two tokens.
     *
     * @param shelf not null
     * @param after the earlier token
     * @param last the later one
     * @return empty if one of the changes is not known
     */
    public synchronized Optional<Set<RecordName>> between(Shelf shelf, long after, long last) {
        Objects.requireNonNull(shelf, "shelf");
        if (last < after || last - after < 0 || last - after > KEPT) {
            return Optional.empty();
        }
        Set<RecordName> changed = new LinkedHashSet<>();
        for (long number = after + 1; number <= last; number++) {
            RecordName name = names.get(number);
            if (name == null) {
                return Optional.empty();
            }
            if (name.shelf().equals(shelf)) {
                changed.add(name);
            }
        }
        return Optional.of(changed);
    }

    /** How many are kept. */
    @Override
    public synchronized String toString() {
        return names.size() + " changes";
    }
}
