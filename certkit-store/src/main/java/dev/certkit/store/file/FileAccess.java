package dev.certkit.store.file;

import dev.certkit.internal.disk.Durable;
import dev.certkit.internal.disk.OwnerOnly;
import dev.certkit.internal.disk.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read the files that are written for a server; at no moment can anybody else.
 *
 * <p>A file is made for its owner only and given away while it is still empty. So it needs a change of its mode, but none
 * that would take back what somebody might have used.
 */
final class FileAccess {
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Set<PosixFilePermission> mode;
    private final Optional<UserPrincipal> owner;
    private final Optional<GroupPrincipal> group;

    private FileAccess(String mode, Optional<UserPrincipal> owner, Optional<GroupPrincipal> group) {
        this.mode = PosixFilePermissions.fromString(mode);
        this.owner = owner;
        this.group = group;
    }

    /** For what is no secret: everybody may read it. */
    static FileAccess everybody() {
        return new FileAccess("rw-r--r--", Optional.empty(), Optional.empty());
    }

    /** For the owner, and for the group if there is one; names are looked up where the directory is. */
    static FileAccess of(Path directory, Optional<String> owner, Optional<String> group) throws IOException {
        if (owner.isEmpty() && group.isEmpty()) {
            return new FileAccess("rw-------", Optional.empty(), Optional.empty());
        }
        if (!isPosix(directory)) {
            throw new FileSystemException(
                    directory.toString(), null, "files here have no owner and group; leave them out of the layout");
        }
        UserPrincipalLookupService names = directory.getFileSystem().getUserPrincipalLookupService();
        Optional<UserPrincipal> user = Optional.empty();
        if (owner.isPresent()) {
            user = Optional.of(lookUp("user " + owner.get(), () -> names.lookupPrincipalByName(owner.get())));
        }
        if (group.isEmpty()) {
            return new FileAccess("rw-------", user, Optional.empty());
        }
        GroupPrincipal readers = lookUp("group " + group.get(), () -> names.lookupPrincipalByGroupName(group.get()));
        return new FileAccess("rw-r-----", user, Optional.of(readers));
    }

    /** Asks for a principal. */
    private interface LookUp<T> {
        T run() throws IOException;
    }

    private static <T> T lookUp(String what, LookUp<T> lookUp) throws IOException {
        try {
            return lookUp.run();
        } catch (UserPrincipalNotFoundException e) {
            // its own message has no name on newer Javas
            throw new IOException("there is no " + what + " on this machine; correct the layout", e);
        }
    }

    private static boolean isPosix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whether somebody beside the process's user reads the files, and so must get through the directories. */
    private boolean isShared() {
        return owner.isPresent() || mode.size() > 2;
    }

    /** Writes a new file and makes its content durable. */
    void write(Path file, byte[] bytes) throws IOException {
        Durable.uninterrupted(() -> {
            // of an attempt that was interrupted
            Files.deleteIfExists(file);
            FileAttribute<?>[] attributes = OwnerOnly.file(file);
            try (FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                give(file);
                Durable.write(channel, bytes);
            }
            return file;
        });
    }

    private void give(Path file) throws IOException {
        if (!isPosix(file) || !isShared()) {
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            if (group.isPresent()) {
                view.setGroup(group.get());
            }
            view.setPermissions(mode);
            // last: a process that gives a file away may not be allowed to change it any more
            if (owner.isPresent()) {
                view.setOwner(owner.get());
            }
        } catch (FileSystemException e) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "cannot be given to " + recipients() + " (" + Durable.reason(e)
                            + "); run as root, or leave the owner out and be a member of the group");
        }
    }

    private String recipients() {
        return owner.map(user -> "the user " + user.getName()).orElse("")
                + (owner.isPresent() && group.isPresent() ? " and " : "")
                + group.map(some -> "the group " + some.getName()).orElse("");
    }

    /** Makes a directory through which whoever may read the files gets to them; its names are no secret. */
    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, OwnerOnly.directory(directory));
        openUp(directory);
    }

    /** The real path of a directory, made if it is not there. */
    Path prepare(Path directory) throws IOException {
        boolean missing = Files.notExists(directory, LinkOption.NOFOLLOW_LINKS);
        Path place = Place.prepare(directory);
        if (missing) {
            openUp(place);
        }
        return place;
    }

    private void openUp(Path directory) throws IOException {
        if (isShared() && isPosix(directory)) {
            boolean isPublic = mode.contains(PosixFilePermission.OTHERS_READ);
            Files.setPosixFilePermissions(directory, isPublic ? READABLE : PASSABLE);
        }
    }
}
