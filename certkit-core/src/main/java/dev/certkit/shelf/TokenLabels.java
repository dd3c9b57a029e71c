package dev.certkit.shelf;

import dev.certkit.key.KeyType;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.key.TokenException;
import dev.certkit.key.TokenException.Reason;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;

/** Makes keys in a token under labels that a person recognises: the identity's name, with a number if it is taken. */
final class TokenLabels {
    /** Less than a token allows, so that a number fits behind it. */
    private static final int LONGEST = 200;

    private static final int ATTEMPTS = 1000;

    private final Pkcs11Token token;

    TokenLabels(Pkcs11Token token) {
        this.token = token;
    }

    KeyPair generate(String identity, KeyType type) throws IOException {
        String stem = stem(identity);
        List<String> taken = token.labels();
        for (int i = 1; i < ATTEMPTS; i++) {
            String label = i == 1 ? stem : stem + " " + i;
            if (!taken.contains(label)) {
                try {
                    return token.generate(label, type);
                } catch (TokenException e) {
                    if (e.reason() != Reason.LABEL_TAKEN) {
                        throw e;
                    }
                }
            }
        }
        throw new IOException("the token has " + ATTEMPTS + " keys for " + stem + "; delete those that are not used");
    }

    private static String stem(String identity) {
        String ascii = identity.replaceAll("[^ -~]", "_");
        return ascii.length() > LONGEST ? ascii.substring(0, LONGEST) : ascii;
    }
}
