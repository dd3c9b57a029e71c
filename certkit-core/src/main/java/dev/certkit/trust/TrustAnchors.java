package dev.certkit.trust;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates at which a chain may end (RFC 5280, section 6.1.1), at least one.
 *
 * <p>Usually certificates of authorities; a self-signed certificate of a device trusts just that device. Immutable and
 * thread safe.
 */
public final class TrustAnchors {
    private final List<X509Certificate> certificates;

    private TrustAnchors(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /**
     * These certificates.
     *
     * @param certificates at least one, none null; doubles are dropped
     * @throws IllegalArgumentException if there is none
     */
    public static TrustAnchors of(X509Certificate... certificates) {
        return of(Arrays.asList(certificates));
    }

    /**
     * These certificates.
     *
     * @param certificates copied; at least one, none null; doubles are dropped
     * @throws IllegalArgumentException if there is none
     */
    public static TrustAnchors of(Collection<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("certificates: none given; name at least one, or use system()");
        }
        return new TrustAnchors(List.copyOf(new LinkedHashSet<>(certificates)));
    }

    /**
     * What this Java trusts: the store named by {@code javax.net.ssl.trustStore}, or the one that the runtime brings.
     *
     * <p>Read anew at each call, which takes milliseconds: keep the value.
     *
     * @throws IllegalStateException if that store is empty or cannot be read
     */
    public static TrustAnchors system() {
        List<X509Certificate> found;
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            found = Arrays.stream(factory.getTrustManagers())
                    .flatMap(TrustAnchors::issuers)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust store of this Java cannot be read; check its installation", e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    "the trust store of this Java is empty; install its CA certificates or name your own anchors");
        }
        return of(found);
    }

    private static Stream<X509Certificate> issuers(TrustManager manager) {
        return manager instanceof X509TrustManager trusting
                ? Arrays.stream(trusting.getAcceptedIssuers())
                : Stream.empty();
    }

    /** The certificates, in the order in which they were given; unmodifiable, never empty. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** Equal are anchors with the same certificates in the same order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TrustAnchors that && certificates.equals(that.certificates);
    }

    @Override
    public int hashCode() {
        return certificates.hashCode();
    }

    /** How many they are. */
    @Override
    public String toString() {
        return certificates.size() == 1 ? "1 trust anchor" : certificates.size() + " trust anchors";
    }
}
