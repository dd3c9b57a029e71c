package dev.certkit.key;

import java.security.Provider;
import java.util.List;

/** Signs with keys of tokens, each by its own session, and refuses every other key, so that the search goes on. */
final class TokenSignatures extends Provider {
    private static final long serialVersionUID = 1L;
    private static final List<String> ALGORITHMS = List.of(
            "SHA256withRSA",
            "SHA384withRSA",
            "SHA512withRSA",
            "RSASSA-PSS",
            "SHA256withECDSA",
            "SHA384withECDSA",
            "SHA512withECDSA");

    TokenSignatures() {
        super("CertkitTokens", "1", "signatures by keys of certkit's Pkcs11Token");
        ALGORITHMS.forEach(algorithm -> putService(new TokenService(this, algorithm)));
    }

    private static final class TokenService extends Service {
        TokenService(Provider provider, String algorithm) {
            super(provider, "Signature", algorithm, TokenSignature.class.getName(), null, null);
        }

        @Override
        public Object newInstance(Object parameter) {
            return new TokenSignature(getAlgorithm());
        }

        @Override
        public boolean supportsParameter(Object key) {
            return key instanceof TokenKey;
        }
    }
}
