package dev.certkit.scep;

import java.util.Arrays;
import java.util.Optional;

/** The ciphers of an envelope's content. Only {@link #AES_128_CBC} is ever sent without a quirk. */
enum ContentCipher {
    AES_128_CBC("2.16.840.1.101.3.4.1.2", "AES", 16, 16),
    AES_192_CBC("2.16.840.1.101.3.4.1.22", "AES", 24, 16),
    AES_256_CBC("2.16.840.1.101.3.4.1.42", "AES", 32, 16),
    TRIPLE_DES_CBC("1.2.840.113549.3.7", "DESede", 24, 8),
    /** Only ever opened, never sent. */
    SINGLE_DES_CBC("1.3.14.3.2.7", "DES", 8, 8);

    private final String oid;
    private final String jcaKey;
    private final int keyBytes;
    private final int blockBytes;

    ContentCipher(String oid, String jcaKey, int keyBytes, int blockBytes) {
        this.oid = oid;
        this.jcaKey = jcaKey;
        this.keyBytes = keyBytes;
        this.blockBytes = blockBytes;
    }

    static Optional<ContentCipher> ofOid(String oid) {
        return Arrays.stream(values()).filter(cipher -> cipher.oid.equals(oid)).findFirst();
    }

    String oid() {
        return oid;
    }

    String jcaKey() {
        return jcaKey;
    }

    String transformation() {
        return jcaKey + "/CBC/PKCS5Padding";
    }

    int keyBytes() {
        return keyBytes;
    }

    int blockBytes() {
        return blockBytes;
    }
}
