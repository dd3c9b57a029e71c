package dev.certkit.shelf;

import dev.certkit.format.Pasted;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.shelf.IdentityFinding.Code;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A key with its certificate, made elsewhere and brought in; each call gives a new draft.
 *
 * <p>Immutable and thread safe.
 */
public final class IdentityImport {
    private final IdentitySteps steps;
    private final Pasted pasted;
    private final ImportPolicy policy;
    private final Optional<String> wanted;

    private IdentityImport(IdentitySteps steps, Pasted pasted, ImportPolicy policy, Optional<String> wanted) {
        this.steps = steps;
        this.pasted = pasted;
        this.policy = policy;
        this.wanted = wanted;
    }

    static IdentityImport of(IdentitySteps steps, Pasted pasted) {
        return new IdentityImport(
                steps, Objects.requireNonNull(pasted, "pasted"), ImportPolicy.standard(), Optional.empty());
    }

    /**
     * Decides by this policy in place of the {@linkplain ImportPolicy#standard() standard} one.
     *
     * @param policy not null
     */
    public IdentityImport policy(ImportPolicy policy) {
        return new IdentityImport(steps, pasted, Objects.requireNonNull(policy, "policy"), wanted);
    }

    /**
     * Chooses among several keys.
     *
     * @param alias the name of the key in its PKCS#12 file or key store, or the common name of its certificate; not null
     */
    public IdentityImport key(String alias) {
        return new IdentityImport(steps, pasted, policy, Optional.of(alias));
    }

    /**
     * Stores it under a name, if the policy does not refuse.
     *
     * @param name 1 to 1024 characters; not null
     * @return installed or refused, with everything that was found
     * @throws IOException if the storage fails; nothing was changed
     */
    public ImportResult as(String name) throws IOException {
        KeyChoice.Choice choice = new KeyChoice(pasted).choose(wanted);
        if (choice instanceof KeyChoice.Nothing nothing) {
            return new ImportResult.Refused(nothing.reasons(), List.of());
        }
        return store(name, ((KeyChoice.Chosen) choice).candidate());
    }

    private ImportResult store(String name, KeyChoice.Candidate candidate) throws IOException {
        X509Certificate leaf =
                Answer.best(candidate.certificates(), certificate -> true).orElseThrow();
        CertificateChain chain = CertificateChain.assemble(leaf, pasted.certificates());
        CertifiedKey key;
        try {
            key = CertifiedKey.of(candidate.key(), chain);
        } catch (KeyMismatchException e) {
            return refused(Code.KEY_MISMATCH, e);
        } catch (IllegalArgumentException e) {
            return refused(Code.UNSUPPORTED, e);
        }
        return steps.imported(name, key, findings -> decide(key, findings));
    }

    private static ImportResult refused(Code code, Exception reason) {
        return new ImportResult.Refused(
                List.of(new IdentityFinding(code, String.valueOf(reason.getMessage()))), List.of());
    }

    private ImportResult decide(CertifiedKey key, List<IdentityFinding> ofStorage) {
        List<IdentityFinding> findings = new ArrayList<>(ofStorage);
        findings.addAll(PasteReport.of(pasted, key.chain().certificates(), 1));
        List<IdentityFinding> reasons =
                findings.stream().filter(policy::refuses).toList();
        List<IdentityFinding> warnings =
                findings.stream().filter(finding -> !policy.refuses(finding)).toList();
        return reasons.isEmpty()
                ? new ImportResult.Installed(key, warnings)
                : new ImportResult.Refused(reasons, warnings);
    }
}
