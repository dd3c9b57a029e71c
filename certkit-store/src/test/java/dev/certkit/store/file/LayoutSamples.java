package dev.certkit.store.file;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Identities to lay out, and looks at what became of them. */
final class LayoutSamples {
    static final DistinguishedName SUBJECT =
            DistinguishedName.cn("www.example.fr").o("Acme").c("FR");

    private LayoutSamples() {}

    static SamplePki pki() {
        try {
            return SamplePki.of(KeyType.EC_P256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PendingKey pending() {
        return CertificationRequest.forSubject(SUBJECT)
                .san("www.example.fr", "localhost")
                .signedBy(KeyType.EC_P256.generate());
    }

    /** The chain has leaf, intermediate and root. */
    static CertifiedKey certified(SamplePki pki, PendingKey pending) {
        try {
            return pending.certifiedBy(SamplePki.certified(pki.authority().issue(pending.request())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CertifiedKey certified(SamplePki pki) {
        return certified(pki, pending());
    }

    static boolean isSame(CertifiedKey one, CertifiedKey other) {
        return one.chain().equals(other.chain()) && KeySecret.isSame(one.privateKey(), other.privateKey());
    }

    static boolean isSame(PendingKey one, PendingKey other) {
        return Arrays.equals(one.request().encoded(), other.request().encoded())
                && KeySecret.isSame(one.privateKey(), other.privateKey());
    }

    /** The names in a directory that a person sees. */
    static List<String> visible(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** All names that are neither the lock's nor a person's. */
    static List<String> hidden(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".") && !name.equals(".+lock") && !name.equals(".+gate"))
                    .sorted()
                    .toList();
        }
    }

    static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** Takes away what others may do, whatever the umask has left. */
    static void lock(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
