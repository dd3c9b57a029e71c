package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real context of the moment: made anew once per change of the key, never without one. */
final class LiveContext implements Supplier<SSLContext> {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Supplier<CertifiedKey> source;
    private final RealContexts contexts;
    private final Clock clock;
    private final AtomicBoolean sourceFails = new AtomicBoolean();
    private volatile Generation current;
    private volatile @Nullable Refusal refusal;

    private record Generation(CertifiedKey key, SSLContext context) {}

    /** A key that is not looked at again before a time. */
    private record Refusal(CertifiedKey key, Instant from, Instant until) {
        boolean holds(CertifiedKey offered, Instant now) {
            return isOf(offered) && !now.isBefore(from) && now.isBefore(until);
        }

        boolean isOf(CertifiedKey offered) {
            return same(offered, key);
        }
    }

    LiveContext(Supplier<CertifiedKey> source, RealContexts contexts, Clock clock) {
        this.source = source;
        this.contexts = contexts;
        this.clock = clock;
        this.current = first();
    }

    private Generation first() {
        CertifiedKey key;
        try {
            key = source.get();
        } catch (RuntimeException e) {
            throw new IllegalStateException("key: the supplier has none to begin with", e);
        }
        if (key == null) {
            throw new IllegalStateException("key: the supplier has none to begin with, it gave null");
        }
        try {
            return new Generation(key, contexts.with(key));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "key: the " + key.privateKey().getAlgorithm() + " key of certificate "
                            + key.chain().fingerprint() + " cannot serve in TLS on this Java; " + remedy(key),
                    e);
        }
    }

    /** The JDK's TLS takes signatures from registered providers only, and a library must not register one. */
    private static String remedy(CertifiedKey key) {
        return key.privateKey().getFormat() == null
                ? "if it lives in a Pkcs11Token, call Security.addProvider(Pkcs11Token.signatures()) once before"
                : "take another key type";
    }

    @Override
    public SSLContext get() {
        Generation now = current;
        CertifiedKey offered = offered();
        if (offered == null || offered == now.key()) {
            return now.context();
        }
        Refusal last = refusal;
        if (last != null && last.holds(offered, clock.instant())) {
            return now.context();
        }
        return follow();
    }

    private synchronized SSLContext follow() {
        // Asked again, because another thread may have followed a later key while this one waited.
        CertifiedKey offered = offered();
        Generation now = current;
        if (offered == null) {
            return now.context();
        }
        if (same(offered, now.key())) {
            current = new Generation(offered, now.context());
            return now.context();
        }
        Refusal last = refusal;
        if (last == null || !last.holds(offered, clock.instant())) {
            change(now, offered);
        }
        return current.context();
    }

    private void change(Generation from, CertifiedKey to) {
        Instant now = clock.instant();
        try {
            Validity validity = to.chain().validity();
            if (!validity.contains(now) && from.key().chain().validity().contains(now)) {
                Instant until = now.isBefore(validity.notBefore()) ? validity.notBefore() : now.plus(PATIENCE);
                String reason = "it is valid only from " + validity.notBefore() + " to " + validity.notAfter();
                refuse(new Refusal(to, now, until), reason, null);
            } else {
                present(from, new Generation(to, contexts.with(to)));
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            refuse(new Refusal(to, now, now.plus(PATIENCE)), "its key cannot serve in TLS", e);
        }
    }

    private void present(Generation from, Generation next) {
        carry(from.context().getServerSessionContext(), next.context().getServerSessionContext());
        carry(from.context().getClientSessionContext(), next.context().getClientSessionContext());
        current = next;
        refusal = null;
        LOG.info("TLS presents certificate {} from now on", next.key().chain().fingerprint());
    }

    private void refuse(Refusal refused, String reason, @Nullable Exception cause) {
        Refusal last = refusal;
        refusal = refused;
        if (last == null || !last.isOf(refused.key())) {
            LOG.warn(
                    "TLS goes on with certificate {}: the new one, {}, is refused because {}",
                    current.key().chain().fingerprint(),
                    refused.key().chain().fingerprint(),
                    reason,
                    cause);
        }
    }

    private @Nullable CertifiedKey offered() {
        try {
            CertifiedKey key = source.get();
            if (key == null) {
                sourceFailed(null);
            } else if (sourceFails.compareAndSet(true, false)) {
                LOG.info("TLS can ask for its key again");
            }
            return key;
        } catch (RuntimeException e) {
            sourceFailed(e);
            return null;
        }
    }

    private void sourceFailed(@Nullable RuntimeException cause) {
        if (sourceFails.compareAndSet(false, true)) {
            LOG.warn(
                    "TLS goes on with certificate {}: the supplier of its key fails or gives null",
                    current.key().chain().fingerprint(),
                    cause);
        }
    }

    private static boolean same(CertifiedKey one, CertifiedKey other) {
        return one == other || one.chain().equals(other.chain());
    }

    private static void carry(@Nullable SSLSessionContext from, @Nullable SSLSessionContext to) {
        if (from != null && to != null) {
            to.setSessionTimeout(from.getSessionTimeout());
            to.setSessionCacheSize(from.getSessionCacheSize());
        }
    }
}
