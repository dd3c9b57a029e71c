package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** DER to a private key; the form is told by the first two values inside. */
final class PrivateKeyDecoder {
    private final String what;
    private final @Nullable Passphrase passphrase;
    private final DecodingLimits limits;

    PrivateKeyDecoder(String what, @Nullable Passphrase passphrase, DecodingLimits limits) {
        this.what = what;
        this.passphrase = passphrase;
        this.limits = limits;
    }

    PrivateKey decode(byte[] der) throws MalformedEncodingException {
        byte[] pkcs8 = {};
        try {
            Nesting.check(der, limits.maxDepth());
            pkcs8 = pkcs8(DerReader.single(der, Tag.SEQUENCE));
            return CryptoProviders.standard().privateKey(pkcs8);
        } catch (DerException e) {
            throw new MalformedEncodingException(what, "it is no private key: " + e.getMessage());
        } catch (InvalidKeySpecException e) {
            throw new MalformedEncodingException(what, String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private byte[] pkcs8(DerValue key) throws DerException, MalformedEncodingException {
        DerReader fields = key.children();
        if (fields.nextIf(Tag.SEQUENCE).isPresent()) {
            requireOctets(fields);
            return decrypted(key.children());
        }
        fields.next(Tag.INTEGER);
        if (fields.hasNext(Tag.INTEGER)) {
            return PrivateKeyInfo.ofPkcs1(key.encoded());
        }
        if (fields.hasNext(Tag.OCTET_STRING)) {
            return PrivateKeyInfo.ofSec1(key);
        }
        fields.next(Tag.SEQUENCE);
        requireOctets(fields);
        return key.encoded();
    }

    /** Without it, a certificate would be taken for an encrypted key, and a PKCS#12 file for a plain one. */
    private static void requireOctets(DerReader fields) throws DerException {
        if (!fields.hasNext(Tag.OCTET_STRING)) {
            throw new DerException("it is something else, perhaps a certificate or a PKCS#12 file");
        }
    }

    private byte[] decrypted(DerReader fields) throws DerException, MalformedEncodingException {
        if (passphrase == null) {
            throw new MalformedEncodingException(what, "it is encrypted; give its passphrase");
        }
        return new Pbes2(what, limits).decrypt(fields, passphrase);
    }
}
