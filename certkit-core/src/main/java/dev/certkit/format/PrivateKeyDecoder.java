package dev.certkit.format;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** DER to a private key; the form is told by the first two values inside. */
final class PrivateKeyDecoder {
    private final Decoding decoding;
    private final @Nullable Passphrase passphrase;

    PrivateKeyDecoder(Decoding decoding, @Nullable Passphrase passphrase) {
        this.decoding = decoding;
        this.passphrase = passphrase;
    }

    /** A block's key, which old OpenSSL may have encrypted in the block itself. */
    PrivateKey decode(PemBlock block) throws MalformedEncodingException {
        byte[] der = DekInfo.isIn(block)
                ? DekInfo.decrypted(block, new PassphraseCipher.Lock(decoding, passphrase))
                : block.decoded();
        try {
            return decode(der);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    PrivateKey decode(byte[] der) throws MalformedEncodingException {
        byte[] pkcs8 = {};
        try {
            Nesting.check(der, decoding.limits().maxDepth());
            pkcs8 = pkcs8(DerReader.single(der, Tag.SEQUENCE), true);
            new RsaBounds(decoding).checkPrivate(DerReader.single(pkcs8, Tag.SEQUENCE));
            return decoding.limits().keys().privateKey(pkcs8);
        } catch (DerException e) {
            throw MalformedEncodingException.damaged(decoding.what(), e, "it is no private key, or a damaged one");
        } catch (InvalidKeySpecException e) {
            throw decoding.malformed(String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private byte[] pkcs8(DerValue key, boolean mayBeEncrypted) throws DerException, MalformedEncodingException {
        DerReader fields = key.children();
        if (mayBeEncrypted && fields.nextIf(Tag.SEQUENCE).isPresent()) {
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
        DerReader algorithm = fields.next(Tag.SEQUENCE).children();
        byte[] encrypted = Ber.octets(fields.next(Tag.OCTET_STRING));
        byte[] plain = PassphraseCipher.open(algorithm, encrypted, new PassphraseCipher.Lock(decoding, passphrase));
        try {
            return pkcs8(DerReader.single(plain, Tag.SEQUENCE), false);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
