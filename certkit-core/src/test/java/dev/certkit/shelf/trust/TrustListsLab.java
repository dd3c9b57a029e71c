package dev.certkit.shelf.trust;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** Lists on a clock that stands still, behind a policy with one anchor, and servers that present things. */
abstract class TrustListsLab {
    static final Holder ROOT = Holder.named("Root");
    static final EncodedCertificate ANCHOR = ROOT.root();
    static final Holder MIDDLE = Holder.named("Middle");
    static final Holder STRANGER = Holder.named("Stranger");
    static final EncodedCertificate STRANGE_ROOT = STRANGER.root();
    static final Holder PRINTER = Holder.named(Holder.HOST);
    private static final Map<Integer, EncodedCertificate> NUMBERED = new ConcurrentHashMap<>();
    static final Peer HERE = new Peer(Holder.HOST, 443);
    static final Peer ELSEWHERE = new Peer("other.example.fr", 443);
    static final TrustPolicy BARE = TrustPolicy.pkix(Holder.anchors(ANCHOR)).and(TrustPolicy.hostname());

    final MovableClock clock = MovableClock.at(Holder.NOW);
    final List<String> events = new CopyOnWriteArrayList<>();
    Storage storage;
    TrustLists lists;
    TrustPolicy policy;

    @BeforeEach
    void openEmpty() throws IOException {
        storage = newStorage();
        reopen();
    }

    Storage newStorage() throws IOException {
        return InMemoryStorage.empty(clock);
    }

    TrustLists.Opening opening() {
        return TrustLists.in(storage)
                .clock(clock)
                .onChange(event -> events.add(event.kind() + " "
                        + event.entry().certificate().subject().commonName().orElse("?")));
    }

    void use(TrustLists opened) {
        lists = opened;
        policy = BARE.deferringTo(lists);
    }

    /** As after a restart. */
    void reopen() throws IOException {
        use(opening().open());
    }

    PresentedChain by(Peer peer, EncodedCertificate... presented) {
        List<byte[]> encoded =
                List.of(presented).stream().map(EncodedCertificate::encoded).toList();
        return PresentedChain.decode(encoded, clock.instant()).by(peer).forPurpose(ExtendedKeyUsage.SERVER_AUTH);
    }

    TrustVerdict judged(Peer peer, EncodedCertificate... presented) {
        return policy.judge(by(peer, presented));
    }

    boolean trusts(EncodedCertificate... presented) {
        return judged(HERE, presented).isTrusted();
    }

    Set<TrustCode> reasons(EncodedCertificate... presented) {
        return codes(judged(HERE, presented));
    }

    static Set<TrustCode> codes(TrustVerdict verdict) {
        return verdict.fold(
                trusted -> Set.of(),
                untrusted -> untrusted.reasons().stream().map(TrustReason::code).collect(Collectors.toSet()));
    }

    static EncodedCertificate selfSigned() {
        return PRINTER.serverBy(PRINTER);
    }

    static EncodedCertificate expired(Holder issuer) {
        return PRINTER.serverBy(
                issuer,
                server -> server.with(
                        Field.VALIDITY, ForgedCertificate.validity("2025-01-01T00:00:00Z", "2026-01-31T00:00:00Z")));
    }

    /** Another certificate for each number, always the same for one. */
    static EncodedCertificate selfSigned(int number) {
        return NUMBERED.computeIfAbsent(
                number,
                each -> PRINTER.serverBy(
                        PRINTER, server -> server.with(Field.SERIAL, Der.integer(BigInteger.valueOf(1000L + each)))));
    }

    /** The same certificate, whose ECDSA signature is the other one of the two that verify. */
    static EncodedCertificate signedOtherwise(EncodedCertificate certificate) throws IOException {
        BigInteger order = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
        DerReader numbers =
                DerReader.single(certificate.signature(), Tag.SEQUENCE).children();
        BigInteger r = numbers.next().integer();
        BigInteger s = numbers.next().integer();
        DerReader parts = DerReader.single(certificate.encoded(), Tag.SEQUENCE).children();
        byte[] toBeSigned = parts.next().encoded();
        byte[] algorithm = parts.next().encoded();
        byte[] other = Der.sequence(Der.integer(r), Der.integer(order.subtract(s)));
        return EncodedCertificate.decode(Der.sequence(toBeSigned, algorithm, Der.bitString(other)));
    }
}
