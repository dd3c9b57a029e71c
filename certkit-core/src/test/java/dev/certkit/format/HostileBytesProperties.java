package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever bytes come, each decoder gives a value or the declared error, within a second and 64 MiB.
 *
 * <p>The long form runs with {@code -Dcertkit.fuzz=600}, in seconds; {@code -Dcertkit.fuzz.seed=1} repeats one.
 */
class HostileBytesProperties {
    private static final List<byte[]> FILES = ValidFiles.all();

    @Property(tries = 1200, shrinking = ShrinkingMode.OFF)
    void damagedFiles(@ForAll long seed) throws Exception {
        Decoders.allReadOrRefuse(Damage.of(FILES, seed), "seed " + seed);
    }

    @Property(tries = 300)
    void arbitraryBytes(@ForAll byte[] bytes) throws Exception {
        Decoders.allReadOrRefuse(bytes, "arbitrary bytes");
        Decoders.allReadOrRefuse(Der.sequence(bytes), "a SEQUENCE of them");
        Decoders.allReadOrRefuse(
                PemBlock.encode("PRIVATE KEY", bytes).getBytes(StandardCharsets.US_ASCII), "a PEM block of them");
    }

    @Property(tries = 300)
    void arbitraryText(@ForAll String text) throws Exception {
        Decoders.allReadOrRefuse(text.getBytes(StandardCharsets.UTF_8), "text");
    }

    @Example
    void cutsOfEveryFile() throws Exception {
        for (int i = 0; i < FILES.size(); i++) {
            byte[] file = FILES.get(i);
            int step = isLong() ? 1 : Math.max(1, file.length / 40);
            for (int length = 0; length < file.length; length += step) {
                Decoders.allReadOrRefuse(Arrays.copyOf(file, length), "file " + i + " cut at " + length);
            }
        }
    }

    @Example
    void aMegabyteOfOneThing() throws Exception {
        for (String unit : List.of(
                "-",
                "-----BEGIN ",
                "-----BEGIN A-----",
                "A",
                "\n",
                " \n",
                "AAAA\n",
                "=",
                "\\",
                "--END -",
                "0",
                "<a>",
                ":",
                "-----BEGIN A-----\nAA==\n-----END A-----\n",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n-\n")) {
            byte[] file = unit.repeat((1 << 20) / unit.length()).getBytes(StandardCharsets.UTF_8);
            Decoders.allReadOrRefuse(file, "a megabyte of " + unit);
        }
        for (int pair : new int[] {0x3080, 0x2480, 0xA080, 0x3082, 0x3000, 0x0500, 0xFEED}) {
            byte[] file = new byte[1 << 20];
            for (int i = 0; i < file.length; i += 2) {
                file[i] = (byte) (pair >>> 8);
                file[i + 1] = (byte) pair;
            }
            Decoders.allReadOrRefuse(file, "a megabyte of " + Integer.toHexString(pair));
            Decoders.allReadOrRefuse(Der.sequence(Arrays.copyOf(file, (1 << 20) - 8)), "a SEQUENCE of them");
        }
    }

    @Example
    void forAsLongAsAskedFor() throws Exception {
        long end = System.nanoTime() + 1_000_000_000L * Long.getLong("certkit.fuzz", 0);
        SplittableRandom seeds = new SplittableRandom(Long.getLong("certkit.fuzz.seed", System.nanoTime()));
        long files = 0;
        while (System.nanoTime() < end) {
            long seed = seeds.nextLong();
            Decoders.allReadOrRefuse(Damage.of(FILES, seed), "seed " + seed);
            files++;
        }
        if (isLong()) {
            System.out.println(
                    "certkit.fuzz: " + files + " damaged files, each decoder; the worst took " + Decoders.worst());
        }
        assertTrue(files > 0 || !isLong());
    }

    private static boolean isLong() {
        return Long.getLong("certkit.fuzz", 0) > 0;
    }
}
