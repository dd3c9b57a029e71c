package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import java.security.PublicKey;
import java.util.Optional;

/** What kind of key a SubjectPublicKeyInfo holds (RFC 5280, 4.1.2.7), without asking a provider. */
final class KeyFacts {
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EC = "1.2.840.10045.2.1";

    private KeyFacts() {}

    static Optional<KeyType> type(byte[] spki) {
        return KeyType.of(new Octets(spki));
    }

    static boolean isRsa(byte[] spki) {
        try {
            return algorithm(spki).next(Tag.OID).oid().equals(RSA);
        } catch (DerException e) {
            return false;
        }
    }

    /** For people, for example {@code RSA_2048}, {@code RSA with 1024 bits}, {@code EC with explicit parameters}. */
    static String describe(byte[] spki) {
        return type(spki).map(KeyType::name).orElseGet(() -> {
            try {
                return describeOther(spki);
            } catch (DerException e) {
                return "a malformed key";
            }
        });
    }

    private static String describeOther(byte[] spki) throws DerException {
        DerReader algorithm = algorithm(spki);
        String oid = algorithm.next(Tag.OID).oid();
        if (oid.equals(RSA)) {
            DerReader info = DerReader.single(spki, Tag.SEQUENCE).children();
            info.next();
            DerReader rsa = DerReader.single(info.next().bits(), Tag.SEQUENCE).children();
            return "RSA with " + rsa.next().integer().bitLength() + " bits";
        }
        if (oid.equals(EC)) {
            DerValue parameters = algorithm.next();
            return parameters.is(Tag.OID) ? "EC on the curve " + parameters.oid() : "EC with explicit parameters";
        }
        return "a key of the algorithm " + oid;
    }

    private static DerReader algorithm(byte[] spki) throws DerException {
        return DerReader.single(spki, Tag.SEQUENCE)
                .children()
                .next(Tag.SEQUENCE)
                .children();
    }

    /** A key as its encoding only, for who looks at nothing else. */
    private static final class Octets implements PublicKey {
        private static final long serialVersionUID = 1L;

        private final byte[] spki;

        Octets(byte[] spki) {
            this.spki = spki;
        }

        @Override
        public String getAlgorithm() {
            return "unknown";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return spki.clone();
        }
    }
}
