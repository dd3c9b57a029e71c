package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.format.PemBlock;
import dev.certkit.format.PrivateKeys;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T6")
class HashedDirectoryTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path temp;

    private HashedDirectory hashed;

    @BeforeEach
    void open() throws IOException {
        hashed = FileLayout.hashedDirectory(temp.resolve("ours"));
    }

    private static X509Certificate certificate(String name, long serial) throws IOException {
        return OddNames.certificate(OddNames.cn(name), serial).toX509Certificate();
    }

    private static X509CRL list(String issuer, int day) throws IOException {
        byte[] der = OddNames.revocationList(OddNames.cn(issuer), DAY.plusSeconds(86_400L * day));
        return Pasted.decode(der).revocationLists().get(0);
    }

    /** Each symbolic link with its target. */
    private static Map<String, String> links(Path directory) throws IOException {
        Map<String, String> links = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                links.put(
                        file.getFileName().toString(),
                        Files.readSymbolicLink(file).toString());
            }
        }
        return links;
    }

    @Nested
    class ComparedWithOpenssl {
        private final Peer openssl = Peer.require("openssl");
        /** The same files, linked by OpenSSL in a directory without links. */
        private Map<String, String> theirLinks() throws IOException {
            Path theirs = Files.createDirectories(temp.resolve("theirs"));
            try (Stream<Path> files = Files.list(theirs)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            try (Stream<Path> files = Files.list(hashed.directory())) {
                for (Path file : files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    Files.copy(file, theirs.resolve(file.getFileName()));
                }
            }
            openssl.run(temp, "rehash", theirs.toString()).succeeded();
            return links(theirs);
        }

        private void place(String file, String text) throws IOException {
            Files.writeString(hashed.directory().resolve(file), text);
        }

        @Test
        void theLinksOfOddNamesAreTheSame() throws IOException {
            long serial = 1;
            for (byte[] name : OddNames.byOddity().values()) {
                place(
                        "c" + serial + ".pem",
                        pem("CERTIFICATE", OddNames.certificate(name, serial).encoded()));
                place("r" + serial + ".crl", pem("X509 CRL", OddNames.revocationList(name, DAY)));
                serial++;
            }
            hashed.rehash();
            Map<String, String> links = links(hashed.directory());
            assertEquals(theirLinks(), links);
            assertEquals(2 * (serial - 1), links.size());
        }

        @Test
        void theLinksAreTheSameAfterEachOfManyChangesButForWhichOfAHashIsFirst() throws IOException {
            long seed = new Random().nextLong();
            Random random = new Random(seed);
            List<X509Certificate> certificates = new ArrayList<>();
            List<X509CRL> lists = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                certificates.add(certificate(List.of("A", "a ", "B").get(i % 3), i + 1));
                lists.add(list(i % 2 == 0 ? "A" : "b", i));
            }
            for (int round = 0; round < 12; round++) {
                Collections.shuffle(certificates, random);
                Collections.shuffle(lists, random);
                hashed.write(
                        certificates.subList(0, random.nextInt(certificates.size() + 1)),
                        lists.subList(0, random.nextInt(lists.size() + 1)));
                Map<String, String> theirs = theirLinks();
                Map<String, String> ours = links(hashed.directory());
                assertEquals(theirs.keySet(), ours.keySet(), "seed " + seed);
                assertEquals(byHash(theirs), byHash(ours), "seed " + seed);
            }
        }

        private Map<String, Set<String>> byHash(Map<String, String> links) {
            Map<String, Set<String>> targets = new TreeMap<>();
            links.forEach(
                    (link, target) -> targets.computeIfAbsent(link.replaceAll("[0-9]+$", ""), x -> new HashSet<>())
                            .add(target));
            return targets;
        }

        @Test
        void theLinksInAFreshDirectoryHaveTheSameNumbers() throws IOException {
            List<X509Certificate> certificates = new ArrayList<>();
            List<X509CRL> lists = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                certificates.add(certificate(List.of("A", "a ", "B").get(i % 3), i + 1));
                lists.add(list("A", i));
            }
            hashed.write(certificates, lists);
            assertEquals(theirLinks(), links(hashed.directory()));
        }

        @Test
        void theSameFilesAreLinked() throws IOException {
            String one = Certificates.toPem(certificate("One", 1));
            String two = Certificates.toPem(certificate("Two", 2));
            place("a.pem", one);
            place("duplicate.pem", one);
            place("b.CRT", two);
            place("c.cer", "some text\n" + Certificates.toPem(certificate("Three", 3)) + "more text\n");
            place("both.pem", one + two);
            place("none.pem", "nothing\n");
            place("empty.pem", "");
            place("d.txt", two);
            place("e.crl", pem("X509 CRL", OddNames.revocationList(OddNames.cn("One"), DAY)));
            place(
                    "f.pem",
                    pem(
                            "X509 CERTIFICATE",
                            OddNames.certificate(OddNames.cn("Old label"), 4).encoded()));
            place(
                    "withkey.pem",
                    Certificates.toPem(certificate("Key", 5))
                            + PrivateKeys.toUnencryptedPem(
                                    LayoutSamples.pending().privateKey()));
            place("broken.pem", pem("CERTIFICATE", new byte[] {0x30, 0x03, 1, 2, 3}));
            hashed.rehash();
            assertEquals(theirLinks(), links(hashed.directory()));
        }

        @Test
        void aDirectoryFromWhichItReadsVerifies() throws IOException {
            SamplePki pki = LayoutSamples.pki();
            hashed.write(List.of(pki.root().chain().leaf()), List.of());
            Path leaf = temp.resolve("leaf.pem");
            Path issuer = temp.resolve("issuer.pem");
            List<X509Certificate> chain = LayoutSamples.certified(pki).chain().certificates();
            Files.writeString(leaf, Certificates.toPem(chain.get(0)));
            Files.writeString(issuer, Certificates.toPem(chain.get(1)));
            String[] command = {
                "verify",
                "-no-CAfile",
                "-CApath",
                hashed.directory().toString(),
                "-untrusted",
                issuer.toString(),
                leaf.toString()
            };
            openssl.run(temp, command).succeeded();
            hashed.write(List.of(), List.of());
            openssl.run(temp, command).failed();
        }
    }

    private static String pem(String label, byte[] der) {
        return PemBlock.encode(label, der);
    }

    @Test
    void whatIsWrittenIsReadBackEachOnce() throws IOException {
        X509Certificate twice = certificate("A", 1);
        List<X509Certificate> certificates = List.of(twice, certificate("A", 2), certificate("B", 3), twice);
        List<X509CRL> lists = List.of(list("A", 1), list("A", 2));
        hashed.write(certificates, lists);

        Set<EncodedCertificate> expected = new HashSet<>();
        certificates.forEach(certificate -> expected.add(EncodedCertificate.of(certificate)));
        assertEquals(3, hashed.certificates().size());
        assertEquals(expected, Set.copyOf(hashed.certificates()));
        assertEquals(Set.copyOf(lists), Set.copyOf(hashed.revocationLists()));
    }

    @Test
    void aFurtherWriteTakesAwayWhatWasWrittenBeforeAndNoOtherFile() throws IOException {
        X509Certificate foreign = certificate("Foreign", 9);
        Files.writeString(hashed.directory().resolve("foreign.pem"), Certificates.toPem(foreign));
        X509Certificate stays = certificate("B", 2);
        hashed.write(List.of(certificate("A", 1), stays), List.of(list("A", 1)));
        hashed.write(List.of(stays), List.of());

        assertEquals(
                Set.of(EncodedCertificate.of(foreign), EncodedCertificate.of(stays)),
                Set.copyOf(hashed.certificates()));
        assertEquals(2, links(hashed.directory()).size());
        assertEquals(List.of(), hashed.revocationLists());
    }

    @Test
    void everybodyMayReadTheFilesAndNobodyElseMayWriteThem() throws IOException {
        hashed.write(List.of(certificate("A", 1)), List.of());
        assertEquals("rwxr-xr-x", LayoutSamples.permissions(hashed.directory()));
        try (Stream<Path> files = Files.list(hashed.directory())) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pem")).toList()) {
                assertEquals("rw-r--r--", LayoutSamples.permissions(file));
            }
        }
    }

    @Test
    void aLinkInThePlaceOfACertificateIsNotFollowed() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside.pem"), Certificates.toPem(certificate("Evil", 1)));
        Files.createSymbolicLink(hashed.directory().resolve("evil.pem"), outside);
        hashed.rehash();
        assertEquals(Set.of("evil.pem"), links(hashed.directory()).keySet());
        assertEquals(List.of(), hashed.certificates());
    }

    @Test
    void aFileWhereALinkBelongsIsNamedAndNothingIsLost() throws IOException {
        X509Certificate a = certificate("A", 1);
        hashed.write(List.of(a), List.of());
        String link = links(hashed.directory()).keySet().iterator().next();
        Path inTheWay = hashed.directory().resolve(link.replace(".0", ".1"));
        Files.writeString(inTheWay, "x");
        String told = assertThrows(IOException.class, () -> hashed.write(List.of(a, certificate("a", 2)), List.of()))
                .getMessage();
        assertTrue(told.contains(inTheWay.getFileName().toString()), told);
        assertTrue(Files.exists(hashed.directory().resolve(link)));
        Files.delete(inTheWay);
        hashed.write(List.of(a, certificate("a", 2)), List.of());
        assertEquals(2, links(hashed.directory()).size());
    }

    @Test
    void whatAKilledWriterLeftIsTidiedUp() throws IOException {
        X509Certificate a = certificate("A", 1);
        X509Certificate b = certificate("a", 2);
        hashed.write(List.of(a, b), List.of());
        Map<String, String> whole = links(hashed.directory());
        String link = whole.keySet().iterator().next();
        String target = whole.get(link);
        for (String left : List.of(link.replace(".0", ".2"), link.replace(".0", ".3"), "00000000.0", ".+0", ".+1")) {
            Files.createSymbolicLink(hashed.directory().resolve(left), Path.of(target));
        }
        Files.writeString(hashed.directory().resolve("0".repeat(64) + ".pem"), Certificates.toPem(certificate("A", 3)));
        hashed.write(List.of(a, b), List.of());

        assertEquals(whole, links(hashed.directory()));
        assertEquals(2, hashed.certificates().size());
    }

    @Test
    void whatStaysIsFoundAtEveryMoment() throws Exception {
        X509Certificate stays = certificate("CA", 1000);
        List<X509Certificate> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            others.add(certificate("ca", i));
        }
        hashed.write(List.of(stays), List.of());
        String prefix = links(hashed.directory()).keySet().iterator().next().replace(".0", ".");
        byte[] wanted = Files.readAllBytes(hashed.directory().resolve(prefix + 0));
        Random random = new Random(7);
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 60; i++) {
                Collections.shuffle(others, random);
                List<X509Certificate> all = new ArrayList<>(others.subList(0, random.nextInt(others.size())));
                all.add(stays);
                try {
                    hashed.write(all, List.of());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        writer.start();
        int looks = 0;
        while (writer.isAlive()) {
            assertTrue(isFound(prefix, wanted), "after " + looks + " looks");
            looks++;
        }
        writer.join();
        assertFalse(looks == 0);
    }

    /** As OpenSSL looks: upwards until there is nothing. */
    private boolean isFound(String prefix, byte[] wanted) throws IOException {
        for (int number = 0; ; number++) {
            Path link = hashed.directory().resolve(prefix + number);
            try {
                if (Arrays.equals(Files.readAllBytes(link), wanted)) {
                    return true;
                }
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }
}
