package dev.certkit.issue;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.NameMatch;
import dev.certkit.key.KeyType;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.Mismatch;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.Validity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides on requests by an authority's rules; changes nothing. */
final class RequestRules {
    private static final int MAX_TEXT = 600;

    private final AuthorityChain authority;
    private final IssuingRules rules;

    RequestRules(AuthorityChain authority, IssuingRules rules) {
        this.authority = authority;
        this.rules = rules;
    }

    Optional<Issuance.Declined> objection(CertificationRequest request) {
        return Stream.<Function<CertificationRequest, Optional<Issuance.Declined>>>of(
                        this::wrongKind,
                        this::wrongNames,
                        this::nameBeyondProfile,
                        this::wrongKey,
                        this::nameBeyondLimits,
                        this::nameBeyondConstraints,
                        asked -> wrongPurpose(),
                        this::wishBeyondProfile,
                        asked -> wrongTime())
                .map(rule -> rule.apply(request))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Issuance.Declined> wrongKind(CertificationRequest request) {
        return request.asksForAuthority() && !rules.profile().isAuthority()
                ? declined("the request is for an authority, the profile " + rules.profile() + " is not")
                : Optional.empty();
    }

    private Optional<Issuance.Declined> wrongNames(CertificationRequest request) {
        if (request.subject().isEmpty() && request.subjectAlternativeNames().isEmpty()) {
            return declined("the request names nobody: no subject and no alternative name");
        }
        if (request.subject().isEmpty() && rules.profile().isAuthority()) {
            return declined("an authority needs a subject (RFC 5280, section 4.1.2.6); the request has none");
        }
        return request.subjectAlternativeNames().stream()
                .filter(RequestRules::isMalformed)
                .findFirst()
                .flatMap(malformed -> declined("the request asks for a malformed alternative name, " + malformed));
    }

    /** A host name, address and so on whose content is none was kept as it came (RFC 5280, 4.2.1.6). */
    private static boolean isMalformed(GeneralName name) {
        return name instanceof GeneralName.OtherName && name.encoded()[0] != (byte) Tag.constructed(0);
    }

    private Optional<Issuance.Declined> nameBeyondProfile(CertificationRequest request) {
        List<GeneralName> names = GeneralNames.of(request.subject(), request.subjectAlternativeNames());
        return Mismatch.inNames(rules.profile(), names).stream()
                .findFirst()
                .flatMap(mismatch -> declined("the profile " + rules.profile() + " wants " + mismatch.wanted()
                        + "; the request has " + mismatch.found()));
    }

    private Optional<Issuance.Declined> wrongKey(CertificationRequest request) {
        CertificateProfile profile = rules.profile();
        Optional<KeyType> type = KeyType.of(request.publicKey());
        if (type.filter(profile.keyTypes()::contains).isEmpty()) {
            return badAlgorithm(
                    "the profile " + profile + " does not take this kind of key; it takes " + profile.keyTypes());
        }
        return rules.limits().permittedKeyTypes().contains(type.get())
                ? Optional.empty()
                : badAlgorithm("the key is " + type.get() + ", the limits allow "
                        + rules.limits().permittedKeyTypes());
    }

    private Optional<Issuance.Declined> nameBeyondLimits(CertificationRequest request) {
        IssuanceLimits limits = rules.limits();
        if (!limits.isLimitingNames()) {
            return Optional.empty();
        }
        try {
            RequestedNames asked = RequestedNames.of(request);
            if (asked.hasUnreadable()) {
                return declined("the subject " + request.subject() + " has a common name or e-mail address that looks"
                        + " like a host or an address and is none; the limits allow " + limits.permittedNames());
            }
            return asked.names().stream()
                    .filter(name -> !limits.permits(name))
                    .findFirst()
                    .flatMap(name -> declined(
                            "the name " + name + " is outside the limits, which allow " + limits.permittedNames()));
        } catch (DerException e) {
            return unreadableSubject(e);
        }
    }

    /** Else the certificate would be refused by everybody who checks it (RFC 5280, 6.1.3). */
    private Optional<Issuance.Declined> nameBeyondConstraints(CertificationRequest request) {
        List<NameConstraints> constraints = authority.constraints();
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<GeneralName> names = new ArrayList<>(RequestedNames.of(request).names());
            if (!request.subject().isEmpty()) {
                names.add(new GeneralName.DirectoryName(request.subject()));
            }
            return constraints.stream()
                    .flatMap(bounds -> outside(bounds, names))
                    .findFirst();
        } catch (DerException e) {
            return unreadableSubject(e);
        }
    }

