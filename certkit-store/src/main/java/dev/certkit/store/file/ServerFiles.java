package dev.certkit.store.file;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.internal.disk.DirectoryLock;
import dev.certkit.internal.disk.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keys and certificates in the files of a server, in one directory and one {@linkplain FileLayout layout}.
 *
 * <p>All files of a name change at one moment, durably, or not at all; the paths stay the same. A server that reloads after
 * a write has returned sees what was written. A key that waits for its certificate is never overwritten. Files that another
 * program wrote under the layout's names are read, too, and taken over by the next write.
 *
 * <p>Names have letters, digits, '_', '-' and '.'; a wildcard certificate needs one of its own, for example
 * {@code wildcard.example.fr}. Thread safe. One write at a time in a directory: a second process, or object in this one,
 * gets a {@link DirectoryInUseException} and tries again.
 */
public final class ServerFiles {
    private final FileLayout layout;
    private final Path directory;
    private final KeyForm form;
    private final Publisher publisher;

    ServerFiles(FileLayout layout, Path directory, KeyForm form, FileAccess access) {
        this.layout = layout;
        this.directory = directory;
        this.form = form;
        this.publisher = new Publisher(directory, access);
    }

    /**
     * What became of a copy.
     *
     * @param directory where it was to go; not null
     * @param failure why it did not get there, while what was there before stays; empty if it did; not null
     */
    public record Copy(Path directory, Optional<IOException> failure) {
        /** Checks the parts. */
        public Copy {
            Objects.requireNonNull(directory, "directory");
            Objects.requireNonNull(failure, "failure");
        }

        /** Whether it is there now. */
        public boolean isDone() {
            return failure.isEmpty();
        }
    }

    /** Work on one name that nobody else disturbs. */
    private interface Work {
        void on(Slot slot, Snapshot before) throws IOException;
    }

    /** The directory's real path. */
    public Path directory() {
        return directory;
    }

    /**
     * The path under which a part is found, for the server's configuration.
     *
     * <p>It is the same before and after each write, and whether the part is there or not.
     *
     * @param name not null
     * @param part not null
     * @return that of a hidden file if the layout has no place for the part
     * @throws IllegalArgumentException if the name has other characters than a file name may have
     */
    public Path path(String name, FileLayout.Part part) {
        Slot slot = new Slot(directory, EntryName.checked(name));
        return layout.fileWith(part, name).map(directory::resolve).orElseGet(() -> slot.link()
                .resolve(part.asideOf(name)));
    }

    /**
     * Writes a key with its certificate, in place of the certificate that is there.
     *
     * <p>A request for the same key stays beside it.
     *
     * @param name not null
     * @param key not null
     * @throws IllegalStateException if another key waits for its certificate under this name
     * @throws IllegalArgumentException if the name is no file name, or the key cannot leave its token
     * @throws IOException if it failed; what was there before stays
     */
    public void write(String name, CertifiedKey key) throws IOException {
        put(name, Holding.of(key));
    }

    /**
     * Writes a key and its request, while the certificate is waited for.
     *
     * <p>A certificate for the same key stays in use.
     *
     * @param name not null
     * @param key not null
     * @throws IllegalStateException if another key is in use, or waits, under this name
     * @throws IllegalArgumentException if the name is no file name, or the key cannot leave its token
     * @throws IOException if it failed; what was there before stays
     */
    public void write(String name, PendingKey key) throws IOException {
        put(name, Holding.of(key));
    }

    private void put(String name, Holding holding) throws IOException {
        alone(name, (slot, before) -> publish(slot, merged(name, before, holding)));
    }

    private Holding merged(String name, Snapshot before, Holding holding) throws IOException {
        if (before.files().isEmpty()) {
            return holding;
        }
        FoundParts found = parts(name, before);
        if (found.hasCertificate() && holding.chain().isPresent()) {
            return new Holding(
                    holding.key(), holding.chain(), holding.request().or(() -> found.request(holding.key())));
        }
        Holding there = found.holding();
        if (!holding.isOfKey(there.key())) {
            throw new IllegalStateException(
                    found.hasCertificate()
                            ? "name: another key is in use under " + name
                                    + "; request under another name, or uninstall it"
                            : "name: another key waits for its certificate under " + name + "; withdraw it first");
        }
        return holding.and(there);
    }

    /**
     * The key in use with its chain, leaf first; the match is proved.
     *
     * @param name not null
     * @return empty if there is none, also while a certificate is waited for
     * @throws KeyMismatchException if certificate and key, written by another program, do not belong together
     * @throws MalformedEncodingException if a file is damaged, or the key is locked with another passphrase
     * @throws IOException if the files cannot be read
     */
    public Optional<CertifiedKey> read(String name) throws IOException {
        FoundParts found = parts(name, snapshot(name));
        if (!found.hasCertificate()) {
            return Optional.empty();
        }
        Holding holding = found.holding();
        return Optional.of(CertifiedKey.of(holding.key(), holding.chain().orElseThrow()));
    }

    /**
     * The key with its request, also when its certificate is in use.
     *
     * @param name not null
     * @return empty if there is no request
     * @throws KeyMismatchException if request and key, written by another program, do not belong together
     * @throws MalformedEncodingException if a file is damaged, or the key is locked with another passphrase
     * @throws IOException if the files cannot be read
     */
    public Optional<PendingKey> pending(String name) throws IOException {
        return parts(name, snapshot(name)).pending();
    }

