package dev.certkit.key;

import java.security.Provider;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The default choice of {@link CryptoProviders}; the reasons and figures stand in the package documentation. */
final class StandardChoice {
    private StandardChoice() {}

    /** Also ML-DSA, although newer JDKs have it: the JDK's keys forget their seed, which is what other programs read. */
    static Optional<Provider> provider(String keyAlgorithm) {
        return keyAlgorithm.equals("RSA") ? Optional.empty() : Optional.of(bouncyCastle());
    }

    static Provider bouncyCastle() {
        return BouncyCastle.INSTANCE;
    }

    /** Made when the first key needs it: a process that only uses RSA never pays for it. */
    private static final class BouncyCastle {
        private static final Provider INSTANCE = new BouncyCastleProvider();
    }
}
