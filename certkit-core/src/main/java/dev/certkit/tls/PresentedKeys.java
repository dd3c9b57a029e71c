package dev.certkit.tls;

import dev.certkit.identity.CertifiedKey;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one moment, the default one first; chosen by the name that a client asks for, and by the kind of key.
 *
 * <p>Java's TLS asks for one kind after the other, in the order that the client likes.
 */
final class PresentedKeys extends X509ExtendedKeyManager {
    private final Map<String, PresentedKey> byAlias = new LinkedHashMap<>();

    private PresentedKeys() {}

    static PresentedKeys of(List<CertifiedKey> keys) {
        PresentedKeys all = new PresentedKeys();
        for (CertifiedKey key : keys) {
            all.byAlias.put("certkit-" + all.byAlias.size(), new PresentedKey(key));
        }
        return all;
    }

    private Stream<Map.Entry<String, PresentedKey>> where(Predicate<PresentedKey> condition) {
        return byAlias.entrySet().stream().filter(entry -> condition.test(entry.getValue()));
    }

    private @Nullable String serverAlias(String keyType, Handshake handshake) {
        List<Map.Entry<String, PresentedKey>> fitting = fitting(handshake.serverName());
        List<String> signatures = handshake.peerSignatures();
        boolean served = fitting.stream().anyMatch(entry -> entry.getValue().canServe(signatures));
        // To show a certificate of another name is better than nothing: it tells a person what is wrong.
        Stream<Map.Entry<String, PresentedKey>> choice = served ? fitting.stream() : where(any -> true);
        return choice.filter(entry -> entry.getValue().type().equals(keyType))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** The keys with this name, or else the default one and those that may stand in for it. */
    private List<Map.Entry<String, PresentedKey>> fitting(Optional<String> host) {
        List<Map.Entry<String, PresentedKey>> named = host.stream()
                .flatMap(name -> Stream.concat(
                        where(key -> key.isNamed(name)),
                        where(key -> !key.isNamed(name) && key.isNamedByWildcard(name))))
                .toList();
        PresentedKey first = byAlias.values().iterator().next();
        return named.isEmpty()
                ? where(key -> key == first || key.hasAllNamesOf(first)).toList()
                : named;
    }

    private @Nullable String clientAlias(String[] keyTypes, Principal @Nullable [] issuers) {
        return Arrays.stream(keyTypes)
                .flatMap(type -> where(key -> key.type().equals(type) && key.isIssuedByOneOf(issuers)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return serverAlias(keyType, Handshake.on(engine));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return serverAlias(keyType, Handshake.on(socket));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return clientAlias(keyTypes, issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return clientAlias(keyTypes, issuers);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return where(key -> key.type().equals(keyType)).map(Map.Entry::getKey).toArray(String[]::new);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return where(key -> key.type().equals(keyType) && key.isIssuedByOneOf(issuers))
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        PresentedKey key = byAlias.get(alias);
        return key == null ? null : key.chain();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        PresentedKey key = byAlias.get(alias);
        return key == null ? null : key.privateKey();
    }
}
