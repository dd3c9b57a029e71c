package dev.certkit.store.keystore;

import dev.certkit.key.Passphrase;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Writes and deletes until it is killed, and tells of each write before and after.
 *
 * <p>A record's state is a number, which its payload repeats, or "absent"; a line that does not end in a semicolon was cut.
 */
final class KeyStoreWorkProgram {
    static final Passphrase PASSPHRASE = Passphrase.of("killed");
    static final Shelf SHELF = Shelf.of("work");
    static final List<String> NAMES = List.of("a", "b", "c");
    static final String ABSENT = "absent";

    private KeyStoreWorkProgram() {}

    public static void main(String[] args) throws IOException {
        long state = Long.parseLong(args[1]);
        Random random = new Random(state);
        KeyStoreStorage storage = KeyStoreStorage.at(Path.of(args[0]), PASSPHRASE);
        while (true) {
            RecordName name = SHELF.name(NAMES.get(random.nextInt(NAMES.size())));
            Optional<StoredRecord> record = storage.find(name);
            if (record.isPresent() && random.nextInt(4) == 0) {
                say("try", name, ABSENT, 0);
                storage.delete(record.get());
                say("ack", name, ABSENT, record.get().revision());
            } else {
                String next = Long.toString(++state);
                say("try", name, next, 0);
                StoredRecord written = record.isPresent()
                        ? storage.replace(record.get(), content(next))
                        : storage.create(name, content(next));
                say("ack", name, next, written.revision());
            }
        }
    }

    private static void say(String word, RecordName name, String state, long revision) {
        System.out.println(word + " " + name.text() + " " + state + " " + revision + " ;");
    }

    private static RecordContent content(String state) {
        return RecordContent.of((state + "\n").repeat(2000).getBytes(StandardCharsets.UTF_8));
    }

    /** The state that a record is in, after a check that its payload is the whole one of that state. */
    static String state(Optional<StoredRecord> record) {
        if (record.isEmpty()) {
            return ABSENT;
        }
        byte[] payload = record.get().content().payload();
        String state =
                new String(payload, StandardCharsets.UTF_8).lines().findFirst().orElse("0");
        if (!Arrays.equals(payload, content(state).payload())) {
            throw new AssertionError("not the payload of state " + state);
        }
        return state;
    }
}
