package dev.certkit.store.file;

import dev.certkit.format.PemBlock;
import dev.certkit.internal.disk.DirectoryLock;
import dev.certkit.internal.disk.OwnerOnly;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Trusted certificates and revocation lists in a directory, linked as {@code openssl rehash} does.
 *
 * <p>Programs that use OpenSSL are given the directory, as {@code -CApath}, Apache's {@code SSLCACertificatePath} and the
 * like; what changes is seen without a reload by those that have not yet looked for it. At every moment a reader finds
 * whatever is there before and after a change. The files are no secret and everybody may read them.
 *
 * <p>Thread safe. One write at a time: a second process, or object in this one, gets a {@link DirectoryInUseException}.
 */
public final class HashedDirectory {
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.(?:pem|crl)");

    private final Path directory;
    private final FileAccess access = FileAccess.everybody();

    private HashedDirectory(Path directory) {
        this.directory = directory;
    }

    static HashedDirectory at(Path directory) throws IOException {
        return new HashedDirectory(FileAccess.everybody().prepare(directory));
    }

    /** The directory's real path. */
    public Path directory() {
        return directory;
    }

    /**
     * Makes these the contents, in place of what was written before; files of other names stay and are linked, too.
     *
     * @param certificates each is written once; not null
     * @param revocationLists each is written once; not null
     * @throws IllegalArgumentException if one cannot be encoded
     * @throws IOException if it failed; all that was to stay is still found, and a further call mends the rest
     */
    public void write(Collection<X509Certificate> certificates, Collection<X509CRL> revocationLists)
            throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        certificates.forEach(certificate -> put(files, "CERTIFICATE", encoded(certificate)));
        revocationLists.forEach(list -> put(files, "X509 CRL", encoded(list)));
        alone(() -> {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (!isThere(file.getKey(), file.getValue())) {
                    create(directory.resolve(file.getKey()), file.getValue());
                }
            }
            List<String> all = names();
            link(all, all.stream().filter(name -> !isSurplus(name, files)).toList());
            for (String name : all) {
                if (isSurplus(name, files)) {
                    Files.delete(directory.resolve(name));
                }
            }
        });
    }

    private static boolean isSurplus(String name, Map<String, byte[]> files) {
        return OURS.matcher(name).matches() && !files.containsKey(name);
    }

    private static void put(Map<String, byte[]> files, String label, byte[] der) {
        String name = HexFormat.of().formatHex(Fingerprint.sha256(der).bytes())
                + (label.equals("CERTIFICATE") ? ".pem" : ".crl");
        files.put(name, PemBlock.encode(label, der).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificates: one cannot be encoded", e);
        }
    }

    private static byte[] encoded(X509CRL list) {
        try {
            return list.getEncoded();
        } catch (CRLException e) {
            throw new IllegalArgumentException("revocationLists: one cannot be encoded", e);
        }
    }

    private boolean isThere(String name, byte[] bytes) throws IOException {
        Path file = directory.resolve(name);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Arrays.equals(Disk.read(file), bytes);
        } catch (Damage e) {
            return false;
        }
    }

    private void create(Path file, byte[] bytes) throws IOException {
        Path temp = directory.resolve(Links.OURS + 0);
        try {
            access.write(temp, bytes);
            Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(temp);
            throw e;
        }
    }

    /**
     * Renews the links after somebody else has brought or taken files with {@code .pem}, {@code .crt}, {@code .cer} or
     * {@code .crl}.
     *
     * <p>Linked are those with exactly one certificate or revocation list in PEM; symbolic links are not followed.
     *
     * @throws IOException if it failed; all that was to stay is still found, and a further call mends the rest
     */
    public void rehash() throws IOException {
        alone(() -> {
            List<String> names = names();
            link(names, names);
        });
    }

    /** Links some files; the links that are there are among the names. */
    private void link(List<String> all, List<String> some) throws IOException {
        // the files, before there are links to them
        new Links(directory).sync();
        HashLinks.in(directory, all).become(files(some));
    }

    private List<HashedFile> files(List<String> names) throws IOException {
        List<HashedFile> files = new ArrayList<>();
        for (String name : names) {
            read(name).ifPresent(files::add);
        }
        return files;
    }

    private Optional<HashedFile> read(String name) throws IOException {
        Path file = directory.resolve(name);
        if (!HashedFile.isTaken(name) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return HashedFile.of(name, Disk.read(file));
        } catch (Damage e) {
            return Optional.empty();
        }
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return names;
    }

    /**
     * The certificates, whoever wrote them, each once, in the order of the files' names.
     *
     * @throws IOException if the directory cannot be read
     */
    public List<EncodedCertificate> certificates() throws IOException {
        List<EncodedCertificate> found = new ArrayList<>();
        for (HashedFile file : files(names())) {
            if (!file.isRevocationList()) {
                EncodedCertificate certificate = EncodedCertificate.decode(file.der());
                if (!found.contains(certificate)) {
                    found.add(certificate);
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * The revocation lists, whoever wrote them, each once, in the order of the files' names; unproved.
     *
     * @throws IOException if the directory, or one of them, cannot be read
     */
    public List<X509CRL> revocationLists() throws IOException {
        List<X509CRL> found = new ArrayList<>();
        for (HashedFile file : files(names())) {
            if (file.isRevocationList()) {
                X509CRL list = decoded(file);
                if (!found.contains(list)) {
                    found.add(list);
                }
            }
        }
        return List.copyOf(found);
    }

    private static X509CRL decoded(HashedFile file) throws IOException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(file.der()));
        } catch (CertificateException | CRLException | RuntimeException e) {
            throw new IOException(file.name() + ": Java cannot read this revocation list; remove it", e);
        }
    }

    /** Work that nobody else disturbs. */
    private interface Work {
        void run() throws IOException;
    }

    private synchronized void alone(Work work) throws IOException {
        OwnerOnly.check(directory);
        try (DirectoryLock lock = DirectoryLock.take(directory, Links.OURS, DirectoryInUseException::new)) {
            Sweep.in(directory);
            lock.check();
            work.run();
        }
    }
}
