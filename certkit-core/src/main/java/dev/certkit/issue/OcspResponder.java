package dev.certkit.issue;

import dev.certkit.identity.BrokenChainException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.DerException;
import dev.certkit.issue.OcspRequest.CertId;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import dev.certkit.x509.SerialNumber;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers OCSP requests about what a {@link LocalAuthority} issued (RFC 6960) without a server: bytes in, bytes out.
 *
 * <p>A certificate that is recorded is good or revoked, any other is unknown. A nonce of 1 to 128 octets is sent back (RFC
 * 9654). Serve it under HTTP POST as {@code application/ocsp-request} and {@code application/ocsp-response}. Immutable:
 * each call gives a new responder. Thread safe.
 */
public final class OcspResponder {
    private static final Logger LOG = LoggerFactory.getLogger(OcspResponder.class);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Revocations records;
    private final Optional<CertifiedKey> delegate;
    private final Duration untilNext;
    private final OcspIssuer issuer;

    private OcspResponder(Revocations records, Optional<CertifiedKey> delegate, Duration untilNext) {
        this.records = records;
        this.delegate = delegate;
        this.untilNext = untilNext;
        this.issuer = OcspIssuer.of(records.authority().chain().leaf());
    }

    /**
     * Answers with the authority's own key; each answer is valid for an hour.
     *
     * @param authority with the storage and clock that it issues with; not null
     */
    public static OcspResponder of(LocalAuthority authority) {
        return new OcspResponder(authority.revocations(), Optional.empty(), USUAL);
    }

    /**
     * The profile to certify a delegate's key by: OCSP signing, and nobody need ask whether it is revoked; 397 days.
     *
     * <p>The certificate carries id-pkix-ocsp-nocheck (RFC 6960, section 4.2.2.2.1), so let it live shorter if its key is at
     * risk.
     */
    public static CertificateProfile signerProfile() {
        return CertificateProfile.tlsClient()
                .named("ocspSigner")
                .forUsages(KeyUsage.DIGITAL_SIGNATURE)
                .forPurposes(ExtendedKeyUsage.OCSP_SIGNING);
    }

    /**
     * Signs with another key, so that the authority's need not be at hand (RFC 6960, section 4.2.2.2).
     *
     * @param delegate certified by the authority itself for OCSP signing, by
     *     {@link #signerProfile()}; not null
     * @throws IllegalArgumentException if it is not
     */
    public OcspResponder signingWith(CertifiedKey delegate) {
        X509Certificate certificate = delegate.chain().leaf();
        X509Certificate own = records.authority().chain().leaf();
        try {
            CertificateChain.of(List.of(certificate, own));
            boolean signsOcsp = CertificateExtensions.of(EncodedCertificate.of(certificate))
                    .purposes()
                    .filter(purposes -> purposes.contains(ExtendedKeyUsage.OCSP_SIGNING))
                    .isPresent();
            if (!signsOcsp) {
                throw new IllegalArgumentException(
                        "delegate: its certificate is not for OCSP signing; have it certified"
                                + " by OcspResponder.signerProfile()");
            }
        } catch (BrokenChainException e) {
            throw new IllegalArgumentException(
                    "delegate: its certificate was not issued by the authority itself: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("delegate: " + e.getMessage(), e);
        }
        return new OcspResponder(records, Optional.of(delegate), untilNext);
    }

    /**
     * Lets requesters keep an answer for another time than an hour.
     *
     * @param untilNext from a second to 366 days; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public OcspResponder validFor(Duration untilNext) {
        if (untilNext.compareTo(Duration.ofSeconds(1)) < 0 || untilNext.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("untilNext: " + untilNext + " is not within a second and 366 days");
        }
        return new OcspResponder(records, delegate, untilNext);
    }

    /**
     * Answers a request, whatever it is.
     *
     * <p>Never throws for what is in the request or what fails meanwhile. What cannot be read, has more than 16,384 octets or
     * 32 certificates is answered malformedRequest; what is about certificates of other authorities only, unauthorized; a
     * storage or key that fails, or a delegate that is not valid now, internalError, which is logged. These are not signed.
     *
     * @param request the DER of an OCSPRequest; not null
     * @return the DER of an OCSPResponse
     */
    public byte[] answer(byte[] request) {
        Objects.requireNonNull(request, "request");
        try {
            OcspRequest asked = OcspRequest.decode(request);
            return asked.certificates().stream().anyMatch(issuer::isMeantBy)
                    ? signed(asked)
                    : OcspAnswer.Failure.UNAUTHORIZED.encoded();
        } catch (DerException e) {
            LOG.debug("OCSP: a request is malformed: {}", e.getMessage());
            return OcspAnswer.Failure.MALFORMED_REQUEST.encoded();
        } catch (IOException | RuntimeException e) {
            LOG.warn("OCSP: a request is answered with internalError", e);
            return OcspAnswer.Failure.INTERNAL_ERROR.encoded();
        }
    }

    private byte[] signed(OcspRequest asked) throws IOException {
        Instant now = records.rules().clock().instant();
        OcspAnswer answer = new OcspAnswer(new Validity(now, now.plus(untilNext)));
        for (CertId id : asked.certificates()) {
            answer.add(id, status(id));
        }
        return answer.signedBy(signer(now), asked.nonce(), records.rules().providers());
    }

    private CertificateStatus status(CertId id) throws IOException {
        // No certificate can have a serial number that is none.
        boolean possible = id.serial().signum() > 0 && id.serial().bitLength() <= 159;
        return possible && issuer.isMeantBy(id)
                ? records.status(new SerialNumber(id.serial()))
                : new CertificateStatus.Unknown();
    }

    private OcspAnswer.Signer signer(Instant now) throws IOException {
        if (delegate.isEmpty()) {
            return new OcspAnswer.Signer(
                    records.authority().privateKey(),
                    records.authority().chain().leaf().getPublicKey(),
                    List.of());
        }
        CertificateChain chain = delegate.get().chain();
        if (!chain.validity().contains(now)) {
            throw new IOException("the certificate of the OCSP signer " + chain.subject() + " is valid from "
                    + chain.validity().notBefore() + " to " + chain.validity().notAfter()
                    + " only; certify its key anew");
        }
        return new OcspAnswer.Signer(
                delegate.get().privateKey(),
                chain.leaf().getPublicKey(),
                List.of(EncodedCertificate.of(chain.leaf()).encoded()));
    }

    /** The authority's name. */
    @Override
    public String toString() {
        return "OcspResponder[" + records.authority().name() + "]";
    }
}