    private static Stream<Issuance.Declined> outside(NameConstraints bounds, List<GeneralName> names) {
        return names.stream()
                .filter(name -> !NameMatch.allows(bounds, name))
                .flatMap(name -> declined("the name " + name + " is outside the name constraints of the authority:"
                                + " permitted " + bounds.permitted() + ", excluded " + bounds.excluded())
                        .stream());
    }

    private static Optional<Issuance.Declined> unreadableSubject(DerException e) {
        return declined("the subject has an attribute that cannot be read: " + e.getMessage());
    }

    private Optional<Issuance.Declined> wrongPurpose() {
        CertificateProfile profile = rules.profile();
        Optional<ExtendedKeyUsage> forbidden = authority.forbiddenPurpose(profile.purposes());
        if (forbidden.isPresent()) {
            return declined("the profile " + profile + " is for " + forbidden.get()
                    + ", which the certificates of the authority do not allow");
        }
        return rules.limits()
                .permittedPurposes()
                .filter(allowed -> profile.purposes().isEmpty() || !allowed.containsAll(profile.purposes()))
                .flatMap(allowed -> declined("the profile " + profile + " is for "
                        + (profile.purposes().isEmpty() ? "every purpose" : profile.purposes())
                        + ", the limits allow " + allowed));
    }

    private Optional<Issuance.Declined> wishBeyondProfile(CertificationRequest request) {
        if (!rules.limits().isNothingBeyondProfile()) {
            return Optional.empty();
        }
        try {
            return RequestedExtensions.of(request)
                    .beyond(rules.profile(), request)
                    .flatMap(more -> declined("the request asks for " + more + ", which the profile " + rules.profile()
                            + " does not give"));
        } catch (DerException e) {
            return declined("the request asks for an extension that cannot be read: " + e.getMessage());
        }
    }

    private Optional<Issuance.Declined> wrongTime() {
        Optional<Issuance.Declined> invalid =
                authority.invalidity(rules.clock().instant()).flatMap(RequestRules::declined);
        return invalid.or(() -> rules.life().flatMap(this::tooLong)).or(this::tooShort);
    }

    /** Where a profile wants an exact life, another is a mismatch and not a compromise. */
    private Optional<Issuance.Declined> tooShort() {
        Duration exact = rules.profile().lifetime();
        Validity granted = authority.within(Validity.lasting(rules.lifetime(), rules.clock()));
        Validity wanted = Validity.lasting(exact, rules.clock());
        return rules.profile().isLifetimeExact() && !granted.equals(wanted)
                ? declined("the profile " + rules.profile() + " wants a life of exactly " + exact
                        + "; the authority can only certify from " + granted.notBefore() + " to "
                        + granted.notAfter())
                : Optional.empty();
    }

    private Optional<Issuance.Declined> tooLong(Duration asked) {
        Duration profile = rules.profile().lifetime();
        if (asked.compareTo(profile) > 0) {
            return declined(
                    "a life of " + asked + " is longer than that of the profile " + rules.profile() + ", " + profile);
        }
        return rules.limits()
                .longestLife()
                .filter(longest -> asked.compareTo(longest) > 0)
                .flatMap(longest -> declined("a life of " + asked + " is longer than the limit, " + longest));
    }

    Optional<Issuance.Declined> renewalObjection(X509Certificate current, CertificationRequest request) {
        Validity validity = new Validity(
                current.getNotBefore().toInstant(), current.getNotAfter().toInstant());
        if (!validity.contains(rules.clock().instant())) {
            return declined("the certificate to be renewed is valid from " + validity.notBefore() + " to "
                    + validity.notAfter() + " only; enrol anew");
        }
        if (!request.subject().equals(DistinguishedName.of(current.getSubjectX500Principal()))) {
            return declined("the request has another subject than the certificate to be renewed");
        }
        // Else a certificate for one name would buy one for any other.
        return namesOf(current).containsAll(GeneralNames.of(request.subject(), request.subjectAlternativeNames()))
                ? Optional.empty()
                : declined("the request asks for alternative names that the certificate to be renewed does not have");
    }

    private static List<GeneralName> namesOf(X509Certificate certificate) {
        try {
            return Certificates.subjectAlternativeNames(certificate);
        } catch (MalformedEncodingException e) {
            return List.of();
        }
    }

    /** Cut, since protocols bound what they tell a requester. */
    static Optional<Issuance.Declined> declined(String text) {
        String shown = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
        return Optional.of(new Issuance.Declined(FailInfo.BAD_REQUEST, shown));
    }

    private static Optional<Issuance.Declined> badAlgorithm(String text) {
        return Optional.of(new Issuance.Declined(FailInfo.BAD_ALG, text));
    }
}
