package dev.certkit.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every shape of graph with every fault, judged by us and by other engines; each difference has its explanation. */
class DifferentialTest {
    private static final List<ChainGraph> GRAPHS = ChainGraph.all();

    private static List<TrustCode> ours(ChainGraph graph) {
        return TrustPolicy.pkix(Holder.anchors(graph.anchors().toArray(EncodedCertificate[]::new)))
                .judge(Holder.presented(graph.presented().toArray(EncodedCertificate[]::new))
                        .forPurpose(ExtendedKeyUsage.SERVER_AUTH))
                .fold(trusted -> List.of(), untrusted -> untrusted.reasons().stream()
                        .map(TrustReason::code)
                        .toList());
    }

    @Test
    void whatIsWrongIsSaidInBothOrders() {
        List<String> wrong = new ArrayList<>();
        for (ChainGraph graph : GRAPHS) {
            for (ChainGraph each : List.of(graph, graph.reversed())) {
                List<TrustCode> codes = ours(each);
                if (!each.expected().map(codes::contains).orElse(codes.isEmpty())) {
                    wrong.add(each + ": expected " + each.expected() + ", said " + codes);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(GRAPHS.size() > 900, () -> GRAPHS.size() + " graphs");
    }

    @Test
    void nothingElseIsSaidThanWhatIsWrong() {
        for (ChainGraph graph : GRAPHS) {
            Set<TrustCode> codes = new HashSet<>(ours(graph));
            graph.expected().ifPresent(codes::remove);
            assertEquals(Set.of(), codes, graph::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDifferenceToAnotherEngineIsExplained(PathOracle oracle) {
        Differences differences = new Differences(oracle.name());
        for (ChainGraph graph : GRAPHS) {
            for (ChainGraph each : List.of(graph, graph.reversed())) {
                differences.compare(each, oracle.trusts(each));
            }
        }
        differences.areExplained();
    }

    @Test
    void everyDifferenceToOpenSslIsExplained(@TempDir Path directory) throws IOException {
        Differences differences = new Differences(Explanation.OPENSSL);
        Set<Integer> trusted = OpenSslOracle.trusted(GRAPHS, directory);
        for (int i = 0; i < GRAPHS.size(); i++) {
            differences.compare(GRAPHS.get(i), trusted.contains(i));
        }
        differences.areExplained();
    }

    private static final class Differences {
        private final String oracle;
        private final List<String> unexplained = new ArrayList<>();
        private final Set<Explanation> used = new HashSet<>();

        private Differences(String oracle) {
            this.oracle = oracle;
        }

        private void compare(ChainGraph graph, boolean theirs) {
            if (ours(graph).isEmpty() == theirs || Explanation.isForLackOfASecondTry(oracle, theirs, graph)) {
                return;
            }
            Optional<Explanation> explanation = Stream.concat(
                            Explanation.ALL.stream(), Explanation.ON_SOME_JAVAS.stream())
                    .filter(each -> each.covers(oracle, theirs, graph))
                    .findFirst();
            explanation.ifPresentOrElse(
                    used::add, () -> unexplained.add(graph + ": " + (theirs ? "trusted" : "refused") + " there"));
        }

        private void areExplained() {
            assertEquals(List.of(), unexplained);
            List<Explanation> expected = Explanation.ALL.stream()
                    .filter(each -> each.oracle().equals(oracle))
                    .toList();
            used.removeAll(Explanation.ON_SOME_JAVAS);
            assertEquals(new HashSet<>(expected), used, "explanations that explain nothing");
        }
    }
}
