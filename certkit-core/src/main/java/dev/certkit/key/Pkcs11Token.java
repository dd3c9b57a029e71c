package dev.certkit.key;

import dev.certkit.key.TokenException.Reason;
import java.io.Closeable;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A PKCS#11 token, such as a smart card or an HSM, whose keys never leave it.
 *
 * <pre>{@code
 * Path library = Path.of("/usr/lib/softhsm/libsofthsm2.so");
 * try (Passphrase pin = Passphrase.of(console.readPassword("PIN: "));
 *         Pkcs11Token token = Pkcs11Token.at(library).slot(455506201).open(pin)) {
 *     KeyPair keys = token.labels().contains("web") ? token.keyPair("web") : token.generate("web", KeyType.EC_P256);
 *     PendingKey pending = CertificationRequest.forSubject(DistinguishedName.cn("cam.example.fr")).signedBy(keys);
 *     CertifiedKey web = pending.certifiedBy(chain);
 *     Security.addProvider(Pkcs11Token.signatures());   // only for TLS, once in the process
 *     SSLContext ssl = TlsContext.presenting(web).toSslContext();
 * }
 * }</pre>
 *
 * <p>The keys work wherever certkit takes a private key, and no provider is registered for that: each knows its own token.
 * {@link Key#getEncoded()} is null, so they cannot be written to a file. The JDK's TLS looks for signatures among the registered
 * providers only; {@link #signatures()} is the one for it.
 *
 * <p>A token makes RSA and EC keys, signs with PKCS#1 v1.5, PSS and ECDSA, and decrypts with PKCS#1 v1.5. Java's PKCS#11
 * does neither Ed25519, Ed448 and ML-DSA nor OAEP, whatever the token itself can.
 *
 * <p>Java shows only keys that have a certificate. So a new key gets a self-signed one under its label, which expired in
 * 1970 and only carries the public key. Keys of other programs are seen if they have a certificate with the same CKA_ID.
 *
 * <p>PKCS#11 knows one login for each process and token. A token that is opened twice at the same time checks the PIN only the
 * first time, and closing one of the two ends the session of both. Thread safe; signatures run side by side.
 */
public final class Pkcs11Token implements Closeable {
    private static final Set<String> ALGORITHMS = Set.of("RSA", "EC");

    /** Java writes other characters and then reads them wrongly. */
    private static final Pattern LABEL = Pattern.compile("[ -~]{1,255}");

    private final TokenSession session;

    private Pkcs11Token(TokenSession session) {
        this.session = session;
    }

    /**
     * Begins with the token that stands first in the library's list.
     *
     * @param library the shared library that came with the token; not null
     */
    public static Draft at(Path library) {
        return new Draft(new TokenAddress(Objects.requireNonNull(library, "library"), true, 0));
    }

    /**
     * A provider that signs with the keys of any open token, and does nothing else.
     *
     * <p>For code that asks registered providers only, as the JDK's TLS does: the application calls
     * {@link java.security.Security#addProvider} with it, once. Other keys are left to the other providers, so nothing else in the process changes,
     * and it serves tokens that are opened later, too.
     */
    public static Provider signatures() {
        return new TokenSignatures();
    }

    /** Which token is going to be opened; each call gives a new draft. Immutable and thread safe. */
    public static final class Draft {
        private final TokenAddress address;

        private Draft(TokenAddress address) {
            this.address = address;
        }

        /**
         * Takes the token in this slot; slot numbers stay the same while tokens come and go.
         *
         * <p>Java cannot look a token up by its label; the token's own tool shows which slot it is in.
         *
         * @param number as the library numbers its slots, 0 to 2^31 - 1
         * @throws IllegalArgumentException if it is out of range
         */
        public Draft slot(long number) {
            return new Draft(new TokenAddress(address.library(), false, checked("number", number)));
        }

        /**
         * Takes the token at this place in the library's list.
         *
         * @param place from 0
         * @throws IllegalArgumentException if it is negative
         */
        public Draft slotAt(int place) {
            return new Draft(new TokenAddress(address.library(), true, checked("place", place)));
        }

        private static long checked(String argument, long value) {
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(argument + ": " + value + "; 0 to 2147483647 are allowed");
            }
            return value;
        }

        /**
         * Loads the library and logs in.
         *
         * @param pin the user's PIN, tried once; stays open; not null
         * @throws TokenException {@link Reason#LIBRARY_UNUSABLE}, {@link Reason#TOKEN_ABSENT} or {@link Reason#PIN_REFUSED}
         * @throws IllegalArgumentException if the PIN is empty
         */
        public Pkcs11Token open(Passphrase pin) throws TokenException {
            if (pin.isEmpty()) {
                throw new IllegalArgumentException("pin: it is empty");
            }
            return new Pkcs11Token(TokenSession.open(address, pin));
        }
    }

    /**
     * Makes a key pair in the token; it is there for good when this returns.
     *
     * <p>The private key is sensitive and not extractable. Making RSA takes as long as the token takes, and does not react to
     * interruption.
     *
     * @param label 1 to 255 printable ASCII characters; not null
     * @param type RSA or EC; not null
     * @throws TokenException {@link Reason#LABEL_TAKEN}, {@link Reason#KEY_NOT_STORED} or {@link Reason#SESSION_LOST}
     * @throws IllegalArgumentException if the label has other characters, or no token makes this type
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized KeyPair generate(String label, KeyType type) throws TokenException {
        if (!ALGORITHMS.contains(type.algorithm())) {
            throw new IllegalArgumentException(
                    "type: Java makes RSA and EC keys in a token, not " + type + "; take one of those");
        }
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("label: 1 to 255 printable ASCII characters are allowed");
        }
        if (labels().contains(label)) {
            throw new TokenException(
                    Reason.LABEL_TAKEN,
                    session + " already has '" + label + "'; delete it or take another label",
                    null);
        }
        KeyStore keys = session.keys();
        try {
            KeyPair made = make(type);
            Certificate placeholder = PlaceholderCertificate.of(made, session.provider());
            keys.setKeyEntry(label, made.getPrivate(), null, new Certificate[] {placeholder});
            // A full token may say nothing.
            return keyPair(label);
        } catch (TokenException | GeneralSecurityException | ProviderException e) {
            throw session.failed("making or keeping the " + type + " key '" + label + "' in", Reason.KEY_NOT_STORED, e);
        }
    }

    private KeyPair make(KeyType type) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type.algorithm(), session.provider());
        generator.initialize(type.parameters());
        return generator.generateKeyPair();
    }

    /**
     * Finds a key pair.
     *
     * @param label as {@link #labels()} has it; not null
     * @return the private half lives in the token, the public half is an ordinary key
     * @throws TokenException {@link Reason#LABEL_UNKNOWN}, {@link Reason#SESSION_LOST}, or {@link Reason#FAILED} if
     *     the key is of a kind that certkit does not take
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized KeyPair keyPair(String label) throws TokenException {
        KeyStore keys = session.keys();
        try {
            if (!keys.isKeyEntry(label) || !(keys.getKey(label, null) instanceof PrivateKey handle)) {
                throw unknown(label);
            }
            byte[] spki = keys.getCertificate(label).getPublicKey().getEncoded();
            PublicKey publicKey = CryptoProviders.standard().publicKey(spki);
            return new KeyPair(publicKey, TokenKey.of(session, new TokenKey.Labelled(label, handle), publicKey));
        } catch (GeneralSecurityException | ProviderException e) {
            throw session.failed("taking the key '" + label + "' from", Reason.FAILED, e);
        }
    }

    private TokenException unknown(String label) {
        return new TokenException(
                Reason.LABEL_UNKNOWN,
                session + " has no key '" + label + "' with a certificate; labels() lists those that are there",
                null);
    }

    /**
     * The labels of all keys that Java can see, in alphabetical order.
     *
     * @throws TokenException {@link Reason#SESSION_LOST}
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized List<String> labels() throws TokenException {
        KeyStore keys = session.keys();
        try {
            Set<String> labels = new TreeSet<>();
            for (String label : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(label)) {
                    labels.add(label);
                }
            }
            return List.copyOf(labels);
        } catch (GeneralSecurityException | ProviderException e) {
            throw session.failed("listing", Reason.SESSION_LOST, e);
        }
    }

    /**
     * Deletes a key and its certificate for good.
     *
     * @param label as {@link #labels()} has it; not null
     * @throws TokenException {@link Reason#LABEL_UNKNOWN}, {@link Reason#SESSION_LOST} or {@link Reason#FAILED}
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized void delete(String label) throws TokenException {
        KeyStore keys = session.keys();
        try {
            if (!keys.isKeyEntry(label)) {
                throw unknown(label);
            }
            keys.deleteEntry(label);
        } catch (GeneralSecurityException | ProviderException e) {
            throw session.failed("deleting '" + label + "' from", Reason.FAILED, e);
        }
        if (labels().contains(label)) {
            throw new TokenException(Reason.FAILED, session + " did not delete '" + label + "'", null);
        }
    }

    /** Logs out; the keys taken from this token fail from now on. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        session.close();
    }

    /** Which token it is, never the PIN. */
    @Override
    public String toString() {
        return "Pkcs11Token[" + session + "]";
    }
}
