package dev.certkit.trust;

import dev.certkit.internal.der.NameForm;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Anchors by name; immutable and thread safe. */
final class AnchorSet {
    private final Map<NameForm, List<PathCertificate>> bySubject = new HashMap<>();
    private final Set<EncodedCertificate> all;

    private AnchorSet(Set<EncodedCertificate> all) {
        this.all = all;
    }

    static AnchorSet of(Collection<EncodedCertificate> certificates, AuthorityKeys keys) {
        AnchorSet set = new AnchorSet(new LinkedHashSet<>(certificates));
        for (EncodedCertificate certificate : set.all) {
            PathCertificate anchor = PathCertificate.of(certificate, keys);
            set.bySubject
                    .computeIfAbsent(anchor.subject(), name -> new ArrayList<>())
                    .add(anchor);
        }
        return set;
    }

    /** The same anchors, whose keys are read anew. */
    AnchorSet with(AuthorityKeys keys) {
        return of(all, keys);
    }

    boolean contains(EncodedCertificate certificate) {
        return all.contains(certificate);
    }

    List<PathCertificate> named(NameForm subject) {
        return bySubject.getOrDefault(subject, List.of());
    }

    TrustAnchors toTrustAnchors() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (EncodedCertificate anchor : all) {
            try {
                certificates.add(anchor.toX509Certificate());
            } catch (IOException e) {
                throw new IllegalStateException("an anchor that was a certificate of Java is none any more", e);
            }
        }
        return TrustAnchors.of(certificates);
    }
}
