package dev.certkit.store.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A sorted set in blocks of a few hundred elements, which takes some six octets an element where a tree takes forty.
 *
 * <p>Not thread safe; an iterator is good until the next change.
 */
final class SortedBlocks<T> {
    private static final int FULL = 512;

    private final Comparator<? super T> order;
    /** None is empty. */
    private final List<List<T>> blocks = new ArrayList<>();

    SortedBlocks(Comparator<? super T> order) {
        this.order = order;
    }

    /** Adds an element, in place of an equal one. */
    void put(T element) {
        if (blocks.isEmpty()) {
            blocks.add(new ArrayList<>(List.of(element)));
            return;
        }
        int number = Math.min(blockOf(element), blocks.size() - 1);
        List<T> block = blocks.get(number);
        int at = search(block, element);
        if (at >= 0) {
            block.set(at, element);
            return;
        }
        block.add(-at - 1, element);
        if (block.size() == FULL) {
            split(number, block);
        }
    }

    private void split(int number, List<T> block) {
        // elements that come in order, as they do when a device counts, leave full blocks behind
        int middle = number == blocks.size() - 1 ? FULL * 7 / 8 : FULL / 2;
        List<T> upper = block.subList(middle, FULL);
        blocks.add(number + 1, new ArrayList<>(upper));
        blocks.set(number, new ArrayList<>(block.subList(0, middle)));
    }

    void remove(T element) {
        int number = blockOf(element);
        if (number == blocks.size()) {
            return;
        }
        List<T> block = blocks.get(number);
        int at = search(block, element);
        if (at >= 0) {
            block.remove(at);
        }
        if (block.isEmpty()) {
            blocks.remove(number);
        }
    }

    Optional<T> find(T probe) {
        Iterator<T> from = from(probe);
        return from.hasNext()
                ? Optional.of(from.next()).filter(next -> order.compare(next, probe) == 0)
                : Optional.empty();
    }

    /** All elements in order. */
    Iterator<T> all() {
        return new Walk(0, 0);
    }

    /** The elements that are not before a probe, which need not be one of them. */
    Iterator<T> from(T probe) {
        int number = blockOf(probe);
        if (number == blocks.size()) {
            return new Walk(number, 0);
        }
        int at = search(blocks.get(number), probe);
        return new Walk(number, at >= 0 ? at : -at - 1);
    }

    /** The first block whose last element is not before the probe. */
    private int blockOf(T probe) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            List<T> block = blocks.get(middle);
            if (order.compare(block.get(block.size() - 1), probe) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int search(List<T> block, T probe) {
        int low = 0;
        int high = block.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = order.compare(block.get(middle), probe);
            if (compared == 0) {
                return middle;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private final class Walk implements Iterator<T> {
        private int number;
        private int at;

        private Walk(int number, int at) {
            this.number = number;
            this.at = at;
        }

        @Override
        public boolean hasNext() {
            return number < blocks.size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<T> block = blocks.get(number);
            T next = block.get(at++);
            if (at == block.size()) {
                number++;
                at = 0;
            }
            return next;
        }
    }
}
