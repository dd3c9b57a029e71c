package dev.certkit.scep;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A pkiMessage as a foreign or hostile peer would write it: everything can be said, also what is wrong.
 *
 * <p>Written apart from {@link PkiMessageWriter}, so that the two do not share an error.
 */
final class Forge {
    private static final Map<String, String> DIGESTS = Map.of(
            "MD5", "1.2.840.113549.2.5",
            "SHA-1", "1.3.14.3.2.26",
            "SHA-256", "2.16.840.1.101.3.4.2.1",
            "SHA-384", "2.16.840.1.101.3.4.2.2",
            "SHA-512", "2.16.840.1.101.3.4.2.3");

    private final MessageKey signer;
    private final Map<ASN1ObjectIdentifier, ASN1Encodable> attributes = new LinkedHashMap<>();
    private Optional<byte[]> content = Optional.of(new byte[0]);
    private String digest = "SHA-256";
    private String signatureOid = "1.2.840.113549.1.1.1";
    private List<X509Certificate> certificates;
    private String encoding = ASN1Encoding.DL;
    private boolean sorted = true;
    private Optional<AttributeId> twice = Optional.empty();

    private Forge(MessageKey signer) {
        this.signer = signer;
        this.certificates = List.of(signer.certificate());
        attributes.put(AttributeId.CONTENT_TYPE.oid(), CMSObjectIdentifiers.data);
    }

    static Forge signedBy(MessageKey signer) {
        return new Forge(signer);
    }

    Forge type(int number) {
        return with(AttributeId.MESSAGE_TYPE, new DERPrintableString(Integer.toString(number)));
    }

    Forge status(int number) {
        return with(AttributeId.PKI_STATUS, new DERPrintableString(Integer.toString(number)));
    }

    Forge transaction(String id) {
        return with(AttributeId.TRANSACTION_ID, new DERPrintableString(id));
    }

    Forge with(AttributeId id, ASN1Encodable value) {
        attributes.put(id.oid(), value);
        return this;
    }

    Forge without(AttributeId id) {
        return with(id, DERNull.INSTANCE);
    }

    /** Says the attribute twice, with the same value. */
    Forge twice(AttributeId id) {
        twice = Optional.of(id);
        return this;
    }

    Forge content(byte[] bytes) {
        content = Optional.of(bytes);
        return this;
    }

    Forge noContent() {
        content = Optional.empty();
        return this;
    }

    Forge digest(String name) {
        digest = name;
        return this;
    }

    Forge signatureOid(String oid) {
        signatureOid = oid;
        return this;
    }

    Forge certificates(X509Certificate... all) {
        certificates = List.of(all);
        return this;
    }

    /** BER as Bouncy Castle and Java clients write it: indefinite lengths, the content in pieces. */
    Forge indefinite() {
        encoding = ASN1Encoding.BER;
        return this;
    }

    /** The signed attributes in the order of the calls, and signed so. */
    Forge unsorted() {
        sorted = false;
        return this;
    }

    byte[] encoded() {
        try {
            byte[] octets = content.orElse(new byte[0]);
            attributes.putIfAbsent(
                    AttributeId.MESSAGE_DIGEST.oid(),
                    new DEROctetString(MessageDigest.getInstance(digest).digest(octets)));
            ASN1Set signed = signedAttributes();
            Signature signature = Signature.getInstance(digest.replace("-", "") + "with"
                    + signer.privateKey().getAlgorithm().replace("EC", "ECDSA"));
            signature.initSign(signer.privateKey());
            signature.update(signed.getEncoded(ASN1Encoding.DL));
            return encode(signed, signature.sign());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ASN1Set signedAttributes() {
        ASN1EncodableVector all = new ASN1EncodableVector();
        attributes.forEach((oid, value) -> {
            if (value != DERNull.INSTANCE) {
                all.add(new Attribute(oid, value instanceof ASN1Set set ? set : new DERSet(value)));
            }
        });
        twice.ifPresent(id -> all.add(new Attribute(id.oid(), new DERSet(attributes.get(id.oid())))));
        return sorted ? new DERSet(all) : new DLSet(all);
    }

    private byte[] encode(ASN1Set signed, byte[] signature) throws IOException {
        AlgorithmIdentifier digestId =
                new AlgorithmIdentifier(new ASN1ObjectIdentifier(DIGESTS.get(digest)), DERNull.INSTANCE);
        // By hand: the structure class would sort the attributes again.
        DLSequence info = new DLSequence(new ASN1Encodable[] {
            new ASN1Integer(1),
            new SignerIdentifier(CertificateIds.issuerAndSerial(signer.certificate())),
            digestId,
            new DLTaggedObject(false, 0, signed),
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(signatureOid), DERNull.INSTANCE),
            new DEROctetString(signature)
        });
        ASN1EncodableVector all = new ASN1EncodableVector();
        certificates.forEach(certificate -> all.add(CertificateIds.structure(certificate)));
        SignedData data = new SignedData(
                new DERSet(digestId),
                new ContentInfo(
                        CMSObjectIdentifiers.data,
                        content.map(octets -> new BEROctetString(octets, 16)).orElse(null)),
                certificates.isEmpty() ? null : new BERSet(all),
                null,
                new DLSet(info));
        return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded(encoding);
    }
}
