package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;

/**
 * A pkiMessage (RFC 8894, section 3.2) as it was presented: well-formed, and nothing else is known about it.
 *
 * <p>What is asked of it here is only claimed. The claims serve to answer a broken request, never to decide. Immutable.
 */
final class SignedMessage {
    private final SignedStructure structure;
    private final AlgorithmFloor floor;
    private final CryptoProviders crypto;

    SignedMessage(SignedStructure structure, AlgorithmFloor floor, CryptoProviders crypto) {
        this.structure = structure;
        this.floor = floor;
        this.crypto = crypto;
    }

    /** The certificate that the message names as its signer's, if it travels along. */
    Optional<X509Certificate> claimedSigner() {
        return structure.signer();
    }

    /** Empty also if it cannot be read. */
    Optional<TransactionId> claimedTransactionId() {
        try {
            return structure.attributes().transactionId();
        } catch (ScepException e) {
            return Optional.empty();
        }
    }

    /** Empty also if it cannot be read. */
    Optional<Nonce> claimedSenderNonce() {
        try {
            return structure.attributes().nonce(AttributeId.SENDER_NONCE);
        } catch (ScepException e) {
            return Optional.empty();
        }
    }

    /**
     * Verifies with the certificate that travels along: right for a responder, which learns the requester's key so.
     *
     * @throws ScepException {@link Check#SIGNER}, or as the other method
     */
    PkiMessage verifyAsRequest() throws ScepException {
        X509Certificate signer = claimedSigner()
                .orElseThrow(() -> ScepException.of(
                        Check.SIGNER,
                        "The SCEP message does not carry its signer's certificate (RFC 8894, section 3.2); the peer"
                                + " must include it"));
        return verify(List.of(signer.getPublicKey()));
    }

    /**
     * Verifies the signature and digest, and reads the attributes.
     *
     * @param candidates the keys of which one must have signed
     * @throws ScepException {@link Check#ALGORITHM}, {@link Check#SIGNATURE}, {@link Check#SIGNED_ATTRIBUTES},
     *     {@link Check#MESSAGE_DIGEST}, {@link Check#MESSAGE_TYPE}, {@link Check#TRANSACTION_ID}, {@link Check#STATUS}
     */
    PkiMessage verify(List<PublicKey> candidates) throws ScepException {
        verifiedContent(candidates);
        return new PkiMessage(structure);
    }

    /** The same for a message without the attributes of SCEP: what was signed, and by one of the candidates. */
    byte[] verifiedContent(List<PublicKey> candidates) throws ScepException {
        SigningDigest digest = floor.digest(structure.digestOid());
        if (!digest.goesWith(structure.signatureOid())) {
            throw ScepException.of(
                    Check.ALGORITHM,
                    "The SCEP message names the signature algorithm " + structure.signatureOid()
                            + ", which does not go with " + digest.jcaName() + " or is not accepted here");
        }
        verifySignature(digest, candidates);
        verifyContent(digest);
        return structure.content();
    }

    private void verifySignature(SigningDigest digest, List<PublicKey> candidates) throws ScepException {
        for (byte[] signedBytes : structure.attributes().signedBytes()) {
            for (PublicKey key : candidates) {
                if (digest.verifies(key, signedBytes, structure.signature(), crypto)) {
                    return;
                }
            }
        }
        throw ScepException.of(
                Check.SIGNATURE,
                "The signature of the SCEP message was not made by the expected key, or the message was changed");
    }

    private void verifyContent(SigningDigest digest) throws ScepException {
        SignedAttributes attributes = structure.attributes();
        boolean typed = attributes
                .objectIdentifier(AttributeId.CONTENT_TYPE)
                .filter(CMSObjectIdentifiers.data::equals)
                .isPresent();
        Optional<byte[]> claimed = attributes.octets(AttributeId.MESSAGE_DIGEST);
        if (!typed || claimed.isEmpty()) {
            throw ScepException.of(
                    Check.SIGNED_ATTRIBUTES,
                    "The SCEP message lacks the signed attribute content-type (data) or message-digest (RFC 5652,"
                            + " section 11); the peer is broken");
        }
        if (!MessageDigest.isEqual(claimed.get(), digest.digest(structure.content()))) {
            throw ScepException.of(
                    Check.MESSAGE_DIGEST, "The content of the SCEP message is not the one that was signed");
        }
    }
}
