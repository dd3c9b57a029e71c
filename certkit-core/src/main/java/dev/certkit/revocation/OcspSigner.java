package dev.certkit.revocation;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.NameForm;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.security.spec.InvalidKeySpecException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may sign answers about a certificate: its issuer, or whom the issuer itself certified for it (RFC 6960, 4.2.2.2). */
final class OcspSigner {
    private static final String NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    private static final Set<String> UNDERSTOOD =
            Set.of("2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.35", "2.5.29.37", NO_CHECK);

    private final Link link;
    private final CryptoProviders providers;
    private final Instant now;
    private final Delegates delegates;

    /** Says whether a responder is revoked, whose certificate does not say that nobody needs to know. */
    interface Delegates {
        Status status(Link delegate);
    }

    OcspSigner(Link link, CryptoProviders providers, Instant now, Delegates delegates) {
        this.link = link;
        this.providers = providers;
        this.now = now;
        this.delegates = delegates;
    }

    /** @throws UnusableException if the answer is signed by nobody who may */
    void check(OcspReply reply) throws UnusableException {
        try {
            Optional<EncodedCertificate> delegate = delegate(reply);
            if (delegate.isEmpty()) {
                reply.signed().checkSignature(link.issuerKeyInfo(), providers);
            } else {
                reply.signed().checkSignature(delegate.get().subjectPublicKeyInfo(), providers);
                checkDelegate(delegate.get());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableException(Cause.BROKEN, "who signed it cannot be read: " + e.getMessage());
        }
    }

    /** Empty if the issuer itself signed. */
    private Optional<EncodedCertificate> delegate(OcspReply reply) throws IOException, UnusableException {
        for (byte[] der : reply.certificates()) {
            EncodedCertificate certificate = EncodedCertificate.decode(der);
            boolean named = reply.isBy(certificate.subject().encoded(), keyBits(certificate));
            if (named && !certificate.equals(link.issuer())) {
                return Optional.of(certificate);
            }
        }
        if (reply.isBy(link.issuer().subject().encoded(), link.issuerKeyBits())) {
            return Optional.empty();
        }
        throw new UnusableException(Cause.BROKEN, "it is signed by somebody whose certificate is not there");
    }

    private static byte[] keyBits(EncodedCertificate certificate) throws DerException {
        DerReader info = DerReader.single(certificate.subjectPublicKeyInfo(), Tag.SEQUENCE)
                .children();
        info.next(Tag.SEQUENCE);
        return info.next(Tag.BIT_STRING).bits();
    }

    private void checkDelegate(EncodedCertificate delegate) throws IOException, UnusableException {
        String name = "the responder " + delegate.subject();
        if (!isIssued(delegate)) {
            throw new UnusableException(Cause.BROKEN, name + " is not certified by the issuer itself");
        }
        if (now.isBefore(delegate.notBefore()) || now.isAfter(delegate.notAfter())) {
            throw new UnusableException(Cause.BROKEN, name + " has a certificate that is not valid now");
        }
        Optional<List<ExtendedKeyUsage>> purposes =
                CertificateExtensions.of(delegate).purposes();
        if (purposes.filter(all -> all.contains(ExtendedKeyUsage.OCSP_SIGNING)).isEmpty()) {
            throw new UnusableException(Cause.BROKEN, name + " is not certified for signing answers (OCSPSigning)");
        }
        if (delegate.extensions().stream().anyMatch(each -> each.critical() && !UNDERSTOOD.contains(each.oid()))) {
            throw new UnusableException(Cause.BROKEN, name + " has a critical extension that is not known here");
        }
        if (delegate.extension(NO_CHECK).isEmpty()
                && !(delegates.status(new Link(delegate, link.issuer())) instanceof Status.Good)) {
            throw new UnusableException(Cause.BROKEN, name + " may itself be revoked (no ocsp-nocheck, no list)");
        }
    }

    private boolean isIssued(EncodedCertificate delegate) {
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.ofOid(delegate.signatureAlgorithmOid());
        try {
            return algorithm.isPresent()
                    && NameForm.same(
                            delegate.issuer().encoded(), link.issuer().subject().encoded())
                    && providers.verify(
                            algorithm.get(),
                            providers.publicKey(link.issuerKeyInfo()),
                            delegate.toBeSigned(),
                            delegate.signature());
        } catch (InvalidKeySpecException e) {
            return false;
        }
    }
}
