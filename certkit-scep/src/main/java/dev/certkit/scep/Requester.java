package dev.certkit.scep;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.security.PublicKey;
import java.util.Optional;

/**
 * Who signs a message and opens its answer.
 *
 * @param key signs; an RSA key opens as well
 * @param request holds the challenge password that stands in for a key that cannot decrypt; empty if nothing is requested
 */
record Requester(MessageKey key, Optional<CertificationRequest> request) {
    static MessageKey keyOf(CertifiedKey key) {
        return new MessageKey(key.privateKey(), key.chain().leaf());
    }

    /** Refuses before anything is sent what could be sent, and not be answered. */
    static void requireUsable(String argument, PublicKey key, CertificationRequest request) {
        boolean password = request.challengePassword().isPresent();
        if (key.getAlgorithm().equals("EC") && !password) {
            throw new IllegalArgumentException(argument
                    + ": an EC key cannot decrypt the answer, which is then encrypted to the challenge password (RFC 8894,"
                    + " section 3.1); put a challenge password into the request, or use an RSA key");
        }
        if (!key.getAlgorithm().equals("RSA") && !key.getAlgorithm().equals("EC")) {
            throw new IllegalArgumentException(
                    argument + ": its key is " + key.getAlgorithm()
                            + ", and SCEP knows RSA and, with a challenge password, EC; use KeyType.RSA_2048 or KeyType.EC_P256");
        }
    }

    /** Refuses keys that cannot decrypt where there is no request, and so no challenge password. */
    static Requester asking(CertifiedKey key) {
        if (!key.chain().leaf().getPublicKey().getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException(
                    "asking: the answer is encrypted to its key, which must be an RSA key (RFC 8894, section 3.1)");
        }
        return new Requester(keyOf(key), Optional.empty());
    }

    Optional<Passphrase> challenge() {
        return request.flatMap(CertificationRequest::challengePassword);
    }

    /** Opens the answer. */
    EnvelopeOpener opener(AlgorithmFloor floor, CryptoProviders crypto) {
        boolean decrypts = key.certificate().getPublicKey().getAlgorithm().equals("RSA");
        return decrypts
                ? new EnvelopeOpener(key, floor, crypto)
                : new EnvelopeOpener(new PasswordKeys(challenge().orElseThrow(), crypto), floor, crypto);
    }
}
