package dev.certkit.trust;

import static dev.certkit.trust.ChainFault.ANCHOR_EXCLUDES_HOST;
import static dev.certkit.trust.ChainFault.ANCHOR_EXPIRED;
import static dev.certkit.trust.ChainFault.ANCHOR_IS_NONE;
import static dev.certkit.trust.ChainFault.ANCHOR_OTHER_PURPOSE;
import static dev.certkit.trust.ChainFault.ANCHOR_REQUIRES_POLICY;
import static dev.certkit.trust.ChainFault.ANCHOR_RSA_1024;
import static dev.certkit.trust.ChainFault.ANCHOR_SIGNS_NO_CERTIFICATES;
import static dev.certkit.trust.ChainFault.ANCHOR_UNKNOWN_CRITICAL;
import static dev.certkit.trust.ChainFault.ANCHOR_VERSION_1;
import static dev.certkit.trust.ChainFault.CA_ANY_PURPOSE;
import static dev.certkit.trust.ChainFault.CA_BASIC_CONSTRAINTS_NOT_CRITICAL;
import static dev.certkit.trust.ChainFault.CA_MALFORMED_NAME_CONSTRAINTS;
import static dev.certkit.trust.ChainFault.CA_MAPS_ANY_POLICY;
import static dev.certkit.trust.ChainFault.CA_MASK_WITH_A_HOLE;
import static dev.certkit.trust.ChainFault.CA_NEGATIVE_PATH_LENGTH;
import static dev.certkit.trust.ChainFault.CA_NO_KEY_USAGE;
import static dev.certkit.trust.ChainFault.CA_OTHER_PURPOSE;
import static dev.certkit.trust.ChainFault.CA_REQUIRES_POLICY;
import static dev.certkit.trust.ChainFault.CA_RSA_1024;
import static dev.certkit.trust.ChainFault.CA_SHA_1;
import static dev.certkit.trust.ChainFault.LEAF_ALGORITHM_PARAMETERS;
import static dev.certkit.trust.ChainFault.LEAF_ANY_PURPOSE;
import static dev.certkit.trust.ChainFault.LEAF_CRL_SIGNER;
import static dev.certkit.trust.ChainFault.LEAF_EMPTY_NAMES;
import static dev.certkit.trust.ChainFault.LEAF_FRACTION_OF_SECOND;
import static dev.certkit.trust.ChainFault.LEAF_LAST_SECOND;
import static dev.certkit.trust.ChainFault.LEAF_MALFORMED_AUTHORITY_KEY;
import static dev.certkit.trust.ChainFault.LEAF_MALFORMED_CRL_PLACES;
import static dev.certkit.trust.ChainFault.LEAF_MALFORMED_INFORMATION_ACCESS;
import static dev.certkit.trust.ChainFault.LEAF_MALFORMED_KEY_USAGE;
import static dev.certkit.trust.ChainFault.LEAF_MALFORMED_NAMES;
import static dev.certkit.trust.ChainFault.LEAF_MALFORMED_PURPOSES;
import static dev.certkit.trust.ChainFault.LEAF_MALFORMED_SUBJECT_KEY;
import static dev.certkit.trust.ChainFault.LEAF_NO_KEY_IDENTIFIERS;
import static dev.certkit.trust.ChainFault.LEAF_NO_USAGE_BIT;
import static dev.certkit.trust.ChainFault.LEAF_OTHER_AUTHORITY_KEY;
import static dev.certkit.trust.ChainFault.LEAF_OTHER_PURPOSE;
import static dev.certkit.trust.ChainFault.LEAF_PATH_LENGTH;
import static dev.certkit.trust.ChainFault.LEAF_RSA_1024;
import static dev.certkit.trust.ChainFault.LEAF_SHA_1;
import static dev.certkit.trust.ChainFault.LEAF_SIGNS_CERTIFICATES;
import static dev.certkit.trust.ChainFault.LEAF_VERSION_4;

import java.util.List;
import java.util.Set;

