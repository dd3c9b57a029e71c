package dev.certkit.store.file;

import dev.certkit.internal.disk.Durable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The names of a directory's files, told apart; files that are none of ours are left alone. */
final class Scan {
    private static final Pattern UNFINISHED = Pattern.compile(Pattern.quote(Durable.TEMP_PREFIX) + "[0-9]{1,20}");

    private final Map<String, List<Long>> generations = new HashMap<>();
    private final List<Long> ceilings = new ArrayList<>();
    private final List<Path> unfinished = new ArrayList<>();
    private long lastRevision;

    private Scan() {}

    static Scan of(Path directory) throws IOException {
        Scan scan = new Scan();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(scan::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        scan.generations.values().forEach(revisions -> revisions.sort(Comparator.reverseOrder()));
        return scan;
    }

    private void add(Path file) {
        String name = file.getFileName().toString();
        GenerationName.parse(name).ifPresent(this::add);
        Revisions.parse(name).ifPresent(ceilings::add);
        if (UNFINISHED.matcher(name).matches()) {
            unfinished.add(file);
        }
    }

    private void add(GenerationName generation) {
        generations.computeIfAbsent(generation.key(), key -> new ArrayList<>(2)).add(generation.revision());
        lastRevision = Math.max(lastRevision, generation.revision());
    }

    /** The revisions of each record's files, the newest first. */
    Map<String, List<Long>> generations() {
        return generations;
    }

    List<Long> ceilings() {
        return ceilings;
    }

    List<Path> unfinished() {
        return unfinished;
    }

    /** The highest revision, also of damaged files; 0 if there is none. */
    long lastRevision() {
        return lastRevision;
    }
}
