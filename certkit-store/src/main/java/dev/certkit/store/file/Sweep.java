package dev.certkit.store.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Tidies up after writers that were killed; for one process and thread at a time. */
final class Sweep {
    private static final Pattern UNFINISHED = Pattern.compile(Pattern.quote(Links.OURS) + "[0-9]{1,4}");

    private final Path directory;
    private final Map<String, NavigableSet<Long>> generations = new HashMap<>();

    private Sweep(Path directory) {
        this.directory = directory;
    }

    /** Deletes what no name uses any more; what cannot be deleted stays for the next time. */
    static void in(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            all.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Sweep sweep = new Sweep(directory);
        entries.forEach(sweep::entry);
        sweep.generations.forEach(sweep::generations);
    }

    private void entry(Path entry) {
        String name = entry.getFileName().toString();
        Optional<Slot.Generation> generation = Slot.parse(name);
        if (generation.isPresent()) {
            generations
                    .computeIfAbsent(generation.get().name(), key -> new TreeSet<>())
                    .add(generation.get().number());
        } else if (UNFINISHED.matcher(name).matches()) {
            attempt(() -> Files.delete(entry));
        } else if (!name.startsWith(".") && Files.isSymbolicLink(entry)) {
            attempt(() -> link(entry));
        }
    }

    private static void attempt(Undo.Step deletion) {
        try {
            deletion.run();
        } catch (IOException e) {
            // of no use, but in nobody's way
        }
    }

    /** Of a name's generations are used the live one, and the last before it, which a server may be reading. */
    private void generations(String name, NavigableSet<Long> numbers) {
        Slot slot = new Slot(directory, name);
        attempt(() -> {
            OptionalLong live = slot.live();
            long last = live.orElse(0);
            Long lower = numbers.lower(last);
            long before = lower == null ? last : lower;
            for (long number : numbers) {
                if (number < before || number > last) {
                    Publisher.delete(slot.generation(number));
                }
            }
        });
    }

    /** A published file's link whose file is gone. */
    private void link(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        boolean isOurs = target.getNameCount() == 2
                && target.getName(0).toString().startsWith(".")
                && target.getFileName().equals(link.getFileName())
                && EntryName.isValid(target.getName(0).toString().substring(1));
        if (isOurs && Files.notExists(link)) {
            Files.delete(link);
        }
    }
}
