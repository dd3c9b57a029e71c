package dev.certkit.shelf;

import java.io.IOException;

/**
 * Seals private keys by other means than a passphrase: a TPM, a key management service, an enclave.
 *
 * <p>What it seals is at most some kilobytes: a private key in PKCS#8, or a request with a challenge password. It must keep
 * secret what it seals and notice when that was changed. Must be thread safe, and may block.
 */
public interface KeyProtector {
    /**
     * Its kind, and which key of that kind, for example {@code tpm 0x81000001}.
     *
     * <p>It stands in clear in each record that it sealed, and in errors: a protector of another name is not asked to open it.
     *
     * @return 1 to 255 printable ASCII characters, the same for ever
     */
    String name();

    /**
     * Seals a secret.
     *
     * @param secret wiped when this returns, so not to be kept
     * @return what {@link #unseal} opens, also in another process
     * @throws IOException if it cannot be sealed now; then nothing is stored
     */
    byte[] seal(byte[] secret) throws IOException;

    /**
     * Opens what {@link #seal} gave.
     *
     * @param sealed as it was given, unless the record was changed
     * @return the secret, wiped after use
     * @throws IOException if it was changed, was sealed by another key, or cannot be opened now; the message is shown
     */
    byte[] unseal(byte[] sealed) throws IOException;
}
