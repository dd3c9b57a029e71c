package dev.certkit.shelf;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.Pasted;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.internal.x509.SelfSignature;
import dev.certkit.shelf.IdentityRecords.Outcome;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** An authority's answer meets the identity that waits for it. */
final class Answer {
    /** The authority's before one of our own, then the newest. */
    private static final Comparator<X509Certificate> BEST_FIRST = Comparator.comparing(Answer::isSelfSigned)
            .thenComparing(X509Certificate::getNotBefore, Comparator.reverseOrder())
            .thenComparing(X509Certificate::getNotAfter, Comparator.reverseOrder());

    private final String name;
    private final IdentityText before;
    private final KeySeal seal;
    private final Optional<EncodedCertificate> inUse;

    private Answer(String name, IdentityText before, KeySeal seal) throws IOException {
        this.name = name;
        this.before = before;
        this.seal = seal;
        this.inUse = before.leaf();
    }

    static Answer to(String name, IdentityText before, KeySeal seal) throws IOException {
        Situation.of(before).require(IdentityStep.INSTALL, name);
        return new Answer(name, before, seal);
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return SelfSignature.holds(EncodedCertificate.of(certificate));
    }

    /** Installs a chain as it is. */
    Outcome<CertifiedKey> chain(CertificateChain chain) throws IOException {
        if (pendingKey().test(chain.leaf())) {
            return forPending(chain);
        }
        if (keyInUse().test(chain.leaf())) {
            return forKeyInUse(chain);
        }
        throw mismatch(List.of(chain.leaf()));
    }

    /** Picks the certificate, puts its chain in order with what is known already, and installs it. */
    Outcome<CertifiedKey> pasted(Pasted pasted) throws IOException {
        List<X509Certificate> pool = new ArrayList<>(pasted.certificates());
        if (pool.isEmpty()) {
            throw new MalformedEncodingException(
                    "pasted",
                    "no certificate in it, but " + pasted + "; paste the certificate that the authority sent");
        }
        Optional<X509Certificate> leaf = best(pool, pendingKey());
        if (leaf.isEmpty()) {
            leaf = best(pool, keyInUse());
        }
        if (leaf.isEmpty()) {
            throw mismatch(pool).unread(pasted.strays());
        }
        before.chain().ifPresent(known -> pool.addAll(known.certificates()));
        return chain(CertificateChain.assemble(leaf.get(), pool));
    }

    static Optional<X509Certificate> best(List<X509Certificate> pool, Predicate<X509Certificate> wanted) {
        return pool.stream().filter(wanted).min(BEST_FIRST);
    }

    /** The certificate in use answers nothing: it was there when the request was made. */
    private Predicate<X509Certificate> pendingKey() throws IOException {
        if (before.pending().isEmpty()) {
            return certificate -> false;
        }
        HolderKey key = HolderKey.ofRequest(before.pending().get().paper());
        return certificate -> {
            EncodedCertificate encoded = EncodedCertificate.of(certificate);
            return !inUse.equals(Optional.of(encoded)) && key.isOf(encoded);
        };
    }

    private Predicate<X509Certificate> keyInUse() {
        boolean waiting = before.pending().isPresent();
        return certificate -> {
            EncodedCertificate encoded = EncodedCertificate.of(certificate);
            return inUse.isPresent()
                    && !(waiting && inUse.get().equals(encoded))
                    && HolderKey.of(inUse.get()).isOf(encoded);
        };
    }

    private Outcome<CertifiedKey> forPending(CertificateChain chain) throws IOException {
        IdentityText.Half pending = before.pending().orElseThrow();
        CertifiedKey certified = before.pendingKey(seal).orElseThrow().certifiedBy(chain);
        IdentityText after =
                before.withCurrent(new IdentityText.Half(pending.key(), chain.toPem(), Optional.of(pending.paper())));
        return new Outcome<>(isSelfSigned(chain.leaf()) ? after : after.withoutPending(), certified);
    }

    private Outcome<CertifiedKey> forKeyInUse(CertificateChain chain) throws IOException {
        IdentityText.Half current = before.current().orElseThrow();
        CertifiedKey certified = CertifiedKey.of(seal.parse(current.key()), chain);
        return new Outcome<>(before.withCurrent(current.with(chain.toPem())), certified);
    }

    private KeyMismatchException mismatch(List<X509Certificate> certificates) {
        String key = before.pending().isPresent() ? "the pending key" : "the key in use";
        return KeyMismatchException.noneFor(key + " of identity " + PrintableText.of(name), certificates);
    }
}
