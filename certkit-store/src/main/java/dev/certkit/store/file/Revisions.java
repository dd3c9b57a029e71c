package dev.certkit.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers that only grow, also over deletions and restarts.
 *
 * <p>A deleted record leaves no file to remember its revision by. So numbers are used only below a ceiling that stands in
 * the directory as the name of an empty file; the next process starts above it. Not thread safe.
 */
final class Revisions {
    private static final Pattern CEILING = Pattern.compile("store\\.ceiling-([1-9][0-9]{0,17})");
    private static final int STEP = 1000;

    private final Disk disk;
    private final Deque<Long> ceilings;
    private long last;

    /** @param ceilings all that were found; {@code lastSeen} is the highest revision among the records */
    Revisions(Disk disk, Collection<Long> ceilings, long lastSeen) {
        this.disk = disk;
        this.ceilings = new ArrayDeque<>(new TreeSet<>(ceilings));
        this.last = Math.max(lastSeen, this.ceilings.isEmpty() ? 0 : this.ceilings.getLast());
    }

    static OptionalLong parse(String fileName) {
        Matcher matcher = CEILING.matcher(fileName);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    long last() {
        return last;
    }

    /** A number that was never given before and, once a commit with it succeeded, will never be given again. */
    long next() throws IOException {
        if (ceilings.isEmpty() || last >= ceilings.getLast()) {
            raise(last + STEP);
        }
        return ++last;
    }

    private void raise(long ceiling) throws IOException {
        if (ceiling > GenerationName.LAST_REVISION) {
            throw new IOException(
                    "revision " + last + " is the last that a file name can hold; move to a new directory");
        }
        disk.mark(file(ceiling));
        ceilings.addLast(ceiling);
        // the one before stays: its successor is durable only after the commit that asked for it
        while (ceilings.size() > 2) {
            disk.discard(file(ceilings.removeFirst()));
        }
    }

    private Path file(long ceiling) {
        return disk.path("store.ceiling-" + ceiling);
    }
}
