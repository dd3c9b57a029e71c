package dev.certkit.identity;

import dev.certkit.key.CryptoProviders;
import java.io.IOException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of issuers as objects, the last few of them kept: making one costs as much as a signature check.
 *
 * <p>Thread safe without locks: at worst an object is made twice.
 */
final class IssuerKeys {
    private static final int SLOTS = 64;
    /** RSA with 2048 bits; what is longer and not accepted is long enough to keep a processor busy. */
    private static final int LONGEST_OLD_KEY = 300;

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    private record Entry(ChainMember issuer, Optional<PublicKey> key) {}

    /** Empty if no key can be made of what the certificate has. */
    Optional<PublicKey> of(ChainMember issuer) {
        int slot = issuer.fields().key() & (SLOTS - 1);
        Entry entry = slots.get(slot);
        if (entry == null || !entry.issuer.isOfSameKey(issuer)) {
            entry = new Entry(issuer, made(issuer));
            slots.set(slot, entry);
        }
        return entry.key;
    }

    /** As the provider that verifies makes it, which saves it a conversion; small old keys only Java takes. */
    static Optional<PublicKey> made(ChainMember issuer) {
        byte[] key = issuer.certificate().subjectPublicKeyInfo();
        try {
            return Optional.of(CryptoProviders.standard().publicKey(key));
        } catch (InvalidKeySpecException e) {
            return key.length > LONGEST_OLD_KEY ? Optional.empty() : madeByJava(issuer);
        }
    }

    private static Optional<PublicKey> madeByJava(ChainMember issuer) {
        try {
            return Optional.of(issuer.toX509Certificate().getPublicKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
