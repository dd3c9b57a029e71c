package dev.certkit.format;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a PKCS#12 file holds (RFC 7292): private keys with their certificates, and certificates without a key.
 *
 * <p>Nothing is said about whether the certificates sign each other; a chain does that. Immutable and thread safe.
 */
public final class Pkcs12 {
    private static final Pkcs12 EMPTY = new Pkcs12(List.of(), List.of(), List.of(), List.of());

    private final List<KeyEntry> keys;
    private final List<CertificateEntry> certificates;
    private final List<Pkcs12Secret> secrets;
    private final List<String> leftOut;

    Pkcs12(List<KeyEntry> keys, List<CertificateEntry> certificates, List<Pkcs12Secret> secrets, List<String> leftOut) {
        this.keys = List.copyOf(keys);
        this.certificates = List.copyOf(certificates);
        this.secrets = List.copyOf(secrets);
        this.leftOut = List.copyOf(leftOut);
    }

    /** A private key with the certificates that belong to it. */
    public record KeyEntry(String name, PrivateKey privateKey, List<X509Certificate> certificates) {
        /**
         * A private key with its certificates.
         *
         * @param name the friendly name, empty if there is none; not null
         * @param privateKey not null
         * @param certificates the key's own first, then its issuers; empty if the file has none; not null
         */
        public KeyEntry {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(privateKey, "privateKey");
            certificates = List.copyOf(certificates);
        }

        /** The name and the number of certificates, never the key. */
        @Override
        public String toString() {
            return "key '" + ForeignText.shown(name) + "', " + certificates.size() + " certificates";
        }
    }

    /** A certificate without a key, as trust stores hold them. */
    public record CertificateEntry(String name, X509Certificate certificate) {
        /**
         * A certificate without a key.
         *
         * @param name the friendly name, empty if there is none; not null
         * @param certificate not null
         */
        public CertificateEntry {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(certificate, "certificate");
        }
    }

    /** Nothing yet, to be added to. */
    public static Pkcs12 empty() {
        return EMPTY;
    }

    /**
     * Begins with a key and its certificates.
     *
     * @param name what programs show, for example a host name; may be empty; not null
     * @param key not null
     * @param certificates the key's own first, then its issuers; not null
     */
    public static Pkcs12 of(String name, PrivateKey key, List<X509Certificate> certificates) {
        return EMPTY.and(new KeyEntry(name, key, certificates));
    }

    /**
     * The same with one more key.
     *
     * @param entry not null
     */
    public Pkcs12 and(KeyEntry entry) {
        return new Pkcs12(added(keys, entry), certificates, secrets, leftOut);
    }

    /**
     * The same with one more certificate without a key.
     *
     * @param entry not null
     */
    public Pkcs12 and(CertificateEntry entry) {
        return new Pkcs12(keys, added(certificates, entry), secrets, leftOut);
    }

