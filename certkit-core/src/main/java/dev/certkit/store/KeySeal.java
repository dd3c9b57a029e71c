package dev.certkit.store;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.util.Optional;

/** In what form secrets are kept: encrypted under a passphrase, or in clear. */
final class KeySeal {
    private final Optional<Passphrase> passphrase;

    private KeySeal(Optional<Passphrase> passphrase) {
        this.passphrase = passphrase;
    }

    static KeySeal under(Passphrase passphrase) {
        return new KeySeal(Optional.of(passphrase));
    }

    static KeySeal none() {
        return new KeySeal(Optional.empty());
    }

    String toPem(PrivateKey key) {
        return passphrase.isPresent() ? PrivateKeys.toPem(key, passphrase.get()) : PrivateKeys.toUnencryptedPem(key);
    }

    /** Opens a key of either form, so that sealing can be switched on over keys that are there. */
    PrivateKey parse(String pem) throws MalformedEncodingException {
        return passphrase.isPresent() ? PrivateKeys.parse(pem, passphrase.get()) : PrivateKeys.parse(pem);
    }

    /** A request that carries a secret. */
    String toPem(CertificationRequest request) {
        return passphrase.isPresent() ? SealedRequest.toPem(request.encoded(), passphrase.get()) : request.toPem();
    }

    /** Opens a request of either form. */
    CertificationRequest parseRequest(String pem) throws MalformedEncodingException {
        return SealedRequest.isOne(pem)
                ? CertificationRequest.decode(SealedRequest.parse(pem, passphrase))
                : CertificationRequest.parse(pem);
    }
}
