package dev.certkit.renew;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is remembered of one identity's requests, as lines that a person can read: {@code word: value}.
 *
 * <p>Immutable. Words that this version does not know are kept.
 */
final class RenewalRecord {
    private static final String FIRST_LINE = "certkit renewal 1";
    private static final String PHASE = "phase";
    private static final String NEXT = "next";
    private static final String CHOSEN = "chosen";
    private static final String WHY = "why";
    private static final String POLICY = "policy";
    private static final String BASIS = "certificate";
    private static final String KEPT = "kept-key";
    private static final String WAY = "renewal";
    private static final String FAILURES = "failures";
    private static final String LATE = "made-up-for";
    private static final String USE = "use";
    private static final String TROUBLE = "trouble";
    private static final String HISTORY = "history";

    private final RecordName name;
    private final Map<String, String> words;
    private final List<Attempt> history;

    private RenewalRecord(RecordName name, Map<String, String> words, List<Attempt> history) {
        this.name = name;
        this.words = words;
        this.history = history;
    }

    static RenewalRecord planned(RecordName name, Plan plan) {
        return new RenewalRecord(name, new TreeMap<>(), List.of())
                .phase(Phase.PLANNED)
                .plan(plan);
    }

    static RenewalRecord decode(StoredRecord record) throws IOException {
        String text = new String(record.content().payload(), StandardCharsets.UTF_8);
        try {
            return parse(record.name(), text.lines().toList());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(
                    "record " + record.name() + " is no renewal of format 1: " + e.getMessage()
                            + "; delete it, and its times are chosen anew",
                    e);
        }
    }

    private static RenewalRecord parse(RecordName name, List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            throw new IllegalArgumentException("its first line is another");
        }
        Map<String, String> words = new TreeMap<>();
        List<Attempt> history = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException("a line has no colon");
            }
            String value = line.substring(colon + 2);
            if (line.startsWith(HISTORY + ":")) {
                history.add(HistoryLine.parse(name.text(), value));
            } else {
                words.put(line.substring(0, colon), value);
            }
        }
        return new RenewalRecord(name, words, List.copyOf(history)).checked();
    }

    /** Everything is read once, so that it cannot fail later. */
    private RenewalRecord checked() {
        phase();
        plan();
        basis();
        failures();
        use();
        trouble();
        return this;
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        words.forEach(
                (word, value) -> text.append(word).append(": ").append(value).append('\n'));
        history.forEach(attempt -> text.append(HISTORY)
                .append(": ")
                .append(HistoryLine.of(attempt))
                .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private RenewalRecord with(String word, Optional<String> value) {
        Map<String, String> changed = new TreeMap<>(words);
        value.ifPresentOrElse(text -> changed.put(word, text), () -> changed.remove(word));
        return new RenewalRecord(name, changed, history);
    }

    private Optional<String> word(String word) {
        return Optional.ofNullable(words.get(word));
    }

    RecordName recordName() {
        return name;
    }

    String name() {
        return name.text();
    }

    Phase phase() {
        return Phase.valueOf(word(PHASE).orElseThrow(() -> new IllegalArgumentException("there is no phase")));
    }

    RenewalRecord phase(Phase phase) {
        return with(PHASE, Optional.of(phase.name()));
    }

    Plan plan() {
        return new Plan(
                word(NEXT).map(Instant::parse),
                word(CHOSEN).map(Instant::parse).orElse(Instant.EPOCH),
                word(WHY).orElse(""));
    }

    RenewalRecord plan(Plan plan) {
        return with(NEXT, plan.at().map(Instant::toString))
                .with(CHOSEN, Optional.of(plan.chosen().toString()))
                .with(WHY, Optional.of(ForeignText.shownAtLength(plan.why())));
    }

    /** The policy that chose the time, as text. */
    Optional<String> policy() {
        return word(POLICY);
    }

    RenewalRecord policy(Optional<RenewalPolicy> policy) {
        return with(POLICY, policy.map(RenewalPolicy::toString));
    }

    /** The certificate that was in use when the time was chosen or the request was begun. */
    Optional<Fingerprint> basis() {
        return word(BASIS).map(Fingerprint::parse);
    }

    RenewalRecord basis(Optional<Fingerprint> fingerprint) {
        return with(BASIS, fingerprint.map(Fingerprint::toString));
    }

    /** The key of a request that ended without an answer: the authority may have certified it. */
    Optional<String> keptKey() {
        return word(KEPT);
    }

    RenewalRecord keptKey(Optional<String> key) {
        return with(KEPT, key);
    }

    /** Whether the current certificate speaks for the request. */
    boolean isRenewal() {
        return word(WAY).isPresent();
    }

    RenewalRecord renewal(boolean isRenewal) {
        return with(WAY, isRenewal ? Optional.of("yes") : Optional.empty());
    }

    /** How many requests failed since the last success. */
    int failures() {
        return word(FAILURES).map(Integer::parseInt).orElse(0);
    }

    RenewalRecord failures(int failures) {
        return with(FAILURES, failures == 0 ? Optional.empty() : Optional.of(Integer.toString(failures)));
    }

    /** Whether a start that was missed has its new time already. */
    boolean isMadeUpFor() {
        return word(LATE).isPresent();
    }

    RenewalRecord madeUpFor(boolean isMadeUpFor) {
        return with(LATE, isMadeUpFor ? Optional.of("yes") : Optional.empty());
    }

    KeyUse use() {
        return word(USE).map(KeyUse::parse).orElse(KeyUse.none());
    }

    RenewalRecord use(KeyUse use) {
        return with(USE, use.isExclusive() ? Optional.of(use.toString()) : Optional.empty());
    }

    /** What went wrong last, while the request goes on. */
    Optional<RequestError> trouble() {
        return word(TROUBLE).map(HistoryLine::parseError);
    }

    RenewalRecord trouble(Optional<RequestError> error) {
        return with(TROUBLE, error.map(HistoryLine::of));
    }

    /** The oldest first. */
    List<Attempt> history() {
        return history;
    }

    Optional<Attempt> last() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    }

    Attempt open() {
        return last().filter(Attempt::isOpen)
                .orElseThrow(() -> new IllegalStateException("no request for " + name + " is under way"));
    }

    /** With one more request, and the oldest beyond the limit gone. */
    RenewalRecord began(Attempt attempt, int limit) {
        List<Attempt> longer = new ArrayList<>(history);
        longer.add(attempt);
        int from = Math.max(0, longer.size() - limit);
        return new RenewalRecord(name, words, List.copyOf(longer.subList(from, longer.size())));
    }

    /** With another state of the last request. */
    RenewalRecord last(Attempt attempt) {
        List<Attempt> changed = new ArrayList<>(history);
        changed.set(changed.size() - 1, attempt);
        return new RenewalRecord(name, words, List.copyOf(changed));
    }
}
