package dev.certkit.trust;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of reason not to trust a chain; names stay, so that they may be stored. */
public enum TrustCode {
    /** Not valid any more. */
    EXPIRED(TrustReason.Expired.class, "have it renewed; check this device's clock"),
    /** Not valid yet. */
    NOT_YET_VALID(TrustReason.NotYetValid.class, "check this device's clock, or wait"),
    /** For another host. */
    WRONG_NAME(
            TrustReason.WrongName.class, "connect by a name that the certificate has, or have it issued for this one"),
    /** Issued by somebody who is not trusted here. */
    UNKNOWN_ISSUER(
            TrustReason.UnknownIssuer.class,
            "have the peer send its intermediate certificates, or trust the issuer here"),
    /** Signed with its own key. */
    SELF_SIGNED(
            TrustReason.SelfSigned.class,
            "compare its fingerprint with the peer's and accept it, or have it issued by an authority"),
    /** Signed by another key than it says. */
    BAD_SIGNATURE(
            TrustReason.BadSignature.class,
            "it was forged, damaged or issued by another of that name: do not trust it; ask the peer's operator"),
    /** Signed with a broken or unknown algorithm. */
    WEAK_SIGNATURE(TrustReason.WeakSignature.class, "have it issued with SHA-256 or better"),
    /** A key that is weak or not supported. */
    WEAK_KEY(
            TrustReason.WeakKey.class,
            "have it issued for an RSA key of 2048 to 8192 bits, or one on P-256, P-384 or P-521"),
    /** Signed by a certificate that must not sign any. */
    NOT_AN_AUTHORITY(TrustReason.NotAnAuthority.class, "have it issued by an authority"),
    /** More authorities than one above allows. */
    PATH_TOO_LONG(TrustReason.PathTooLong.class, "have it issued by an authority higher up"),
    /** A name that an authority above must not certify. */
    NAME_NOT_PERMITTED(TrustReason.NameNotPermitted.class, "have it issued by an authority that may certify this name"),
    /** A key that may not be used like this. */
    WRONG_KEY_USAGE(TrustReason.WrongKeyUsage.class, "have it issued with the usage wanted"),
    /** For another purpose. */
    WRONG_PURPOSE(TrustReason.WrongPurpose.class, "have it issued for this purpose"),
    /** A critical extension that is not understood. */
    UNKNOWN_CRITICAL_EXTENSION(
            TrustReason.UnknownCriticalExtension.class,
            "have it issued without that extension, or with it not critical"),
    /** Malformed or contradicting itself. */
    MALFORMED(TrustReason.Malformed.class, "have it issued anew, with current software"),
    /** No policy is left where one is required. */
    NO_VALID_POLICY(TrustReason.NoValidPolicy.class, "have it issued under a policy that the authorities above allow"),
    /** Revoked by its issuer. */
    REVOKED(TrustReason.Revoked.class, "do not trust it; ask the peer's operator for its successor"),
    /** It could not be found out whether it is revoked. */
    REVOCATION_UNKNOWN(
            TrustReason.RevocationUnknown.class,
            "try again later; check that the places of CRLs and OCSP can be reached from here"),
    /** Rejected by a person. */
    REJECTED(TrustReason.Rejected.class, "delete the rejection if it was a mistake"),
    /** More work than a verdict is worth. */
    LIMIT_EXCEEDED(
            TrustReason.LimitExceeded.class,
            "have the peer send its own certificate and the intermediate ones, and no others");

    private static final Map<Class<?>, TrustCode> BY_REASON =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(code -> code.reason, Function.identity()));

    private final Class<? extends TrustReason> reason;
    private final String remedy;

    TrustCode(Class<? extends TrustReason> reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    static TrustCode of(Class<? extends TrustReason> reason) {
        return Objects.requireNonNull(BY_REASON.get(reason), "reason");
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }
}
