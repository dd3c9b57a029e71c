package dev.certkit.key;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A self-signed certificate that only says which public key belongs to a private key in a token.
 *
 * <p>Java shows no key of a token that has no certificate. Nobody else shall take it for one: its name says what it is,
 * and it was valid for the first second of 1970.
 */
final class PlaceholderCertificate {
    private static final byte[] NAME =
            Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8("certkit: key without certificate"))));

    private PlaceholderCertificate() {}

    static X509Certificate of(KeyPair keys, Provider token) throws GeneralSecurityException {
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(keys.getPublic());
        byte[] identifier = algorithm.algorithmIdentifier();
        byte[] toBeSigned = Der.sequence(
                Der.tagged(Tag.constructed(0), Der.integer(2)),
                Der.integer(1),
                identifier,
                NAME,
                Der.sequence(Der.time(Instant.EPOCH), Der.time(Instant.EPOCH.plusSeconds(1))),
                NAME,
                keys.getPublic().getEncoded());
        Signature signature = Signature.getInstance(algorithm.jcaName(), token);
        signature.initSign(keys.getPrivate());
        signature.update(toBeSigned);
        byte[] der = Der.sequence(toBeSigned, identifier, Der.bitString(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
