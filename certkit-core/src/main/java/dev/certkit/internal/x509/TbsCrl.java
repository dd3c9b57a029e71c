package dev.certkit.internal.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.SerialNumber;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;

/** A CRL of version 2 before it is signed (RFC 5280, 5.1); the entries are encoded already. */
public record TbsCrl(
        DistinguishedName issuer, Instant thisUpdate, Instant nextUpdate, List<byte[]> entries, Extensions extensions) {
    private static final byte[] VERSION_2 = Der.integer(1);

    /** One revoked certificate; no extensions are left out. */
    public static byte[] entry(SerialNumber serial, Instant revokedAt, Extensions extensions) {
        byte[] number = Der.integer(serial.value());
        byte[] date = Der.time(revokedAt);
        return extensions.isEmpty() ? Der.sequence(number, date) : Der.sequence(number, date, extensions.encoded());
    }

    /** The DER of the signed list. */
    public byte[] signedBy(PrivateKey issuerKey, SignatureAlgorithm algorithm, CryptoProviders providers) {
        byte[] identifier = algorithm.algorithmIdentifier();
        // RFC 5280, 5.1.2.6: no list at all rather than an empty one.
        byte[] revoked = entries.isEmpty() ? new byte[0] : Der.sequence(entries);
        byte[] toBeSigned = Der.sequence(
                VERSION_2,
                identifier,
                issuer.encoded(),
                Der.time(thisUpdate),
                Der.time(nextUpdate),
                revoked,
                Der.tagged(Tag.constructed(0), extensions.encoded()));
        return Der.sequence(toBeSigned, identifier, Der.bitString(providers.sign(algorithm, issuerKey, toBeSigned)));
    }
}
