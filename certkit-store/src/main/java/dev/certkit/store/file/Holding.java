package dev.certkit.store.file;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.store.file.FileLayout.Part;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a layout keeps under one name: a key, and its certificate or its request or both; they belong together. */
record Holding(PrivateKey key, Optional<CertificateChain> chain, Optional<CertificationRequest> request) {
    static Holding of(CertifiedKey key) {
        return new Holding(key.privateKey(), Optional.of(key.chain()), Optional.empty());
    }

    static Holding of(PendingKey key) {
        return new Holding(key.privateKey(), Optional.empty(), Optional.of(key.request()));
    }

    Holding withoutChain() {
        return new Holding(key, Optional.empty(), request);
    }

    /** The same with what another one of the same key has beside it. */
    Holding and(Holding other) {
        return new Holding(key, chain.or(other::chain), request.or(other::request));
    }

    /** Whether another one is of the same key, proved by a signature where there is a public key to prove it with. */
    boolean isOfKey(PrivateKey other) {
        try {
            if (chain.isPresent()) {
                CertifiedKey.of(other, chain.get());
            } else if (request.isPresent()) {
                PendingKey.of(other, request.get());
            } else {
                return KeySecret.isSame(key, other);
            }
            return true;
        } catch (KeyMismatchException e) {
            return false;
        }
    }

    /** Whether another one has the same key, and the certificates and the request that this one has. */
    boolean isKeptBy(Holding other) {
        return KeySecret.isSame(key, other.key)
                && (chain.isEmpty() || chain.equals(other.chain))
                && (request.isEmpty() || Arrays.equals(encodedRequest(), other.encodedRequest()));
    }

    private byte[] encodedRequest() {
        return request.map(CertificationRequest::encoded).orElseGet(() -> new byte[0]);
    }

    /** A part as PEM; empty if there is none. */
    String pem(Part part, KeyForm form) {
        return switch (part) {
            case LEAF -> pem(0, Math.min(1, size()));
            case INTERMEDIATES -> pem(Math.min(1, size()), rootAt());
            case ROOT -> pem(rootAt(), size());
            case KEY -> form.toPem(key);
            case REQUEST -> request.map(CertificationRequest::toPem).orElse("");
        };
    }

    private String pem(int from, int to) {
        return Certificates.toPem(certificates().subList(from, to));
    }

    private List<X509Certificate> certificates() {
        return chain.map(CertificateChain::certificates).orElse(List.of());
    }

    private int size() {
        return certificates().size();
    }

    /** Where the self-signed end of a chain is that has more than that. */
    private int rootAt() {
        boolean hasRoot = size() > 1 && chain.orElseThrow().gap().isEmpty();
        return hasRoot ? size() - 1 : size();
    }
}
