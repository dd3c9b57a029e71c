package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** One key with its chain, never changed: no handshake can see the key of one renewal and the chain of another. */
final class PresentedKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "certkit";

    private final PrivateKey key;
    private final X509Certificate[] chain;

    PresentedKey(CertifiedKey certified) {
        this.chain = certified.chain().certificates().toArray(X509Certificate[]::new);
        this.key = forTheJdk(certified.privateKey(), type());
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

    private String type() {
        return chain[0].getPublicKey().getAlgorithm();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return type().equals(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return Arrays.asList(keyTypes).contains(type()) && isIssuedByOneOf(issuers) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    /** A certificate that the server did not ask for would end a handshake that works without any (RFC 5246, 7.4.4). */
    private boolean isIssuedByOneOf(Principal @Nullable [] issuers) {
        if (issuers == null || issuers.length == 0) {
            return true;
        }
        Set<Principal> wanted = Set.copyOf(Arrays.asList(issuers));
        return Arrays.stream(chain).map(X509Certificate::getIssuerX500Principal).anyMatch(wanted::contains);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return type().equals(keyType) ? new String[] {ALIAS} : new String[0];
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return type().equals(keyType) && isIssuedByOneOf(issuers) ? new String[] {ALIAS} : new String[0];
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return ALIAS.equals(alias) ? chain.clone() : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return ALIAS.equals(alias) ? key : null;
    }
}
