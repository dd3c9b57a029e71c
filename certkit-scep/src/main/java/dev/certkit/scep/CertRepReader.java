package dev.certkit.scep;

import dev.certkit.identity.CertificateChain;
import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Accepts an answer to one request, or says which check it failed (RFC 8894, section 3.3.2).
 *
 * <p>The order matters: nothing is read before the signature of a pinned or proved key, and nothing is decrypted before the
 * answer is known to be to this very request.
 */
final class CertRepReader {
    private final ClientTransaction transaction;
    private final CaCertificates authority;
    private final AlgorithmFloor floor;
    private final CryptoProviders crypto;

    CertRepReader(
            ClientTransaction transaction, CaCertificates authority, AlgorithmFloor floor, CryptoProviders crypto) {
        this.transaction = transaction;
        this.authority = authority;
        this.floor = floor;
        this.crypto = crypto;
    }

    /** The answer, if it was signed by the authority and is to the request with this nonce. */
    PkiMessage answer(byte[] encoded, Nonce sent) throws ScepException {
        PkiMessage answer = new PkiMessageReader(floor, crypto).read(encoded).verify(authority.signers());
        if (answer.type() != MessageType.CERT_REP) {
            throw ScepException.of(
                    Check.MESSAGE_TYPE,
                    "The SCEP server answered with the message type " + answer.type()
                            + " where only CERT_REP is an answer");
        }
        if (!answer.transactionId().equals(transaction.id())) {
            throw ScepException.of(
                    Check.TRANSACTION_ID,
                    "The SCEP answer is to another transaction than " + transaction.id()
                            + "; somebody may have replayed it");
        }
        if (!answer.recipientNonce().equals(Optional.of(sent))) {
            throw ScepException.of(
                    Check.RECIPIENT_NONCE,
                    "The SCEP answer " + (answer.recipientNonce().isPresent() ? "has another" : "lacks the")
                            + " nonce of the request; somebody may have replayed it");
        }
        return answer;
    }

    /** The chain in a successful answer: for our key, proved to the pinned authority, and in time. */
    CertificateChain chain(PkiMessage success, Instant now) throws ScepException {
        byte[] content = new EnvelopeOpener(transaction.signer(), floor, crypto).open(success.envelope());
        List<X509Certificate> received = CertsOnly.decode(content);
        if (received.isEmpty()) {
            throw ScepException.of(Check.CONTENT, "The SCEP server says that it issued a certificate, and sent none");
        }
        X509Certificate issued = ours(received);
        List<X509Certificate> pool = Stream.concat(authority.authorities().stream(), received.stream())
                .toList();
        PinnedPath path = PinnedPath.of(issued, authority.pinned(), pool)
                .filter(found -> !found.chain().leaf().equals(authority.pinned()))
                .orElseThrow(() -> ScepException.of(
                        Check.CERTIFICATE_CHAIN,
                        "The certificate received was not issued under the authority that was pinned, but by "
                                + Shown.of(DistinguishedName.of(issued.getIssuerX500Principal()))));
        Optional<X509Certificate> outOfTime = path.outOfTime(now);
        if (outOfTime.isPresent()) {
            throw outOfTime(outOfTime.get(), now);
        }
        return path.chain();
    }

    /** Found by the key, wherever it stands: servers add their own certificates, and sets are sorted (trap 27). */
    private X509Certificate ours(List<X509Certificate> received) throws ScepException {
        PublicKey key = transaction.pending().request().publicKey();
        return received.stream()
                .filter(each -> Arrays.equals(each.getPublicKey().getEncoded(), key.getEncoded()))
                .max(Comparator.comparing(X509Certificate::getNotBefore))
                .orElseThrow(() -> ScepException.of(
                        Check.CERTIFICATE_KEY,
                        "None of the " + received.size() + " certificates received is for the key that was sent"));
    }

    private static ScepException outOfTime(X509Certificate certificate, Instant now) {
        return ScepException.of(
                Check.CERTIFICATE_VALIDITY,
                "The certificate of " + Shown.of(DistinguishedName.of(certificate.getSubjectX500Principal()))
                        + " is valid from "
                        + certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant() + ", not at " + now
                        + "; check this clock and the server's");
    }
}