    /**
     * All names with files of this layout, in order.
     *
     * @throws IOException if the directory cannot be read
     */
    public List<String> names() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String file = entry.getFileName().toString();
                if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    layout.entryOf(file).ifPresent(names::add);
                } else if (file.startsWith(".") && EntryName.isValid(file.substring(1))) {
                    Slot slot = new Slot(directory, file.substring(1));
                    if (slot.live().isPresent()) {
                        names.add(slot.name());
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return List.copyOf(names);
    }

    /**
     * Takes the certificate away and keeps its key and request; the server must not need it any more.
     *
     * @param name not null
     * @throws IllegalStateException if there is no certificate under this name
     * @throws IOException if it failed; what was there before stays
     */
    public void uninstall(String name) throws IOException {
        alone(name, (slot, before) -> {
            FoundParts found = parts(name, before);
            if (!found.hasCertificate()) {
                throw new IllegalStateException("name: there is no certificate under " + name + " to uninstall");
            }
            publish(slot, found.holding().withoutChain());
        });
    }

    /**
     * Takes a key without a certificate away, with its request; what is not there needs no taking away.
     *
     * @param name not null
     * @throws IllegalStateException if a certificate is there
     * @throws IOException if it failed; the key is then perhaps still there
     */
    public void withdraw(String name) throws IOException {
        alone(name, (slot, before) -> {
            if (parts(name, before).hasCertificate()) {
                throw new IllegalStateException("name: the certificate of " + name
                        + " is still there; uninstall it before the key is withdrawn");
            }
            publisher.remove(slot, layout.publishedNames(name));
        });
    }

    /**
     * Moves key, certificate and request into another layout and directory.
     *
     * <p>They are taken away here when they are durable and were read back there: at every moment they are in one of the
     * two at least. A move that was cut off or failed can be run again.
     *
     * @param other of another directory; not null
     * @param name not null
     * @throws IllegalArgumentException if it is the same directory
     * @throws IllegalStateException if another key waits under this name there
     * @throws NoSuchFileException if neither has anything under this name
     * @throws IOException if it failed; everything is then still here, or in both, or there and not yet all gone here
     */
    public void moveTo(ServerFiles other, String name) throws IOException {
        if (directory.equals(other.directory)) {
            throw new IllegalArgumentException("other: it is the same directory; move to another one");
        }
        Optional<Holding> here = holding(name);
        if (here.isEmpty() && other.holding(name).isPresent()) {
            withdraw(name);
            return;
        }
        Holding moved = here.orElseThrow(() -> nothing(name));
        other.put(name, moved);
        if (!other.holding(name).filter(moved::isKeptBy).isPresent()) {
            throw new FileSystemException(
                    other.directory.toString(),
                    null,
                    name + " reads back otherwise than it was written; nothing was removed");
        }
        alone(name, (slot, before) -> {
            if (!parts(name, before).holding().isKeptBy(moved)) {
                throw new FileSystemException(
                        directory.toString(), null, name + " was changed meanwhile; move it again");
            }
            publisher.remove(slot, layout.publishedNames(name));
        });
    }

    /**
     * Copies key, certificate and request into the directories of other servers, for example of a wildcard certificate.
     *
     * <p>One that fails does not keep the others from getting theirs. To copy again does no harm.
     *
     * @param name not null
     * @param others of other directories; not null
     * @return what became of each, in their order
     * @throws NoSuchFileException if there is nothing under this name
     * @throws IOException if it cannot be read here
     */
    public List<Copy> copyTo(Collection<ServerFiles> others, String name) throws IOException {
        Holding holding = holding(name).orElseThrow(() -> nothing(name));
        List<Copy> copies = new ArrayList<>();
        for (ServerFiles other : others) {
            copies.add(new Copy(other.directory, other.attempt(name, holding)));
        }
        return List.copyOf(copies);
    }

    private Optional<IOException> attempt(String name, Holding holding) {
        try {
            put(name, holding);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } catch (IllegalStateException e) {
            return Optional.of(new FileSystemException(directory.toString(), null, e.getMessage()));
        }
    }

    private NoSuchFileException nothing(String name) {
        return new NoSuchFileException(directory.toString(), null, "there is nothing under the name " + name);
    }

    private Optional<Holding> holding(String name) throws IOException {
        Snapshot snapshot = snapshot(name);
        return snapshot.files().isEmpty()
                ? Optional.empty()
                : Optional.of(parts(name, snapshot).holding());
    }

    private Snapshot snapshot(String name) throws IOException {
        return Snapshot.of(new Slot(directory, EntryName.checked(name)), layout);
    }

    private FoundParts parts(String name, Snapshot snapshot) throws MalformedEncodingException {
        return FoundParts.in(snapshot.files(), name, form);
    }

    private void publish(Slot slot, Holding holding) throws IOException {
        publisher.publish(slot, layout.render(holding, slot.name(), form), layout.publishedNames(slot.name()));
    }

    private synchronized void alone(String name, Work work) throws IOException {
        Slot slot = new Slot(directory, EntryName.checked(name));
        OwnerOnly.check(directory);
        try (DirectoryLock lock = DirectoryLock.take(directory, Links.OURS, DirectoryInUseException::new)) {
            Sweep.in(directory);
            Snapshot before = Snapshot.of(slot, layout);
            if (!before.foreign().isEmpty()) {
                List<String> published = layout.publishedNames(name);
                publisher.takeOver(slot, before, published);
            }
            lock.check();
            work.on(slot, before);
        }
    }
}
