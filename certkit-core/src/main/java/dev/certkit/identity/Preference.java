package dev.certkit.identity;

import java.util.Comparator;
import java.util.List;

/** Which of several issuers of one name is tried first; what a certificate says of its issuer's key is a hint, no more. */
final class Preference {
    private final LinkFields certificate;
    private final Comparator<ChainMember> order;

    /** Between the issuers of a certificate, for a chain below which the leaf stands. */
    Preference(ChainMember certificate, ChainMember leaf) {
        this.certificate = certificate.fields();
        this.order = Comparator.comparing((ChainMember issuer) -> keyFit(issuer.fields()))
                .thenComparing(issuer -> serialFit(issuer.fields()))
                .thenComparing(issuer -> coverage(leaf, issuer).rank())
                .thenComparing(
                        issuer -> issuer.fields().issuer() == issuer.fields().subject())
                .thenComparing(issuer -> coverage(leaf, issuer).seconds())
                .thenComparing(issuer -> issuer.fields().notAfter())
                .reversed();
    }

    /** The most promising first; what is alike stays in its order. */
    List<ChainMember> sorted(List<ChainMember> issuers) {
        return issuers.size() < 2 ? issuers : issuers.stream().sorted(order).toList();
    }

    private int keyFit(LinkFields issuer) {
        if (certificate.authorityKey() == 0) {
            return 1;
        }
        if (issuer.keyIdentifier() == certificate.authorityKey()) {
            return 2;
        }
        return issuer.isKeyIdentifierStated() ? 0 : 1;
    }

    private int serialFit(LinkFields issuer) {
        return certificate.authoritySerial() == issuer.serialOfIssuer() ? 1 : 0;
    }

    private static Coverage coverage(ChainMember leaf, ChainMember issuer) {
        return Coverage.of(leaf.fields(), issuer.fields());
    }
}
