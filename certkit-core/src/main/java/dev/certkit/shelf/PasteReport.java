package dev.certkit.shelf;

import dev.certkit.format.Pasted;
import dev.certkit.shelf.IdentityFinding.Code;
import dev.certkit.x509.DistinguishedName;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What of a paste was not used, and why. */
final class PasteReport {
    private PasteReport() {}

    /** The rest of a paste of which a chain and as many keys were used. */
    static List<IdentityFinding> of(Pasted pasted, List<X509Certificate> chain, int usedKeys) {
        List<IdentityFinding> findings = new ArrayList<>();
        for (X509Certificate certificate : pasted.certificates()) {
            if (!chain.contains(certificate)) {
                findings.add(unused("the certificate of "
                        + DistinguishedName.of(certificate.getSubjectX500Principal())
                        + " is no part of the chain and was left out"));
            }
        }
        int keys = pasted.privateKeys().size() - usedKeys;
        if (keys > 0) {
            findings.add(unused(keys + (keys == 1 ? " private key was" : " private keys were") + " left out"));
        }
        pasted.locked().forEach(note -> findings.add(unused(note.toString())));
        pasted.strays().forEach(note -> findings.add(unused(note.toString())));
        if (pasted.duplicates() > 0) {
            findings.add(new IdentityFinding(
                    Code.DUPLICATE, "items that came more than once: " + pasted.duplicates() + "; each was used once"));
        }
        return findings;
    }

    private static IdentityFinding unused(String text) {
        return new IdentityFinding(Code.UNUSED, text);
    }
}
