package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One supplier of a key: asks it, tries what is new, and refuses what cannot serve. */
final class LiveKey {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Supplier<CertifiedKey> source;
    private final Clock clock;
    private final Consumer<? super KeyChange> listener;
    private final AtomicBoolean sourceFails = new AtomicBoolean();
    private volatile @Nullable Refusal refusal;

    /** A key that is not looked at again before a time. */
    private record Refusal(CertifiedKey key, Instant from, Instant until) {
        boolean holds(CertifiedKey offered, Instant now) {
            return isOf(offered) && !now.isBefore(from) && now.isBefore(until);
        }

        boolean isOf(CertifiedKey offered) {
            return isSame(offered, key);
        }
    }

    LiveKey(Supplier<CertifiedKey> source, Clock clock, Consumer<? super KeyChange> listener) {
        this.source = source;
        this.clock = clock;
        this.listener = listener;
    }

    static boolean isSame(CertifiedKey one, CertifiedKey other) {
        return one == other || one.chain().equals(other.chain());
    }

    CertifiedKey first() {
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
            TrialHandshake.with(key);
            return key;
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

    /** Whether there is nothing to follow; quick. */
    boolean stays(CertifiedKey presented) {
        CertifiedKey offered = offered(presented);
        Refusal last = refusal;
        return offered == presented || (last != null && last.holds(offered, clock.instant()));
    }

    /** What is to be presented: the new key if it can serve, else the one presented so far. One caller at a time. */
    CertifiedKey next(CertifiedKey presented) {
        CertifiedKey offered = offered(presented);
        Refusal last = refusal;
        Instant now = clock.instant();
        if (isSame(offered, presented) || (last != null && last.holds(offered, now))) {
            return isSame(offered, presented) ? offered : presented;
        }
        try {
            Validity validity = offered.chain().validity();
            if (!validity.contains(now) && presented.chain().validity().contains(now)) {
                Instant until = now.isBefore(validity.notBefore()) ? validity.notBefore() : now.plus(PATIENCE);
                String reason = "it is valid only from " + validity.notBefore() + " to " + validity.notAfter();
                refuse(new Refusal(offered, now, until), presented, reason, null);
                return presented;
            }
            TrialHandshake.with(offered);
            return offered;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            refuse(new Refusal(offered, now, now.plus(PATIENCE)), presented, "its key cannot serve in TLS", e);
            return presented;
        }
    }

    private void refuse(Refusal refused, CertifiedKey presented, String reason, @Nullable Exception cause) {
        Refusal last = refusal;
        refusal = refused;
        if (last == null || !last.isOf(refused.key())) {
            kept(presented, Optional.of(refused.key().chain().fingerprint()), reason, cause);
        }
    }

    /** Says that the next key is presented now. */
    void followed(CertifiedKey before, CertifiedKey next) {
        refusal = null;
        KeyChange change = new KeyChange.Followed(
                next.chain().fingerprint(), before.chain().fingerprint());
        LOG.info("{}", change);
        tell(change);
    }

    private CertifiedKey offered(CertifiedKey presented) {
        try {
            CertifiedKey key = source.get();
            if (key == null) {
                sourceFailed(presented, null);
                return presented;
            }
            if (sourceFails.compareAndSet(true, false)) {
                LOG.info("TLS can ask for its key again");
            }
            return key;
        } catch (RuntimeException e) {
            sourceFailed(presented, e);
            return presented;
        }
    }

    private void sourceFailed(CertifiedKey presented, @Nullable RuntimeException cause) {
        if (sourceFails.compareAndSet(false, true)) {
            kept(presented, Optional.empty(), "the supplier of the key fails or gives null", cause);
        }
    }

    private void kept(CertifiedKey presented, Optional<Fingerprint> refused, String reason, @Nullable Exception cause) {
        KeyChange change =
                new KeyChange.Kept(presented.chain().fingerprint(), refused, reason, Optional.ofNullable(cause));
        LOG.warn("{}", change, cause);
        tell(change);
    }

    private void tell(KeyChange change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("the listener for changes of the key failed", e);
        }
    }
}
