package dev.certkit.shelf;

import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.key.TokenReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Optional;

/** In what form the secrets of an identity are kept: in a token, sealed by a protector or a passphrase, or in clear. */
final class KeySeal {
    private final Means means;
    private final String identity;

    private KeySeal(Means means, String identity) {
        this.means = means;
        this.identity = identity;
    }

    /** What there is to seal and to open with; at most one of the first two. */
    record Means(Optional<Passphrase> passphrase, Optional<KeyProtector> protector, Optional<Pkcs11Token> token) {
        static final Means NONE = new Means(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static KeySeal by(Means means) {
        return new KeySeal(means, "");
    }

    static KeySeal under(Passphrase passphrase) {
        return by(new Means(Optional.of(passphrase), Optional.empty(), Optional.empty()));
    }

    static KeySeal none() {
        return by(Means.NONE);
    }

    /** The same for one identity, whose name stands in errors and becomes the label of its keys in a token. */
    KeySeal of(String name) {
        return new KeySeal(means, name);
    }

    KeyPair generate(KeyType type) throws IOException {
        return means.token.isPresent() ? new TokenLabels(means.token.get()).generate(identity, type) : type.generate();
    }

    /** Takes back what {@link #generate} made, if it surely stands in no record; a token would keep it for ever. */
    void discard(KeyPair keys) {
        Optional<TokenReference> reference = TokenReference.to(keys.getPrivate());
        if (means.token.isPresent() && reference.isPresent()) {
            try {
                means.token.get().delete(reference.get().label());
            } catch (IOException e) {
                // of no use, but in nobody's way
            }
        }
    }

    /** A reference if it is in a token, PEM otherwise; text of whole lines. */
    String toPem(PrivateKey key) throws IOException {
        Optional<TokenReference> reference = TokenReference.to(key);
        if (reference.isPresent()) {
            if (means.token.isEmpty()) {
                throw new IllegalArgumentException(
                        "key: it does not leave its token; open the identities with keysIn(token) to keep a reference to it");
            }
            return reference.get() + "\n";
        }
        if (means.protector.isPresent() && key.getEncoded() != null) {
            return sealed(means.protector.get(), key.getEncoded());
        }
        return means.passphrase.isPresent()
                ? PrivateKeys.toPem(key, means.passphrase.get())
                : PrivateKeys.toUnencryptedPem(key);
    }

    /** Opens a key of any form, so that sealing can be switched on over keys that are there. */
    PrivateKey parse(String text) throws IOException {
        if (TokenReference.isOne(text)) {
            return inToken(text.strip());
        }
        // What was let in once is not refused when it is read again.
        DecodingLimits limits = DecodingLimits.standard().acceptingLegacyKeys();
        if (!ProtectedText.isOne(text)) {
            return PrivateKeys.decode(text.getBytes(StandardCharsets.US_ASCII), means.passphrase.orElse(null), limits);
        }
        byte[] secret = unsealed(text);
        try {
            return PrivateKeys.decode(secret, null, limits);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private PrivateKey inToken(String uri) throws IOException {
        String label;
        try {
            label = TokenReference.parse(uri).label();
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException("reference to a key", e.getMessage() + "; restore the record", e);
        }
        if (means.token.isEmpty()) {
            throw new KeyUnavailableException(
                    identity,
                    uri,
                    "its key is in a token, " + uri + "; open that token, and the identities with keysIn(token)",
                    null);
        }
        try {
            return means.token.get().keyPair(label).getPrivate();
        } catch (IOException e) {
            throw new KeyUnavailableException(
                    identity, uri, "its key is in a token, " + uri + ", but " + e.getMessage(), e);
        }
    }

    private static String sealed(KeyProtector protector, byte[] secret) throws IOException {
        try {
            return ProtectedText.of(protector.name(), protector.seal(secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] unsealed(String text) throws IOException {
        ProtectedText found = ProtectedText.parse(text);
        String name = PrintableText.of(found.protector());
        String ours = means.protector.map(KeyProtector::name).orElse("");
        if (!ours.equals(found.protector())) {
            throw new KeyUnavailableException(
                    identity,
                    found.protector(),
                    "it is sealed by the protector '" + name + "', and these identities were opened "
                            + (ours.isEmpty() ? "without one" : "with '" + ours + "'") + "; open them with that one",
                    null);
        }
        try {
            return means.protector.orElseThrow().unseal(found.sealed());
        } catch (IOException e) {
            throw new KeyUnavailableException(
                    identity,
                    found.protector(),
                    "the protector '" + name + "' did not open what it sealed: " + e.getMessage(),
                    e);
        }
    }

    /** A request that carries a secret. */
    String toPem(CertificationRequest request) throws IOException {
        if (means.protector.isPresent()) {
            return sealed(means.protector.get(), request.encoded());
        }
        return means.passphrase.isPresent()
                ? SealedRequest.toPem(request.encoded(), means.passphrase.get())
                : request.toPem();
    }

    /** Opens a request of any form. */
    CertificationRequest parseRequest(String text) throws IOException {
        if (ProtectedText.isOne(text)) {
            return CertificationRequest.decode(unsealed(text));
        }
        return SealedRequest.isOne(text)
                ? CertificationRequest.decode(SealedRequest.parse(text, means.passphrase))
                : CertificationRequest.parse(text);
    }
}
