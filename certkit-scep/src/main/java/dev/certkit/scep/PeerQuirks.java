package dev.certkit.scep;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Departures from the standard that are allowed for one kind of peer, by its name.
 *
 * <p>Without a quirk the floor is SHA-256 and AES-128 (RFC 8894, section 2.9), whatever the peer announces. MD5 is never
 * accepted. Immutable and thread safe.
 */
public final class PeerQuirks {
    private static final AlgorithmFloor SHA_1_AND_TRIPLE_DES =
            AlgorithmFloor.standard().allowing(SigningDigest.SHA_1).allowing(ContentCipher.TRIPLE_DES_CBC);
    private static final AlgorithmFloor SHA_1_AND_SINGLE_DES =
            AlgorithmFloor.standard().allowing(SigningDigest.SHA_1).allowing(ContentCipher.SINGLE_DES_CBC);
    private static final PeerQuirks NONE =
            new PeerQuirks(AlgorithmFloor.standard(), AlgorithmFloor.standard(), Set.of());

    private final AlgorithmFloor requests;
    private final AlgorithmFloor answers;
    private final Set<Habit> habits;

    /** What a client does for a server besides accepting weaker answers. */
    private enum Habit {
        /** Sends SHA-1 and triple DES where the standard is not announced, or is announced and not kept. */
        SENDS_LEGACY,
        /** Names an authority to servers that answer nothing otherwise. */
        NAMES_AUTHORITY
    }

    private PeerQuirks(AlgorithmFloor requests, AlgorithmFloor answers, Set<Habit> habits) {
        this.requests = requests;
        this.answers = answers;
        this.habits = habits;
    }

    /** Nothing but what the standard asks for; the default. */
    public static PeerQuirks none() {
        return NONE;
    }

    /**
     * Windows Server's NDES, which may use SHA-1 and triple DES, and wants an authority to be named.
     *
     * <p>A client sends it SHA-1 and triple DES if it announces no better, or refuses the better message or cannot be
     * understood after it; that is logged as a warning.
     */
    public static PeerQuirks legacyNdes() {
        return new PeerQuirks(
                AlgorithmFloor.standard(), SHA_1_AND_TRIPLE_DES, EnumSet.of(Habit.SENDS_LEGACY, Habit.NAMES_AUTHORITY));
    }

    /** Older Cisco IOS, as device or as authority, which may use SHA-1 and triple DES. A client sends it as to NDES. */
    public static PeerQuirks legacyCiscoIos() {
        return new PeerQuirks(SHA_1_AND_TRIPLE_DES, SHA_1_AND_TRIPLE_DES, EnumSet.of(Habit.SENDS_LEGACY));
    }

    /**
     * The {@code scepclient} and {@code scepserver} of micromdm as Debian ships them, which always use SHA-1 and single
     * DES.
     *
     * <p>A responder opens such requests, a client such answers; both still send SHA-256 and AES-128. What an answer
     * hides with single DES is a certificate, which is public; it is believed for the authority's signatures alone.
     */
    public static PeerQuirks legacyMicromdm() {
        return new PeerQuirks(SHA_1_AND_SINGLE_DES, SHA_1_AND_SINGLE_DES, Set.of());
    }

    /**
     * These quirks and the others together.
     *
     * @param others not null
     */
    public PeerQuirks and(PeerQuirks others) {
        Objects.requireNonNull(others, "others");
        return new PeerQuirks(
                requests.or(others.requests),
                answers.or(others.answers),
                Stream.concat(habits.stream(), others.habits.stream()).collect(Collectors.toUnmodifiableSet()));
    }

    /** What a responder accepts in requests. */
    AlgorithmFloor floorForRequests() {
        return requests;
    }

    /** What a client accepts in answers. */
    AlgorithmFloor floorForAnswers() {
        return answers;
    }

    /** What a client sends at first; without a quirk the announcement changes nothing. */
    MessageSuite suiteFor(Set<CaCapability> announced) {
        boolean standard = announced.contains(CaCapability.AES) && announced.contains(CaCapability.SHA_256);
        return habits.contains(Habit.SENDS_LEGACY) && !standard ? MessageSuite.LEGACY : MessageSuite.STANDARD;
    }

    /** What a client sends after the server could not do with the first. */
    Optional<MessageSuite> suiteAfter(MessageSuite first) {
        return habits.contains(Habit.SENDS_LEGACY) && first == MessageSuite.STANDARD
                ? Optional.of(MessageSuite.LEGACY)
                : Optional.empty();
    }

    boolean namesAuthority() {
        return habits.contains(Habit.NAMES_AUTHORITY);
    }
}
