package dev.certkit.store.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of one name are: {@code .NAME} is a link to the directory {@code .NAME+7}, the generation in use. */
record Slot(Path directory, String name) {
    private static final Pattern GENERATION = Pattern.compile("\\.([A-Za-z0-9_][A-Za-z0-9_.-]*)\\+([1-9][0-9]{0,17})");

    /** A directory's name, taken apart. */
    record Generation(String name, long number) {}

    static Optional<Generation> parse(String fileName) {
        Matcher matcher = GENERATION.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new Generation(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The link whose change is the moment at which all files change. */
    Path link() {
        return directory.resolve("." + name);
    }

    Path generation(long number) {
        return directory.resolve(generationName(number));
    }

    String generationName(long number) {
        return "." + name + "+" + number;
    }

    /** What a published file's link says; it never changes. */
    Path targetOf(String fileName) {
        return directory.getFileSystem().getPath("." + name, fileName);
    }

    /**
     * The generation in use.
     *
     * @return empty if nothing was written under this name
     * @throws FileSystemException if something of another's stands in the link's place
     */
    OptionalLong live() throws IOException {
        if (Files.notExists(link(), LinkOption.NOFOLLOW_LINKS)) {
            return OptionalLong.empty();
        }
        if (Files.isSymbolicLink(link())) {
            Optional<Generation> target = parse(Files.readSymbolicLink(link()).toString());
            if (target.isPresent() && target.get().name().equals(name)) {
                return OptionalLong.of(target.get().number());
            }
        }
        throw new FileSystemException(
                link().toString(), null, "was not made by this layout; remove it, or use another directory");
    }

    /** Tells whether a path is the link of a published file; fails if it is a link to anything else. */
    boolean isPublished(String fileName) throws IOException {
        Path file = directory.resolve(fileName);
        if (!Files.isSymbolicLink(file)) {
            return false;
        }
        if (!Files.readSymbolicLink(file).equals(targetOf(fileName))) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "is a symbolic link of somebody else, which is not followed; remove it, or use another directory");
        }
        return true;
    }

    /** The numbers of all generations, finished or not. */
    List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                parse(entry.getFileName().toString())
                        .filter(generation -> generation.name().equals(name))
                        .ifPresent(generation -> numbers.add(generation.number()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return numbers;
    }
}
