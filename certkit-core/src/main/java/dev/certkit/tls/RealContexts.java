package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes contexts of the JDK, all with one trust. */
final class RealContexts {
    private final PolicyTrust trust;

    RealContexts(PolicyTrust trust) {
        this.trust = trust;
    }

    PolicyTrust trust() {
        return trust;
    }

    SSLContext with(List<CertifiedKey> keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] managers = keys.isEmpty() ? new KeyManager[0] : new KeyManager[] {PresentedKeys.of(keys)};
            context.init(managers, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a TLS context", e);
        }
    }
}
