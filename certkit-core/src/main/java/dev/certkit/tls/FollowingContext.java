package dev.certkit.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An ordinary context to the outside; whatever is asked of it is asked of the real context of the moment. */
final class FollowingContext extends SSLContext {
    private FollowingContext(Supplier<SSLContext> current, SSLContext first) {
        super(new Spi(current), first.getProvider(), first.getProtocol());
    }

    static FollowingContext of(Supplier<SSLContext> current) {
        return new FollowingContext(current, current.get());
    }

    private static final class Spi extends SSLContextSpi {
        private final Supplier<SSLContext> current;

        Spi(Supplier<SSLContext> current) {
            this.current = current;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException(
                    "a context made by TlsContext is complete; it cannot be initialised again");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new FollowingSocketFactory(current);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return new FollowingServerSocketFactory(current);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return SafeDefaults.on(current.get().createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return SafeDefaults.on(current.get().createSSLEngine(host, port));
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.get().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return SafeDefaults.on(current.get().getDefaultSSLParameters());
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return SafeDefaults.on(current.get().getSupportedSSLParameters());
        }
    }
}
