package dev.certkit.examples;

import dev.certkit.key.Passphrase;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Where a command reads and writes: the standard streams, and files that it is told. */
record Terminal(InputStream in, PrintStream out, PrintStream err) {
    /** A file, or standard input for a hyphen. */
    byte[] read(String file) throws IOException {
        try {
            return file.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException("the file " + file + " does not exist", e);
        }
    }

    /** The first line of a file: on a command line, everybody would see it. */
    Optional<Passphrase> passphrase(Optional<String> file) throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(read(file.get()), StandardCharsets.UTF_8);
        return Optional.of(Passphrase.of(text.lines().findFirst().orElse("")));
    }

    /** To a new file that only its owner reads, or to standard output. */
    void write(byte[] content, Optional<String> file) throws IOException {
        if (file.isEmpty()) {
            out.write(content);
            out.flush();
            return;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(
                Path.of(file.get()),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(content));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the file " + file.get() + " exists already; choose another name", e);
        }
    }
}
