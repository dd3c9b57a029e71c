package dev.certkit.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.SampleKeys;
import dev.certkit.trust.NaivePolicyTree.Says;
import dev.certkit.x509.EncodedCertificate;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Policies without a tree (RFC 9618) come to the same as with one (RFC 5280), and as in the JDK. */
class PolicyProperties {
    private static final Holder ROOT = holder("Root");
    private static final List<String> POLICIES = List.of("1.2.3.1", "1.2.3.2", "1.2.3.3");

    private static Holder holder(String name) {
        return Holder.named(name, SampleKeys.of(KeyType.EC_P256));
    }

    @Provide
    Arbitrary<List<Says>> paths() {
        Arbitrary<String> policy = Arbitraries.of(POLICIES);
        Arbitrary<String> orAny =
                Arbitraries.frequencyOf(Tuple.of(6, policy), Tuple.of(2, Arbitraries.just(NaivePolicyTree.ANY)));
        Arbitrary<Set<String>> some = orAny.set().ofMinSize(1).ofMaxSize(3);
        Arbitrary<OptionalInt> skip = Arbitraries.integers()
                .between(0, 2)
                .optional(0.3)
                .map(present -> present.map(OptionalInt::of).orElse(OptionalInt.empty()));
        Arbitrary<Map.Entry<String, String>> pair = Combinators.combine(
                        policy,
                        Arbitraries.frequencyOf(
                                Tuple.of(30, policy), Tuple.of(1, Arbitraries.just(NaivePolicyTree.ANY))))
                .as(Map::entry);
        return Combinators.combine(
                        Arbitraries.of(true, false, false),
                        some.optional(0.9),
                        pair.list().ofMaxSize(4),
                        skip,
                        skip,
                        skip)
                .as(Says::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    /** The path as certificates, the peer's first, the anchor last. */
    private static List<EncodedCertificate> certificates(List<Says> says) {
        List<EncodedCertificate> path = new ArrayList<>(List.of(ROOT.root()));
        Holder issuer = ROOT;
        for (int i = 0; i < says.size(); i++) {
            Says each = says.get(i);
            Holder subject = each.selfIssued() ? issuer : holder("Level " + i);
            path.add(
                    0,
                    i == says.size() - 1
                            ? subject.serverBy(issuer, forged -> saying(forged, each, false))
                            : subject.authorityBy(issuer, forged -> saying(forged, each, true)));
            issuer = subject;
        }
        return path;
    }

    private static ForgedCertificate saying(ForgedCertificate plain, Says says, boolean authority) {
        ForgedCertificate forged = plain;
        if (says.policies().isPresent()) {
            List<byte[]> each = says.policies().get().stream()
                    .map(policy -> Der.sequence(Der.oid(policy)))
                    .toList();
            forged = forged.with("2.5.29.32", false, Der.sequence(each));
        }
        if (authority && !says.mappings().isEmpty()) {
            List<byte[]> each = says.mappings().stream()
                    .map(pair -> Der.sequence(Der.oid(pair.getKey()), Der.oid(pair.getValue())))
                    .toList();
            forged = forged.with("2.5.29.33", true, Der.sequence(each));
        }
        List<byte[]> constraints = new ArrayList<>();
        says.requireExplicit().ifPresent(skip -> constraints.add(Der.tagged(Tag.context(0), new byte[] {(byte) skip})));
        says.inhibitMapping().ifPresent(skip -> constraints.add(Der.tagged(Tag.context(1), new byte[] {(byte) skip})));
        if (!constraints.isEmpty()) {
            forged = forged.with("2.5.29.36", true, Der.sequence(constraints));
        }
        return says.inhibitAny().isPresent()
                ? forged.with("2.5.29.54", true, Der.integer(says.inhibitAny().getAsInt()))
                : forged;
    }

    private static boolean isValid(List<EncodedCertificate> path) {
        List<TrustReason> reasons = new ArrayList<>();
        List<PathCertificate> read = path.stream()
                .map(each -> PathCertificate.of(each, new AuthorityKeys(CryptoProviders.standard())))
                .toList();
        new PolicyChecks(read, new Budget(TrustLimits.standard()), true, true).against(reasons);
        return reasons.isEmpty();
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void theForwardOnlyFormIsTheTree(@ForAll("paths") List<Says> says) {
        boolean valid = NaivePolicyTree.isValid(says);
        Statistics.label("valid").collect(valid);
        assertEquals(valid, isValid(certificates(says)), says::toString);
    }

    /**
     * Left out is what the JDK does otherwise than RFC 5280: it does not count down at a self-issued certificate of a
     * peer (6.1.5 a), nor look at mappings where no policy is left (6.1.4 a).
     */
    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void theJdkComesToTheSame(@ForAll("paths") List<Says> says) throws Exception {
        Assume.that(!says.get(says.size() - 1).selfIssued());
        Assume.that(says.stream().flatMap(each -> each.mappings().stream()).noneMatch(pair -> pair.getValue()
                .equals(NaivePolicyTree.ANY)));
        List<EncodedCertificate> path = certificates(says);
        List<X509Certificate> belowRoot = new ArrayList<>();
        path.subList(0, path.size() - 1).forEach(each -> belowRoot.add(Holder.jca(each)));
        PKIXParameters parameters =
                new PKIXParameters(Collections.singleton(new TrustAnchor(Holder.jca(path.get(path.size() - 1)), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(Holder.NOW));
        boolean valid;
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(belowRoot), parameters);
            valid = true;
        } catch (CertPathValidatorException e) {
            valid = false;
        }
        assertEquals(valid, isValid(path), says::toString);
    }
}
