package dev.certkit.renew;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person fills in to request a certificate.
 *
 * <p>That is the key name, the subject and names, the kind of key, the hash, and where the key is used.
 *
 * <p>A common name that is an address or a host name with a dot becomes an alternative name of the right type by itself.
 * Immutable and thread safe; each method gives a new one.
 */
public final class RequestFields {
    private static final int LONGEST_NAME = 1000;

    private final String keyName;
    private final DistinguishedName subject;
    private final List<String> names;
    private final Key key;

    private record Key(KeyType type, Optional<SignatureAlgorithm> algorithm, KeyUse use) {}

    private RequestFields(String keyName, DistinguishedName subject, List<String> names, Key key) {
        this.keyName = keyName;
        this.subject = subject;
        this.names = List.copyOf(names);
        this.key = key;
    }

    /**
     * Begins with the name under which the key is registered, and the subject.
     *
     * <p>The key is an RSA key of 2048 bits unless that is changed.
     *
     * @param keyName 1 to 1000 characters; not null
     * @param subject may be empty if there are alternative names; not null
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public static RequestFields of(String keyName, DistinguishedName subject) {
        if (keyName.isEmpty() || keyName.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("keyName: must have 1 to " + LONGEST_NAME + " characters");
        }
        Key key = new Key(KeyType.RSA_2048, Optional.empty(), KeyUse.none());
        return new RequestFields(keyName, Objects.requireNonNull(subject, "subject"), List.of(), key);
    }

    /**
     * Adds alternative names: host names or addresses.
     *
     * @param hostsOrAddresses not null
     * @throws IllegalArgumentException if one is neither
     */
    public RequestFields san(String... hostsOrAddresses) {
        List<String> all = new ArrayList<>(names);
        for (String each : hostsOrAddresses) {
            GeneralName.of(each);
            all.add(each);
        }
        return new RequestFields(keyName, subject, all, key);
    }

    /**
     * Sets the kind and length of the key.
     *
     * @param type not null
     */
    public RequestFields keyType(KeyType type) {
        return with(new Key(Objects.requireNonNull(type, "type"), key.algorithm, key.use));
    }

    /**
     * Sets the algorithm and hash that the request is signed with, in place of the key's default.
     *
     * @param algorithm must fit the key when the request is made; not null
     */
    public RequestFields algorithm(SignatureAlgorithm algorithm) {
        return with(new Key(key.type, Optional.of(algorithm), key.use));
    }

    /**
     * Sets where the key is used.
     *
     * @param use not null
     */
    public RequestFields use(KeyUse use) {
        return with(new Key(key.type, key.algorithm, Objects.requireNonNull(use, "use")));
    }

    private RequestFields with(Key changed) {
        return new RequestFields(keyName, subject, names, changed);
    }

    /** The name under which the key is registered. */
    public String keyName() {
        return keyName;
    }

    /** The subject. */
    public DistinguishedName subject() {
        return subject;
    }

    /** The alternative names, in order; not modifiable. */
    public List<String> names() {
        return names;
    }

    /** The kind and length of the key. */
    public KeyType keyType() {
        return key.type;
    }

    /** The algorithm that the request is signed with; empty for the key's default. */
    public Optional<SignatureAlgorithm> algorithm() {
        return key.algorithm;
    }

    /** Where the key is used. */
    public KeyUse use() {
        return key.use;
    }

    CertificationRequest.Draft draft() {
        CertificationRequest.Draft draft =
                CertificationRequest.forSubject(subject).san(names.toArray(String[]::new));
        return key.algorithm.map(draft::algorithm).orElse(draft);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestFields that
                && keyName.equals(that.keyName)
                && subject.equals(that.subject)
                && names.equals(that.names)
                && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keyName, subject, names, key);
    }

    /** The subject and the use, for messages. */
    @Override
    public String toString() {
        return "RequestFields[" + subject + ", " + key.use + "]";
    }
}
