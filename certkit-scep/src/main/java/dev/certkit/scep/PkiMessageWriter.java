package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * A pkiMessage to be written (RFC 8894, section 3.2): definite lengths, one signer whose certificate travels along.
 *
 * <p>Immutable: each call returns a new one.
 */
final class PkiMessageWriter {
    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);

    private final Map<AttributeId, ASN1Encodable> attributes;
    private final byte[] envelope;
    private final SigningDigest digest;

    private PkiMessageWriter(Map<AttributeId, ASN1Encodable> attributes, byte[] envelope, SigningDigest digest) {
        this.attributes = attributes;
        this.envelope = envelope;
        this.digest = digest;
    }

    /** A request; the envelope holds what its type asks for. */
    static PkiMessageWriter request(MessageType type, TransactionId id, byte[] envelope) {
        return of(type, id).enveloping(envelope);
    }

    /** A CertRep that carries what was asked for, enveloped to the requester. */
    static PkiMessageWriter success(TransactionId id, byte[] envelope) {
        return answer(id, PkiStatus.SUCCESS).enveloping(envelope);
    }

    /** A CertRep that says to poll later. */
    static PkiMessageWriter pending(TransactionId id) {
        return answer(id, PkiStatus.PENDING);
    }

    /**
     * A CertRep that refuses.
     *
     * @param failInfo 0 to 4, RFC 8894, section 3.2.1.4
     * @param text for people; empty for none
     */
    static PkiMessageWriter failure(TransactionId id, int failInfo, String text) {
        PkiMessageWriter failure = answer(id, PkiStatus.FAILURE).with(AttributeId.FAIL_INFO, decimal(failInfo));
        return text.isEmpty() ? failure : failure.with(AttributeId.FAIL_INFO_TEXT, new DERUTF8String(text));
    }

    /** Signed content without the attributes of SCEP. */
    static PkiMessageWriter plain(byte[] content) {
        return new PkiMessageWriter(Map.of(), content.clone(), SigningDigest.SHA_256);
    }

    private static PkiMessageWriter answer(TransactionId id, PkiStatus status) {
        return of(MessageType.CERT_REP, id).with(AttributeId.PKI_STATUS, decimal(status.number()));
    }

    private static PkiMessageWriter of(MessageType type, TransactionId id) {
        return new PkiMessageWriter(Map.of(), new byte[0], SigningDigest.SHA_256)
                .with(AttributeId.MESSAGE_TYPE, decimal(type.number()))
                .with(AttributeId.TRANSACTION_ID, id.toAsn1());
    }

    private static DERPrintableString decimal(int number) {
        return new DERPrintableString(Integer.toString(number));
    }

    PkiMessageWriter senderNonce(Nonce nonce) {
        return with(AttributeId.SENDER_NONCE, new DEROctetString(nonce.bytes()));
    }

    PkiMessageWriter recipientNonce(Nonce nonce) {
        return with(AttributeId.RECIPIENT_NONCE, new DEROctetString(nonce.bytes()));
    }

    PkiMessageWriter signingTime(Instant time) {
        return with(AttributeId.SIGNING_TIME, signingTimeOf(time));
    }

    /**
     * RFC 5652, section 11.3: UTCTime from 1950 to 2049.
     *
     * <p>By its bytes: the structure class would read the text back as a date, at the price of a public key operation.
     */
    private static ASN1Encodable signingTimeOf(Instant time) {
        ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        if (utc.getYear() < 1950 || utc.getYear() > 2049) {
            return new DERGeneralizedTime(Date.from(time));
        }
        byte[] digits = UTC_TIME.format(utc).getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = new byte[2 + digits.length];
        encoded[0] = BERTags.UTC_TIME;
        encoded[1] = (byte) digits.length;
        System.arraycopy(digits, 0, encoded, 2, digits.length);
        return Asn1.written(encoded);
    }

    private PkiMessageWriter with(AttributeId id, ASN1Encodable value) {
        Map<AttributeId, ASN1Encodable> more = new LinkedHashMap<>(attributes);
        more.put(id, value);
        return new PkiMessageWriter(more, envelope, digest);
    }

    private PkiMessageWriter enveloping(byte[] content) {
        return new PkiMessageWriter(attributes, content.clone(), digest);
    }

    /** Signs with another digest than SHA-256. */
    PkiMessageWriter digest(SigningDigest other) {
        return new PkiMessageWriter(attributes, envelope, other);
    }

    /**
     * Signs and encodes.
     *
     * @param signer an RSA or EC key
     * @throws IllegalArgumentException if the key is of another kind
     */
    byte[] signedBy(MessageKey signer, CryptoProviders crypto) {
        ASN1Set signed = signedAttributes();
        byte[] signature = digest.sign(signer, Asn1.der(signed), crypto);
        Certificate certificate = signer.structure();
        SignerInfo info = new SignerInfo(
                new SignerIdentifier(new IssuerAndSerialNumber(certificate)),
                digestAlgorithm(),
                signed,
                signatureAlgorithm(signer.certificate().getPublicKey()),
                new DEROctetString(signature),
                (ASN1Set) null);
        return encode(info, certificate);
    }

    /** Some peers know rsaEncryption only, and all others take it (RFC 3370, 3.2). */
    private AlgorithmIdentifier signatureAlgorithm(PublicKey key) {
        return key.getAlgorithm().equals("RSA")
                ? Asn1.algorithm(SigningDigest.RSA_ENCRYPTION)
                : new AlgorithmIdentifier(
                        Asn1.oid(digest.algorithmFor(key).orElseThrow().oid()));
    }

    private byte[] encode(SignerInfo info, Certificate certificate) {
        // Zero octets rather than none: some clients cannot read an absent content, and all read this one.
        ContentInfo content = new ContentInfo(CMSObjectIdentifiers.data, new DEROctetString(envelope));
        SignedData data =
                new SignedData(new DERSet(digestAlgorithm()), content, new DERSet(certificate), null, new DERSet(info));
        return Asn1.definite(new ContentInfo(CMSObjectIdentifiers.signedData, data));
    }

    private ASN1Set signedAttributes() {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(new Attribute(AttributeId.CONTENT_TYPE.oid(), new DERSet(CMSObjectIdentifiers.data)));
        all.add(new Attribute(
                AttributeId.MESSAGE_DIGEST.oid(), new DERSet(new DEROctetString(digest.digest(envelope)))));
        attributes.forEach((id, value) -> all.add(new Attribute(id.oid(), new DERSet(value))));
        return new DERSet(all);
    }

    private AlgorithmIdentifier digestAlgorithm() {
        return Asn1.algorithm(digest.oid());
    }
}
