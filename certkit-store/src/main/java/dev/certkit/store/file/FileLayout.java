package dev.certkit.store.file;

import dev.certkit.key.Passphrase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The files in which a server wants its keys and certificates: how they are called, and what stands in them.
 *
 * <p>{@link #apache()} also fits nginx, Postfix and most others. A layout is a value; {@link #unencryptedIn} or
 * {@link #encryptedIn} puts it to work. Immutable and thread safe.
 */
public final class FileLayout {
    /** What can stand in a file. */
    public enum Part {
        /** The certificate itself. */
        LEAF(".leaf.crt"),
        /** The certificates between leaf and root, in their order; perhaps none. */
        INTERMEDIATES(".intermediates.crt"),
        /** The self-signed end of a chain that has more than that. Clients have no use for it. */
        ROOT(".root.crt"),
        /** The private key. */
        KEY(".key"),
        /** The certification request, if it is known. */
        REQUEST(".csr");

        private final String suffix;

        Part(String suffix) {
            this.suffix = suffix;
        }

        boolean isCertificate() {
            return compareTo(KEY) < 0;
        }

        /** The file in which it is kept where the layout has no place for it, out of the server's sight. */
        String asideOf(String name) {
            return name + suffix;
        }
    }

    private final List<LayoutFile> files;
    private final Optional<String> owner;
    private final Optional<String> group;

    private FileLayout(List<LayoutFile> files, Optional<String> owner, Optional<String> group) {
        this.files = files;
        this.owner = owner;
        this.group = group;
    }

    /** {@code NAME.crt} with leaf and intermediates, {@code NAME.key}, and {@code NAME.csr}. */
    public static FileLayout apache() {
        return of("{name}.crt", Part.LEAF, Part.INTERMEDIATES)
                .and("{name}.key", Part.KEY)
                .and("{name}.csr", Part.REQUEST);
    }

    /**
     * One file {@code NAME.pem} with leaf, intermediates and key, in a directory that HAProxy may load as a whole.
     *
     * <p>A request is kept as {@code .NAME/NAME.csr}, and a key that waits for its certificate beside it: HAProxy passes
     * hidden files over, and would not start with a {@code .pem} without a certificate.
     */
    public static FileLayout haproxy() {
        return of("{name}.pem", Part.LEAF, Part.INTERMEDIATES, Part.KEY);
    }

    /**
     * A directory of trusted certificates and revocation lists that OpenSSL finds by the hash of their names.
     *
     * @param directory made if it is missing; not null
     * @throws IOException if it cannot be used: it belongs to somebody else, others can write it, or it is a link
     */
    public static HashedDirectory hashedDirectory(Path directory) throws IOException {
        return HashedDirectory.at(Objects.requireNonNull(directory, "directory"));
    }

    /**
     * A layout of one's own, with its first file.
     *
     * @param pattern the file's name, with {@code {name}} once, and letters, digits, '_', '-' and '.' around it; not null
     * @param first not null
     * @param more in their order; not null
     * @throws IllegalArgumentException if the pattern is none, or a part comes twice in the file
     */
    public static FileLayout of(String pattern, Part first, Part... more) {
        return new FileLayout(List.of(), Optional.empty(), Optional.empty()).and(pattern, first, more);
    }

    /**
     * The same layout with one more file.
     *
     * @param pattern as in {@link #of}; not null
     * @param first not null
     * @param more in their order; not null
     * @throws IllegalArgumentException as in {@link #of}, or if there is such a file already, or the pattern is that
     *     under which another part is kept aside
     */
    public FileLayout and(String pattern, Part first, Part... more) {
        List<Part> parts = new ArrayList<>(List.of(first));
        parts.addAll(Arrays.asList(more));
        LayoutFile file = LayoutFile.of(pattern, parts);
        for (Part part : Part.values()) {
            if (pattern.equals(part.asideOf("{name}")) && !parts.equals(List.of(part))) {
                throw new IllegalArgumentException("pattern: " + pattern + " is for the part " + part + " alone");
            }
        }
        if (files.stream().anyMatch(other -> other.nameOf("{name}").equals(pattern))) {
            throw new IllegalArgumentException("pattern: there is a file " + pattern + " already");
        }
        List<LayoutFile> all = new ArrayList<>(files);
        all.add(file);
        return new FileLayout(List.copyOf(all), owner, group);
    }

    /**
     * Gives the files to this user; only root can. Without it they belong to the process's user.
     *
     * @param user a user's name on this machine; not null
     */
    public FileLayout owner(String user) {
        return new FileLayout(files, Optional.of(user), group);
    }

    /**
     * Lets this group read the files (mode 0640). Without it only the owner can (0600).
     *
     * @param name a group's name on this machine, of which the process's user is a member, unless that is root; not null
     */
    public FileLayout group(String name) {
        return new FileLayout(files, owner, Optional.of(name));
    }

    /**
     * Puts the files into a directory, keys in clear: whoever can read the files has the keys.
     *
     * @param directory made if it is missing; not null
     * @throws IOException if it cannot be used: it belongs to somebody else, others can write it, it is a link, or there
     *     is no such user or group
     */
    public ServerFiles unencryptedIn(Path directory) throws IOException {
        return in(directory, KeyForm.unencrypted());
    }

    /**
     * Puts the files into a directory, keys encrypted, for a server that asks for the passphrase when it starts.
     *
     * @param directory made if it is missing; not null
     * @param passphrase must stay open as long as the files are used; not null
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws IOException as in {@link #unencryptedIn}
     */
    public ServerFiles encryptedIn(Path directory, Passphrase passphrase) throws IOException {
        return in(directory, KeyForm.under(passphrase));
    }

    private ServerFiles in(Path directory, KeyForm form) throws IOException {
        FileAccess access = FileAccess.of(directory, owner, group);
        return new ServerFiles(this, access.prepare(directory), form, access);
    }

    Rendering render(Holding holding, String name, KeyForm form) {
        return Rendering.of(holding, name, files, form);
    }

    /** The names of a name's files that servers see. */
    List<String> publishedNames(String name) {
        return files.stream().map(file -> file.nameOf(name)).toList();
    }

    /** Those, and the names of what is kept aside. */
    List<String> allNames(String name) {
        List<String> names = new ArrayList<>(publishedNames(name));
        for (Part part : Part.values()) {
            names.add(part.asideOf(name));
        }
        return names;
    }

    /** The name that a published file is of, if it is one of this layout. */
    Optional<String> entryOf(String fileName) {
        return files.stream().flatMap(file -> file.entryOf(fileName).stream()).findFirst();
    }

    /** The published file that has a part. */
    Optional<String> fileWith(Part part, String name) {
        return files.stream()
                .filter(file -> file.parts().contains(part))
                .map(file -> file.nameOf(name))
                .findFirst();
    }
}
