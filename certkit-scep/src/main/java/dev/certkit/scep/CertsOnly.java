package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.Certificate;

/** The degenerate SignedData that carries certificates and nothing else (RFC 8894, section 3.4; RFC 5652, 5.2). */
final class CertsOnly {
    /** Each may cost a client as many signature checks as there are others. */
    private static final int MAX_CERTIFICATES = 32;

    private CertsOnly() {}

    /** Writes certificates in the order given, which is the order that readers see: the issued one first. */
    static byte[] encode(List<X509Certificate> certificates) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        certificates.forEach(certificate -> all.add(CertificateIds.structure(certificate)));
        // A BERSet, though nothing here is BER: SignedData sorts any other kind.
        SignedData data = new SignedData(
                new DERSet(), new ContentInfo(CMSObjectIdentifiers.data, null), new BERSet(all), null, new DERSet());
        return Asn1.definite(new ContentInfo(CMSObjectIdentifiers.signedData, data));
    }

    /** Writes a revocation list, and no certificate (RFC 8894, section 4.6). */
    static byte[] encodeList(byte[] list) {
        SignedData data = new SignedData(
                new DERSet(),
                new ContentInfo(CMSObjectIdentifiers.data, null),
                null,
                new DERSet(Asn1.written(list)),
                new DERSet());
        return Asn1.definite(new ContentInfo(CMSObjectIdentifiers.signedData, data));
    }

    /**
     * Reads the certificates in the order of the message; what is no X.509 certificate is left out.
     *
     * @return perhaps empty
     */
    static List<X509Certificate> decode(byte[] encoded) throws ScepException {
        return Asn1.read(
                encoded,
                "certificate list",
                value -> certificates(SignedStructure.signedData(value).getCertificates()));
    }

    /** Reads a list or one bare certificate, told apart by content: servers mislabel them. */
    static List<X509Certificate> decodeListOrOne(byte[] encoded) throws ScepException {
        return Asn1.read(
                encoded,
                "certificate list",
                value -> isCertificate(value)
                        ? List.of(certificate(Certificate.getInstance(value))
                                .orElseThrow(() -> new IOException("no certificate")))
                        : certificates(SignedStructure.signedData(value).getCertificates()));
    }

    private static boolean isCertificate(ASN1Primitive value) {
        return value instanceof ASN1Sequence sequence && sequence.size() == 3;
    }

    private static List<X509Certificate> certificates(ASN1Set certificates) throws ScepException {
        List<X509Certificate> all = new ArrayList<>();
        if (certificates != null) {
            if (certificates.size() > MAX_CERTIFICATES) {
                throw ScepException.of(
                        Check.SIZE,
                        "The certificate list has " + certificates.size() + " certificates, more than the "
                                + MAX_CERTIFICATES + " that are read");
            }
            for (ASN1Encodable each : certificates) {
                structure(each).flatMap(CertsOnly::certificate).ifPresent(all::add);
            }
        }
        return all;
    }

    /** Empty for the other, tagged choices of CertificateChoices (RFC 5652, 10.2.2). */
    static Optional<Certificate> structure(ASN1Encodable choice) {
        return choice instanceof ASN1Sequence ? Optional.of(Certificate.getInstance(choice)) : Optional.empty();
    }

    /** Empty if it is not structured as a certificate, or the JDK does not take it for one. */
    static Optional<X509Certificate> certificate(Certificate structure) {
        try {
            return Optional.of(
                    EncodedCertificate.decode(Asn1.definite(structure)).toX509Certificate());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
