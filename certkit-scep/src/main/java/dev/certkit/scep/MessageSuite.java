package dev.certkit.scep;

/** What a message is made with. */
record MessageSuite(SigningDigest digest, ContentCipher cipher) {
    /** What RFC 8894 demands of every peer, section 2.9. */
    static final MessageSuite STANDARD = new MessageSuite(SigningDigest.SHA_256, ContentCipher.AES_128_CBC);

    /** Only for peers that are named by a quirk. */
    static final MessageSuite LEGACY = new MessageSuite(SigningDigest.SHA_1, ContentCipher.TRIPLE_DES_CBC);
}
