package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import java.util.Objects;

/** Reads pkiMessages, BER or DER, within bounds. Immutable and thread safe. */
final class PkiMessageReader {
    private final AlgorithmFloor floor;
    private final CryptoProviders crypto;

    PkiMessageReader(AlgorithmFloor floor, CryptoProviders crypto) {
        this.floor = Objects.requireNonNull(floor, "floor");
        this.crypto = Objects.requireNonNull(crypto, "crypto");
    }

    /**
     * Reads a message without verifying anything.
     *
     * @throws ScepException if the bytes are too many, malformed, or no SignedData with one signer
     */
    SignedMessage read(byte[] encoded) throws ScepException {
        return new SignedMessage(Asn1.read(encoded, "SCEP message", SignedStructure::of), floor, crypto);
    }
}
