package dev.certkit.store.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Changes all files of a name at one moment, or not at all; for one process and thread at a time. */
final class Publisher {
    private final Path directory;
    private final FileAccess access;
    private final Links links;

    Publisher(Path directory, FileAccess access) {
        this.directory = directory;
        this.access = access;
        this.links = new Links(directory);
    }

    /**
     * Makes files the ones of a name.
     *
     * <p>Where one link comes or goes, its own coming or going is the moment; several come before the switch and go
     * after it, and lead nowhere meanwhile. A server that loads a whole directory would stumble over that, but it has one
     * file for each name.
     *
     * @param known the names under which the layout publishes
     */
    void publish(Slot slot, Rendering rendering, Collection<String> known) throws IOException {
        List<String> coming = new ArrayList<>();
        List<String> going = new ArrayList<>();
        for (String file : known) {
            boolean isThere = Files.exists(directory.resolve(file), LinkOption.NOFOLLOW_LINKS);
            if (rendering.published().contains(file) != isThere) {
                (isThere ? going : coming).add(file);
            }
        }
        OptionalLong before = slot.live();
        Undo undo = new Undo();
        try {
            long next = generation(slot, rendering.files(), undo);
            link(slot, coming.size() > 1 ? coming : List.of(), undo);
            unlink(slot, going.size() == 1 ? going : List.of(), undo);
            links.sync();
            switchTo(slot, next, undo);
            if (coming.size() == 1) {
                link(slot, coming, undo);
                links.sync();
            }
        } catch (IOException | RuntimeException e) {
            undo.run(e);
            throw e;
        }
        going.forEach(file -> discard(() -> Files.deleteIfExists(directory.resolve(file))));
        before.ifPresent(kept -> discard(() -> deleteBefore(slot, kept)));
    }

    private static void deleteBefore(Slot slot, long kept) throws IOException {
        for (long number : slot.numbers()) {
            if (number < kept) {
                delete(slot.generation(number));
            }
        }
    }

    private long generation(Slot slot, Map<String, byte[]> files, Undo undo) throws IOException {
        List<Long> numbers = new ArrayList<>(slot.numbers());
        slot.live().ifPresent(numbers::add);
        long next = numbers.isEmpty() ? 1 : Collections.max(numbers) + 1;
        Path made = slot.generation(next);
        undo.push(() -> delete(made));
        access.createDirectory(made);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            access.write(made.resolve(file.getKey()), file.getValue());
        }
        new Links(made).sync();
        return next;
    }

    private void link(Slot slot, Collection<String> files, Undo undo) throws IOException {
        for (String file : files) {
            Path link = directory.resolve(file);
            links.set(link, slot.targetOf(file));
            undo.push(() -> Files.deleteIfExists(link));
        }
    }

    private void unlink(Slot slot, Collection<String> files, Undo undo) throws IOException {
        for (String file : files) {
            Path link = directory.resolve(file);
            Files.delete(link);
            undo.push(() -> links.set(link, slot.targetOf(file)));
        }
    }

    private void switchTo(Slot slot, long next, Undo undo) throws IOException {
        OptionalLong before = slot.live();
        undo.push(() -> {
            if (before.isPresent()) {
                pointTo(slot, before.getAsLong());
            } else {
                Files.deleteIfExists(slot.link());
            }
        });
        pointTo(slot, next);
        links.sync();
    }

    private void pointTo(Slot slot, long number) throws IOException {
        links.set(slot.link(), directory.getFileSystem().getPath(slot.generationName(number)));
    }

    /** Makes a generation of what is there, then puts links into the place of the files that another program wrote. */
    void takeOver(Slot slot, Snapshot there, Collection<String> known) throws IOException {
        Set<String> published = new LinkedHashSet<>(known);
        published.retainAll(there.files().keySet());
        publish(slot, new Rendering(there.files(), published), known);
        for (String file : there.foreign()) {
            links.set(directory.resolve(file), slot.targetOf(file));
        }
        links.sync();
    }

    /** Takes all files of a name away for good; after an exception they are back if that was possible. */
    void remove(Slot slot, Collection<String> known) throws IOException {
        OptionalLong live = slot.live();
        if (live.isPresent()) {
            Undo undo = new Undo();
            try {
                undo.push(() -> pointTo(slot, live.getAsLong()));
                Files.delete(slot.link());
                links.sync();
            } catch (IOException e) {
                undo.run(e);
                throw e;
            }
        }
        for (long number : slot.numbers()) {
            delete(slot.generation(number));
        }
        for (String file : known) {
            if (slot.isPublished(file)) {
                Files.delete(directory.resolve(file));
            }
        }
        links.sync();
    }

    private static void discard(Undo.Step deletion) {
        try {
            deletion.run();
        } catch (IOException e) {
            // the next write sweeps it away
        }
    }

    /** Deletes a generation; there are no directories in it, and what a link leads to is none. */
    static void delete(Path generation) throws IOException {
        if (!Files.isDirectory(generation, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(generation);
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(generation)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Files.delete(generation);
    }
}
