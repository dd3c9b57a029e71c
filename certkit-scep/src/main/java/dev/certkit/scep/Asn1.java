package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The one way from bytes to ASN.1 values and back: bounded on the way in, of definite length on the way out. */
final class Asn1 {
    private Asn1() {}

    /** Makes something of a value; may fail in any unchecked way. */
    @FunctionalInterface
    interface Shape<T> {
        T of(ASN1Primitive value) throws IOException;
    }

    /**
     * Reads one value that fills the bytes.
     *
     * @throws ScepException whatever is wrong with the bytes
     */
    static <T> T read(byte[] encoded, String what, Shape<T> shape) throws ScepException {
        EncodingBounds.check(encoded, what);
        try {
            return shape.of(ASN1Primitive.fromByteArray(encoded));
        } catch (ScepException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The structure classes answer hostile values with casts, index errors and more, at any access.
            throw ScepException.of(
                    Check.ENCODING,
                    "The " + what + " does not have the structure it should have; the peer is broken",
                    e);
        }
    }

    /** A value that we wrote ourselves. */
    static ASN1Primitive written(byte[] encoded) {
        try {
            return ASN1Primitive.fromByteArray(encoded);
        } catch (IOException e) {
            throw new UncheckedIOException("reading our own ASN.1 failed", e);
        }
    }

    /** Of definite length, sets in the order given (DER sorts them, which moves the issued certificate). */
    static byte[] definite(ASN1Encodable value) {
        return encode(value, ASN1Encoding.DL);
    }

    static byte[] der(ASN1Encodable value) {
        return encode(value, ASN1Encoding.DER);
    }

    private static byte[] encode(ASN1Encodable value, String encoding) {
        try {
            return value.toASN1Primitive().getEncoded(encoding);
        } catch (IOException e) {
            throw new UncheckedIOException("writing ASN.1 to memory failed", e);
        }
    }

    /** The text of any character string type; empty if it is none, or is badly encoded. */
    static Optional<String> text(ASN1Primitive value) {
        boolean textual = value instanceof ASN1String
                && !(value instanceof ASN1BitString)
                && !(value instanceof ASN1UniversalString);
        try {
            return textual ? Optional.of(((ASN1String) value).getString()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Malformed UTF-8.
            return Optional.empty();
        }
    }

    static ASN1ObjectIdentifier oid(String dotted) {
        return new ASN1ObjectIdentifier(dotted);
    }

    static AlgorithmIdentifier algorithm(String oid) {
        return new AlgorithmIdentifier(oid(oid), DERNull.INSTANCE);
    }
}
