package dev.certkit.scep;

import java.util.Objects;

/**
 * Departures from the standard that are allowed for one kind of peer, by its name.
 *
 * <p>Without a quirk the floor is SHA-256 and AES-128 (RFC 8894, section 2.9), whatever the peer announces. MD5 is never
 * accepted, single DES never in an answer. Immutable and thread safe.
 */
public final class PeerQuirks {
    private static final PeerQuirks NONE = new PeerQuirks(AlgorithmFloor.standard(), AlgorithmFloor.standard());
    private static final AlgorithmFloor SHA_1_AND_TRIPLE_DES =
            AlgorithmFloor.standard().allowing(SigningDigest.SHA_1).allowing(ContentCipher.TRIPLE_DES_CBC);
    private static final AlgorithmFloor SHA_1_AND_SINGLE_DES =
            AlgorithmFloor.standard().allowing(SigningDigest.SHA_1).allowing(ContentCipher.SINGLE_DES_CBC);

    private final AlgorithmFloor requests;
    private final AlgorithmFloor answers;

    private PeerQuirks(AlgorithmFloor requests, AlgorithmFloor answers) {
        this.requests = requests;
        this.answers = answers;
    }

    /** Nothing but what the standard asks for; the default. */
    public static PeerQuirks none() {
        return NONE;
    }

    /** Windows Server's NDES, whose answers may use SHA-1 and triple DES. */
    public static PeerQuirks legacyNdes() {
        return new PeerQuirks(AlgorithmFloor.standard(), SHA_1_AND_TRIPLE_DES);
    }

    /** Older Cisco IOS, as device or as authority, which may use SHA-1 and triple DES. */
    public static PeerQuirks legacyCiscoIos() {
        return new PeerQuirks(SHA_1_AND_TRIPLE_DES, SHA_1_AND_TRIPLE_DES);
    }

    /**
     * The {@code scepclient} of micromdm as Debian ships it, whose requests always use SHA-1 and single DES.
     *
     * <p>A responder opens such requests, and still answers with SHA-256 and AES-128. A client accepts nothing more.
     */
    public static PeerQuirks legacyMicromdm() {
        return new PeerQuirks(SHA_1_AND_SINGLE_DES, AlgorithmFloor.standard());
    }

    /**
     * These quirks and the others together.
     *
     * @param others not null
     */
    public PeerQuirks and(PeerQuirks others) {
        Objects.requireNonNull(others, "others");
        return new PeerQuirks(requests.or(others.requests), answers.or(others.answers));
    }

    /** What a responder accepts in requests. */
    AlgorithmFloor floorForRequests() {
        return requests;
    }

    /** What a client accepts in answers. */
    AlgorithmFloor floorForAnswers() {
        return answers;
    }
}
