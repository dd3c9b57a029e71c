package dev.certkit.scep;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Which of several certificates is the authority above the others. */
final class TopAuthority {
    private TopAuthority() {}

    /** The one certificate to which all others lead; alone, also one that says nothing of being an authority. */
    static Optional<X509Certificate> of(List<X509Certificate> certificates) {
        List<X509Certificate> distinct = certificates.stream().distinct().toList();
        if (distinct.size() == 1) {
            return Optional.of(distinct.get(0));
        }
        return distinct.stream()
                .filter(each -> each.getBasicConstraints() >= 0)
                .filter(each -> distinct.stream()
                        .allMatch(other -> other.equals(each)
                                || PinnedPath.of(other, each, distinct).isPresent()))
                .findFirst();
    }
}
