package dev.certkit.store.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The files of one name as a server sees them, all of one generation.
 *
 * @param files content by file name; empty if there is nothing under this name
 * @param foreign the names of those that another program wrote, in the order of the layout
 */
record Snapshot(Map<String, byte[]> files, List<String> foreign) {
    private static final int ATTEMPTS = 20;

    /** Looks again where a writer took the generation away that was being read. */
    static Snapshot of(Slot slot, FileLayout layout) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(slot, layout);
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Snapshot once(Slot slot, FileLayout layout) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        OptionalLong live = slot.live();
        if (live.isPresent()) {
            generation(slot, slot.generation(live.getAsLong()), layout, files);
        }
        List<String> foreign = new ArrayList<>();
        for (String name : layout.publishedNames(slot.name())) {
            Path file = slot.directory().resolve(name);
            if (!slot.isPublished(name) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                foreign.add(name);
                files.put(name, read(file));
            }
        }
        return new Snapshot(inOrder(files, layout.publishedNames(slot.name())), List.copyOf(foreign));
    }

    private static void generation(Slot slot, Path directory, FileLayout layout, Map<String, byte[]> files)
            throws IOException {
        List<String> known = layout.allNames(slot.name());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path file : entries) {
                String name = file.getFileName().toString();
                if (!known.contains(name)) {
                    throw new FileSystemException(
                            file.toString(), null, "belongs to another layout; use another directory for this one");
                }
                files.put(name, read(file));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** The layout's files first, so that a leaf is found before what was kept aside. */
    private static Map<String, byte[]> inOrder(Map<String, byte[]> files, List<String> first) {
        Map<String, byte[]> ordered = new LinkedHashMap<>();
        first.stream().filter(files::containsKey).forEach(name -> ordered.put(name, files.get(name)));
        files.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Disk.read(file);
        } catch (Damage e) {
            throw new FileSystemException(file.toString(), null, e.reason() + "; remove it and write the name anew");
        }
    }
}
