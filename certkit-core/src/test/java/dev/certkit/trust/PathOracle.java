package dev.certkit.trust;

import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Engines of other houses, which find and check paths their way. */
enum PathOracle {
    JDK {
        @Override
        CertPathBuilder builder() throws GeneralSecurityException {
            return CertPathBuilder.getInstance("PKIX");
        }
    },
    BOUNCY_CASTLE {
        @Override
        CertPathBuilder builder() throws GeneralSecurityException {
            return CertPathBuilder.getInstance("PKIX", Provider.BOUNCY_CASTLE);
        }
    };

    private static final class Provider {
        private static final java.security.Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    }

    abstract CertPathBuilder builder() throws GeneralSecurityException;

    /** Refused is also what the engine answers with an exception that nobody declared. */
    boolean trusts(ChainGraph graph) {
        try {
            List<X509Certificate> presented = readable(graph.presented());
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(graph.presented().get(0).toX509Certificate());
            Set<TrustAnchor> anchors = new HashSet<>();
            for (X509Certificate anchor : readable(graph.anchors())) {
                anchors.add(new TrustAnchor(anchor, null));
            }
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(8);
            parameters.setDate(Date.from(Holder.NOW));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(presented)));
            builder().build(parameters);
            return true;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return false;
        }
    }

    private static List<X509Certificate> readable(List<EncodedCertificate> certificates) {
        List<X509Certificate> readable = new ArrayList<>();
        for (EncodedCertificate certificate : certificates) {
            try {
                readable.add(certificate.toX509Certificate());
            } catch (IOException e) {
                // As if it had not been presented.
            }
        }
        return readable;
    }
}