    /**
     * The same with octets of any meaning, which Java shows as a secret key and which other programs pass over.
     *
     * @param name what Java calls it; not empty; not null
     * @param octets copied; encrypted as keys are; not null
     * @throws IllegalArgumentException if the name is empty
     */
    public Pkcs12 andSecret(String name, byte[] octets) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: it is empty; what has no name could not be found again");
        }
        return new Pkcs12(keys, certificates, added(secrets, Pkcs12Secret.of(name, octets)), leftOut);
    }

    private static <T> List<T> added(List<T> list, T entry) {
        List<T> more = new ArrayList<>(list);
        more.add(Objects.requireNonNull(entry, "entry"));
        return more;
    }

    /**
     * Reads a file, with {@linkplain DecodingLimits#standard() standard limits}.
     *
     * @param bytes the file in DER or BER; not null
     * @param passphrase for the checksum and all that is encrypted; stays open; not null
     * @throws MalformedEncodingException if the passphrase is wrong, or the file is damaged or beyond a limit
     */
    public static Pkcs12 decode(byte[] bytes, Passphrase passphrase) throws MalformedEncodingException {
        return decode(bytes, passphrase, DecodingLimits.standard());
    }

    /**
     * Reads a file: sizes and rounds are checked first, then the checksum, then the content is decrypted.
     *
     * @param bytes the file in DER or BER; not null
     * @param passphrase for the checksum and all that is encrypted; stays open; not null
     * @param limits not null
     * @throws MalformedEncodingException if the passphrase is wrong ({@link
     *     MalformedEncodingException#needsPassphrase()}), or the file is damaged, not supported or beyond a limit
     */
    public static Pkcs12 decode(byte[] bytes, Passphrase passphrase, DecodingLimits limits)
            throws MalformedEncodingException {
        Objects.requireNonNull(passphrase, "passphrase");
        limits.checkSize("PKCS#12 file", bytes.length);
        return new Pkcs12Reader(Decoding.of("PKCS#12 file", limits), passphrase).decode(bytes);
    }

    /**
     * Writes the file.
     *
     * @param passphrase not empty; stays open; not null
     * @param profile who is to read it; not null
     * @throws IllegalArgumentException if there is nothing to write, the passphrase is empty, a key cannot leave its
     *     token, or the profile is for certificates only and there is a key
     */
    public byte[] encode(Passphrase passphrase, Pkcs12Profile profile) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
        }
        if (keys.isEmpty() && certificates.isEmpty() && writtenSecrets().isEmpty()) {
            throw new IllegalArgumentException("entries: there is neither a key nor a certificate to write");
        }
        if (profile == Pkcs12Profile.TRUST_ONLY
                && !(keys.isEmpty() && writtenSecrets().isEmpty())) {
            throw new IllegalArgumentException(
                    "profile: TRUST_ONLY is for certificates; choose MODERN to write the keys, too");
        }
        return new Pkcs12Writer(profile, passphrase, CryptoProviders.standard().random()).encode(this);
    }

    /** The keys, in the order of the file; not modifiable. */
    public List<KeyEntry> keys() {
        return keys;
    }

    /** The certificates that belong to no key, in the order of the file; not modifiable. */
    public List<CertificateEntry> certificates() {
        return certificates;
    }

    /**
     * The key with a name, compared without regard to case, as Java's key stores do.
     *
     * @param name not null
     */
    public Optional<KeyEntry> key(String name) {
        return keys.stream()
                .filter(entry -> entry.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Octets that {@link #andSecret} put into the file, decrypted by this call.
     *
     * @param name compared without regard to case; not null
     * @param passphrase of the file; stays open; not null
     * @return a copy; empty if there is no such entry, also if it is a secret key of another kind
     * @throws MalformedEncodingException if it is damaged, beyond the limits the file was read with, or the passphrase is
     *     another one
     */
    public Optional<byte[]> secret(String name, Passphrase passphrase) throws MalformedEncodingException {
        Objects.requireNonNull(passphrase, "passphrase");
        for (Pkcs12Secret secret : secrets) {
            if (secret.name().equalsIgnoreCase(name)) {
                return secret.open(passphrase);
            }
        }
        return Optional.empty();
    }

    /** Those that are known in clear. */
    List<Pkcs12Secret> writtenSecrets() {
        return secrets.stream().filter(Pkcs12Secret::isPlain).toList();
    }

    /** What was read and is neither key nor certificate, for example a secret key; not written again. */
    public List<String> leftOut() {
        return leftOut;
    }

    Stream<X509Certificate> allCertificates() {
        return Stream.concat(
                keys.stream().flatMap(entry -> entry.certificates().stream()),
                certificates.stream().map(CertificateEntry::certificate));
    }

    /** The numbers of keys and certificates. */
    @Override
    public String toString() {
        return "Pkcs12[" + keys.size() + " keys, " + certificates.size() + " certificates without a key]";
    }
}
