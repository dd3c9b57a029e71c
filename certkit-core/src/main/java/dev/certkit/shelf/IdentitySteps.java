package dev.certkit.shelf;

import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.key.KeyType;
import dev.certkit.shelf.IdentityFinding.Code;
import dev.certkit.shelf.IdentityRecords.Outcome;
import dev.certkit.shelf.IdentityText.Half;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps in the life of an identity, each one write of its record. */
final class IdentitySteps {
    private final IdentityRecords records;
    private final KeySeal seal;
    private final Clock clock;

    IdentitySteps(IdentityRecords records, KeySeal seal, Clock clock) {
        this.records = records;
        this.seal = seal;
        this.clock = clock;
    }

    private static void require(IdentityStep step, String name, IdentityText identity) throws IOException {
        Situation.of(identity).require(step, name);
    }

    /** Checked before a key is made, which may take seconds, and again when it is written. */
    PendingKey request(String name, CertificationRequest.Draft draft, KeyType type) throws IOException {
        require(IdentityStep.REQUEST, name, records.read(name));
        return withNewKey(name, type, keys -> {
            PendingKey pending = draft.signedBy(keys);
            Half half = half(pending, draft, new Keys(seal.of(name), keys));
            return records.update(name, before -> {
                require(IdentityStep.REQUEST, name, before);
                return new Outcome<>(before.withPending(half), pending);
            });
        });
    }

    private interface NewKey<T> {
        T use(KeyPair keys) throws IOException;
    }

    /** After an IOException the key may stand in the record; after anything else it does not. */
    private <T> T withNewKey(String name, KeyType type, NewKey<T> user) throws IOException {
        KeyPair keys = seal.of(name).generate(type);
        try {
            return user.use(keys);
        } catch (RuntimeException e) {
            seal.discard(keys);
            throw e;
        }
    }

    private record Keys(KeySeal seal, KeyPair pair) {}

    private static Half half(PendingKey pending, CertificationRequest.Draft draft, Keys keys) throws IOException {
        CertificationRequest request = pending.request();
        String key = keys.seal.toPem(pending.privateKey());
        if (request.challengePassword().isEmpty()) {
            return new Half(key, request.toPem(), Optional.empty());
        }
        // The one to be shown and kept is without the secret; the one to be sent again has to be the same to the octet.
        CertificationRequest shown =
                draft.withoutChallengePassword().signedBy(keys.pair).request();
        return new Half(key, shown.toPem(), Optional.of(keys.seal.toPem(request)));
    }

    PendingKey requestAgain(String name) throws IOException {
        return records.update(name, before -> {
            Situation situation = Situation.of(before);
            if (situation.waiting() == Situation.Waiting.KEY_IN_USE) {
                return new Outcome<>(before, before.pendingKey(seal.of(name)).orElseThrow());
            }
            situation.require(IdentityStep.REQUEST, name);
            CertifiedKey current = before.current(seal.of(name)).orElseThrow(() -> nothingToRequestAgain(name));
            PendingKey pending =
                    CertificationRequest.like(current.chain().leaf()).signedBy(current.keyPair());
            String key = before.current().orElseThrow().key();
            Half half = new Half(key, pending.request().toPem(), Optional.empty());
            return new Outcome<>(before.withPending(half), pending);
        });
    }

    PendingKey requestAgain(String name, KeyType type) throws IOException {
        IdentityText identity = records.read(name);
        require(IdentityStep.REQUEST, name, identity);
        CertificateChain chain = identity.chain().orElseThrow(() -> nothingToRequestAgain(name));
        return request(name, CertificationRequest.like(chain.leaf()), type);
    }

    private static IllegalStateException nothingToRequestAgain(String name) {
        return new IllegalStateException("identity " + PrintableText.of(name)
                + " is not configured, there is no certificate to request again; say for which subject and names");
    }

    CertifiedKey selfSigned(String name, CertifiedKey.SelfSigned draft, KeyType type) throws IOException {
        require(IdentityStep.SELF_SIGN, name, records.read(name));
        return withNewKey(name, type, keys -> {
            CertifiedKey made = draft.with(keys);
            Half half = new Half(
                    seal.of(name).toPem(made.privateKey()), made.chain().toPem(), Optional.empty());
            return records.update(name, before -> {
                require(IdentityStep.SELF_SIGN, name, before);
                return new Outcome<>(before.withCurrent(half), made);
            });
        });
    }

    CertifiedKey renew(String name) throws IOException {
        return records.update(name, before -> {
            require(IdentityStep.RENEW, name, before);
            CertifiedKey current = before.current(seal.of(name)).orElseThrow();
            CertifiedKey next = current.renewal().clock(clock).with(current.keyPair());
            Half half = before.current().orElseThrow().with(next.chain().toPem());
            return new Outcome<>(before.withCurrent(half), next);
        });
    }

    CertifiedKey renew(String name, KeyType type) throws IOException {
        require(IdentityStep.RENEW, name, records.read(name));
        return withNewKey(name, type, keys -> {
            String key = seal.of(name).toPem(keys.getPrivate());
            return records.update(name, before -> {
                require(IdentityStep.RENEW, name, before);
                CertifiedKey next = CertifiedKey.selfSignedLike(before.leaf().orElseThrow())
                        .clock(clock)
                        .with(keys);
                return new Outcome<>(
                        before.withCurrent(new Half(key, next.chain().toPem(), Optional.empty())), next);
            });
        });
    }

