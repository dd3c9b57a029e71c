package dev.certkit.shelf;

import dev.certkit.format.Pasted;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.shelf.IdentityFinding.Code;
import dev.certkit.x509.DistinguishedName;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Chooses the key that is meant among those that were pasted with a certificate. */
final class KeyChoice {
    private static final int MANY = 1000;

    private final Pasted pasted;

    KeyChoice(Pasted pasted) {
        this.pasted = pasted;
    }

    /** A key, the name it had where it came from, and the certificates that are for it. */
    record Candidate(PrivateKey key, String alias, List<X509Certificate> certificates) {
        boolean isNamed(String name) {
            return alias.equalsIgnoreCase(name)
                    || certificates.stream()
                            .anyMatch(certificate -> DistinguishedName.of(certificate.getSubjectX500Principal())
                                    .commonName()
                                    .equals(Optional.of(name)));
        }

        /** For messages, never the key. */
        @Override
        public String toString() {
            String subject =
                    String.valueOf(DistinguishedName.of(certificates.get(0).getSubjectX500Principal()));
            return alias.isEmpty() ? subject : "'" + PrintableText.of(alias) + "' (" + subject + ")";
        }
    }

    /** The keys that have a certificate, in the order of the paste. */
    List<Candidate> candidates() {
        List<List<X509Certificate>> certificates = pasted.keyCertificates();
        return IntStream.range(0, certificates.size())
                .filter(i -> !certificates.get(i).isEmpty())
                .mapToObj(i -> new Candidate(
                        pasted.privateKeys().get(i), pasted.keyNames().get(i), certificates.get(i)))
                .toList();
    }

    /** The one candidate, or why there is none. */
    sealed interface Choice permits Chosen, Nothing {}

    record Chosen(Candidate candidate) implements Choice {}

    record Nothing(List<IdentityFinding> reasons) implements Choice {}

    Choice choose(Optional<String> wanted) {
        if (pasted.privateKeys().isEmpty() && !pasted.locked().isEmpty()) {
            return locked();
        }
        if (pasted.privateKeys().isEmpty()) {
            return nothing(
                    Code.NO_KEY,
                    "no private key in it, but " + pasted + "; add the key, or install the certificate as the answer to"
                            + " the request that was made here");
        }
        if (pasted.certificates().isEmpty()) {
            return nothing(Code.NO_CERTIFICATE, "no certificate in it, but " + pasted + "; add the one for the key");
        }
        return choose(candidates(), wanted);
    }

    private Choice choose(List<Candidate> candidates, Optional<String> wanted) {
        if (candidates.isEmpty() && !pasted.locked().isEmpty()) {
            return locked();
        }
        if (candidates.isEmpty()) {
            return nothing(
                    Code.KEY_MISMATCH,
                    "no certificate in it is for a private key in it, of " + pasted
                            + (isEachTriedWithEach()
                                    ? "; add the key with which the certificate was requested"
                                    : ", which are too many to try each with each; leave out what does not belong"));
        }
        List<Candidate> fitting = candidates.stream()
                .filter(candidate -> wanted.map(candidate::isNamed).orElse(true))
                .toList();
        if (fitting.size() == 1) {
            return new Chosen(fitting.get(0));
        }
        return fitting.isEmpty()
                ? nothing(Code.NO_SUCH_KEY, "no key is named so; there are " + candidates)
                : nothing(
                        Code.SEVERAL_KEYS, "several keys have a certificate: " + fitting + "; choose one by its name");
    }

    /** RSA keys are compared; the others are tried by signatures, of which Pasted makes no more than so many. */
    private boolean isEachTriedWithEach() {
        long keys = pasted.privateKeys().stream()
                .filter(key -> !(key instanceof RSAKey))
                .count();
        long certificates = pasted.certificates().stream()
                .filter(each -> !(each.getPublicKey() instanceof RSAKey))
                .count();
        return keys * certificates <= MANY;
    }

    private Choice locked() {
        return new Nothing(pasted.locked().stream()
                .map(note -> new IdentityFinding(Code.LOCKED, note.toString()))
                .toList());
    }

    private static Choice nothing(Code code, String text) {
        return new Nothing(List.of(new IdentityFinding(code, text)));
    }
}
