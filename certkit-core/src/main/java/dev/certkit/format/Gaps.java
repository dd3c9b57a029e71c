package dev.certkit.format;

import dev.certkit.format.KeyMatch.Answer;
import dev.certkit.x509.DistinguishedName;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** What an input lacks of keys, certificates and issuers; names are compared, and keys are matched with certificates. */
final class Gaps {
    private static final int NO_AUTHORITY = -1;

    private final List<PrivateKey> keys;
    private final List<X509Certificate> certificates;
    private final KeyMatch match = new KeyMatch();
    private final List<Pasted.Missing> missing = new ArrayList<>();

    private Gaps(Pasted pasted) {
        this.keys = pasted.privateKeys();
        this.certificates = pasted.certificates();
    }

    static List<Pasted.Missing> of(Pasted pasted) {
        Gaps gaps = new Gaps(pasted);
        gaps.certificates();
        gaps.keys();
        gaps.issuers();
        return List.copyOf(gaps.missing);
    }

    private void certificates() {
        for (int i = 0; i < keys.size(); i++) {
            PrivateKey key = keys.get(i);
            if (certificates.stream().allMatch(each -> match.of(key, each) == Answer.NO)) {
                missing.add(new Pasted.Missing(
                        Pasted.Part.CERTIFICATE, "private key " + (i + 1) + ", " + key.getAlgorithm()));
            }
        }
    }

    private void keys() {
        for (X509Certificate each : certificates) {
            boolean isForAnEnd = each.getBasicConstraints() == NO_AUTHORITY;
            if (isForAnEnd && keys.stream().allMatch(key -> match.of(key, each) == Answer.NO)) {
                missing.add(new Pasted.Missing(Pasted.Part.PRIVATE_KEY, shown(each.getSubjectX500Principal())));
            }
        }
    }

    private void issuers() {
        Set<X500Principal> subjects = new HashSet<>();
        certificates.forEach(each -> subjects.add(each.getSubjectX500Principal()));
        Set<X500Principal> issuers = new LinkedHashSet<>();
        certificates.forEach(each -> issuers.add(each.getIssuerX500Principal()));
        issuers.removeAll(subjects);
        issuers.forEach(each -> missing.add(new Pasted.Missing(Pasted.Part.ISSUER, shown(each))));
    }

    private static String shown(X500Principal name) {
        return DistinguishedName.of(name).toString();
    }
}