    void awaiting(String name, String transactionId) throws IOException {
        records.update(name, before -> {
            require(IdentityStep.AWAIT, name, before);
            return new Outcome<>(before.withTransaction(transactionId), transactionId);
        });
    }

    CertifiedKey install(String name, CertificateChain chain) throws IOException {
        return records.update(
                name, before -> Answer.to(name, before, seal.of(name)).chain(chain));
    }

    ImportResult.Installed install(String name, Pasted pasted) throws IOException {
        return records.update(name, before -> {
            Outcome<CertifiedKey> outcome =
                    Answer.to(name, before, seal.of(name)).pasted(pasted);
            CertificateChain chain = outcome.answer().chain();
            List<IdentityFinding> findings = new ArrayList<>(CertificateChecks.of(chain, clock.instant()));
            findings.addAll(missingNames(outcome.after(), chain.leaf()));
            findings.addAll(PasteReport.of(pasted, chain.certificates(), 0));
            return new Outcome<>(outcome.after(), new ImportResult.Installed(outcome.answer(), findings));
        });
    }

    private static List<IdentityFinding> missingNames(IdentityText identity, X509Certificate leaf) throws IOException {
        Optional<String> request = identity.current().flatMap(Half::request);
        if (request.isEmpty()) {
            return List.of();
        }
        List<GeneralName> missing =
                new ArrayList<>(CertificationRequest.parse(request.get()).subjectAlternativeNames());
        missing.removeAll(Certificates.subjectAlternativeNames(leaf));
        return missing.stream()
                .map(name -> new IdentityFinding(
                        Code.MISSING_NAME,
                        "the certificate of " + DistinguishedName.of(leaf.getSubjectX500Principal())
                                + " lacks the name " + name + ", which was requested; ask the authority"))
                .toList();
    }

    void install(String name, CertifiedKey key) throws IOException {
        CertifiedKey proved = CertifiedKey.of(key.privateKey(), key.chain());
        String pem = seal.of(name).toPem(proved.privateKey());
        records.update(name, before -> new Outcome<>(withInstalled(before, pem, proved.chain()), proved));
    }

    private static IdentityText withInstalled(IdentityText before, String key, CertificateChain chain)
            throws IOException {
        EncodedCertificate leaf = EncodedCertificate.of(chain.leaf());
        boolean isForPending = before.isPendingFor(leaf);
        Optional<String> request = isForPending ? before.pending().map(Half::paper) : Optional.empty();
        IdentityText after = before.withCurrent(new Half(key, chain.toPem(), request));
        boolean answered = isForPending && !after.isSelfSigned();
        return answered ? after.withoutPending() : after;
    }

    /** Stores it if the decision over all that was found is to install it. */
    ImportResult imported(String name, CertifiedKey key, Function<List<IdentityFinding>, ImportResult> decision)
            throws IOException {
        List<IdentityFinding> findings = new ArrayList<>(CertificateChecks.of(key.chain(), clock.instant()));
        findings.addAll(sharedKey(name, key));
        String pem = seal.of(name).toPem(key.privateKey());
        return records.update(name, before -> {
            List<IdentityFinding> all = new ArrayList<>(findings);
            before.leaf()
                    .ifPresent(leaf -> all.add(new IdentityFinding(
                            Code.NAME_IN_USE,
                            "the name " + PrintableText.of(name) + " is in use for the certificate of " + leaf.subject()
                                    + ", until " + leaf.notAfter() + "; uninstall that, or allow it")));
            ImportResult result = decision.apply(all);
            boolean accepted = result instanceof ImportResult.Installed;
            return new Outcome<>(accepted ? withInstalled(before, pem, key.chain()) : before, result);
        });
    }

    private List<IdentityFinding> sharedKey(String name, CertifiedKey key) throws IOException {
        HolderKey holder = HolderKey.of(EncodedCertificate.of(key.chain().leaf()));
        return records.holders(holder, Optional.of(name)).stream()
                .map(other -> new IdentityFinding(
                        Code.SHARED_KEY,
                        "the same key is kept as " + PrintableText.of(other) + ", too: who gets one of them has both"))
                .toList();
    }

    void uninstall(String name) throws IOException {
        records.update(name, before -> {
            require(IdentityStep.UNINSTALL, name, before);
            records.endpoints().requireUnused(name, IdentityStep.UNINSTALL);
            IdentityText after = before.withoutCurrent();
            if (before.pending().isEmpty()) {
                Half current = before.current().orElseThrow();
                after = after.withPending(new Half(current.key(), request(name, before, current), Optional.empty()));
            }
            return new Outcome<>(after, name);
        });
    }

    private String request(String name, IdentityText before, Half current) throws IOException {
        if (current.request().isPresent()) {
            return current.request().get();
        }
        CertifiedKey key = before.current(seal.of(name)).orElseThrow();
        return CertificationRequest.like(key.chain().leaf())
                .signedBy(key.keyPair())
                .request()
                .toPem();
    }

    void withdraw(String name) throws IOException {
        records.update(name, before -> {
            require(IdentityStep.WITHDRAW, name, before);
            return new Outcome<>(before.withoutPending(), name);
        });
    }
}
