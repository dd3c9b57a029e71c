package dev.certkit.key;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The default choice of {@link CryptoProviders}; the reasons and figures stand in the package documentation. */
final class StandardChoice {
    private StandardChoice() {}

    static Optional<Provider> provider(String keyAlgorithm) {
        if (keyAlgorithm.equals("RSA")) {
            return Optional.empty();
        }
        if (keyAlgorithm.startsWith("ML-DSA") && MlDsaInJdk.PRESENT) {
            return Optional.empty();
        }
        return Optional.of(bouncyCastle());
    }

    static Provider bouncyCastle() {
        return BouncyCastle.INSTANCE;
    }

    /** Made when the first key needs it: a process that only uses RSA never pays for it. */
    private static final class BouncyCastle {
        private static final Provider INSTANCE = new BouncyCastleProvider();
    }

    private static final class MlDsaInJdk {
        private static final boolean PRESENT = present();

        private static boolean present() {
            try {
                Signature.getInstance("ML-DSA-65");
                return true;
            } catch (NoSuchAlgorithmException e) {
                return false;
            }
        }
    }
}
