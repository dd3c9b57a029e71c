package dev.certkit.tls;

import dev.certkit.trust.TrustAnchors;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's PKIX over the given anchors; without any, the system's for servers and nobody for clients. */
final class AnchoredTrust extends X509ExtendedTrustManager {
    private final @Nullable TrustAnchors anchors;
    private volatile @Nullable X509ExtendedTrustManager pkix;

    AnchoredTrust(@Nullable TrustAnchors anchors) {
        this.anchors = anchors;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        pkix().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        pkix().checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        pkix().checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        X509ExtendedTrustManager check = forClients();
        if (!(socket instanceof SSLSocket tls)) {
            check.checkClientTrusted(chain, authType, socket);
            return;
        }
        SSLParameters named = tls.getSSLParameters();
        try {
            tls.setSSLParameters(withAlgorithm(tls.getSSLParameters(), ""));
            check.checkClientTrusted(chain, authType, socket);
        } finally {
            tls.setSSLParameters(named);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        X509ExtendedTrustManager check = forClients();
        SSLParameters named = engine.getSSLParameters();
        try {
            engine.setSSLParameters(withAlgorithm(engine.getSSLParameters(), ""));
            check.checkClientTrusted(chain, authType, engine);
        } finally {
            engine.setSSLParameters(named);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        forClients().checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors == null ? new X509Certificate[0] : anchors.certificates().toArray(X509Certificate[]::new);
    }

    private X509ExtendedTrustManager forClients() throws CertificateException {
        if (anchors == null) {
            throw new CertificateException("a client presented a certificate, but this TLS context has no anchors to "
                    + "check it against; make it with TlsContext.trusting(...)");
        }
        return pkix();
    }

    private static SSLParameters withAlgorithm(SSLParameters parameters, String algorithm) {
        parameters.setEndpointIdentificationAlgorithm(algorithm);
        return parameters;
    }

    private X509ExtendedTrustManager pkix() {
        X509ExtendedTrustManager made = pkix;
        return made != null ? made : make();
    }

    private synchronized X509ExtendedTrustManager make() {
        X509ExtendedTrustManager made = pkix;
        if (made == null) {
            made = over(anchors == null ? TrustAnchors.system() : anchors);
            pkix = made;
        }
        return made;
    }

    private static X509ExtendedTrustManager over(TrustAnchors anchors) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate anchor : anchors.certificates()) {
                store.setCertificateEntry("anchor " + store.size(), anchor);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("this Java's PKIX has no extended trust manager"));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot check chains against " + anchors, e);
        }
    }
}
