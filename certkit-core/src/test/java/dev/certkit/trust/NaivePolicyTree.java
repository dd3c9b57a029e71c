package dev.certkit.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** RFC 5280, 6.1, to the letter, with the whole tree, which grows without bound: the oracle of {@link PolicyChecks}. */
final class NaivePolicyTree {
    static final String ANY = "2.5.29.32.0";

    /** What one certificate says about policies. */
    record Says(
            boolean selfIssued,
            Optional<Set<String>> policies,
            List<Map.Entry<String, String>> mappings,
            OptionalInt requireExplicit,
            OptionalInt inhibitMapping,
            OptionalInt inhibitAny) {}

    private static final class Node {
        private final String policy;
        private Set<String> expected;
        private final List<Node> children = new ArrayList<>();

        private Node(String policy, Set<String> expected) {
            this.policy = policy;
            this.expected = expected;
        }
    }

    private final int length;
    private Optional<Node> root = Optional.of(new Node(ANY, Set.of(ANY)));
    private int explicit;
    private int mapping;
    private int any;

    private NaivePolicyTree(int length) {
        this.length = length;
        this.explicit = length + 1;
        this.mapping = length + 1;
        this.any = length + 1;
    }

    /** @param path from below the anchor down to the peer's certificate */
    static boolean isValid(List<Says> path) {
        NaivePolicyTree tree = new NaivePolicyTree(path.size());
        for (int i = 1; i <= path.size(); i++) {
            Says says = path.get(i - 1);
            tree.process(says, i);
            if (tree.explicit == 0 && tree.root.isEmpty()) {
                return false;
            }
            if (i < path.size()) {
                if (says.mappings.stream()
                        .anyMatch(pair ->
                                pair.getKey().equals(ANY) || pair.getValue().equals(ANY))) {
                    return false;
                }
                tree.prepare(says, i);
            }
        }
        return tree.wrapUp(path.get(path.size() - 1));
    }

    private List<Node> at(int depth) {
        List<Node> level = root.map(List::of).orElse(List.of());
        for (int i = 0; i < depth; i++) {
            level = level.stream().flatMap(node -> node.children.stream()).toList();
        }
        return level;
    }

    private void process(Says says, int i) {
        if (says.policies.isEmpty()) {
            root = Optional.empty();
        }
        if (root.isEmpty()) {
            return;
        }
        Set<String> policies = says.policies.orElseThrow();
        List<Node> above = at(i - 1);
        for (String policy : policies) {
            if (!policy.equals(ANY)) {
                add(above, policy);
            }
        }
        if (policies.contains(ANY) && (any > 0 || (i < length && says.selfIssued))) {
            for (Node node : above) {
                for (String expected : node.expected) {
                    if (node.children.stream().noneMatch(child -> child.policy.equals(expected))) {
                        node.children.add(new Node(expected, Set.of(expected)));
                    }
                }
            }
        }
        prune(i);
    }

    private static void add(List<Node> above, String policy) {
        boolean matched = false;
        for (Node node : above) {
            if (node.expected.contains(policy)) {
                node.children.add(new Node(policy, Set.of(policy)));
                matched = true;
            }
        }
        if (!matched) {
            above.stream()
                    .filter(node -> node.policy.equals(ANY))
                    .forEach(node -> node.children.add(new Node(policy, Set.of(policy))));
        }
    }

    private void prune(int depth) {
        for (int d = depth - 1; d >= 0; d--) {
            for (Node node : at(d)) {
                int level = d + 1;
                node.children.removeIf(child -> level < depth && child.children.isEmpty());
            }
        }
        root = root.filter(node -> !node.children.isEmpty());
    }

    private void prepare(Says says, int i) {
        Map<String, Set<String>> equal = new TreeMap<>();
        says.mappings.forEach(pair ->
                equal.computeIfAbsent(pair.getKey(), policy -> new TreeSet<>()).add(pair.getValue()));
        equal.forEach((policy, subjects) -> map(policy, subjects, i));
        if (!says.selfIssued) {
            explicit = Math.max(0, explicit - 1);
            mapping = Math.max(0, mapping - 1);
            any = Math.max(0, any - 1);
        }
        explicit = Math.min(explicit, says.requireExplicit.orElse(explicit));
        mapping = Math.min(mapping, says.inhibitMapping.orElse(mapping));
        any = Math.min(any, says.inhibitAny.orElse(any));
    }

    private void map(String policy, Set<String> subjects, int i) {
        if (root.isEmpty()) {
            return;
        }
        List<Node> mapped =
                at(i).stream().filter(node -> node.policy.equals(policy)).toList();
        if (mapping == 0) {
            at(i - 1).forEach(parent -> parent.children.removeIf(node -> node.policy.equals(policy)));
            prune(i);
        } else if (!mapped.isEmpty()) {
            mapped.forEach(node -> node.expected = new HashSet<>(subjects));
        } else if (at(i).stream().anyMatch(node -> node.policy.equals(ANY))) {
            at(i - 1).stream()
                    .filter(node -> node.policy.equals(ANY))
                    .forEach(parent -> parent.children.add(new Node(policy, new HashSet<>(subjects))));
        }
    }

    private boolean wrapUp(Says says) {
        explicit = Math.max(0, explicit - 1);
        if (says.requireExplicit.equals(OptionalInt.of(0))) {
            explicit = 0;
        }
        return explicit > 0 || root.isPresent();
    }
}
