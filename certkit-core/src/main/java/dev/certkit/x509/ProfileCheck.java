package dev.certkit.x509;

import dev.certkit.key.KeyType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Compares a certificate with a profile, field by field in a fixed order; each field fails on its own. */
final class ProfileCheck {
    /** Authorities set the first second back, so that devices with slow clocks take the certificate at once. */
    private static final Duration BACKDATING = Duration.ofHours(1);

    /** Five years are 1,825 to 1,827 days, and the last day counts or not. */
    private static final Duration EXACTLY = Duration.ofDays(1);

    private static final String REISSUE = "have it issued anew";

    private final ProfileTerms terms;
    private final EncodedCertificate certificate;
    private final CertificateExtensions extensions;
    private final List<Mismatch> mismatches = new ArrayList<>();

    ProfileCheck(ProfileTerms terms, EncodedCertificate certificate) {
        this.terms = terms;
        this.certificate = certificate;
        this.extensions = CertificateExtensions.of(certificate);
    }

    static Mismatch unreadable(Exception why) {
        return new Mismatch(
                "unreadable",
                "a certificate that can be read",
                Encoding.shown(String.valueOf(why.getMessage())),
                REISSUE);
    }

    private interface Step {
        void run() throws IOException;
    }

    List<Mismatch> mismatches() {
        List<Step> steps = List.of(
                this::keyType,
                this::hash,
                this::validity,
                this::signer,
                this::authority,
                this::usages,
                this::purposes,
                () -> new NamesCheck(terms.names(), extensions.subjectAlternativeNames()).addTo(mismatches));
        for (Step step : steps) {
            try {
                step.run();
            } catch (IOException | RuntimeException e) {
                mismatches.add(unreadable(e));
            }
        }
        return List.copyOf(mismatches);
    }

    private void add(String id, String wanted, String found, String remedy) {
        mismatches.add(new Mismatch(id, wanted, found, remedy));
    }

    private void keyType() {
        if (certificate.keyType().filter(terms.strength().keyTypes()::contains).isEmpty()) {
            add(
                    "key-type",
                    ProfileText.list(terms.strength().keyTypes(), KeyType::name),
                    KeyFacts.describe(certificate.subjectPublicKeyInfo()),
                    "make a new key of a kind that the profile takes and have it certified");
        }
    }

    /** Empty also for an unknown algorithm, whose key the profile does not take anyway if it is its own. */
    private void hash() {
        Optional<String> found = certificate.signatureHash();
        List<String> wanted = terms.strength().hashes().stream()
                .map(CertificateProfile.Hash::jcaName)
                .toList();
        if (found.isPresent() && !wanted.contains(found.get())) {
            add(
                    "hash",
                    String.join(", ", wanted),
                    found.get(),
                    "have it signed anew with a hash that the profile takes");
        }
    }

    private void validity() {
        Duration length = Duration.between(certificate.notBefore(), certificate.notAfter());
        boolean exact = terms.life().exact();
        Duration wanted = terms.life().lifetime();
        boolean tooLong = length.minus(exact ? EXACTLY : BACKDATING).compareTo(wanted) > 0;
        boolean tooShort = exact && length.plus(EXACTLY).compareTo(wanted) < 0;
        if (tooLong || tooShort || length.isNegative()) {
            add(
                    "validity",
                    ProfileText.lifetime(terms.life()),
                    ProfileText.duration(length) + ", from " + certificate.notBefore() + " to "
                            + certificate.notAfter(),
                    "have it issued for the length that the profile wants");
        }
    }

    private void signer() {
        if (terms.signer() == CertificateProfile.Signer.ANYBODY) {
            return;
        }
        boolean self = certificate.isSelfSigned();
        if (terms.signer() == CertificateProfile.Signer.ITSELF && !self) {
            add(
                    "signer",
                    "signed with its own key",
                    certificate.isSelfIssued()
                            ? "it names itself as issuer, but its signature does not verify under its own key"
                            : "issued by " + certificate.issuer(),
                    "make a self-signed certificate with this profile");
        }
        if (terms.signer() == CertificateProfile.Signer.AUTHORITY && self) {
            add(
                    "signer",
                    "signed by an authority",
                    "signed with its own key",
                    "send its request to an authority and install the answer");
        }
    }

    private void authority() throws IOException {
        Optional<CertificateExtensions.BasicConstraints> found = extensions.basicConstraints();
        boolean authority =
                found.filter(CertificateExtensions.BasicConstraints::authority).isPresent();
        int most = terms.use().pathLength();
        if (authority != most >= 0) {
            add(
                    "authority",
                    authority(most >= 0),
                    authority(authority),
                    most >= 0 ? REISSUE + " as an authority" : "do not use an authority's certificate here");
        }
        OptionalInt length =
                found.map(CertificateExtensions.BasicConstraints::pathLength).orElse(OptionalInt.empty());
        if (authority && most >= 0 && length.orElse(ProfileTerms.UNBOUNDED) > most) {
            add(
                    "path-length",
                    "at most " + most + " authorities below it",
                    length.isPresent() ? String.valueOf(length.getAsInt()) : "no bound",
                    REISSUE + " with this path length");
        }
    }

    private static String authority(boolean is) {
        return is ? "an authority" : "no authority";
    }

    private void usages() throws IOException {
        Set<KeyUsage> wanted = terms.use().usagesFor(KeyFacts.isRsa(certificate.subjectPublicKeyInfo()));
        Optional<Set<KeyUsage>> found = extensions.keyUsages();
        if (found.isEmpty()) {
            add(
                    "usage-missing",
                    ProfileText.usages(wanted),
                    "key usage is not restricted",
                    REISSUE + " with key usages");
            return;
        }
        differences("usage", wanted, found.get(), KeyUsage::rfcName);
    }

    private void purposes() throws IOException {
        Optional<List<ExtendedKeyUsage>> found = extensions.purposes();
        if (found.isEmpty() && !terms.use().purposes().isEmpty()) {
            add(
                    "purpose-missing",
                    ProfileText.list(terms.use().purposes(), ExtendedKeyUsage::rfcName),
                    "the purposes are not restricted",
                    REISSUE + " with extended key usages");
            return;
        }
        differences(
                "purpose",
                new LinkedHashSet<>(terms.use().purposes()),
                new LinkedHashSet<>(found.orElse(List.of())),
                ExtendedKeyUsage::rfcName);
    }

    private <T> void differences(String what, Set<T> wanted, Set<T> found, Function<T, String> text) {
        String all = wanted.isEmpty() ? "no restriction" : ProfileText.list(wanted, text);
        List<T> missing = wanted.stream().filter(each -> !found.contains(each)).toList();
        List<T> surplus = found.stream().filter(each -> !wanted.contains(each)).toList();
        if (!missing.isEmpty()) {
            add(
                    what + "-missing",
                    all,
                    ProfileText.list(missing, text) + " is missing",
                    REISSUE + " with what is missing");
        }
        if (!surplus.isEmpty()) {
            add(
                    what + "-surplus",
                    all,
                    ProfileText.list(surplus, text) + " is there, too",
                    REISSUE + " without what is too much");
        }
    }
}
