package dev.certkit.shelf;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.seal.Sealed;
import dev.certkit.key.Passphrase;
import java.util.Optional;

/** A request encrypted under a passphrase, since its challenge password stands in it in clear. */
final class SealedRequest {
    private static final String LABEL = "SEALED CERTIFICATE REQUEST";
    private static final String WHAT = "sealed request";

    private SealedRequest() {}

    static boolean isOne(String pem) {
        return pem.contains("-----BEGIN " + LABEL + "-----");
    }

    static String toPem(byte[] request, Passphrase passphrase) {
        return PemBlock.encode(LABEL, Sealed.seal(request, passphrase));
    }

    static byte[] parse(String pem, Optional<Passphrase> passphrase) throws MalformedEncodingException {
        if (passphrase.isEmpty()) {
            throw new MalformedEncodingException(WHAT, "it is sealed; open the identities under their passphrase");
        }
        return Sealed.open(WHAT, PemBlock.single(pem, LABEL).decoded(), passphrase.get());
    }
}
