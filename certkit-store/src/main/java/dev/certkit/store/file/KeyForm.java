package dev.certkit.store.file;

import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.Pasted;
import dev.certkit.format.PrivateKeys;
import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.util.Optional;

/** How private keys stand in files: in clear, or encrypted under a passphrase that the server asks for. */
final class KeyForm {
    private final Optional<Passphrase> passphrase;

    private KeyForm(Optional<Passphrase> passphrase) {
        this.passphrase = passphrase;
    }

    static KeyForm unencrypted() {
        return new KeyForm(Optional.empty());
    }

    static KeyForm under(Passphrase passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
        }
        return new KeyForm(Optional.of(passphrase));
    }

    String toPem(PrivateKey key) {
        return passphrase.isPresent() ? PrivateKeys.toPem(key, passphrase.get()) : PrivateKeys.toUnencryptedPem(key);
    }

    Pasted read(byte[] file) throws MalformedEncodingException {
        return Pasted.decode(file, passphrase.orElse(null), DecodingLimits.standard());
    }
}
