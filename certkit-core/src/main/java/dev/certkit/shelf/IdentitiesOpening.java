package dev.certkit.shelf;

import dev.certkit.key.Passphrase;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.store.Storage;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identities whose private keys still need a form: the last call says it.
 *
 * <p>Keys that are there already stay as they are, and are read in every form that what was handed over opens: sealing can be
 * switched on over keys in clear. {@link Identities#install(String, dev.certkit.identity.CertifiedKey)} with a key that was
 * found brings it into the new form.
 *
 * <p>Immutable: each method gives a new one.
 */
public final class IdentitiesOpening {
    private static final Pattern NAME = Pattern.compile("[ -~]{1,255}");

    private final Storage storage;
    private final Clock clock;
    private final Optional<Pkcs11Token> token;

    private IdentitiesOpening(Storage storage, Clock clock, Optional<Pkcs11Token> token) {
        this.storage = storage;
        this.clock = clock;
        this.token = token;
    }

    static IdentitiesOpening of(Storage storage) {
        return new IdentitiesOpening(Objects.requireNonNull(storage, "storage"), Clock.systemUTC(), Optional.empty());
    }

    /**
     * Asks this clock whether certificates are valid, and from when a renewed one is.
     *
     * @param clock not null
     */
    public IdentitiesOpening clock(Clock clock) {
        return new IdentitiesOpening(storage, Objects.requireNonNull(clock, "clock"), token);
    }

    /**
     * Makes new keys in a token, which they never leave; the records hold references to them.
     *
     * <p>A key's label is the name of its identity, with a number if that is taken. A record's reference is a {@code pkcs11} URI without a PIN; after a restart the
     * same token is opened and handed over again. Keys stay in the token when their identity is deleted or gets another key:
     * {@link Pkcs11Token#delete} is for you to call. The last call of the opening is about keys that are imported, and challenge passwords.
     *
     * @param token open as long as the identities are used; closed by the caller; not null
     */
    public IdentitiesOpening keysIn(Pkcs11Token token) {
        return new IdentitiesOpening(storage, clock, Optional.of(token));
    }

    /**
     * Keeps private keys and challenge passwords encrypted (AES-256 under PBKDF2); reading one costs some 30 ms.
     *
     * @param passphrase not empty; must stay open as long as the identities are used; not null
     * @throws IllegalArgumentException if it is empty
     */
    public Identities sealedUnder(Passphrase passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
        }
        return opened(Optional.of(passphrase), Optional.empty());
    }

    /**
     * Keeps private keys and challenge passwords as a protector seals them.
     *
     * @param protector used as long as the identities are; not null
     * @throws IllegalArgumentException if its name is not 1 to 255 printable ASCII characters
     */
    public Identities sealedBy(KeyProtector protector) {
        if (!NAME.matcher(protector.name()).matches()) {
            throw new IllegalArgumentException("protector: its name is not 1 to 255 printable ASCII characters");
        }
        return opened(Optional.empty(), Optional.of(protector));
    }

    /** Keeps private keys and challenge passwords in clear: whoever reads the storage has them. */
    public Identities unencrypted() {
        return opened(Optional.empty(), Optional.empty());
    }

    private Identities opened(Optional<Passphrase> passphrase, Optional<KeyProtector> protector) {
        return new Identities(storage, KeySeal.by(new KeySeal.Means(passphrase, protector, token)), clock);
    }
}
