package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.samples.Paper;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Chains from generated hierarchies: what comes out depends on the certificates alone. */
@Tag("T4")
class ChainProperties {
    private static final KeyPair[] KEYS = new KeyPair[12];
    private static final KeyPair[] NOISE = new KeyPair[6];

    static {
        Arrays.setAll(KEYS, i -> Paper.key());
        Arrays.setAll(NOISE, i -> Paper.key());
    }

    /** A leaf below so many authorities, the last of them self-signed. */
    private static List<X509Certificate> chain(int authorities, Random random) {
        List<X509Certificate> chain = new ArrayList<>();
        for (int i = 0; i < authorities; i++) {
            Paper paper = i + 1 == authorities
                    ? Paper.of("CA " + i, KEYS[i])
                    : Paper.of("CA " + i, KEYS[i]).by("CA " + (i + 1), KEYS[i + 1]);
            chain.add((random.nextInt(4) == 0 ? paper.withoutIdentifiers() : paper).make());
        }
        Paper leaf = Paper.leaf().by("CA 0", KEYS[0]);
        chain.add(0, (random.nextInt(4) == 0 ? leaf.withoutIdentifiers() : leaf).make());
        return chain;
    }

    /** Other certificates of the same names and keys that lead nowhere, and lures of the same names with other keys. */
    private static List<X509Certificate> noise(int authorities, Random random) {
        List<X509Certificate> noise = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(authorities);
            KeyPair stranger = NOISE[random.nextInt(NOISE.length)];
            noise.add(
                    switch (random.nextInt(5)) {
                        case 0 -> Paper.of("CA " + at, stranger).make();
                        case 1 ->
                            Paper.of("CA " + at, KEYS[at]).by("Gone", stranger).make();
                        case 2 ->
                            Paper.of("CA " + at, stranger)
                                    .by("CA " + at, KEYS[at])
                                    .make();
                        case 3 -> Paper.leaf().by("CA " + at, stranger).make();
                        // A lower authority certified the higher one: a cycle.
                        default ->
                            Paper.of("CA " + at, KEYS[at])
                                    .by("CA " + at / 2, KEYS[at / 2])
                                    .until("2026-07-01T00:00:00Z")
                                    .make();
                    });
        }
        return noise;
    }

    @Property(tries = 150)
    void anyShuffleWithNoiseAndDuplicatesGivesTheSameChain(
            @ForAll @IntRange(min = 1, max = 7) int authorities, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<X509Certificate> wanted = chain(authorities, random);
        List<X509Certificate> pool = new ArrayList<>(wanted.subList(1, wanted.size()));
        pool.addAll(noise(authorities, random));
        pool.addAll(pool.subList(0, random.nextInt(pool.size())));
        CertificatePool kept = null;
        for (int i = 0; i < 3; i++) {
            Collections.shuffle(pool, random);
            kept = CertificatePool.of(pool);
            CertificateChain chain = CertificateChain.assemble(wanted.get(0), kept);
            assertEquals(wanted, chain.certificates());
            assertEquals(Optional.empty(), chain.gap());
            CertificateChain.of(chain.certificates());
        }
        assertEquals(wanted, CertificateChain.assemble(wanted.get(0), kept).certificates(), "with what was remembered");
    }

    @Property(tries = 100)
    void theGapIsAboveTheLastCertificateBeforeTheOneThatWasTakenAway(
            @ForAll @IntRange(min = 1, max = 7) int authorities, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<X509Certificate> whole = chain(authorities, random);
        int missing = 1 + random.nextInt(authorities);
        List<X509Certificate> pool = new ArrayList<>(whole);
        pool.remove(missing);
        for (int i = random.nextInt(4); i > 0; i--) {
            pool.add(Paper.of("CA " + (missing - 1), NOISE[i]).make());
        }
        Collections.shuffle(pool, random);
        CertificateChain chain = CertificateChain.assemble(whole.get(0), pool);
        assertEquals(whole.subList(0, missing), chain.certificates());
        ChainGap gap = chain.gap().orElseThrow();
        assertEquals("CA " + (missing - 1), gap.issuer().commonName().orElseThrow());
        X509Certificate last = whole.get(missing - 1);
        assertEquals(
                last.getExtensionValue("2.5.29.35") != null, gap.keyIdentifier().isPresent());
    }

    @Property(tries = 60)
    void whateverThePoolEveryLinkHoldsAndNoHolderComesTwice(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<X509Certificate> pool = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int below = random.nextInt(5);
            int above = random.nextInt(5);
            Paper paper = Paper.of("CA " + below % 3, KEYS[below]).by("CA " + above % 3, KEYS[above]);
            pool.add((random.nextBoolean() ? paper : paper.withoutIdentifiers()).make());
        }
        X509Certificate leaf = Paper.leaf().by("CA 0", KEYS[0]).make();
        CertificateChain chain = CertificateChain.assemble(leaf, pool);
        CertificateChain.of(chain.certificates());
        assertEquals(
                chain.certificates().size(),
                chain.certificates().stream()
                        .map(each -> each.getSubjectX500Principal() + " " + each.getPublicKey())
                        .distinct()
                        .count());
        Collections.shuffle(pool, random);
        assertEquals(chain, CertificateChain.assemble(leaf, CertificatePool.of(pool)));
        assertTrue(chain.certificates().size() <= 10);
    }
}
