package dev.certkit.revocation;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Optional;

/** What CRLs and answers of OCSP have in common: something, an algorithm, and a signature over it. */
final class Signed {
    private static final int MAX_DEPTH = 32;

    private final DerValue content;
    private final byte[] algorithm;
    private final byte[] signature;
    private final DerReader rest;

    private Signed(DerReader parts) throws DerException {
        this.content = parts.next(Tag.SEQUENCE);
        this.algorithm = parts.next(Tag.SEQUENCE).encoded();
        this.signature = parts.next(Tag.BIT_STRING).bits();
        this.rest = parts;
    }

    static Signed decode(byte[] der) throws DerException {
        Nesting.check(der, MAX_DEPTH);
        return new Signed(DerReader.single(der, Tag.SEQUENCE).children());
    }

    DerReader content() {
        return content.children();
    }

    /** What stands behind the signature. */
    DerReader rest() {
        return rest;
    }

    boolean isAlgorithm(DerValue identifier) {
        return Arrays.equals(algorithm, identifier.encoded());
    }

    /** @throws UnusableException if the key did not sign it, or its algorithm or the key is not accepted */
    void checkSignature(byte[] keyInfo, CryptoProviders providers) throws DerException, UnusableException {
        String oid = DerReader.single(algorithm, Tag.SEQUENCE)
                .children()
                .next(Tag.OID)
                .oid();
        Optional<SignatureAlgorithm> known = SignatureAlgorithm.ofOid(oid);
        if (known.isEmpty()) {
            throw new UnusableException(Cause.BROKEN, "it is signed with " + oid + ", which is weak or not known here");
        }
        try {
            if (!providers.verify(known.get(), providers.publicKey(keyInfo), content.encoded(), signature)) {
                throw new UnusableException(Cause.BROKEN, "its signature was not made by the key that it should be");
            }
        } catch (InvalidKeySpecException e) {
            throw new UnusableException(Cause.BROKEN, "the key that signed it is not accepted: " + e.getMessage());
        }
    }
}
