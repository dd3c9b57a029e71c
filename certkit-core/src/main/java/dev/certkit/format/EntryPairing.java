package dev.certkit.format;

import dev.certkit.internal.text.ForeignText;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds each key its certificates: its own by the file's key id, or by a signature where the file has none; issuers by
 * name.
 */
final class EntryPairing {
    private static final int MAX_CHAIN = 10;

    private final List<Key> keys = new ArrayList<>();
    private final List<Certificate> certificates = new ArrayList<>();
    private final KeyMatch match = new KeyMatch();

    /** The friendly name and the local key id of an entry, either may be empty. */
    record Label(String name, String id) {
        /** The name with a blank before it, for messages. */
        @Override
        public String toString() {
            return name.isEmpty() ? "" : " '" + ForeignText.shown(name) + "'";
        }
    }

    private record Key(Label label, PrivateKey key) {}

    private record Certificate(Label label, X509Certificate certificate) {}

    int size() {
        return keys.size() + certificates.size();
    }

    void key(Label label, PrivateKey key) {
        keys.add(new Key(label, key));
    }

    void certificate(Label label, X509Certificate certificate) {
        certificates.add(new Certificate(label, certificate));
    }

    /** All that was collected; nothing may be added afterwards. */
    Pkcs12 paired(List<Pkcs12Secret> secrets, List<String> leftOut) {
        List<Pkcs12.KeyEntry> entries = keys.stream()
                .map(key -> new Pkcs12.KeyEntry(key.label.name, key.key, chain(key)))
                .toList();
        return new Pkcs12(entries, withoutKey(entries), secrets, leftOut);
    }

    /** Those that no key uses; an unnamed copy of one that is used is noise, a named one is an entry. */
    private List<Pkcs12.CertificateEntry> withoutKey(List<Pkcs12.KeyEntry> entries) {
        Set<X509Certificate> used = Collections.newSetFromMap(new IdentityHashMap<>());
        entries.forEach(entry -> used.addAll(entry.certificates()));
        Set<X509Certificate> same = new HashSet<>(used);
        return certificates.stream()
                .filter(each -> !(each.label.name.isEmpty() ? same : used).contains(each.certificate))
                .map(each -> new Pkcs12.CertificateEntry(each.label.name, each.certificate))
                .toList();
    }

    private List<X509Certificate> chain(Key key) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = own(key);
        while (next.isPresent() && chain.size() < MAX_CHAIN) {
            chain.add(next.get());
            next = issuer(next.get(), chain);
        }
        return chain;
    }

    private Optional<X509Certificate> own(Key key) {
        Optional<X509Certificate> byId = certificates.stream()
                .filter(each -> !key.label.id.isEmpty() && each.label.id.equals(key.label.id))
                .map(Certificate::certificate)
                .findFirst();
        return byId.isPresent()
                ? byId
                : certificates.stream()
                        .map(Certificate::certificate)
                        .filter(each -> match.of(key.key, each) == KeyMatch.Answer.YES)
                        .findFirst();
    }

    private Optional<X509Certificate> issuer(X509Certificate certificate, List<X509Certificate> chain) {
        return certificates.stream()
                .map(Certificate::certificate)
                .filter(each -> each.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(each -> !chain.contains(each))
                .findFirst();
    }
}
