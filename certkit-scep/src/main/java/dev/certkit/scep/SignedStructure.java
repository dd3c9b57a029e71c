package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;

/** What a pkiMessage is made of: SignedData over data with one signer and signed attributes (RFC 8894, section 3.1). */
record SignedStructure(
        SignedAttributes attributes, ASN1OctetString data, SignerInfo signerInfo, PresentedSigner presented) {

    static SignedStructure of(ASN1Primitive value) throws ScepException {
        SignedData data = signedData(value);
        if (data.getSignerInfos().size() != 1) {
            throw ScepException.of(
                    Check.SIGNER,
                    "The SCEP message has " + data.getSignerInfos().size() + " signers where it must have one");
        }
        SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        if (signer.getAuthenticatedAttributes() == null) {
            throw ScepException.of(
                    Check.SIGNED_ATTRIBUTES, "The SCEP message has no signed attributes; the peer does not speak SCEP");
        }
        return new SignedStructure(
                SignedAttributes.of(signer.getAuthenticatedAttributes()),
                content(data.getEncapContentInfo()),
                signer,
                new PresentedSigner(signer.getSID().getId(), Optional.ofNullable(data.getCertificates())));
    }

    byte[] content() {
        return data.getOctets();
    }

    String digestOid() {
        return signerInfo.getDigestAlgorithm().getAlgorithm().getId();
    }

    String signatureOid() {
        return signerInfo.getDigestEncryptionAlgorithm().getAlgorithm().getId();
    }

    byte[] signature() {
        return signerInfo.getEncryptedDigest().getOctets();
    }

    static SignedData signedData(ASN1Primitive value) throws ScepException {
        ContentInfo info = ContentInfo.getInstance(value);
        if (!CMSObjectIdentifiers.signedData.equals(info.getContentType())) {
            throw ScepException.of(
                    Check.ENCODING, "The CMS message has the type " + info.getContentType() + ", not SignedData");
        }
        return SignedData.getInstance(info.getContent());
    }

    /** Absent in a failure by RFC 8894, empty or one byte long from some servers: all read as they are. */
    private static ASN1OctetString content(ContentInfo info) throws ScepException {
        if (!CMSObjectIdentifiers.data.equals(info.getContentType())) {
            throw ScepException.of(
                    Check.ENCODING,
                    "The content of the SCEP message has the type " + info.getContentType() + ", not data");
        }
        return info.getContent() == null
                ? new DEROctetString(new byte[0])
                : ASN1OctetString.getInstance(info.getContent());
    }

    Optional<X509Certificate> signer() {
        return presented.certificate();
    }
}
