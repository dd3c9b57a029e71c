package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** A cipher whose key comes from a passphrase, as an AlgorithmIdentifier describes it; its rounds are paid for. */
interface PassphraseCipher {
    byte[] decrypt(byte[] encrypted, Passphrase passphrase) throws GeneralSecurityException;

    static PassphraseCipher of(DerReader algorithm, Decoding decoding) throws DerException, MalformedEncodingException {
        String oid = algorithm.next().oid();
        DerReader parameters = algorithm.next(Tag.SEQUENCE).children();
        return oid.equals(Pbes2.OID) ? Pbes2.read(parameters, decoding) : Pbes1.read(oid, parameters, decoding);
    }

    /** Decrypts what must be one SEQUENCE, which tells a right passphrase from a wrong one. */
    static byte[] open(DerReader algorithm, byte[] encrypted, Lock lock)
            throws DerException, MalformedEncodingException {
        if (lock.passphrase == null) {
            throw lock.decoding.locked("it is encrypted; give its passphrase");
        }
        PassphraseCipher cipher = of(algorithm, lock.decoding);
        try {
            byte[] plain = cipher.decrypt(encrypted, lock.passphrase);
            DerValue ignored = DerReader.of(plain).next(Tag.SEQUENCE);
            return plain;
        } catch (GeneralSecurityException | DerException | IllegalArgumentException e) {
            throw lock.decoding.locked("the passphrase is wrong, or the encrypted content is damaged");
        }
    }

    /** What is opened, and with what. */
    record Lock(Decoding decoding, @Nullable Passphrase passphrase) {}
}
