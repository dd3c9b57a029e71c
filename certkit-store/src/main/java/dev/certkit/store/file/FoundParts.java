package dev.certkit.store.file;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.Pasted;
import dev.certkit.identity.BrokenChainException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands in the files of one name, whoever wrote them; nothing of it is proved yet. */
final class FoundParts {
    private static final int MAX_CHAIN = 10;

    private final String name;
    private final Set<X509Certificate> certificates = new LinkedHashSet<>();
    private final List<PrivateKey> keys = new ArrayList<>();
    private final List<byte[]> requests = new ArrayList<>();
    private final List<String> locked = new ArrayList<>();

    private FoundParts(String name) {
        this.name = name;
    }

    static FoundParts in(Map<String, byte[]> files, String name, KeyForm form) throws MalformedEncodingException {
        FoundParts found = new FoundParts(name);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            found.add(file.getKey(), read(file, form));
        }
        return found;
    }

    private static Pasted read(Map.Entry<String, byte[]> file, KeyForm form) throws MalformedEncodingException {
        try {
            return form.read(file.getValue());
        } catch (MalformedEncodingException e) {
            throw new MalformedEncodingException(file.getKey(), e.reason(), e);
        }
    }

    private void add(String file, Pasted pasted) {
        certificates.addAll(pasted.certificates());
        pasted.privateKeys().stream()
                .filter(key -> keys.stream().noneMatch(other -> KeySecret.isSame(key, other)))
                .forEach(keys::add);
        requests.addAll(pasted.requests());
        pasted.locked().forEach(note -> locked.add(file + ", " + note));
    }

    boolean hasCertificate() {
        return !certificates.isEmpty();
    }

    private PrivateKey key() throws MalformedEncodingException {
        if (keys.size() == 1) {
            return keys.get(0);
        }
        if (keys.isEmpty() && !locked.isEmpty()) {
            throw new MalformedEncodingException(name, locked.get(0));
        }
        throw new MalformedEncodingException(
                name,
                keys.isEmpty()
                        ? "there is no private key in its files; bring it back, or write the name anew"
                        : "there are " + keys.size() + " private keys in its files; leave the one in use");
    }

    /**
     * Key, chain and request as far as they belong together; a request for another key is passed over.
     *
     * @throws KeyMismatchException if there are certificates, and none is for the key
     */
    Holding holding() throws MalformedEncodingException, KeyMismatchException {
        PrivateKey key = key();
        return new Holding(key, chain(key), request(key));
    }

    /** The key with its request; empty if there is none. */
    Optional<PendingKey> pending() throws MalformedEncodingException, KeyMismatchException {
        return requests.isEmpty()
                ? Optional.empty()
                : Optional.of(PendingKey.of(key(), CertificationRequest.decode(requests.get(0))));
    }

    /** The request that is for this key, if there is one. */
    Optional<CertificationRequest> request(PrivateKey key) {
        for (byte[] der : requests) {
            try {
                return Optional.of(
                        PendingKey.of(key, CertificationRequest.decode(der)).request());
            } catch (MalformedEncodingException | KeyMismatchException | IllegalArgumentException e) {
                // left over from another key
            }
        }
        return Optional.empty();
    }

    private Optional<CertificateChain> chain(PrivateKey key) throws KeyMismatchException {
        List<X509Certificate> all = List.copyOf(certificates);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Optional<CertificateChain> longest = Optional.empty();
        for (X509Certificate candidate : all) {
            CertificateChain chain = chainFrom(candidate, all);
            int length = longest.map(found -> found.certificates().size()).orElse(0);
            if (chain.certificates().size() > length && isFor(key, chain)) {
                longest = Optional.of(chain);
            }
        }
        if (longest.isEmpty()) {
            throw KeyMismatchException.noneFor("the key of " + name, all);
        }
        return longest;
    }

    /** More than one may be: a key that was certified twice, or an authority that certified its own key. */
    private static boolean isFor(PrivateKey key, CertificateChain chain) {
        try {
            CertifiedKey.of(key, chain);
            return true;
        } catch (KeyMismatchException | IllegalArgumentException e) {
            return false;
        }
    }

    /** As it stands there if it is whole; else as far as it can be put together. */
    private static CertificateChain chainFrom(X509Certificate leaf, List<X509Certificate> all) {
        if (leaf.equals(all.get(0)) && all.size() <= MAX_CHAIN) {
            try {
                return CertificateChain.of(all);
            } catch (BrokenChainException e) {
                // another order, or strays
            }
        }
        return CertificateChain.assemble(leaf, all);
    }
}
