package dev.certkit.shelf.trust;

import java.util.List;

/**
 * What became of a file that was imported.
 *
 * @param imported the entries that are new or newly accepted; those that have expired are on the invalid list
 * @param refused what was not imported, and why
 */
public record TrustImport(List<TrustEntry> imported, List<Refusal> refused) {
    /** Copies the lists. */
    public TrustImport {
        imported = List.copyOf(imported);
        refused = List.copyOf(refused);
    }

    /**
     * Something that was not imported.
     *
     * @param what it is, safe to print
     * @param why it was not, and what to do
     */
    public record Refusal(String what, String why) {
        /** Both in one sentence. */
        @Override
        public String toString() {
            return what + ": " + why;
        }
    }

    /** How many of each, and the refusals. */
    @Override
    public String toString() {
        return imported.size() + " imported, " + refused.size() + " refused"
                + (refused.isEmpty() ? "" : ": " + refused);
    }
}
