package dev.certkit.identity;

import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.Oids;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.List;
import java.util.Optional;

/** DER to a request whose signature holds (RFC 2986, 4). */
final class RequestDecoder {
    private static final String WHAT = "certification request";
    private static final String LABEL = "CERTIFICATE REQUEST";
    private static final int MAX_OCTETS = 64 << 10;

    private RequestDecoder() {}

    static CertificationRequest decode(byte[] given) throws MalformedEncodingException {
        if (given.length > MAX_OCTETS) {
            throw new MalformedEncodingException(WHAT, given.length + " octets; 65536 are accepted");
        }
        try {
            // What is signed is the DER of the information (RFC 2986, 4.2), though it may come with indefinite lengths.
            byte[] der = Ber.toDefinite(given.clone(), DecodingLimits.standard().maxDepth());
            DerReader request = DerReader.single(der, Tag.SEQUENCE).children();
            DerValue info = request.next(Tag.SEQUENCE);
            SignatureAlgorithm algorithm =
                    algorithm(request.next(Tag.SEQUENCE).children().next().oid());
            byte[] signature = request.next(Tag.BIT_STRING).bits();
            request.end();
            CertificationRequest.Contents contents = contents(der, algorithm);
            checkPossession(contents, info.encoded(), signature);
            return new CertificationRequest(der, contents);
        } catch (MalformedEncodingException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedEncodingException(WHAT, e.getMessage() + "; make or copy the request again", e);
        }
    }

    private static SignatureAlgorithm algorithm(String oid) throws MalformedEncodingException {
        return SignatureAlgorithm.ofOid(oid)
                .orElseThrow(() -> new MalformedEncodingException(WHAT, RefusedAlgorithm.reason(oid)));
    }

    private static CertificationRequest.Contents contents(byte[] request, SignatureAlgorithm algorithm)
            throws IOException {
        DerReader info =
                DerReader.single(request, Tag.SEQUENCE).children().next().children();
        info.next(Tag.INTEGER);
        DistinguishedName subject = subject(info.next(Tag.SEQUENCE).encoded());
        PublicKey key = key(info.next(Tag.SEQUENCE).encoded());
        RequestAttributes attributes = new RequestAttributes(request);
        CertificateExtensions extensions = CertificateExtensions.decode(attributes.extensions());
        return new CertificationRequest.Contents(
                subject,
                key,
                names(extensions),
                attributes.challengePassword(),
                extensions
                        .basicConstraints()
                        .filter(CertificateExtensions.BasicConstraints::authority)
                        .isPresent(),
                algorithm);
    }

    private static List<GeneralName> names(CertificateExtensions extensions) throws DerException {
        Optional<EncodedCertificate.Extension> names = extensions.all().stream()
                .filter(extension -> extension.oid().equals(Oids.SUBJECT_ALTERNATIVE_NAME))
                .findFirst();
        return names.isPresent() ? GeneralNames.decode(names.get().value()) : List.of();
    }

    private static DistinguishedName subject(byte[] name) throws IOException {
        DistinguishedName subject = DistinguishedName.decode(name);
        try {
            // A certificate with a name that Java cannot read is of no use to most who ask.
            subject.toPrincipal();
            return subject;
        } catch (IllegalArgumentException e) {
            throw new DerException("the subject is malformed");
        }
    }

    private static PublicKey key(byte[] spki) throws MalformedEncodingException {
        try {
            return CryptoProviders.standard().publicKey(spki);
        } catch (InvalidKeySpecException e) {
            throw new MalformedEncodingException(WHAT, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkPossession(CertificationRequest.Contents contents, byte[] info, byte[] signature)
            throws MalformedEncodingException {
        if (!CryptoProviders.standard().verify(contents.algorithm(), contents.publicKey(), info, signature)) {
            throw new MalformedEncodingException(
                    WHAT, "it is not signed by the key in it, so that possession of the key is not proved");
        }
    }

    static byte[] fromPem(String pem) throws MalformedEncodingException {
        return PemBlock.single(pem, LABEL).decoded();
    }

    static String toPem(byte[] der) {
        return PemBlock.encode(LABEL, der);
    }
}
