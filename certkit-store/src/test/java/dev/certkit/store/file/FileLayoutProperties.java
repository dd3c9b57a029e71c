package dev.certkit.store.file;

import static dev.certkit.store.file.LayoutSamples.isSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.file.FileLayout.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Any identity goes into any layout, on to any other, and comes out as it was. */
@Tag("T6")
@Tag("T7")
class FileLayoutProperties {
    private static final SamplePki PKI = LayoutSamples.pki();
    private static final List<KeyType> TYPES = List.of(
            KeyType.RSA_2048, KeyType.EC_P256, KeyType.EC_P521, KeyType.ED25519, KeyType.ED448, KeyType.ML_DSA_44);
    private static final Passphrase PASSPHRASE = Passphrase.of("correct horse");
    private static final Map<KeyType, CertifiedKey> CERTIFIED = new ConcurrentHashMap<>();

    /** A key and how much of its chain there is; 0 if its certificate is waited for. */
    record Sample(KeyType type, int chainLength, boolean hasRequest) {
        PendingKey pending() {
            KeyPair keys = SampleKeys.of(type);
            return CertificationRequest.forSubject(LayoutSamples.SUBJECT).signedBy(keys);
        }

        CertifiedKey certified(PendingKey pending) throws IOException {
            CertifiedKey whole = CERTIFIED.computeIfAbsent(type, any -> LayoutSamples.certified(PKI, pending));
            return CertifiedKey.of(
                    whole.privateKey(),
                    CertificateChain.of(whole.chain().certificates().subList(0, chainLength)));
        }
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Combinators.combine(
                        Arbitraries.of(TYPES), Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
                .as(Sample::new);
    }

    /** Parts in files of any number, order and repetition. */
    @Provide
    Arbitrary<FileLayout> layouts() {
        Arbitrary<FileLayout> own = Arbitraries.of(Part.class)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .uniqueElements()
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(FileLayoutProperties::layout);
        return Arbitraries.oneOf(Arbitraries.of(FileLayout.apache(), FileLayout.haproxy()), own);
    }

    private static FileLayout layout(List<List<Part>> files) {
        FileLayout layout = null;
        for (int i = 0; i < files.size(); i++) {
            List<Part> parts = files.get(i);
            Part[] more = parts.subList(1, parts.size()).toArray(Part[]::new);
            String pattern = "f" + i + "-{name}.pem";
            layout = layout == null
                    ? FileLayout.of(pattern, parts.get(0), more)
                    : layout.and(pattern, parts.get(0), more);
        }
        return layout;
    }

    @Property(tries = 40)
    void whatGoesInComesOutAfterMovesThroughAnyLayouts(
            @ForAll("samples") Sample sample,
            @ForAll("layouts") FileLayout first,
            @ForAll("layouts") FileLayout second,
            @ForAll("layouts") FileLayout third,
            @ForAll boolean sealed)
            throws IOException {
        Path temp = Files.createTempDirectory("layouts");
        try {
            List<ServerFiles> stations = new ArrayList<>();
            stations.add(first.unencryptedIn(temp.resolve("1")));
            stations.add(
                    sealed
                            ? second.encryptedIn(temp.resolve("2"), PASSPHRASE)
                            : second.unencryptedIn(temp.resolve("2")));
            stations.add(third.unencryptedIn(temp.resolve("3")));
            check(sample, stations);
        } finally {
            delete(temp);
        }
    }

    private static void check(Sample sample, List<ServerFiles> stations) throws IOException {
        PendingKey pending = sample.pending();
        Optional<PendingKey> expectedPending =
                sample.hasRequest() || sample.chainLength() == 0 ? Optional.of(pending) : Optional.empty();
        Optional<CertifiedKey> expected =
                sample.chainLength() == 0 ? Optional.empty() : Optional.of(sample.certified(pending));
        if (expectedPending.isPresent()) {
            stations.get(0).write("a", pending);
        }
        if (expected.isPresent()) {
            stations.get(0).write("a", expected.get());
        }
        for (int i = 0; i < stations.size(); i++) {
            ServerFiles here = stations.get(i);
            assertEquals(expected.isPresent(), here.read("a").isPresent());
            assertEquals(expectedPending.isPresent(), here.pending("a").isPresent());
            assertTrue(
                    expected.isEmpty() || isSame(expected.get(), here.read("a").orElseThrow()));
            assertTrue(expectedPending.isEmpty()
                    || isSame(expectedPending.get(), here.pending("a").orElseThrow()));
            if (i + 1 < stations.size()) {
                here.moveTo(stations.get(i + 1), "a");
                assertEquals(List.of(), here.names());
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
