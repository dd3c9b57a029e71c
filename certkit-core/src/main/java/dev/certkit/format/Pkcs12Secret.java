package dev.certkit.format;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.util.Arrays;
import java.util.Optional;

/**
 * A secret bag (RFC 7292, 4.2.5) in the one form that Java reads: octets as a key, encrypted as private keys are.
 *
 * <p>Of what kind the key is, its algorithm would tell; that of octets without a meaning is the type "data".
 */
final class Pkcs12Secret {
    private static final byte[] OF_NO_KIND = Der.sequence(Der.oid(Pkcs12Oids.DATA));

    private final String name;
    private final boolean isPlain;
    private final byte[] octets;
    private final Decoding decoding;

    private Pkcs12Secret(String name, boolean isPlain, byte[] octets, Decoding decoding) {
        this.name = name;
        this.isPlain = isPlain;
        this.octets = octets;
        this.decoding = decoding;
    }

    static Pkcs12Secret of(String name, byte[] octets) {
        return new Pkcs12Secret(name, true, octets.clone(), Decoding.of("secret", DecodingLimits.standard()));
    }

    /** Empty if it has another form, which is somebody else's. */
    static Optional<Pkcs12Secret> read(String name, DerValue bag, Decoding decoding) {
        try {
            DerReader fields = bag.children().next(Tag.SEQUENCE).children();
            if (!fields.next().oid().equals(Pkcs12Oids.SHROUDED_KEY_BAG)) {
                return Optional.empty();
            }
            byte[] sealed =
                    Ber.octets(fields.next(Tag.constructed(0)).children().next());
            return Optional.of(new Pkcs12Secret(name, false, sealed, decoding.at(decoding.what() + ", secret")));
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    String name() {
        return name;
    }

    boolean isPlain() {
        return isPlain;
    }

    /** In the form of a private key (RFC 5958, 2). */
    byte[] info() {
        return Der.sequence(Der.integer(0), OF_NO_KIND, Der.octetString(octets));
    }

    /** Empty if it is a key of some kind. */
    Optional<byte[]> open(Passphrase passphrase) throws MalformedEncodingException {
        if (isPlain) {
            return Optional.of(octets.clone());
        }
        byte[] info = {};
        try {
            DerReader sealed = DerReader.single(octets, Tag.SEQUENCE).children();
            DerReader algorithm = sealed.next(Tag.SEQUENCE).children();
            byte[] encrypted = Ber.octets(sealed.next());
            info = PassphraseCipher.open(algorithm, encrypted, new PassphraseCipher.Lock(decoding, passphrase));
            DerReader fields = DerReader.of(info).next(Tag.SEQUENCE).children();
            fields.next(Tag.INTEGER);
            String kind = fields.next(Tag.SEQUENCE).children().next().oid();
            byte[] value = fields.next(Tag.OCTET_STRING).octets();
            return kind.equals(Pkcs12Oids.DATA) ? Optional.of(value) : Optional.empty();
        } catch (DerException e) {
            throw decoding.damaged(e);
        } finally {
            Arrays.fill(info, (byte) 0);
        }
    }
}
