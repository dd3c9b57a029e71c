package dev.certkit.scep;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.CryptoProviders;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encrypts requests to the responder itself while they wait, since their challenge password stands in them in clear. */
final class RequestVault {
    private static final Logger LOG = LoggerFactory.getLogger(RequestVault.class);

    private final X509Certificate certificate;
    private final EnvelopeOpener opener;
    private final CryptoProviders crypto;

    RequestVault(X509Certificate certificate, EnvelopeOpener opener, CryptoProviders crypto) {
        this.certificate = certificate;
        this.opener = opener;
        this.crypto = crypto;
    }

    byte[] seal(CertificationRequest request) {
        return Envelope.seal(request.encoded(), certificate, crypto);
    }

    /** Empty if the responder has another key now. */
    Optional<CertificationRequest> open(byte[] sealed) {
        try {
            return Optional.of(CertificationRequest.decode(opener.open(sealed)));
        } catch (ScepException | MalformedEncodingException e) {
            LOG.warn("SCEP: a waiting request cannot be opened any more, it must be sent again", e);
            return Optional.empty();
        }
    }
}
