package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.Fingerprint;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The authority that follows the present one, which vouched for it (RFC 8894, section 4.7).
 *
 * <p>Immutable and thread safe.
 */
public final class ScepRollover {
    private final ScepClient client;
    private final X509Certificate pinned;
    private final List<X509Certificate> authorities;

    private ScepRollover(ScepClient client, X509Certificate pinned, List<X509Certificate> authorities) {
        this.client = client;
        this.pinned = pinned;
        this.authorities = authorities;
    }

    /**
     * Reads what was signed by the present authority.
     *
     * @param present the client that asked
     */
    static ScepRollover of(ScepClient present, CaCertificates authority, List<X509Certificate> announced)
            throws ScepException {
        boolean below = announced.stream()
                .filter(each -> each.getBasicConstraints() >= 0)
                .anyMatch(each ->
                        PinnedPath.of(each, authority.pinned(), announced).isPresent());
        X509Certificate pinned = below
                ? authority.pinned()
                : TopAuthority.of(announced)
                        .orElseThrow(() -> ScepException.of(
                                Check.CONTENT,
                                "The SCEP server's next authority is not told by the " + announced.size()
                                        + " certificates that it sent: one must be above all others"));
        return new ScepRollover(
                present.pinned(CaPin.of(pinned, announced)),
                pinned,
                announced.stream()
                        .filter(each -> each.equals(pinned) || each.getBasicConstraints() >= 0)
                        .toList());
    }

    /** The certificates of the next authorities, as they were sent; unmodifiable. */
    public List<X509Certificate> authorities() {
        return authorities;
    }

    /** The fingerprint to pin from the change on. It is that of the same root if only authorities below it change. */
    public Fingerprint fingerprint() {
        return Fingerprint.sha256(pinned);
    }

    /** When the last of the next authorities is in office. */
    public Instant validFrom() {
        return authorities.stream()
                .map(each -> each.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * A client of the next authority at the same server, which it may ask before the change.
     *
     * <p>Requests are encrypted to the next authority, by which the server knows who is to issue.
     */
    public ScepClient client() {
        return client;
    }

    /** The fingerprint, and from when on. */
    @Override
    public String toString() {
        return "ScepRollover[" + fingerprint() + " from " + validFrom() + "]";
    }
}
