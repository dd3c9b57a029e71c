package dev.certkit.shelf.trust;

import dev.certkit.format.Certificates;
import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.store.RecordContent;
import dev.certkit.store.StoredRecord;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustCode;
import dev.certkit.x509.EncodedCertificate;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The record of a trust entry, as text that a person can read.
 *
 * <pre>
 * certkit trust entry 1
 * decision: accepted
 * at: 443 printer-7.local         (for each peer for which it is accepted; none for all)
 * waived: EXPIRED SELF_SIGNED
 * until: 2027-01-01T00:00:00Z     (if it is accepted until then)
 * seen: 2026-11-22T05:00:00Z 2026-11-23T05:00:00Z 2 443 printer-7.local
 * because: SELF_SIGNED the certificate, of CN=printer-7, is signed with its own key
 *
 * PEM of the certificate, and of some that were presented with it
 * </pre>
 */
final class TrustText {
    private static final String FIRST_LINE = "certkit trust entry 1";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Decision decision = Decision.NONE;
    private final List<Peer> peers = new ArrayList<>();
    private final List<TrustCode> waived = new ArrayList<>();
    private Optional<Instant> end = Optional.empty();
    private final List<Sighting> sightings = new ArrayList<>();

    private TrustText() {}

    static RecordContent encode(TrustState state) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        line(text, "decision", state.decision().name().toLowerCase(Locale.ROOT));
        state.acceptance().ifPresent(acceptance -> append(text, acceptance));
        for (Sighting sighting : state.sightings()) {
            line(
                    text,
                    "seen",
                    sighting.first() + " " + sighting.last() + " " + sighting.count()
                            + sighting.peer().map(peer -> " " + encoded(peer)).orElse(""));
            for (Sighting.Reason reason : sighting.reasons()) {
                line(text, "because", reason.code() + " " + PrintableText.of(reason.text()));
            }
        }
        text.append('\n');
        for (EncodedCertificate paper : state.papers()) {
            text.append(PemBlock.encode(CERTIFICATE, paper.encoded()));
        }
        RecordContent content = RecordContent.of(text.toString().getBytes(StandardCharsets.UTF_8))
                .indexedBy(state.certificate().fingerprint());
        Optional<Instant> lapse = state.lapse();
        return lapse.isPresent() ? content.lookAgainAt(lapse.get()) : content;
    }

    /** Whether what would be written can be read again: certificates of strangers may be too strange. */
    static boolean isReadable(TrustState state) {
        try {
            decode(new StoredRecord(
                    TrustRecords.SHELF.name(state.certificate().fingerprint().hex()), 1, encode(state), 0));
            return true;
        } catch (MalformedEncodingException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void append(StringBuilder text, Acceptance acceptance) {
        acceptance.peers().forEach(peer -> line(text, "at", encoded(peer)));
        line(text, "waived", acceptance.waived().stream().map(TrustCode::name).collect(Collectors.joining(" ")));
        acceptance.end().ifPresent(time -> line(text, "until", time.toString()));
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label).append(": ").append(value).append('\n');
    }

    private static String encoded(Peer peer) {
        return peer.port() + " " + PrintableText.of(peer.host());
    }

    static TrustState decode(StoredRecord record) throws MalformedEncodingException {
        String text = new String(record.content().payload(), StandardCharsets.UTF_8);
        int pem = text.indexOf("\n\n");
        if (!text.startsWith(FIRST_LINE + "\n") || pem < 0) {
            throw new MalformedEncodingException("record " + record.name(), "it is no trust entry of format 1");
        }
        TrustText read = new TrustText();
        try {
            text.substring(FIRST_LINE.length() + 1, pem + 1).lines().forEach(read::line);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new MalformedEncodingException("record " + record.name(), "one of its first lines is damaged", e);
        }
        TrustState state = read.state(Certificates.decodeEncoded(
                text.substring(pem).getBytes(StandardCharsets.UTF_8), DecodingLimits.standard()));
        if (!state.certificate().fingerprint().hex().equals(record.name().text())) {
            throw new MalformedEncodingException("record " + record.name(), "it holds another certificate");
        }
        return state;
    }

    private void line(String line) {
        int colon = line.indexOf(": ");
        String value = line.substring(colon + 2);
        switch (line.substring(0, colon)) {
            case "decision" -> decision = Decision.valueOf(value.toUpperCase(Locale.ROOT));
            case "at" -> peers.add(peer(value));
            case "waived" -> words(value).forEach(code -> waived.add(TrustCode.valueOf(code)));
            case "until" -> end = Optional.of(Instant.parse(value));
            case "seen" -> sightings.add(sighting(value.split(" ", 4)));
            case "because" -> because(value.split(" ", 2));
            default -> throw new IllegalArgumentException("line: unknown");
        }
    }

    private static List<String> words(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split(" ", -1));
    }

    private static Peer peer(String value) {
        String[] parts = value.split(" ", 2);
        return new Peer(PrintableText.parse(parts[1]), Integer.parseInt(parts[0]));
    }

    private static Sighting sighting(String[] parts) {
        Optional<Peer> peer = parts.length > 3 ? Optional.of(peer(parts[3])) : Optional.empty();
        return new Sighting(
                peer, Instant.parse(parts[0]), Instant.parse(parts[1]), Long.parseLong(parts[2]), List.of());
    }

    private void because(String[] parts) {
        int last = sightings.size() - 1;
        Sighting seen = sightings.get(last);
        List<Sighting.Reason> reasons = new ArrayList<>(seen.reasons());
        reasons.add(new Sighting.Reason(TrustCode.valueOf(parts[0]), PrintableText.parse(parts[1])));
        sightings.set(last, new Sighting(seen.peer(), seen.first(), seen.last(), seen.count(), reasons));
    }

    private TrustState state(List<EncodedCertificate> papers) {
        Optional<Acceptance> acceptance = Optional.empty();
        if (decision == Decision.ACCEPTED) {
            Acceptance where = (peers.isEmpty() ? Acceptance.everywhere() : Acceptance.at(peers)).waiving(waived);
            acceptance = Optional.of(end.isPresent() ? where.until(end.get()) : where);
        }
        return new TrustState(papers, decision, acceptance, List.copyOf(sightings));
    }
}
