package dev.certkit.scep;

import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * What a CertPoll asks for, RFC 8894, section 3.3.3.
 *
 * @param issuer the authority's subject
 * @param subject the request's subject
 */
record IssuerAndSubject(X500Principal issuer, X500Principal subject) {
    IssuerAndSubject {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(subject, "subject");
    }

    static IssuerAndSubject decode(byte[] encoded) throws ScepException {
        return Asn1.read(encoded, "IssuerAndSubject", IssuerAndSubject::of);
    }

    private static IssuerAndSubject of(ASN1Primitive value) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(value);
        return new IssuerAndSubject(name(sequence.getObjectAt(0)), name(sequence.getObjectAt(1)));
    }

    private static X500Principal name(ASN1Encodable name) {
        return new X500Principal(Asn1.der(name));
    }

    byte[] encoded() {
        return Asn1.der(new DERSequence(new ASN1Encodable[] {
            X500Name.getInstance(issuer.getEncoded()), X500Name.getInstance(subject.getEncoded())
        }));
    }
}
