package dev.certkit.format;

import dev.certkit.internal.der.Der;

/** Encrypted octets with the AlgorithmIdentifier that says how. */
final class SealedContent {
    private final byte[] algorithm;
    private final byte[] encrypted;

    SealedContent(byte[] algorithm, byte[] encrypted) {
        this.algorithm = algorithm;
        this.encrypted = encrypted;
    }

    byte[] algorithm() {
        return algorithm;
    }

    byte[] encrypted() {
        return encrypted;
    }

    /** EncryptedPrivateKeyInfo (RFC 5958, 3). */
    byte[] asKeyInfo() {
        return Der.sequence(algorithm, Der.octetString(encrypted));
    }
}
