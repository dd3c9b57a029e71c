package dev.certkit.trust;

import dev.certkit.key.KeyType;
import dev.certkit.trust.ChainFault.Role;
import dev.certkit.x509.EncodedCertificate;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Anchors and what is presented, made to a shape with a fault.
 *
 * @param shape how they hang together
 * @param fault what is wrong
 * @param everywhere whether no route is without the fault
 * @param anchors who is trusted
 * @param presented the peer's first
 */
record ChainGraph(
        ChainShape shape,
        ChainFault fault,
        boolean everywhere,
        List<EncodedCertificate> anchors,
        List<EncodedCertificate> presented) {

    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

    /** All of them; each has names of its own, so that they can be judged side by side. */
    static List<ChainGraph> all() {
        List<ChainGraph> all = new ArrayList<>();
        for (ChainShape shape : ChainShape.values()) {
            for (ChainFault fault : ChainFault.values()) {
                if (shape.has(fault)) {
                    all.add(made(shape, fault, true, all.size()));
                }
                if (shape.has(fault) && shape.hasSecondRoute(fault)) {
                    all.add(made(shape, fault, false, all.size()));
                }
            }
        }
        return all;
    }

    private static ChainGraph made(ChainShape shape, ChainFault fault, boolean everywhere, int number) {
        Draft draft = new Draft(fault, everywhere, " " + number);
        shape.build(draft);
        return new ChainGraph(shape, fault, everywhere, draft.anchors, draft.presented);
    }

    /** The reason that is to be among ours; empty if it is to be trusted. */
    Optional<TrustCode> expected() {
        return everywhere ? fault.code() : Optional.empty();
    }

    /** The same with all but the peer's own certificate the other way round. */
    ChainGraph reversed() {
        List<EncodedCertificate> others = new ArrayList<>(presented.subList(1, presented.size()));
        Collections.reverse(others);
        others.add(0, presented.get(0));
        return new ChainGraph(shape, fault, everywhere, anchors, others);
    }

    @Override
    public String toString() {
        return shape + " " + fault + (everywhere ? "" : " on one route");
    }

    /** A graph that is being made; the peer's certificate comes last. */
    static final class Draft {
        private final ChainFault fault;
        private final boolean everywhere;
        private final String suffix;
        private final Map<String, Holder> holders = new HashMap<>();
        private final List<EncodedCertificate> anchors = new ArrayList<>();
        private final List<EncodedCertificate> presented = new ArrayList<>();
        private boolean faulty = true;

        private Draft(ChainFault fault, boolean everywhere, String suffix) {
            this.fault = fault;
            this.everywhere = everywhere;
            this.suffix = suffix;
        }

        /** The next certificate belongs to the second route. */
        Draft secondRoute() {
            faulty = everywhere;
            return this;
        }

        /** The next certificate is without fault. */
        Draft sound() {
            faulty = false;
            return this;
        }

        /** What stands before a slash is the name; each name here has its own key. */
        private Holder holder(String name, Role role) {
            return holders.computeIfAbsent(
                    name,
                    each -> Holder.named(
                            each.split("/", 2)[0] + suffix,
                            fault.weakKey()
                                    .filter(weak -> role == fault.role())
                                    .orElseGet(() -> KEYS.computeIfAbsent(each, key -> KeyType.EC_P256.generate()))));
        }

        void anchor(String name) {
            anchorBy(name, name);
        }

        void anchorBy(String name, String issuer) {
            anchors.add(made(Role.ANCHOR, name, issuer));
        }

        void authority(Role role, String name, String issuer) {
            presented.add(made(role, name, issuer));
        }

        private EncodedCertificate made(Role role, String name, String issuer) {
            Holder above = issuer.equals(name) ? holder(name, role) : holder(issuer, Role.UPPER);
            boolean changed = faulty && role == fault.role() && role != Role.LEAF;
            faulty = true;
            return holder(name, role)
                    .authorityBy(above, forged -> changed ? fault.applied(forged, above.keys()) : forged);
        }

        void leaf(String issuer) {
            Holder above = holder(issuer, Role.UPPER);
            boolean changed = fault.role() == Role.LEAF;
            presented.add(
                    0,
                    Holder.named(Holder.HOST, KEYS.computeIfAbsent("leaf", key -> KeyType.EC_P256.generate()))
                            .serverBy(above, forged -> changed ? fault.applied(forged, above.keys()) : forged));
        }
    }
}
