package dev.certkit.identity;

import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** Finds the issuers of a leaf in a pool, by name first and then by signature, within a budget. */
final class ChainAssembler {
    static final int MAX_LENGTH = 10;
    private static final int MAX_SIGNATURES = 100;

    private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();
    private List<X509Certificate> longest = List.of();
    private int signatures;

    ChainAssembler(Collection<X509Certificate> pool) {
        for (X509Certificate certificate : new LinkedHashSet<>(pool)) {
            bySubject
                    .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>())
                    .add(certificate);
        }
    }

    /** The first chain that ends at a self-signed certificate, or else the longest. */
    List<X509Certificate> from(X509Certificate leaf) {
        complete(new ArrayList<>(List.of(leaf)));
        return longest;
    }

    /** At most {@link #MAX_LENGTH} deep. */
    private boolean complete(List<X509Certificate> path) {
        if (path.size() > longest.size()) {
            longest = List.copyOf(path);
        }
        X509Certificate last = path.get(path.size() - 1);
        List<X509Certificate> candidates = candidates(last, path);
        if (isTop(last, candidates)) {
            longest = List.copyOf(path);
            return true;
        }
        if (path.size() == MAX_LENGTH) {
            return false;
        }
        for (X509Certificate candidate : candidates) {
            if (signatures++ >= MAX_SIGNATURES) {
                return false;
            }
            if (Link.fault(last, candidate).isEmpty()) {
                path.add(candidate);
                if (complete(path)) {
                    return true;
                }
                path.remove(path.size() - 1);
            }
        }
        return false;
    }

    /** A certificate may have its own name as issuer and still not be self-signed: a new key, certified by the old. */
    private static boolean isTop(X509Certificate last, List<X509Certificate> candidates) {
        return isSelfIssued(last) && (candidates.isEmpty() || Link.isSelfSigned(last));
    }

    /** Self-issued ones first, so that the shorter way is found where a root was cross-signed, too. */
    private List<X509Certificate> candidates(X509Certificate last, List<X509Certificate> path) {
        return bySubject.getOrDefault(last.getIssuerX500Principal(), List.of()).stream()
                .filter(candidate -> path.stream().noneMatch(above -> isSameHolder(above, candidate)))
                .sorted(Comparator.comparing(candidate -> !isSelfIssued(candidate)))
                .toList();
    }

    private static boolean isSameHolder(X509Certificate one, X509Certificate other) {
        return one.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                && SubjectPublicKeyInfo.isOf(one, other.getPublicKey());
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }
}
