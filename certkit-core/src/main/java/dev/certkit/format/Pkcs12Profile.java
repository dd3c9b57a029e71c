package dev.certkit.format;

/** For whom a PKCS#12 file is written: which ciphers, how many rounds, and what it may hold. */
public enum Pkcs12Profile {
    /**
     * For everything current: AES-256-CBC under PBES2 with PBKDF2 and HMAC-SHA256, checksum HMAC-SHA256.
     *
     * <p>100,000 rounds each. Read by OpenSSL 1.1 and later, Java 8u301, 11.0.12 and later, GnuTLS, NSS, Windows Server 2019 and later.
     */
    MODERN(100_000, Ciphers.CURRENT),

    /**
     * A key store for Java: as {@link #MODERN}, and each certificate without a key is marked as trusted.
     *
     * <p>Without the mark, see {@link #TRUST_ONLY}, Java does not show such a certificate.
     */
    KEY_STORE(100_000, Ciphers.CURRENT),

    /**
     * A legacy form for Java before 8u301 and for old devices: triple DES, checksum SHA-1, 2,048 rounds.
     *
     * <p>Its passphrase can be tried a hundred times faster than that of {@link #MODERN}.
     */
    JAVA8(2_048, Ciphers.LEGACY),

    /**
     * The legacy form that Windows Server 2012 and 2016 import: triple DES, checksum SHA-1, 2,000 rounds as Windows writes.
     *
     * <p>As weak as {@link #JAVA8}.
     */
    LEGACY_WINDOWS(2_000, Ciphers.LEGACY),

    /**
     * A trust store for Java: certificates only, each marked as trusted; ciphers as in {@link #MODERN}, 10,000 rounds.
     *
     * <p>The mark is the attribute 2.16.840.1.113894.746875.1.1, without which Java takes a certificate without a key for
     * a part of somebody's chain.
     */
    TRUST_ONLY(10_000, Ciphers.CURRENT);

    private final int rounds;
    private final Ciphers ciphers;

    Pkcs12Profile(int rounds, Ciphers ciphers) {
        this.rounds = rounds;
        this.ciphers = ciphers;
    }

    int rounds() {
        return rounds;
    }

    /** Whether certificates without a key get Java's mark. */
    boolean marksTrusted() {
        return this == KEY_STORE || this == TRUST_ONLY;
    }

    boolean isLegacy() {
        return ciphers == Ciphers.LEGACY;
    }

    private enum Ciphers {
        CURRENT,
        LEGACY
    }
}
