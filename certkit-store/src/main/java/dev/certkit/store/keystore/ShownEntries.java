package dev.certkit.store.keystore;

import dev.certkit.format.Pkcs12;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other programs see of the records: identities in use, and certificates that are trusted; not thread safe. */
final class ShownEntries {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStoreStorage.class);
    private static final Shelf IDENTITIES = Shelf.of("identities");

    private final Passphrase passphrase;
    private Map<RecordName, Known> known = new HashMap<>();

    /** What an identity's revision was found to show; opening its key again would take a while. */
    private record Known(long revision, Optional<CertifiedKey> key) {}

    ShownEntries(Passphrase passphrase) {
        this.passphrase = passphrase;
    }

    /** The entries for these records; names that differ in case only, which Java takes for one, get a number. */
    Pkcs12 of(Contents contents) {
        Map<RecordName, Known> now = new HashMap<>();
        Set<String> taken = new HashSet<>(Set.of(RecordsEntry.NAME));
        Pkcs12 shown = Pkcs12.empty();
        for (StoredRecord record : contents.on(IDENTITIES).toList()) {
            Known identity = Optional.ofNullable(known.get(record.name()))
                    .filter(before -> before.revision == record.revision())
                    .orElseGet(() -> new Known(record.revision(), key(record)));
            now.put(record.name(), identity);
            if (identity.key.isPresent()) {
                CertifiedKey key = identity.key.get();
                shown = shown.and(new Pkcs12.KeyEntry(
                        alias(record.name(), taken),
                        key.privateKey(),
                        key.chain().certificates()));
            }
        }
        known = now;
        return withTrusted(shown, contents, taken);
    }

    private static Pkcs12 withTrusted(Pkcs12 identities, Contents contents, Set<String> taken) {
        Pkcs12 shown = identities;
        for (StoredRecord record : contents.on(TrustedEntry.SHELF).toList()) {
            Optional<X509Certificate> trusted = TrustedEntry.in(record);
            if (trusted.isPresent()) {
                DistinguishedName subject = DistinguishedName.of(trusted.get().getSubjectX500Principal());
                String alias = alias("trusted " + subject.commonName().orElse(subject.toString()), taken);
                shown = shown.and(new Pkcs12.CertificateEntry(alias, trusted.get()));
            }
        }
        return shown;
    }

    private static String alias(RecordName name, Set<String> taken) {
        return alias(name.toString().substring(name.shelf().name().length() + 1), taken);
    }

    private static String alias(String wanted, Set<String> taken) {
        String alias = wanted;
        for (int i = 2; !taken.add(folded(alias)); i++) {
            alias = wanted + " (" + i + ")";
        }
        return alias;
    }

    /** As Java compares names. */
    static String folded(String alias) {
        return alias.toLowerCase(Locale.ENGLISH);
    }

    private Optional<CertifiedKey> key(StoredRecord record) {
        try (InMemoryStorage alone = InMemoryStorage.empty()) {
            alone.create(record.name(), record.content());
            return Identities.in(alone)
                    .sealedUnder(passphrase)
                    .find(record.name().text())
                    .filter(key -> key.privateKey().getEncoded() != null);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("other programs do not see {} in the key store: {}", record.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** In words what another program changed in a file, by what the records in it say; empty if it changed nothing. */
    List<String> differences(Pkcs12 found, Contents contents) {
        Pkcs12 expected = of(contents);
        Map<String, X509Certificate> ours = named(expected);
        Map<String, X509Certificate> theirs = named(found);
        Set<X509Certificate> chains = new HashSet<>();
        expected.keys().forEach(entry -> chains.addAll(entry.certificates()));
        List<String> differences = new ArrayList<>();
        theirs.forEach((alias, certificate) -> {
            // Java gives issuers names of their own when it writes a file again
            boolean isIssuer = !ours.containsKey(alias) && chains.contains(certificate) && !isKey(found, alias);
            if (!certificate.equals(ours.get(alias)) && !isIssuer) {
                differences.add("'" + alias + "' was added or changed");
            }
        });
        ours.keySet().stream()
                .filter(alias -> !theirs.containsKey(alias))
                .forEach(alias -> differences.add("'" + alias + "' was taken out"));
        found.keys().stream()
                .filter(entry -> entry.certificates().isEmpty())
                .forEach(entry -> differences.add("a key without a certificate was added"));
        return differences;
    }

    private static boolean isKey(Pkcs12 file, String alias) {
        return file.key(alias).isPresent();
    }

    /** The certificates by their folded names, of a key its own. */
    private static Map<String, X509Certificate> named(Pkcs12 file) {
        Map<String, X509Certificate> named = new TreeMap<>();
        file.certificates().forEach(entry -> named.put(folded(entry.name()), entry.certificate()));
        file.keys().stream()
                .filter(entry -> !entry.certificates().isEmpty())
                .forEach(entry ->
                        named.put(folded(entry.name()), entry.certificates().get(0)));
        return named;
    }
}
