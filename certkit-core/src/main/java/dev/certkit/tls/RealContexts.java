package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes contexts of the JDK, all with one trust. */
final class RealContexts {
    private final AnchoredTrust trust;

    RealContexts(AnchoredTrust trust) {
        this.trust = trust;
    }

    /** Made and tried in a handshake; what fails says that the key cannot serve. */
    SSLContext with(CertifiedKey key) throws GeneralSecurityException, IOException {
        SSLContext context = make(new PresentedKey(key));
        TrialHandshake.of(context, key.chain().leaf()).run();
        return context;
    }

    SSLContext withoutKey() {
        try {
            return make();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a TLS context", e);
        }
    }

    private SSLContext make(KeyManager... keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trust}, null);
        return context;
    }
}
