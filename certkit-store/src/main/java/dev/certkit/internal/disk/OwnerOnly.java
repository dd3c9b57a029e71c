package dev.certkit.internal.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files and directories that nobody but the process's user can open, from the moment they exist. */
public final class OwnerOnly {
    private OwnerOnly() {}

    public static FileAttribute<?>[] file(Path place) throws IOException {
        return attributes(place, "rw-------");
    }

    public static FileAttribute<?>[] directory(Path place) throws IOException {
        return attributes(place, "rwx------");
    }

    private static FileAttribute<?>[] attributes(Path place, String permissions) throws IOException {
        Set<String> views = place.getFileSystem().supportedFileAttributeViews();
        if (views.contains("posix")) {
            return new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            };
        }
        return views.contains("acl") ? new FileAttribute<?>[] {ownersAcl(place)} : new FileAttribute<?>[0];
    }

    private static FileAttribute<List<AclEntry>> ownersAcl(Path place) throws IOException {
        UserPrincipal user = place.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        AclEntry all = AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(user)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
        return new FileAttribute<>() {
            @Override
            public String name() {
                return "acl:acl";
            }

            @Override
            public List<AclEntry> value() {
                return List.of(all);
            }
        };
    }

    /** Refuses a directory in which somebody else could plant, swap or read files. */
    public static void check(Path directory) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw refused(directory, "is a symbolic link; name the directory that it leads to");
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(directory, "is not a directory");
        }
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> permissions = attributes.permissions();
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refused(
                    directory,
                    "can be written by others than its owner (" + PosixFilePermissions.toString(permissions)
                            + "); take that away with chmod go-w, after a look at who wrote into it");
        }
        if (!isOurs(attributes.owner(), directory)) {
            throw refused(
                    directory,
                    "belongs to " + attributes.owner().getName()
                            + ", not to the user of this process; run as that user or use another directory");
        }
    }

    /** Two ways to ask who we are: a full disk takes no new file, and a program with capabilities has root's /proc. */
    private static boolean isOurs(UserPrincipal owner, Path directory) throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && owner.equals(owner(self)) || owner.equals(ownerOfNewFileIn(directory));
    }

    private static UserPrincipal owner(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static UserPrincipal ownerOfNewFileIn(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, Durable.TEMP_PREFIX, "", file(directory));
        try {
            return owner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static FileSystemException refused(Path directory, String why) {
        return new FileSystemException(directory.toString(), null, "this directory " + why);
    }
}
