package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real context of the moment: made anew once per change of a key or of what is trusted, never without one. */
final class LiveContext implements Supplier<SSLContext> {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private final List<LiveKey> keys;
    private final RealContexts contexts;
    private final AtomicBoolean trustFails = new AtomicBoolean();
    private volatile Generation current;

    /** Keys in the order of their suppliers; without a token if the policy could not be asked for one. */
    private record Generation(
            List<CertifiedKey> keys, @Nullable Long trustToken, SSLContext context) {}

    LiveContext(List<LiveKey> keys, RealContexts contexts) {
        this.keys = List.copyOf(keys);
        this.contexts = contexts;
        // Asked before the context is made: what changes meanwhile is seen next time.
        Long token = trustToken();
        List<CertifiedKey> first = this.keys.stream().map(LiveKey::first).toList();
        this.current = new Generation(first, token, contexts.with(first));
    }

    @Override
    public SSLContext get() {
        Generation now = current;
        return isUpToDate(now) ? now.context() : follow();
    }

    private boolean isUpToDate(Generation generation) {
        for (int i = 0; i < keys.size(); i++) {
            if (!keys.get(i).stays(generation.keys().get(i))) {
                return false;
            }
        }
        return isTrustUpToDate(generation, trustToken());
    }

    private boolean isTrustUpToDate(Generation generation, @Nullable Long token) {
        boolean same = token == null ? generation.trustToken() == null : token.equals(generation.trustToken());
        return same && !contexts.trust().hasExpired();
    }

    private synchronized SSLContext follow() {
        // Asked again, because another thread may have followed a later change while this one waited.
        Generation now = current;
        Long token = trustToken();
        List<CertifiedKey> next = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < keys.size(); i++) {
            CertifiedKey before = now.keys().get(i);
            next.add(keys.get(i).next(before));
            same &= LiveKey.isSame(next.get(i), before);
        }
        boolean sameTrust = isTrustUpToDate(now, token);
        if (same && sameTrust) {
            current = new Generation(next, token, now.context());
        } else {
            swap(now, new Generation(next, token, contexts.with(next)), sameTrust);
        }
        return current.context();
    }

    private void swap(Generation from, Generation to, boolean sameTrust) {
        carry(from.context().getServerSessionContext(), to.context().getServerSessionContext());
        carry(from.context().getClientSessionContext(), to.context().getClientSessionContext());
        if (!sameTrust) {
            contexts.trust().forget();
        }
        current = to;
        if (!sameTrust) {
            // A socket or engine made before must not go on with what was decided before.
            forget(from.context().getServerSessionContext());
            forget(from.context().getClientSessionContext());
            LOG.info("TLS starts new sessions only, because what is trusted has changed");
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!LiveKey.isSame(from.keys().get(i), to.keys().get(i))) {
                keys.get(i).followed(from.keys().get(i), to.keys().get(i));
            }
        }
    }

    private @Nullable Long trustToken() {
        try {
            Long token = contexts.trust().changeToken();
            if (trustFails.compareAndSet(true, false)) {
                LOG.info("TLS can ask its trust policy for changes again");
            }
            return token;
        } catch (RuntimeException e) {
            if (trustFails.compareAndSet(false, true)) {
                LOG.warn("TLS starts new sessions once, because its trust policy cannot say whether it changed", e);
            }
            return null;
        }
    }

    private static void carry(@Nullable SSLSessionContext from, @Nullable SSLSessionContext to) {
        if (from != null && to != null) {
            to.setSessionTimeout(from.getSessionTimeout());
            to.setSessionCacheSize(from.getSessionCacheSize());
        }
    }

    private static void forget(@Nullable SSLSessionContext sessions) {
        if (sessions != null) {
            for (byte[] id : Collections.list(sessions.getIds())) {
                SSLSession session = sessions.getSession(id);
                if (session != null) {
                    session.invalidate();
                }
            }
        }
    }
}
