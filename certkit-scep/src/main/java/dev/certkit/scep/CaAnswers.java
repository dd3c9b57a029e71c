package dev.certkit.scep;

import dev.certkit.identity.CertifiedKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a responder tells everybody: its capabilities and its certificates. */
final class CaAnswers {
    /**
     * RFC 8894, section 3.5.2.
     *
     * <p>SHA-384 is no word of the standard, but Debian 12's strongSwan 5.9.8 takes AES only if it is there.
     */
    private static final List<String> WORDS =
            List.of("AES", "POSTPKIOperation", "Renewal", "SHA-256", "SHA-384", "SHA-512", "SCEPStandard");

    private CaAnswers() {}

    static ScepResponse capabilities(AlgorithmFloor floor, Optional<NextAuthority> next) {
        List<String> words = new ArrayList<>(WORDS);
        if (floor.accepts(ContentCipher.TRIPLE_DES_CBC)) {
            words.add("DES3");
        }
        if (floor.accepts(SigningDigest.SHA_1)) {
            words.add("SHA-1");
        }
        if (next.isPresent()) {
            words.add(CaCapability.GET_NEXT_CA_CERT.keyword());
        }
        // No line end behind the last word: strongSwan 5.9.8 reads an empty line as every word.
        return ScepResponse.capabilities(String.join("\n", words));
    }

    /** RFC 8894, section 4.2.1: one certificate alone is sent bare, several as a certs-only message. */
    static ScepResponse certificates(CertifiedKey authority, Optional<X509Certificate> registration) {
        List<X509Certificate> all = new ArrayList<>();
        registration.ifPresent(all::add);
        all.addAll(authority.chain().certificates());
        return all.size() == 1
                ? ScepResponse.ok("application/x-x509-ca-cert", CertificateIds.encoded(all.get(0)))
                : ScepResponse.ok("application/x-x509-ca-ra-cert", CertsOnly.encode(all));
    }
}
