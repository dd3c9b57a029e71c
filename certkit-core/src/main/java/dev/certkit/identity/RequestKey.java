package dev.certkit.identity;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.OptionalInt;

/** Facts about the key in a request. */
final class RequestKey {
    private RequestKey() {}

    static OptionalInt sizeBits(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return OptionalInt.of(rsa.getModulus().bitLength());
        }
        return key instanceof ECKey ec
                ? OptionalInt.of(ec.getParams().getOrder().bitLength())
                : OptionalInt.empty();
    }

    /** The SubjectPublicKeyInfo as it stands there: a key object of Java may encode itself otherwise. */
    static byte[] info(byte[] request) {
        try {
            DerReader info =
                    DerReader.single(request, Tag.SEQUENCE).children().next().children();
            info.next(Tag.INTEGER);
            info.next(Tag.SEQUENCE);
            return info.next(Tag.SEQUENCE).encoded();
        } catch (DerException e) {
            throw new IllegalStateException("a request that was checked when it was made is malformed", e);
        }
    }
}
