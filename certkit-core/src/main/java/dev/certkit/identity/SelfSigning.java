package dev.certkit.identity;

import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.Oids;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.internal.x509.TbsCertificate;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.SerialNumber;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** How a self-signed certificate is made, whoever it is for; perhaps one that follows another. */
record SelfSigning(
        Usages usages,
        Life life,
        Clock clock,
        Optional<SignatureAlgorithm> algorithm,
        CryptoProviders providers,
        Optional<EncodedCertificate> predecessor) {

    /** How long it lives, counted from now; perhaps as long as another, which may have no end (RFC 5280, 4.1.2.5). */
    record Life(Duration length, Optional<Instant> endOfAnother) {
        static Life lasting(Duration length) {
            return new Life(length, Optional.empty());
        }

        static Life of(EncodedCertificate certificate) {
            Duration whole = Duration.between(certificate.notBefore(), certificate.notAfter());
            Duration fromNow = whole.minus(Validity.BACKDATE);
            Duration shortest = Duration.ofSeconds(1);
            return new Life(fromNow.compareTo(shortest) < 0 ? shortest : fromNow, Optional.of(certificate.notAfter()));
        }

        Validity from(Clock clock) {
            boolean pastEveryEnd = length.compareTo(Duration.between(clock.instant(), Validity.NO_END)) >= 0;
            boolean endless = endOfAnother
                    .filter(end -> pastEveryEnd || end.equals(Validity.NO_END))
                    .isPresent();
            return endless
                    ? new Validity(clock.instant().minus(Validity.BACKDATE), Validity.NO_END)
                    : Validity.lasting(length, clock);
        }
    }

    static SelfSigning by(CertificateProfile profile) {
        return new SelfSigning(
                Usages.of(profile),
                Life.lasting(profile.lifetime()),
                Clock.systemUTC(),
                Optional.empty(),
                CryptoProviders.standard(),
                Optional.empty());
    }

    static SelfSigning renewing(EncodedCertificate certificate) {
        return new SelfSigning(
                Usages.renewing(certificate),
                Life.of(certificate),
                Clock.systemUTC(),
                Optional.empty(),
                CryptoProviders.standard(),
                Optional.of(certificate));
    }

    SelfSigning profile(CertificateProfile profile) {
        return new SelfSigning(
                usages.profile(profile), Life.lasting(profile.lifetime()), clock, algorithm, providers, predecessor);
    }

    SelfSigning usages(Usages changed) {
        return new SelfSigning(changed, life, clock, algorithm, providers, predecessor);
    }

    SelfSigning validFor(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not positive");
        }
        return new SelfSigning(usages, Life.lasting(lifetime), clock, algorithm, providers, predecessor);
    }

    SelfSigning clock(Clock other) {
        return new SelfSigning(usages, life, other, algorithm, providers, predecessor);
    }

    SelfSigning algorithm(SignatureAlgorithm chosen) {
        return new SelfSigning(usages, life, clock, Optional.of(chosen), providers, predecessor);
    }

    SelfSigning using(CryptoProviders others) {
        return new SelfSigning(usages, life, clock, algorithm, others, predecessor);
    }

    byte[] certificate(DistinguishedName subject, List<GeneralName> names, KeyPair keys) {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.of(keys.getPublic());
        Extensions extensions = usages.encoded(keys.getPublic())
                .names(allNames(subject, names), subject)
                .subjectKey(keyIdentifier(key));
        SignatureAlgorithm signer = algorithm
                .or(() -> usages.profile().map(profile -> profile.signatureAlgorithm(keys.getPublic())))
                .orElseGet(() -> SignatureAlgorithm.defaultFor(keys.getPublic()));
        return new TbsCertificate(
                        SerialNumber.random(providers.random()), subject, life.from(clock), subject, key, extensions)
                .encodedBy(keys.getPrivate(), signer, providers);
    }

    /** The names of the predecessor are all; the common name was not among them for some reason. */
    private List<GeneralName> allNames(DistinguishedName subject, List<GeneralName> names) {
        boolean complete = predecessor
                .flatMap(before -> before.extension(Oids.SUBJECT_ALTERNATIVE_NAME))
                .isPresent();
        return complete ? List.copyOf(new LinkedHashSet<>(names)) : GeneralNames.of(subject, names);
    }

    /** That of the predecessor if the key is the same: the certificates below an authority refer to it. */
    private byte[] keyIdentifier(SubjectPublicKeyInfo key) {
        return predecessor
                .filter(before -> Arrays.equals(before.subjectPublicKeyInfo(), key.encoded()))
                .flatMap(SelfSigning::keyIdentifierOf)
                .orElseGet(key::keyIdentifier);
    }

    private static Optional<byte[]> keyIdentifierOf(EncodedCertificate certificate) {
        try {
            return CertificateExtensions.of(certificate).subjectKeyIdentifier();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
