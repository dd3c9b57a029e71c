package dev.certkit.format;

import dev.certkit.key.CryptoProviders;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of an untrusted input is looked at, checked before the work is done.
 *
 * <p>What exceeds a limit is refused with the {@linkplain MalformedEncodingException#exceededLimit() name of the method}
 * that raises it. Text around PEM blocks and the length of lines have no limit of their own: all text is gone through a
 * fixed number of times, and counts towards the octets. Immutable and thread safe. Each method that changes a limit throws {@link
 * IllegalArgumentException} if it is not positive.
 */
public final class DecodingLimits {
    private static final int DEEPEST = 128;
    private static final DecodingLimits STANDARD = new DecodingLimits(Map.of(), false);

    private final Map<Bound, Integer> changed;
    private final boolean legacyKeys;

    private DecodingLimits(Map<Bound, Integer> changed, boolean legacyKeys) {
        this.changed = changed;
        this.legacyKeys = legacyKeys;
    }

    /** What is limited; the setting that changes it is named in the error. */
    enum Bound {
        BYTES(1 << 20, "maxBytes"),
        ITEMS(256, "maxItems"),
        DEPTH(32, "maxDepth"),
        CERTIFICATE_BYTES(64 << 10, "maxCertificateBytes"),
        NAMES(1_000, "maxNames"),
        RSA_BITS(8_192, "maxRsaBits"),
        ITERATIONS(500_000, "maxIterations"),
        SCRYPT_BYTES(32 << 20, "maxScryptBytes");

        private final int standard;
        private final String setting;

        Bound(int standard, String setting) {
            this.standard = standard;
            this.setting = setting;
        }

        String setting() {
            return "DecodingLimits." + setting;
        }
    }

    /**
     * What a file that somebody hands over needs: 1 MiB, 256 items, 500,000 iterations.
     *
     * <p>Also 32 levels, 64 KiB and 1,000 names a certificate, RSA of 8,192 bits, 32 MiB for scrypt. Reading
     * never costs 600,000 iterations unless somebody has said so: files of Java (10,000 for each part) and {@link
     * Pkcs12Profile#MODERN} files, whose parts share one derivation, are read, those of programs that spend 600,000 on each part are
     * refused until {@link #maxIterations(int)} allows it.
     */
    public static DecodingLimits standard() {
        return STANDARD;
    }

    private DecodingLimits with(Bound bound, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(bound.setting + ": a limit must be positive");
        }
        Map<Bound, Integer> more = new EnumMap<>(Bound.class);
        more.putAll(changed);
        more.put(bound, value);
        return new DecodingLimits(Collections.unmodifiableMap(more), legacyKeys);
    }

    int of(Bound bound) {
        return changed.getOrDefault(bound, bound.standard);
    }

    /**
     * The same with another number of octets.
     *
     * @param octets positive
     */
    public DecodingLimits maxBytes(int octets) {
        return with(Bound.BYTES, octets);
    }

    /**
     * The same with another number of items.
     *
     * @param items positive
     */
    public DecodingLimits maxItems(int items) {
        return with(Bound.ITEMS, items);
    }

    /**
     * The same with another number of ASN.1 values inside values.
     *
     * @param levels 1 to 128, since the parsers behind it recurse
     * @throws IllegalArgumentException if it is out of range
     */
    public DecodingLimits maxDepth(int levels) {
        if (levels > DEEPEST) {
            throw new IllegalArgumentException("maxDepth: " + levels + " levels; 1 to " + DEEPEST + " are possible");
        }
        return with(Bound.DEPTH, levels);
    }

    /**
     * The same with another number of octets of one certificate.
     *
     * @param octets positive
     */
    public DecodingLimits maxCertificateBytes(int octets) {
        return with(Bound.CERTIFICATE_BYTES, octets);
    }

    /**
     * The same with another number of alternative names of one certificate.
     *
     * @param names positive
     */
    public DecodingLimits maxNames(int names) {
        return with(Bound.NAMES, names);
    }

    /**
     * The same with another length of RSA moduli.
     *
     * @param bits positive
     */
    public DecodingLimits maxRsaBits(int bits) {
        return with(Bound.RSA_BITS, bits);
    }

    /**
     * The same with another number of iterations in one input; a million takes about a third of a second.
     *
     * @param iterations positive
     */
    public DecodingLimits maxIterations(int iterations) {
        return with(Bound.ITERATIONS, iterations);
    }

    /**
     * The same with another amount of memory for one derivation with scrypt.
     *
     * @param octets positive; OpenSSL's usual parameters need 16 MiB
     */
    public DecodingLimits maxScryptBytes(int octets) {
        return with(Bound.SCRYPT_BYTES, octets);
    }

    /**
     * The same, but taking private keys as {@link CryptoProviders#acceptingLegacyKeys()} does.
     *
     * <p>RSA from 1024 bits, and EC keys that spell out the parameters of a named curve; nothing else.
     */
    public DecodingLimits acceptingLegacyKeys() {
        return new DecodingLimits(changed, true);
    }

    /** What decodes the keys. */
    CryptoProviders keys() {
        CryptoProviders standard = CryptoProviders.standard();
        return legacyKeys ? standard.acceptingLegacyKeys() : standard;
    }

    /** Octets of one input, or characters of a text. */
    public int maxBytes() {
        return of(Bound.BYTES);
    }

    /** Certificates, keys or other items in one input. */
    public int maxItems() {
        return of(Bound.ITEMS);
    }

    /** ASN.1 values inside values. */
    public int maxDepth() {
        return of(Bound.DEPTH);
    }

    /** Octets of one certificate. */
    public int maxCertificateBytes() {
        return of(Bound.CERTIFICATE_BYTES);
    }

    /** Alternative names of one certificate. */
    public int maxNames() {
        return of(Bound.NAMES);
    }

    /** Bits of an RSA modulus; exponents have at most 33 bits anyway. */
    public int maxRsaBits() {
        return of(Bound.RSA_BITS);
    }

    /**
     * Rounds of key derivation in one input, all its keys and its checksum together.
     *
     * <p>A round counts once for each 32 octets derived by PBKDF2; scrypt counts as cost times block size times parallelisation.
     */
    public int maxIterations() {
        return of(Bound.ITERATIONS);
    }

    /** Octets of memory for one derivation with scrypt. */
    public int maxScryptBytes() {
        return of(Bound.SCRYPT_BYTES);
    }

    void checkSize(String what, int size) throws MalformedEncodingException {
        check(Bound.BYTES, what, size, "octets");
    }

    /** Refuses a number over a limit, naming both. */
    void check(Bound bound, String what, long found, String unit) throws MalformedEncodingException {
        if (found > of(bound)) {
            throw MalformedEncodingException.beyond(
                    bound, what, found + " " + unit + ", more than the limit of " + of(bound));
        }
    }

    /** To be called when one more is about to be read. */
    void checkItems(String what, int seen, String unit) throws MalformedEncodingException {
        if (seen >= maxItems()) {
            throw MalformedEncodingException.beyond(Bound.ITEMS, what, "more than " + maxItems() + " " + unit);
        }
    }
}
