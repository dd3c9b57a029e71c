package dev.certkit.shelf;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificateDetails;
import dev.certkit.shelf.IdentityFinding.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of a certificate before it is used. */
final class CertificateChecks {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_CURVE_BITS = 224;

    private final CertificateDetails leaf;
    private final String shown;
    private final List<IdentityFinding> findings = new ArrayList<>();

    private CertificateChecks(CertificateChain chain) {
        this.leaf = CertificateDetails.of(chain.leaf());
        this.shown = "the certificate of " + leaf.subject();
    }

    static List<IdentityFinding> of(CertificateChain chain, Instant now) {
        CertificateChecks checks = new CertificateChecks(chain);
        checks.purpose();
        checks.time(now);
        checks.strength();
        checks.issuers(chain);
        return checks.findings;
    }

    private void purpose() {
        if (leaf.isAuthority()) {
            add(
                    Code.AUTHORITY,
                    " has the authority attribute: its key may sign certificates for any name;"
                            + " use a certificate that was issued for this device");
        }
        if (leaf.subjectAlternativeNames().isEmpty()) {
            add(
                    Code.NO_ALTERNATIVE_NAME,
                    " has no subject alternative name; TLS clients look for nothing else (RFC 9525)");
        }
    }

    private void time(Instant now) {
        if (now.isAfter(leaf.notAfter())) {
            add(Code.EXPIRED, " expired at " + leaf.notAfter() + ", it is " + now + "; renew it");
        } else if (now.isBefore(leaf.notBefore())) {
            add(
                    Code.NOT_YET_VALID,
                    " is not valid before " + leaf.notBefore() + ", it is " + now + "; check the clock, or wait");
        }
    }

    private void strength() {
        int least = leaf.publicKey().algorithm().startsWith("RSA") ? MIN_RSA_BITS : MIN_CURVE_BITS;
        if (leaf.publicKey().sizeBits().orElse(least) < least) {
            add(Code.WEAK_KEY, " has a weak key, " + leaf.publicKey() + "; " + least + " bits are the least");
        }
        if (leaf.isWeaklySigned()) {
            add(Code.WEAK_HASH, " is signed with " + leaf.signatureAlgorithm() + ", which is broken; have it reissued");
        }
    }

    private void issuers(CertificateChain chain) {
        if (leaf.isSelfSigned()) {
            add(Code.SELF_SIGNED, " is self-signed: nobody trusts it who does not know it");
        } else {
            chain.gap()
                    .ifPresent(gap -> findings.add(
                            new IdentityFinding(Code.CHAIN_GAP, gap + "; add it so that peers find the way")));
        }
    }

    private void add(Code code, String text) {
        findings.add(new IdentityFinding(code, shown + text));
    }
}
