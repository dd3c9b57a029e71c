package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One key with its chain, never changed: no handshake can see the key of one renewal and the chain of another. */
final class PresentedKey {
    private final PrivateKey key;
    private final X509Certificate[] chain;
    private final Set<GeneralName> names;

    PresentedKey(CertifiedKey certified) {
        this.chain = certified.chain().certificates().toArray(X509Certificate[]::new);
        this.key = forTheJdk(certified.privateKey(), type());
        this.names = names(chain[0]);
    }

    /** SunJSSE tells keys apart by names and classes of the JDK; a key that leaves no token is read anew by its factory. */
    static PrivateKey forTheJdk(PrivateKey key, String type) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return key;
        }
        try {
            return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            // What the JDK does not know at all is refused by the trial handshake, with a better reason.
            return key;
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static Set<GeneralName> names(X509Certificate leaf) {
        try {
            return Set.copyOf(
                    CertificateExtensions.of(EncodedCertificate.of(leaf)).subjectAlternativeNames());
        } catch (IOException e) {
            return Set.of();
        }
    }

    PrivateKey privateKey() {
        return key;
    }

    X509Certificate[] chain() {
        return chain.clone();
    }

    /** The algorithm of the key as Java's TLS names it: RSA, EC, EdDSA. */
    String type() {
        return chain[0].getPublicKey().getAlgorithm();
    }

    boolean isNamed(String host) {
        return names.stream()
                .anyMatch(name ->
                        name instanceof GeneralName.Dns dns && dns.host().equalsIgnoreCase(host));
    }

    /** A wildcard stands for the whole leftmost label (RFC 9525, section 6.3). */
    boolean isNamedByWildcard(String host) {
        int dot = host.indexOf('.');
        return dot > 0 && isNamed("*" + host.substring(dot));
    }

    /** Whether it can stand in for another without a name being missed. */
    boolean hasAllNamesOf(PresentedKey other) {
        return names.containsAll(other.names) && names.isEmpty() == other.names.isEmpty();
    }

    /** Whether these signatures, by their JCA names, are made with keys of its kind. */
    boolean canServe(List<String> signatures) {
        return signatures.isEmpty() || signatures.stream().anyMatch(name -> suits(name.toUpperCase(Locale.ROOT)));
    }

    private boolean suits(String signature) {
        return switch (type()) {
            case "RSA" -> signature.endsWith("WITHRSA") || signature.contains("RSASSA-PSS");
            case "EC" -> signature.contains("ECDSA");
            default -> signature.startsWith("ED");
        };
    }

    /** A certificate that the server did not ask for would end a handshake that works without any (RFC 5246, 7.4.4). */
    boolean isIssuedByOneOf(Principal @Nullable [] issuers) {
        if (issuers == null || issuers.length == 0) {
            return true;
        }
        Set<Principal> wanted = Set.copyOf(Arrays.asList(issuers));
        return Arrays.stream(chain).map(X509Certificate::getIssuerX500Principal).anyMatch(wanted::contains);
    }
}
