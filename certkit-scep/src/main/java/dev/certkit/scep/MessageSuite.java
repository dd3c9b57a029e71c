package dev.certkit.scep;

/** What a message is made with. */
enum MessageSuite {
    /** What RFC 8894 demands of every peer, section 2.9. */
    STANDARD(SigningDigest.SHA_256, ContentCipher.AES_128_CBC),

    /** Only for peers that are named by a quirk. */
    LEGACY(SigningDigest.SHA_1, ContentCipher.TRIPLE_DES_CBC);

    private final SigningDigest digest;
    private final ContentCipher cipher;

    MessageSuite(SigningDigest digest, ContentCipher cipher) {
        this.digest = digest;
        this.cipher = cipher;
    }

    SigningDigest digest() {
        return digest;
    }

    ContentCipher cipher() {
        return cipher;
    }
}
