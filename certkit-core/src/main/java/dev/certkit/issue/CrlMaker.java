package dev.certkit.issue;

import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.IssuerExtensions;
import dev.certkit.internal.x509.TbsCrl;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Makes CRLs out of the revocations (RFC 5280, 5). */
final class CrlMaker {
    private final AuthorityChain authority;
    private final IssuingRules rules;
    private final RevocationShelf revocations;
    private final CrlShelf crls;

    CrlMaker(AuthorityChain authority, IssuingRules rules, RevocationShelf revocations, CrlShelf crls) {
        this.authority = authority;
        this.rules = rules;
        this.revocations = revocations;
        this.crls = crls;
    }

    /** When a list is made and what stands in it. */
    private record Contents(Validity period, List<byte[]> entries) {}

    RevocationList complete(Duration untilNext) throws IOException {
        CrlShelf.Numbered<Contents> made = crls.next(journal -> {
            Validity period = period(untilNext);
            List<RevocationBucket> buckets = revocations.snapshot();
            return new CrlShelf.Numbered<>(
                    new Contents(period, revoked(buckets, journal)),
                    journal.afterComplete(period.notBefore(), buckets));
        });
        Extensions extensions = extensions(made.journal().number());
        rules.publication().addToCrl(extensions);
        rules.publication().addToCompleteCrl(extensions);
        return signed(made, extensions, OptionalLong.empty());
    }

    RevocationList delta(long base, Duration untilNext) throws IOException {
        CrlShelf.Numbered<Contents> made = crls.next(journal -> {
            CrlJournal.Complete complete = journal.find(base)
                    .orElseThrow(() -> new IllegalArgumentException("base: " + base + " is none of the last "
                            + CrlJournal.KEPT + " complete CRLs that were made here"));
            return new CrlShelf.Numbered<>(
                    new Contents(period(untilNext), changes(revocations.snapshot(), complete)), journal.afterDelta());
        });
        Extensions extensions = extensions(made.journal().number());
        IssuerExtensions.to(extensions).deltaSince(base);
        rules.publication().addToCrl(extensions);
        return signed(made, extensions, OptionalLong.of(base));
    }

    private Validity period(Duration untilNext) {
        Instant now = rules.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new Validity(now, now.plus(untilNext));
    }

    /** All but those that a complete list has shown after they had expired (RFC 5280, 3.3). */
    private static List<byte[]> revoked(List<RevocationBucket> buckets, CrlJournal journal) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        for (int bucket = 0; bucket < buckets.size(); bucket++) {
            int number = bucket;
            for (Revocation each : buckets.get(bucket).all()) {
                boolean shown = journal.last()
                        .filter(last ->
                                last.hasSeen(each, number) && each.expires().isBefore(last.thisUpdate()))
                        .isPresent();
                if (!shown && !each.isReleased()) {
                    entries.add(entry(each, each.reason()));
                }
            }
        }
        return entries;
    }

    /** A hold that ended is listed even if it began after the base: a delta between may have shown it. */
    private static List<byte[]> changes(List<RevocationBucket> buckets, CrlJournal.Complete base) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        for (int bucket = 0; bucket < buckets.size(); bucket++) {
            if (buckets.get(bucket).changes() == base.seen().get(bucket)) {
                continue;
            }
            for (Revocation each : buckets.get(bucket).all()) {
                if (!base.hasSeen(each, bucket)) {
                    entries.add(entry(each, each.isReleased() ? RevocationReason.REMOVE_FROM_CRL : each.reason()));
                }
            }
        }
        return entries;
    }

    private static byte[] entry(Revocation revocation, RevocationReason reason) {
        Extensions extensions = new Extensions();
        IssuerExtensions.to(extensions).reason(reason);
        revocation.invalidSince().ifPresent(since -> IssuerExtensions.to(extensions)
                .invaliditySince(since));
        return TbsCrl.entry(revocation.serial(), revocation.releasedAt().orElse(revocation.revokedAt()), extensions);
    }

    private Extensions extensions(long number) {
        Extensions extensions = new Extensions().authorityKey(authority.keyIdentifier());
        IssuerExtensions.to(extensions).crlNumber(number);
        return extensions;
    }

    private RevocationList signed(CrlShelf.Numbered<Contents> made, Extensions extensions, OptionalLong base) {
        Contents contents = made.seen();
        Validity period = contents.period;
        byte[] der = new TbsCrl(authority.name(), period.notBefore(), period.notAfter(), contents.entries, extensions)
                .signedBy(authority.privateKey(), authority.algorithm(), rules.providers());
        return new RevocationList(
                der,
                new RevocationList.Facts(
                        made.journal().number(), period.notBefore(), period.notAfter(), base, contents.entries.size()));
    }
}
