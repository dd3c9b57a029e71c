package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows from what {@link Grinder}s told which states their records may be in, and which they must not be in; thread safe. */
public final class Oracle {
    private final Map<String, String> acknowledged = new HashMap<>();
    private final Map<String, Set<String>> tried = new HashMap<>();
    private final Map<String, Set<String>> inDoubt = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private long additions;
    private long perhapsAdded;
    private int acknowledgements;

    /** Takes a line; one that was cut by a kill is left out. */
    public synchronized void note(String line) {
        String[] words = line.split(" ");
        if (!words[words.length - 1].equals(";")) {
            return;
        }
        switch (words[0]) {
            case "try" -> trying(words[1]).add(words[2]);
            case "ack" -> acknowledge(words[1], words[2], Long.parseLong(words[3]));
            case "add" -> perhapsAdded++;
            case "added" -> {
                perhapsAdded--;
                additions++;
            }
            case "refused" -> perhapsAdded--;
            default -> throw new AssertionError(line);
        }
    }

    /** Takes a line that may have been told when it was true no more: what it says was tried, and perhaps done. */
    public synchronized void noteDoubtful(String line) {
        if (!line.startsWith("ack ") && !line.startsWith("added ")) {
            note(line);
        }
    }

    private Set<String> trying(String name) {
        return tried.computeIfAbsent(name, absent -> new HashSet<>());
    }

    private void acknowledge(String name, String state, long revision) {
        long before = revisions.getOrDefault(name, 0L);
        boolean isNew = state.equals(Grinder.ABSENT) ? revision >= before : revision > before;
        assertTrue(isNew, () -> "revision " + revision + " after " + before + " of " + name);
        revisions.put(name, revision);
        acknowledged.put(name, state);
        tried.remove(name);
        inDoubt.remove(name);
        acknowledgements++;
    }

    /** What is under way on a shelf was said to have changed nothing. */
    public synchronized void undone(Shelf shelf) {
        tried.keySet().removeIf(name -> name.startsWith(shelf + "/"));
    }

    public synchronized int acknowledgements() {
        return acknowledgements;
    }

    /** Looks at all records of some shelves, on which nobody works now. */
    public synchronized void check(Storage storage, List<Shelf> shelves, String where) throws IOException {
        for (Shelf shelf : shelves) {
            for (String name : Grinder.NAMES) {
                check(storage, shelf.name(name), where);
            }
        }
    }

    private void check(Storage storage, RecordName name, String where) throws IOException {
        acknowledged.put(name.toString(), look(storage, name, where));
        tried.remove(name.toString());
        inDoubt.remove(name.toString());
    }

    /**
     * Looks at the records of a shelf as {@link #check} does, but what was tried may still come to light.
     *
     * <p>A server that is about to crash may show a write as not done that is on its disk, and finds it there afterwards.
     */
    public synchronized void lookEarly(Storage storage, Shelf shelf) throws IOException {
        for (String text : Grinder.NAMES) {
            RecordName name = shelf.name(text);
            String seen = look(storage, name, "after a failure");
            if (seen.equals(acknowledged.getOrDefault(name.toString(), Grinder.ABSENT))) {
                Set<String> doubtful = tried.getOrDefault(name.toString(), Set.of());
                inDoubt.computeIfAbsent(name.toString(), absent -> new HashSet<>())
                        .addAll(doubtful);
            } else {
                acknowledged.put(name.toString(), seen);
                inDoubt.remove(name.toString());
            }
            tried.remove(name.toString());
        }
    }

    /** Whether something of a shelf may still come to light. */
    public synchronized boolean isInDoubt(Shelf shelf) {
        return inDoubt.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(shelf + "/")
                        && !entry.getValue().isEmpty());
    }

    private String look(Storage storage, RecordName name, String where) throws IOException {
        Optional<StoredRecord> record = storage.find(name);
        String expected = acknowledged.getOrDefault(name.toString(), Grinder.ABSENT);
        Set<String> alsoPossible = new HashSet<>(tried.getOrDefault(name.toString(), Set.of()));
        alsoPossible.addAll(inDoubt.getOrDefault(name.toString(), Set.of()));
        String actual = Grinder.state(record);
        assertTrue(
                actual.equals(expected) || alsoPossible.contains(actual),
                () -> where + ": " + name + " is " + actual + ", acknowledged " + expected + ", tried " + alsoPossible);
        record.ifPresent(found -> assertTrue(
                found.revision() >= revisions.getOrDefault(name.toString(), 0L),
                () -> where + ": revision of " + name));
        return actual;
    }

    /** Looks at the record that all counted up; nobody does now. */
    public synchronized void checkCounter(Storage storage, String where) throws IOException {
        long count = Grinder.count(storage.find(Grinder.COUNTER).orElseThrow());
        assertTrue(
                count >= additions && count <= additions + perhapsAdded,
                () -> where + ": the counter is " + count + " after " + additions + " additions, perhaps "
                        + perhapsAdded + " more");
    }
}
