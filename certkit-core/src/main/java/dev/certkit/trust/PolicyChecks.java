package dev.certkit.trust;

import dev.certkit.x509.CertificateExtensions;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Whether a policy is left where one is required (RFC 5280, 6.1, in the form of RFC 9618).
 *
 * <p>The user accepts any policy, so only the nodes of the current depth matter, each with the policies that it expects
 * below. They are at most as many as the certificates name: there is no tree that could grow.
 */
final class PolicyChecks {
    private static final String ANY = "2.5.29.32.0";

    private final List<PathCertificate> path;
    private final boolean anchored;
    private final boolean anchorBinds;
    private final Budget budget;
    private Map<String, Set<String>> nodes = Map.of(ANY, Set.of(ANY));
    private int explicitPolicy;
    private int policyMapping;
    private int inhibitAnyPolicy;

    PolicyChecks(List<PathCertificate> path, Budget budget, boolean anchored, boolean anchorBinds) {
        this.path = path;
        this.budget = budget;
        this.anchored = anchored;
        this.anchorBinds = anchorBinds;
        this.explicitPolicy = path.size() + 1;
        this.policyMapping = path.size() + 1;
        this.inhibitAnyPolicy = path.size() + 1;
    }

    void against(List<TrustReason> reasons) {
        int top = path.size() - 1;
        int place = anchored ? top - 1 : top;
        try {
            if (anchored && anchorBinds) {
                constrain(path.get(top).extensions());
            }
            for (; place >= 0; place--) {
                PathCertificate certificate = path.get(place);
                if (!certify(certificate, place)) {
                    budget.exceeded().ifPresent(reasons::add);
                    return;
                }
                if (explicitPolicy == 0 && nodes.isEmpty()) {
                    reasons.add(new TrustReason.NoValidPolicy(place));
                    return;
                }
                if (place > 0) {
                    prepare(certificate);
                }
            }
            wrapUp(reasons);
        } catch (IOException e) {
            reasons.add(new TrustReason.Malformed(Math.max(place, 0), "policies", String.valueOf(e.getMessage())));
        }
    }

    /** RFC 5280, 6.1.3 (d) and (e); false if there are more policies than are worth a verdict. */
    private boolean certify(PathCertificate certificate, int place) throws IOException {
        List<String> policies = certificate.extensions().policies();
        if (!budget.takeSteps(place, policies.size())) {
            return false;
        }
        Map<String, Set<String>> next = new LinkedHashMap<>();
        Set<String> expected = new HashSet<>();
        nodes.values().forEach(expected::addAll);
        for (String policy : policies) {
            if (!policy.equals(ANY) && (expected.contains(policy) || nodes.containsKey(ANY))) {
                next.put(policy, Set.of(policy));
            }
        }
        boolean anyCounts = inhibitAnyPolicy > 0 || (place > 0 && certificate.isSelfIssued());
        if (policies.contains(ANY) && anyCounts) {
            expected.forEach(policy -> next.putIfAbsent(policy, Set.of(policy)));
        }
        nodes = next;
        return true;
    }

    /** RFC 5280, 6.1.4 (a), (b), (h), (i) and (j). */
    private void prepare(PathCertificate certificate) throws IOException {
        map(certificate.extensions().policyMappings());
        if (!certificate.isSelfIssued()) {
            explicitPolicy = Math.max(0, explicitPolicy - 1);
            policyMapping = Math.max(0, policyMapping - 1);
            inhibitAnyPolicy = Math.max(0, inhibitAnyPolicy - 1);
        }
        constrain(certificate.extensions());
    }

    private void map(List<CertificateExtensions.PolicyMapping> mappings) throws IOException {
        Map<String, Set<String>> mapped = new LinkedHashMap<>();
        for (CertificateExtensions.PolicyMapping mapping : mappings) {
            if (mapping.issuerPolicy().equals(ANY) || mapping.subjectPolicy().equals(ANY)) {
                throw new IOException("anyPolicy is mapped (RFC 5280, section 4.2.1.5)");
            }
            mapped.computeIfAbsent(mapping.issuerPolicy(), policy -> new HashSet<>())
                    .add(mapping.subjectPolicy());
        }
        Map<String, Set<String>> changed = new HashMap<>(nodes);
        mapped.forEach((policy, equals) -> {
            if (policyMapping == 0) {
                changed.remove(policy);
            } else if (nodes.containsKey(policy) || nodes.containsKey(ANY)) {
                changed.put(policy, equals);
            }
        });
        nodes = changed;
    }

    private void constrain(CertificateExtensions extensions) throws IOException {
        Optional<CertificateExtensions.PolicyConstraints> constraints = extensions.policyConstraints();
        if (constraints.isPresent()) {
            explicitPolicy = least(explicitPolicy, constraints.get().requireExplicitPolicy());
            policyMapping = least(policyMapping, constraints.get().inhibitPolicyMapping());
        }
        inhibitAnyPolicy = least(inhibitAnyPolicy, extensions.inhibitAnyPolicy());
    }

    private static int least(int now, OptionalInt other) {
        return other.isPresent() ? Math.min(now, other.getAsInt()) : now;
    }

    /** RFC 5280, 6.1.5 (a), (b) and (g). */
    private void wrapUp(List<TrustReason> reasons) throws IOException {
        explicitPolicy = Math.max(0, explicitPolicy - 1);
        boolean required = path.get(0)
                .extensions()
                .policyConstraints()
                .filter(those -> those.requireExplicitPolicy().equals(OptionalInt.of(0)))
                .isPresent();
        if ((required || explicitPolicy == 0) && nodes.isEmpty() && path.size() > (anchored ? 1 : 0)) {
            reasons.add(new TrustReason.NoValidPolicy(0));
        }
    }
}
