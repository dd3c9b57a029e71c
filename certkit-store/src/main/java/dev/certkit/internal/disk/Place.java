package dev.certkit.internal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where a storage's directory is, made if need be so that it is there after a loss of power as well. */
public final class Place {
    private Place() {}

    /** The directory's real path, so that a link on the way that changes later changes nothing. */
    public static Path prepare(Path directory) throws IOException {
        Path place = directory.toAbsolutePath();
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = place; at != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS); at = at.getParent()) {
            missing.push(at);
        }
        for (Path at : missing) {
            create(at);
        }
        OwnerOnly.check(place);
        return place.toRealPath();
    }

    private static void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, OwnerOnly.directory(directory));
        } catch (FileAlreadyExistsException e) {
            // somebody was faster; what came of it is checked afterwards
        }
        Path parent = directory.getParent();
        try {
            if (parent != null) {
                Durable.sync(parent);
            }
        } catch (AccessDeniedException e) {
            // a directory that we may write but not read cannot be synced by us
        }
    }
}
