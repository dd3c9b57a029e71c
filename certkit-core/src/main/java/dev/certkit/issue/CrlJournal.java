package dev.certkit.issue;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which CRLs an authority has made: the last number, and what the latest complete ones had seen of each bucket.
 *
 * @param number of the last list, complete or delta; 0 before the first
 * @param complete the latest complete ones, in order
 */
record CrlJournal(long number, List<Complete> complete) {
    /** How many can be the base of a delta. */
    static final int KEPT = 16;

    private static final String NUMBER = "number: ";
    private static final String COMPLETE = "complete: ";
    private static final CrlJournal NEW = new CrlJournal(0, List.of());

    /** A complete list, and the count of changes in each bucket when it was made. */
    record Complete(long number, Instant thisUpdate, List<Integer> seen) {
        boolean hasSeen(Revocation revocation, int bucket) {
            return revocation.change() <= seen.get(bucket);
        }

        private String line() {
            return COMPLETE + number + " " + thisUpdate + " "
                    + seen.stream().map(Object::toString).collect(Collectors.joining(","));
        }

        private static Complete parse(String line) {
            String[] columns = line.substring(COMPLETE.length()).split(" ", -1);
            List<Integer> seen = Arrays.stream(columns[2].split(",", -1))
                    .map(Integer::valueOf)
                    .toList();
            if (seen.size() != RevocationShelf.BUCKETS) {
                throw new IllegalArgumentException("the number of buckets is wrong");
            }
            return new Complete(Long.parseLong(columns[0]), Instant.parse(columns[1]), seen);
        }
    }

    static CrlJournal empty() {
        return NEW;
    }

    Optional<Complete> last() {
        return complete.isEmpty() ? Optional.empty() : Optional.of(complete.get(complete.size() - 1));
    }

    Optional<Complete> find(long base) {
        return complete.stream().filter(each -> each.number == base).findFirst();
    }

    CrlJournal afterComplete(Instant thisUpdate, List<RevocationBucket> seen) {
        List<Complete> more = new ArrayList<>(complete);
        more.add(new Complete(
                number + 1,
                thisUpdate,
                seen.stream().map(RevocationBucket::changes).toList()));
        return new CrlJournal(number + 1, List.copyOf(more.subList(Math.max(0, more.size() - KEPT), more.size())));
    }

    CrlJournal afterDelta() {
        return new CrlJournal(number + 1, complete);
    }

    String text() {
        return NUMBER + number + "\n"
                + complete.stream().map(each -> each.line() + "\n").collect(Collectors.joining());
    }

    static CrlJournal parse(String text) throws IOException {
        try {
            List<String> lines = text.lines().toList();
            List<Complete> complete =
                    lines.stream().skip(1).map(Complete::parse).toList();
            return new CrlJournal(Long.parseLong(lines.get(0).substring(NUMBER.length())), complete);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw new IOException("the record of the last CRLs is damaged; restore it", e);
        }
    }
}