/**
 * Why another engine comes to another verdict than we do, as data.
 *
 * @param oracle the other engine
 * @param trusts what it says where we say the opposite
 * @param faults with which it does so
 * @param why with the section of RFC 5280 where nothing else is said
 */
record Explanation(String oracle, boolean trusts, Set<ChainFault> faults, String why) {
    static final String JDK = PathOracle.JDK.name();
    static final String BOUNCY_CASTLE = PathOracle.BOUNCY_CASTLE.name();
    static final String OPENSSL = "OPENSSL";

    private static final Set<ChainFault> ANCHORS = Set.of(
            ANCHOR_EXPIRED,
            ANCHOR_IS_NONE,
            ANCHOR_SIGNS_NO_CERTIFICATES,
            ANCHOR_UNKNOWN_CRITICAL,
            ANCHOR_OTHER_PURPOSE,
            ANCHOR_EXCLUDES_HOST,
            ANCHOR_VERSION_1,
            ANCHOR_RSA_1024,
            ANCHOR_REQUIRES_POLICY);
    private static final Set<ChainFault> PURPOSES = Set.of(LEAF_OTHER_PURPOSE, CA_OTHER_PURPOSE, LEAF_CRL_SIGNER);
    private static final Set<ChainFault> STRENGTH = Set.of(LEAF_SHA_1, CA_SHA_1, LEAF_RSA_1024, CA_RSA_1024);
    private static final Set<ChainFault> UNREAD = Set.of(
            LEAF_MALFORMED_AUTHORITY_KEY,
            LEAF_MALFORMED_SUBJECT_KEY,
            LEAF_MALFORMED_INFORMATION_ACCESS,
            LEAF_MALFORMED_CRL_PLACES,
            LEAF_MALFORMED_KEY_USAGE,
            LEAF_MALFORMED_PURPOSES,
            LEAF_EMPTY_NAMES);
    private static final Set<ChainFault> CONTRADICTIONS = Set.of(LEAF_PATH_LENGTH, LEAF_SIGNS_CERTIFICATES);
    private static final Set<ChainFault> CONSTRAINTS = Set.of(CA_MALFORMED_NAME_CONSTRAINTS, CA_MASK_WITH_A_HOLE);

    private static final String ANCHORS_WHY =
            "6.1.1 (d): to them an anchor is a name and a key; to us its certificate binds (RFC 5937, AnchorRule)";
    private static final String PURPOSES_WHY =
            "4.2.1.3, 4.2.1.12: not a part of section 6.1; the caller's business there";
    private static final String STRENGTH_WHY =
            "section 8: strength is left to configuration there (RFC 9155 for SHA-1)";
    private static final String UNREAD_WHY = "4.2: an extension that they do not need is not read; we read them all";
    private static final String CONTRADICTIONS_WHY = "4.2.1.3, 4.2.1.9: duties of the issuer, which they do not check";
    private static final String CONSTRAINTS_WHY = "4.2.1.10: must not be empty; addresses are ranges (RFC 4632)";

