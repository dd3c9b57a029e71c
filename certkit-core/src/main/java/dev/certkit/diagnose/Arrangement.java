package dev.certkit.diagnose;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificatePool;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How certificates came, held against how they should have: the peer's own first, each issuer after what it issued. */
final class Arrangement {
    private static final int SHOWN = 10;

    private final List<EncodedCertificate> presented;
    private final CertificateChain expected;
    private final List<Finding> findings = new ArrayList<>();

    private Arrangement(List<EncodedCertificate> presented, CertificateChain expected) {
        this.presented = presented;
        this.expected = expected;
    }

    /** Empty if Java cannot read the peer's certificate. */
    static Optional<Arrangement> of(EncodedCertificate own, List<EncodedCertificate> presented) {
        try {
            CertificateChain chain =
                    CertificateChain.assemble(own.toX509Certificate(), CertificatePool.ofEncoded(presented));
            return Optional.of(new Arrangement(presented, chain));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    CertificateChain expected() {
        return expected;
    }

    List<Finding> findings() {
        List<EncodedCertificate> chain = expected.encoded();
        List<Integer> inChain = new ArrayList<>();
        Set<Fingerprint> seen = new HashSet<>();
        List<Integer> copies = new ArrayList<>();
        List<Integer> strangers = new ArrayList<>();
        for (int place = 0; place < presented.size(); place++) {
            EncodedCertificate each = presented.get(place);
            if (!seen.add(each.fingerprint())) {
                copies.add(place);
            } else if (chain.contains(each)) {
                inChain.add(place);
            } else {
                strangers.add(place);
            }
        }
        order(chain.stream().map(presented::indexOf).toList(), inChain);
        each(FindingCode.DUPLICATE, copies, "came once already");
        each(FindingCode.SUPERFLUOUS, strangers, "is not part of the chain");
        root(chain);
        return List.copyOf(findings);
    }

    private void order(List<Integer> right, List<Integer> asItCame) {
        if (!right.equals(asItCame)) {
            String places = right.stream().map(String::valueOf).collect(Collectors.joining(", "));
            findings.add(new Finding.Arrangement(
                    FindingCode.WRONG_ORDER,
                    right,
                    "the certificates came in a wrong order; the right one is " + places));
        }
    }

    private void each(FindingCode code, List<Integer> places, String what) {
        places.stream()
                .limit(SHOWN)
                .forEach(place -> findings.add(new Finding.Arrangement(
                        code, List.of(place), "certificate " + place + ", of " + subject(place) + ", " + what)));
    }

    private void root(List<EncodedCertificate> chain) {
        if (chain.size() > 1 && expected.gap().isEmpty()) {
            each(FindingCode.ROOT_SENT, List.of(presented.indexOf(chain.get(chain.size() - 1))), "is the root");
        }
    }

    private String subject(int place) {
        return ForeignText.shown(presented.get(place).subject().toString());
    }
}
