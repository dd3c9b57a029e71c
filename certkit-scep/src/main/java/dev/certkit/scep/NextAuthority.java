package dev.certkit.scep;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.CryptoProviders;
import java.util.Optional;

/**
 * What GetNextCACert gives: the next authority's certificates, signed by the present one (RFC 8894, section 4.7.1).
 *
 * <p>Signed at the first call, and then kept: everybody may ask. Thread safe.
 */
final class NextAuthority {
    private final MessageKey present;
    private final CertificateChain next;
    private final CryptoProviders crypto;
    private volatile Optional<ScepResponse> made = Optional.empty();

    private NextAuthority(MessageKey present, CertificateChain next, CryptoProviders crypto) {
        this.present = present;
        this.next = next;
        this.crypto = crypto;
    }

    /** Signed with the authority's own key: a registration authority does not vouch for an authority. */
    static NextAuthority of(CertifiedKey present, CertificateChain next, CryptoProviders crypto) {
        if (next.leaf().getBasicConstraints() < 0) {
            throw new IllegalArgumentException(
                    "next: " + next.subject() + " is no authority (RFC 5280, section 4.2.1.9)");
        }
        return new NextAuthority(
                new MessageKey(present.privateKey(), present.chain().leaf()), next, crypto);
    }

    ScepResponse response() {
        Optional<ScepResponse> kept = made;
        ScepResponse response = kept.isPresent() ? kept.get() : signed();
        made = Optional.of(response);
        return response;
    }

    private ScepResponse signed() {
        byte[] certificates = CertsOnly.encode(next.certificates());
        return ScepResponse.ok(
                "application/x-x509-next-ca-cert",
                PkiMessageWriter.plain(certificates).signedBy(present, crypto));
    }
}