    static final List<Explanation> ALL = List.of(
            new Explanation(JDK, true, ANCHORS, ANCHORS_WHY),
            new Explanation(JDK, true, PURPOSES, PURPOSES_WHY),
            new Explanation(JDK, true, STRENGTH, STRENGTH_WHY),
            new Explanation(JDK, true, UNREAD, UNREAD_WHY),
            new Explanation(JDK, true, Set.of(LEAF_MALFORMED_NAMES), UNREAD_WHY),
            new Explanation(JDK, true, CONTRADICTIONS, CONTRADICTIONS_WHY),
            new Explanation(JDK, true, CONSTRAINTS, CONSTRAINTS_WHY),
            new Explanation(JDK, true, Set.of(CA_MAPS_ANY_POLICY), "6.1.4 (a): not looked at where no policy is left"),
            new Explanation(BOUNCY_CASTLE, true, ANCHORS, ANCHORS_WHY),
            new Explanation(BOUNCY_CASTLE, true, PURPOSES, PURPOSES_WHY),
            new Explanation(BOUNCY_CASTLE, true, STRENGTH, STRENGTH_WHY),
            new Explanation(BOUNCY_CASTLE, true, UNREAD, UNREAD_WHY),
            new Explanation(BOUNCY_CASTLE, true, CONTRADICTIONS, CONTRADICTIONS_WHY),
            new Explanation(BOUNCY_CASTLE, true, Set.of(LEAF_NO_USAGE_BIT), "4.2.1.3: at least one bit must be set"),
            new Explanation(BOUNCY_CASTLE, true, CONSTRAINTS, CONSTRAINTS_WHY),
            new Explanation(BOUNCY_CASTLE, true, Set.of(CA_NEGATIVE_PATH_LENGTH), "4.2.1.9: INTEGER (0..MAX)"),
            new Explanation(
                    OPENSSL,
                    true,
                    Set.of(ANCHOR_REQUIRES_POLICY, CA_REQUIRES_POLICY, CA_MAPS_ANY_POLICY),
                    "6.1.3: policies are only looked at where they are asked for"),
            new Explanation(OPENSSL, true, CONSTRAINTS, CONSTRAINTS_WHY),
            new Explanation(
                    OPENSSL, true, Set.of(LEAF_ALGORITHM_PARAMETERS), "RFC 5758, 3.2: parameters MUST be absent"),
            new Explanation(OPENSSL, true, Set.of(LEAF_MALFORMED_INFORMATION_ACCESS), UNREAD_WHY),
            new Explanation(OPENSSL, true, Set.of(LEAF_VERSION_4), "4.1.2.1: there is no version 4"),
            new Explanation(
                    OPENSSL,
                    false,
                    Set.of(LEAF_ANY_PURPOSE, CA_ANY_PURPOSE),
                    "4.2.1.12: anyExtendedKeyUsage MAY be rejected; it allows every purpose to us"),
            new Explanation(
                    OPENSSL,
                    false,
                    Set.of(CA_BASIC_CONSTRAINTS_NOT_CRITICAL, CA_NO_KEY_USAGE),
                    "strict on duties of issuers that 6.1.4 (k) and (n) do not check"),
            new Explanation(
                    OPENSSL,
                    false,
                    Set.of(LEAF_LAST_SECOND, LEAF_FRACTION_OF_SECOND),
                    "4.1.2.5: the last second belongs to the validity, and a fraction of it, too"),
            new Explanation(
                    OPENSSL,
                    false,
                    Set.of(LEAF_NO_KEY_IDENTIFIERS, LEAF_OTHER_AUTHORITY_KEY),
                    "4.2.1.1: an aid to find the issuer, which 6.1 does not check; the signature decides"));

    /** What other versions of Java read otherwise; Bouncy Castle's engine gets what they read. */
    static final List<Explanation> ON_SOME_JAVAS = List.of(
            new Explanation(JDK, true, Set.of(LEAF_NO_USAGE_BIT), "4.2.1.3: at least one bit must be set"),
            new Explanation(JDK, true, Set.of(LEAF_ALGORITHM_PARAMETERS), "RFC 5758, 3.2: parameters MUST be absent"),
            new Explanation(
                    BOUNCY_CASTLE,
                    true,
                    Set.of(LEAF_ALGORITHM_PARAMETERS),
                    "RFC 5758, 3.2: parameters MUST be absent"));

    /** It follows the first issuer that it finds, and tries no other when the path fails (RFC 4158, 2.2). */
    static boolean isForLackOfASecondTry(String oracle, boolean trusts, ChainGraph graph) {
        return oracle.equals(OPENSSL)
                && !trusts
                && (!graph.everywhere() || graph.shape() == ChainShape.CROSS_SIGNED_ROOT);
    }

    boolean covers(String name, boolean verdict, ChainGraph graph) {
        return oracle.equals(name) && trusts == verdict && faults.contains(graph.fault());
    }
}
