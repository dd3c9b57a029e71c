package dev.certkit.trust;

import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One reason not to trust a presented chain, with its facts.
 *
 * <p>The place says which certificate it is about: 0 is the peer's own, 1 its issuer, and so on along the path.
 */
public sealed interface TrustReason {
    /** Which certificate of the path it is about, counted from 0, the peer's own. */
    int place();

    /** The kind of reason, which does not change between versions of this library. */
    default TrustCode code() {
        return TrustCode.of(getClass());
    }

    /** What is wrong in one sentence, safe to print. */
    String text();

    /** What a person can do about it. */
    default String remedy() {
        return code().remedy();
    }

    private static String at(int place) {
        return place == 0 ? "the certificate" : "certificate " + place + " above it";
    }

    /**
     * It is not valid any more.
     *
     * @param place of the certificate
     * @param checked the time asked for
     * @param notAfter its last second
     */
    record Expired(int place, Instant checked, Instant notAfter) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " was valid until " + notAfter + ", and it is " + checked;
        }
    }

    /**
     * It is not valid yet.
     *
     * @param place of the certificate
     * @param checked the time asked for
     * @param notBefore its first second
     */
    record NotYetValid(int place, Instant checked, Instant notBefore) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " is valid from " + notBefore + " on, and it is " + checked;
        }
    }

    /**
     * It is not for the host that was asked for (RFC 9525).
     *
     * @param wanted the host as it was asked for
     * @param present the names that it has
     */
    record WrongName(String wanted, List<GeneralName> present) implements TrustReason {
        @Override
        public int place() {
            return 0;
        }

        @Override
        public String text() {
            return "the certificate is not for " + Shown.of(wanted) + " but for "
                    + (present.isEmpty() ? "no host at all" : Shown.first(present));
        }
    }

    /**
     * Its issuer is neither an anchor nor among what was presented.
     *
     * @param place of the certificate whose issuer is missing
     * @param issuer the name of the missing certificate
     * @param keyIdentifier of the missing key in hexadecimal, if the certificate says it
     */
    record UnknownIssuer(int place, DistinguishedName issuer, Optional<String> keyIdentifier) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " was issued by " + Shown.of(issuer)
                    + keyIdentifier.map(id -> " with the key " + Shown.of(id)).orElse("")
                    + ", which is neither presented nor trusted here";
        }
    }

    /**
     * It is signed with its own key and is no anchor.
     *
     * @param place of the certificate
     * @param subject its name
     */
    record SelfSigned(int place, DistinguishedName subject) implements TrustReason {
        @Override
        public String text() {
            return at(place) + ", of " + Shown.of(subject) + ", is signed with its own key and is not trusted here";
        }
    }

    /**
     * Its signature was not made by the issuer's key.
     *
     * @param place of the certificate
     * @param issuer whose key it should be
     */
    record BadSignature(int place, DistinguishedName issuer) implements TrustReason {
        @Override
        public String text() {
            return "the signature of " + at(place) + " was not made by the key of " + Shown.of(issuer);
        }
    }

    /**
     * It is signed with an algorithm that is broken or not known here.
     *
     * @param place of the certificate
     * @param algorithm in dotted form
     */
    record WeakSignature(int place, String algorithm) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " is signed with " + Shown.of(AlgorithmName.of(algorithm)) + ", which is not accepted";
        }
    }

    /**
     * Its key is weak, malformed, or of a kind that is not supported.
     *
     * @param place of the certificate
     * @param detail what is wrong with the key
     */
    record WeakKey(int place, String detail) implements TrustReason {
        @Override
        public String text() {
            return "the key of " + at(place) + " is not accepted: " + Shown.of(detail);
        }
    }

    /**
     * It must not sign certificates, and did (RFC 5280, sections 4.2.1.3 and 4.2.1.9).
     *
     * @param place of the certificate
     * @param detail what says so
     */
    record NotAnAuthority(int place, String detail) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " is no authority: " + Shown.of(detail);
        }
    }

    /**
     * More authorities stand below it than it allows (RFC 5280, section 4.2.1.9).
     *
     * @param place of the certificate
     * @param allowed its path length
     * @param found the authorities below it
     */
    record PathTooLong(int place, int allowed, int found) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " allows " + allowed + " authorities below it, there are " + found;
        }
    }

    /**
     * It has a name that an authority above must not certify (RFC 5280, section 4.2.1.10).
     *
     * @param place of the certificate with the name
     * @param name the name
     * @param constrainedBy the place of the authority
     */
    record NameNotPermitted(int place, String name, int constrainedBy) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " has the name " + Shown.of(name) + ", which certificate " + constrainedBy
                    + " of the path must not certify";
        }
    }

    /**
     * Its key may not be used like this (RFC 5280, section 4.2.1.3).
     *
     * @param place of the certificate
     * @param wanted one of these would do
     * @param found what it has
     */
    record WrongKeyUsage(int place, Set<KeyUsage> wanted, Set<KeyUsage> found) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " has the key usages " + Shown.usages(found) + "; wanted is " + Shown.usages(wanted);
        }
    }

    /**
     * It is for other purposes (RFC 5280, section 4.2.1.12).
     *
     * @param place of the certificate
     * @param wanted what it was presented for
     * @param found what it is for
     */
    record WrongPurpose(int place, ExtendedKeyUsage wanted, List<ExtendedKeyUsage> found) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " is for the purposes " + Shown.first(found) + ", not for " + wanted.rfcName();
        }
    }

    /**
     * It has a critical extension that is not understood here (RFC 5280, section 4.2).
     *
     * @param place of the certificate
     * @param oid of the extension
     */
    record UnknownCriticalExtension(int place, String oid) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " has the critical extension " + Shown.of(oid) + ", which is not understood here";
        }
    }

    /**
     * Something in it is malformed, or contradicts itself.
     *
     * @param place of the certificate
     * @param part what is malformed
     * @param detail what is wrong with it
     */
    record Malformed(int place, String part, String detail) implements TrustReason {
        static Malformed certificate(int place, Exception e) {
            return new Malformed(place, "certificate", String.valueOf(e.getMessage()));
        }

        @Override
        public String text() {
            return at(place) + " is malformed: " + Shown.of(part) + ", " + Shown.of(detail);
        }
    }

    /**
     * A policy is required, and no policy is valid along the path (RFC 5280, section 6.1; RFC 9618).
     *
     * @param place of the certificate at which the last policy was lost
     */
    record NoValidPolicy(int place) implements TrustReason {
        @Override
        public String text() {
            return "an authority requires a certificate policy, and at " + at(place) + " none is left";
        }
    }

    /**
     * Its issuer revoked it.
     *
     * @param place of the certificate
     * @param time when
     * @param reason the reason's name (RFC 5280, section 5.3.1)
     */
    record Revoked(int place, Instant time, String reason) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " was revoked at " + time + ", " + Shown.of(reason);
        }
    }

    /**
     * It could not be found out whether it is revoked.
     *
     * @param place of the certificate
     * @param cause the kind of obstacle; of several, the one nearest to an answer
     * @param detail why not, with every place that was asked
     */
    record RevocationUnknown(int place, Cause cause, String detail) implements TrustReason {
        /** What kept the answer away; the later ones are nearer to an answer. */
        public enum Cause {
            /** There is no path that was proved, or the certificate names no place to ask. */
            NO_SOURCE,
            /** No place answered. */
            UNREACHABLE,
            /** An answer was malformed, not signed by who may, or about something else. */
            BROKEN,
            /** An answer was too old, or from the future. */
            EXPIRED,
            /** An answer was sound and said that nothing is known of the certificate. */
            UNKNOWN
        }

        @Override
        public String text() {
            return "whether " + at(place) + " is revoked could not be found out: " + Shown.of(detail);
        }
    }

    /**
     * A person rejected it.
     *
     * @param place of the certificate
     * @param fingerprint of the certificate
     */
    record Rejected(int place, Fingerprint fingerprint) implements TrustReason {
        @Override
        public String text() {
            return at(place) + " was rejected by hand, fingerprint " + fingerprint;
        }
    }

    /**
     * Judging it would take more than it is worth.
     *
     * @param place of the certificate that was looked at then
     * @param limit what is limited
     * @param value the limit
     */
    record LimitExceeded(int place, String limit, int value) implements TrustReason {
        @Override
        public String text() {
            return "more than " + value + " " + limit;
        }
    }
}
