package dev.certkit.identity;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Finds the issuers of a leaf in a pool, by name first and then by signature, within a budget. */
final class ChainAssembler {
    static final int MAX_LENGTH = 10;
    private static final int MAX_SIGNATURES = 100;

    private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();
    private int signatures;

    ChainAssembler(Collection<X509Certificate> pool) {
        for (X509Certificate certificate : new LinkedHashSet<>(pool)) {
            bySubject
                    .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>())
                    .add(certificate);
        }
    }

    List<X509Certificate> from(X509Certificate leaf) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent() && chain.size() < MAX_LENGTH) {
            chain.add(next.get());
            next = issuer(next.get(), chain);
        }
        return chain;
    }

    private Optional<X509Certificate> issuer(X509Certificate certificate, List<X509Certificate> chain) {
        if (certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
            return Optional.empty();
        }
        for (X509Certificate candidate : bySubject.getOrDefault(certificate.getIssuerX500Principal(), List.of())) {
            if (chain.contains(candidate)) {
                continue;
            }
            if (signatures++ >= MAX_SIGNATURES) {
                return Optional.empty();
            }
            if (Link.fault(certificate, candidate).isEmpty()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
