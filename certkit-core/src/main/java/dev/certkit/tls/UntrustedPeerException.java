package dev.certkit.tls;

import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A TLS handshake was ended because the peer's certificate is not trusted; the verdict says everything that is wrong.
 *
 * <p>Java's TLS wraps it in an {@link javax.net.ssl.SSLHandshakeException}, and HTTP clients wrap that once more: find it
 * with {@link #in}. Its cause chooses the alert that the peer gets (RFC 8446, section 6.2). The facts do not survive
 * serialization.
 */
public final class UntrustedPeerException extends CertificateException {
    private static final long serialVersionUID = 1L;

    /** Reasons that have an alert of their own; others make certificate_unknown. */
    private static final Map<TrustCode, Reason> ALERTS = alerts();

    private static final int DEEPEST = 50;

    private final transient TrustVerdict.Untrusted verdict;
    private final transient Optional<Peer> peer;

    private static Map<TrustCode, Reason> alerts() {
        Map<TrustCode, Reason> alerts = new EnumMap<>(TrustCode.class);
        alerts.put(TrustCode.REVOKED, BasicReason.REVOKED);
        alerts.put(TrustCode.EXPIRED, BasicReason.EXPIRED);
        alerts.put(TrustCode.NOT_YET_VALID, BasicReason.NOT_YET_VALID);
        alerts.put(TrustCode.BAD_SIGNATURE, BasicReason.INVALID_SIGNATURE);
        alerts.put(TrustCode.WEAK_SIGNATURE, BasicReason.ALGORITHM_CONSTRAINED);
        alerts.put(TrustCode.WEAK_KEY, BasicReason.ALGORITHM_CONSTRAINED);
        return alerts;
    }

    UntrustedPeerException(TrustVerdict.Untrusted verdict, Optional<Peer> peer) {
        super(message(verdict, peer), cause(verdict));
        this.verdict = verdict;
        this.peer = peer;
    }

    private static String message(TrustVerdict.Untrusted verdict, Optional<Peer> peer) {
        TrustReason first = verdict.reasons().get(0);
        return peer.map(Peer::toString).orElse("the client") + " is not trusted: " + verdict + "; " + first.remedy();
    }

    private static @Nullable CertPathValidatorException cause(TrustVerdict.Untrusted verdict) {
        return verdict.reasons().stream()
                .filter(reason -> ALERTS.containsKey(reason.code()))
                .findFirst()
                .map(reason -> new CertPathValidatorException(
                        reason.text(), null, null, -1, ALERTS.getOrDefault(reason.code(), BasicReason.UNSPECIFIED)))
                .orElse(null);
    }

    /** Every reason against the peer, with its facts. */
    public TrustVerdict.Untrusted verdict() {
        return verdict;
    }

    /** Whom the connection was to; empty for a client that presented a certificate, or if nobody said the name. */
    public Optional<Peer> peer() {
        return peer;
    }

    /**
     * Finds it among the causes of what a connection threw.
     *
     * @param failure an {@code IOException} of a socket or of an HTTP client, for example; not null
     * @return empty if trust was not the problem
     */
    public static Optional<UntrustedPeerException> in(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof UntrustedPeerException found) {
                return Optional.of(found);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
