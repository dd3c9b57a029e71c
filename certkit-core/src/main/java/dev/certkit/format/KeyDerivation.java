package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import javax.crypto.spec.SecretKeySpec;

/** How PBES2 and PBMAC1 make a key of a passphrase (RFC 8018, 6.2 and 7.1). */
interface KeyDerivation {
    /** What a key of so many octets costs; to be paid before {@link #key} is called. */
    long rounds(int length);

    SecretKeySpec key(Passphrase passphrase, String algorithm, int length) throws GeneralSecurityException;

    /** Reads an AlgorithmIdentifier. */
    static KeyDerivation read(DerReader algorithm, Decoding decoding) throws DerException, MalformedEncodingException {
        String oid = algorithm.next().oid();
        return switch (oid) {
            case Pbkdf2.OID -> Pbkdf2.read(algorithm, decoding);
            case Scrypt.OID -> Scrypt.read(algorithm, decoding);
            default -> throw decoding.malformed("its key derivation, " + oid + ", is not supported; use PBKDF2");
        };
    }
}
