package dev.certkit.store.file;

import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The links of a directory by which OpenSSL finds certificates and revocation lists.
 *
 * <p>OpenSSL counts up from 0 until there is no link. So a file that has a number keeps it as long as the count allows, new
 * ones fill the gaps, and what is too many goes from the top: at no moment is anything out of sight that stays.
 */
final class HashLinks {
    private final Path directory;
    private final Links links;
    /** The target of each link by number, for each prefix. */
    private final Map<String, TreeMap<Integer, String>> there = new TreeMap<>();

    private HashLinks(Path directory) {
        this.directory = directory;
        this.links = new Links(directory);
    }

    /** The links that are there, among a directory's file names. */
    static HashLinks in(Path directory, Iterable<String> names) throws IOException {
        HashLinks links = new HashLinks(directory);
        for (String name : names) {
            HashedFile.Link link = HashedFile.link(name).orElse(null);
            if (link != null) {
                links.there
                        .computeIfAbsent(link.prefix(), prefix -> new TreeMap<>())
                        .put(link.number(), links.targetOf(name));
            }
        }
        return links;
    }

    private String targetOf(String name) throws IOException {
        Path link = directory.resolve(name);
        if (!Files.isSymbolicLink(link)) {
            throw new FileSystemException(
                    link.toString(), null, "is a file where a link belongs; move it away or give it a name with .pem");
        }
        return Files.readSymbolicLink(link).toString();
    }

    /** Makes them the links of these files, in their order; each certificate is linked once. */
    void become(List<HashedFile> files) throws IOException {
        Map<String, List<HashedFile>> wanted = new TreeMap<>();
        Set<Fingerprint> seen = new HashSet<>();
        for (HashedFile file : files) {
            if (seen.add(file.fingerprint())) {
                wanted.computeIfAbsent(file.prefix(), prefix -> new ArrayList<>())
                        .add(file);
            }
        }
        for (Map.Entry<String, List<HashedFile>> prefix : wanted.entrySet()) {
            number(prefix.getKey(), prefix.getValue());
        }
        for (String prefix : there.keySet()) {
            cut(prefix, wanted.getOrDefault(prefix, List.of()).size());
        }
        links.sync();
    }

    private void number(String prefix, List<HashedFile> files) throws IOException {
        Map<Integer, String> old = there.getOrDefault(prefix, new TreeMap<>());
        Map<Integer, String> kept = new TreeMap<>();
        List<String> unnumbered = new ArrayList<>();
        files.forEach(file -> unnumbered.add(file.name()));
        for (int number = 0; number < files.size(); number++) {
            String target = old.get(number);
            if (target != null && unnumbered.remove(target)) {
                kept.put(number, target);
            }
        }
        for (int number = 0; number < files.size(); number++) {
            if (!kept.containsKey(number)) {
                set(prefix + number, unnumbered.remove(0));
            }
        }
    }

    private void set(String link, String target) throws IOException {
        links.set(directory.resolve(link), directory.getFileSystem().getPath(target));
    }

    private void cut(String prefix, int count) throws IOException {
        for (int number : there.getOrDefault(prefix, new TreeMap<>()).descendingKeySet()) {
            Path link = directory.resolve(prefix + number);
            if (number >= count && Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(link);
            }
        }
    }
}
