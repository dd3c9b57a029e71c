package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.cms.Attribute;

/** The signed attributes of one signer: each at most once, each value of whatever type the peer chose. */
final class SignedAttributes {
    /** Real ones take half a kilobyte; sorting them for DER costs the square of their number. */
    private static final int MAX_BYTES = 8 * 1024;

    private static final int MAX_FAIL_INFO_TEXT = 1024;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}");

    private final ASN1Set attributes;
    private final byte[] asSent;

    private SignedAttributes(ASN1Set attributes, byte[] asSent) {
        this.attributes = attributes;
        this.asSent = asSent;
    }

    static SignedAttributes of(ASN1Set attributes) throws ScepException {
        byte[] asSent = Asn1.definite(attributes);
        if (asSent.length > MAX_BYTES) {
            throw ScepException.of(
                    Check.SIZE,
                    "The signed attributes of the SCEP message have " + asSent.length + " bytes, more than the "
                            + MAX_BYTES + " that are read");
        }
        Set<ASN1ObjectIdentifier> seen = new HashSet<>();
        for (ASN1Encodable each : attributes) {
            Attribute attribute = Attribute.getInstance(each);
            if (!seen.add(attribute.getAttrType())) {
                throw wrong(attribute.getAttrType() + " occurs twice");
            }
        }
        return new SignedAttributes(attributes, asSent);
    }

    /** What the signature may have been made over: DER (RFC 5652, 5.4), or the peer's own order if that differs. */
    List<byte[]> signedBytes() {
        byte[] der = Asn1.der(attributes);
        return Arrays.equals(der, asSent) ? List.of(der) : List.of(der, asSent);
    }

    Optional<ASN1Primitive> value(AttributeId id) throws ScepException {
        for (ASN1Encodable each : attributes) {
            Attribute attribute = Attribute.getInstance(each);
            if (attribute.getAttrType().equals(id.oid())) {
                ASN1Set values = attribute.getAttrValues();
                if (values.size() != 1) {
                    throw wrong(id + " has " + values.size() + " values where it must have one");
                }
                return Optional.of(values.getObjectAt(0).toASN1Primitive());
            }
        }
        return Optional.empty();
    }

    Optional<ASN1ObjectIdentifier> objectIdentifier(AttributeId id) throws ScepException {
        return value(id).filter(ASN1ObjectIdentifier.class::isInstance).map(ASN1ObjectIdentifier.class::cast);
    }

    Optional<byte[]> octets(AttributeId id) throws ScepException {
        return value(id)
                .filter(ASN1OctetString.class::isInstance)
                .map(ASN1OctetString.class::cast)
                .map(ASN1OctetString::getOctets);
    }

    /** A decimal number in a string; empty if it is absent or no such number. */
    OptionalInt number(AttributeId id) throws ScepException {
        Optional<String> text =
                value(id).flatMap(Asn1::text).filter(t -> DECIMAL.matcher(t).matches());
        return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    }

    Optional<TransactionId> transactionId() throws ScepException {
        Optional<ASN1Primitive> value = value(AttributeId.TRANSACTION_ID);
        return value.isPresent() ? Optional.of(TransactionId.of(value.get())) : Optional.empty();
    }

    Optional<Nonce> nonce(AttributeId id) throws ScepException {
        return octets(id)
                .filter(octets -> octets.length > 0 && octets.length <= Nonce.MAX_BYTES)
                .map(Nonce::of);
    }

    /** For people only: cut, and without control characters. */
    Optional<String> failInfoText() throws ScepException {
        return value(AttributeId.FAIL_INFO_TEXT)
                .flatMap(Asn1::text)
                .map(text -> text.replaceAll("\\p{Cntrl}", " "))
                .map(text -> text.length() > MAX_FAIL_INFO_TEXT ? text.substring(0, MAX_FAIL_INFO_TEXT) : text);
    }

    /** Absent also if it cannot be read: devices have wrong clocks before they are enrolled. */
    Optional<Instant> signingTime() throws ScepException {
        try {
            ASN1Primitive value = value(AttributeId.SIGNING_TIME).orElse(null);
            if (value instanceof ASN1UTCTime time) {
                return Optional.of(time.getAdjustedDate().toInstant());
            }
            return value instanceof ASN1GeneralizedTime time
                    ? Optional.of(time.getDate().toInstant())
                    : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static ScepException wrong(String reason) {
        return ScepException.of(
                Check.SIGNED_ATTRIBUTES, "The signed attributes of the SCEP message are wrong: " + reason);
    }
}
