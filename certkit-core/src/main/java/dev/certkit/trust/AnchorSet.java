package dev.certkit.trust;

import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Anchors by name; immutable and thread safe. */
final class AnchorSet {
    private final Map<DistinguishedName, List<PathCertificate>> bySubject = new HashMap<>();
    private final Set<EncodedCertificate> all = new HashSet<>();

    private AnchorSet() {}

    static AnchorSet of(Collection<X509Certificate> certificates) {
        AnchorSet set = new AnchorSet();
        for (X509Certificate certificate : certificates) {
            EncodedCertificate encoded = EncodedCertificate.of(certificate);
            if (set.all.add(encoded)) {
                PathCertificate anchor = PathCertificate.of(encoded);
                set.bySubject
                        .computeIfAbsent(anchor.subject(), name -> new ArrayList<>())
                        .add(anchor);
            }
        }
        return set;
    }

    boolean contains(PathCertificate certificate) {
        return all.contains(certificate.certificate());
    }

    List<PathCertificate> named(DistinguishedName subject) {
        return bySubject.getOrDefault(subject, List.of());
    }
}
