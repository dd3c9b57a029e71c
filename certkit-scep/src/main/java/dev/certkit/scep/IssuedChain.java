package dev.certkit.scep;

import dev.certkit.identity.CertificateChain;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The certificates in a successful answer: one is for our key, is proved to the pinned authority, and in time. */
final class IssuedChain {
    private final CaCertificates authority;
    private final Instant now;

    IssuedChain(CaCertificates authority, Instant now) {
        this.authority = authority;
        this.now = now;
    }

    /**
     * The chain of the certificate that was asked for.
     *
     * @param content what was in the envelope
     */
    CertificateChain of(ClientTransaction transaction, byte[] content) throws ScepException {
        List<X509Certificate> received = CertsOnly.decode(content);
        if (received.isEmpty()) {
            throw ScepException.of(Check.CONTENT, "The SCEP server says that it issued a certificate, and sent none");
        }
        X509Certificate issued = ours(transaction.pending().request().publicKey(), received);
        PinnedPath path = proved(issued, received);
        Optional<X509Certificate> outOfTime = path.outOfTime(now);
        if (outOfTime.isPresent()) {
            throw outOfTime(outOfTime.get());
        }
        if (transaction.current().map(current -> current.chain().leaf()).equals(Optional.of(issued))) {
            throw ScepException.of(
                    Check.RENEWED,
                    "The SCEP server answered the renewal with the certificate that was to be renewed; some do so as long"
                            + " as the key is the same, so renew with a new key");
        }
        return path.chain();
    }

    /** A path from a certificate to the pinned one, through what was received and what is known. */
    PinnedPath proved(X509Certificate certificate, List<X509Certificate> received) throws ScepException {
        Optional<PinnedPath> direct = PinnedPath.direct(certificate, authority.pinned());
        if (direct.isPresent()) {
            return direct.get();
        }
        List<X509Certificate> pool = Stream.concat(authority.authorities().stream(), received.stream())
                .toList();
        return PinnedPath.of(certificate, authority.pinned(), pool)
                .filter(found -> !found.chain().leaf().equals(authority.pinned()))
                .orElseThrow(() -> ScepException.of(
                        Check.CERTIFICATE_CHAIN,
                        "The certificate received was not issued under the authority that was pinned, but by "
                                + Shown.of(DistinguishedName.of(certificate.getIssuerX500Principal()))));
    }

    /** Found by the key, wherever it stands: servers add their own certificates, and sets are sorted (trap 27). */
    private static X509Certificate ours(PublicKey key, List<X509Certificate> received) throws ScepException {
        return received.stream()
                .filter(each -> Arrays.equals(each.getPublicKey().getEncoded(), key.getEncoded()))
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .orElseThrow(() -> ScepException.of(
                        Check.CERTIFICATE_KEY,
                        "None of the " + received.size() + " certificates received is for the key that was sent"));
    }

    private ScepException outOfTime(X509Certificate certificate) {
        return ScepException.of(
                Check.CERTIFICATE_VALIDITY,
                "The certificate of " + Shown.of(DistinguishedName.of(certificate.getSubjectX500Principal()))
                        + " is valid from "
                        + certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant() + ", not at " + now
                        + "; check this clock and the server's");
    }
}
