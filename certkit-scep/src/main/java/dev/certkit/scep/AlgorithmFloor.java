package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.util.EnumSet;

/** The digests and ciphers that are accepted, whatever a peer announces. Immutable. */
final class AlgorithmFloor {
    private static final AlgorithmFloor STANDARD = new AlgorithmFloor(
            EnumSet.of(SigningDigest.SHA_256, SigningDigest.SHA_384, SigningDigest.SHA_512),
            EnumSet.of(ContentCipher.AES_128_CBC, ContentCipher.AES_192_CBC, ContentCipher.AES_256_CBC));

    private final EnumSet<SigningDigest> digests;
    private final EnumSet<ContentCipher> ciphers;

    private AlgorithmFloor(EnumSet<SigningDigest> digests, EnumSet<ContentCipher> ciphers) {
        this.digests = digests;
        this.ciphers = ciphers;
    }

    /** SHA-2 from 256 bits and AES-CBC from 128 bits. */
    static AlgorithmFloor standard() {
        return STANDARD;
    }

    AlgorithmFloor allowing(SigningDigest digest) {
        return or(new AlgorithmFloor(EnumSet.of(digest), EnumSet.noneOf(ContentCipher.class)));
    }

    AlgorithmFloor allowing(ContentCipher cipher) {
        return or(new AlgorithmFloor(EnumSet.noneOf(SigningDigest.class), EnumSet.of(cipher)));
    }

    AlgorithmFloor or(AlgorithmFloor other) {
        EnumSet<SigningDigest> allDigests = EnumSet.copyOf(digests);
        allDigests.addAll(other.digests);
        EnumSet<ContentCipher> allCiphers = EnumSet.copyOf(ciphers);
        allCiphers.addAll(other.ciphers);
        return new AlgorithmFloor(allDigests, allCiphers);
    }

    boolean accepts(SigningDigest digest) {
        return digests.contains(digest);
    }

    boolean accepts(ContentCipher cipher) {
        return ciphers.contains(cipher);
    }

    /** The digest with this object identifier, if it is accepted. */
    SigningDigest digest(String oid) throws ScepException {
        return SigningDigest.ofOid(oid)
                .filter(digests::contains)
                .orElseThrow(() -> refused("digest "
                        + SigningDigest.ofOid(oid).map(SigningDigest::jcaName).orElse(oid)));
    }

    /** The cipher with this object identifier, if it is accepted. */
    ContentCipher cipher(String oid) throws ScepException {
        return ContentCipher.ofOid(oid)
                .filter(ciphers::contains)
                .orElseThrow(() -> refused("cipher "
                        + ContentCipher.ofOid(oid).map(ContentCipher::name).orElse(oid)));
    }

    private static ScepException refused(String algorithm) {
        return ScepException.of(
                Check.ALGORITHM,
                "The SCEP message uses the " + algorithm + ", which is not accepted here; let the peer use SHA-256 and"
                        + " AES-128, or allow its weakness by name with PeerQuirks");
    }
}
