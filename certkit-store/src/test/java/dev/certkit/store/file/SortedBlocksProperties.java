package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SortedBlocksProperties {
    @Property(tries = 60)
    void holdsWhatATreeHolds(
            @ForAll long seed,
            @ForAll @IntRange(max = 6000) int changes,
            @ForAll @IntRange(min = 1, max = 4000) int keys) {
        Random random = new Random(seed);
        TreeSet<Integer> tree = new TreeSet<>();
        SortedBlocks<Integer> blocks = new SortedBlocks<>(Comparator.naturalOrder());
        for (int i = 0; i < changes; i++) {
            int key = random.nextInt(4) == 0 ? i % keys : random.nextInt(keys);
            if (random.nextInt(3) == 0) {
                tree.remove(key);
                blocks.remove(key);
            } else {
                tree.add(key);
                blocks.put(key);
            }
        }
        assertEquals(new ArrayList<>(tree), rest(blocks.all()));
        for (int probe = -1; probe <= keys; probe += 1 + keys / 50) {
            assertEquals(new ArrayList<>(tree.tailSet(probe)), rest(blocks.from(probe)));
            assertEquals(tree.contains(probe) ? Optional.of(probe) : Optional.empty(), blocks.find(probe));
        }
    }

    private static List<Integer> rest(Iterator<Integer> iterator) {
        List<Integer> rest = new ArrayList<>();
        iterator.forEachRemaining(rest::add);
        return rest;
    }
}
