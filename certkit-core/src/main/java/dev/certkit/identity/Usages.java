package dev.certkit.identity;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.Oids;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What a certificate is to be good for: by a profile, by another certificate's extensions, and by extensions given. */
record Usages(Optional<CertificateProfile> profile, List<EncodedCertificate.Extension> extensions) {
    static final Usages NONE = new Usages(Optional.empty(), List.of());

    /** Bits of the key usage (RFC 5280, 4.2.1.3). */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int KEY_ENCIPHERMENT = 2;
    private static final int DATA_ENCIPHERMENT = 3;
    private static final int LAST_USAGE = 8;

    private static final Set<String> OF_A_PROFILE =
            Set.of(Oids.BASIC_CONSTRAINTS, Oids.KEY_USAGE, Oids.EXTENDED_KEY_USAGE);

    private static final Set<String> MADE_HERE =
            Set.of(Oids.SUBJECT_ALTERNATIVE_NAME, Oids.SUBJECT_KEY_IDENTIFIER, Oids.AUTHORITY_KEY_IDENTIFIER);

    private static final String PRIVATE_KEY_USAGE_PERIOD = "2.5.29.16";

    /** What the issuer says about itself, its policy and its logs. */
    private static final Set<String> OF_THE_ISSUER = Set.of(
            "2.5.29.18", // issuerAltName
            "2.5.29.30", // nameConstraints
            "2.5.29.31", // cRLDistributionPoints
            "2.5.29.32", // certificatePolicies
            "2.5.29.33", // policyMappings
            "2.5.29.36", // policyConstraints
            "2.5.29.46", // freshestCRL
            "2.5.29.54", // inhibitAnyPolicy
            "1.3.6.1.5.5.7.1.1", // authorityInfoAccess
            "1.3.6.1.4.1.11129.2.4.2", // signed certificate timestamps
            "1.3.6.1.4.1.11129.2.4.3"); // precertificate poison

    static Usages of(CertificateProfile profile) {
        return new Usages(Optional.of(profile), List.of());
    }

    /** As a certificate that is its own issuer has them. */
    static Usages renewing(EncodedCertificate certificate) {
        return new Usages(
                Optional.empty(),
                certificate.extensions().stream()
                        .filter(extension -> !MADE_HERE.contains(extension.oid()))
                        .filter(extension -> !extension.oid().equals(PRIVATE_KEY_USAGE_PERIOD))
                        .toList());
    }

    /** As a certificate has them that somebody else will issue anew. */
    static Usages asking(EncodedCertificate certificate) {
        return new Usages(
                Optional.empty(),
                renewing(certificate).extensions.stream()
                        .filter(extension -> !OF_THE_ISSUER.contains(extension.oid()))
                        .toList());
    }

    static List<GeneralName> namesOf(EncodedCertificate certificate) throws MalformedEncodingException {
        try {
            return CertificateExtensions.of(certificate).subjectAlternativeNames();
        } catch (IOException e) {
            throw new MalformedEncodingException("certificate", String.valueOf(e.getMessage()), e);
        }
    }

    /** A profile in place of the usages that are there. */
    Usages profile(CertificateProfile other) {
        return new Usages(
                Optional.of(other),
                extensions.stream()
                        .filter(extension -> !OF_A_PROFILE.contains(extension.oid()))
                        .toList());
    }

    Usages plus(EncodedCertificate.Extension extension) {
        String oid = extension.oid();
        if (OF_A_PROFILE.contains(oid) || MADE_HERE.contains(oid)) {
            throw new IllegalArgumentException("extension: " + oid + " is made from the profile, the names and the key;"
                    + " say it with profile or san");
        }
        List<EncodedCertificate.Extension> all = new ArrayList<>(extensions);
        all.removeIf(present -> present.oid().equals(oid));
        all.add(extension);
        return new Usages(profile, List.copyOf(all));
    }

    boolean isAuthority() {
        return profile.map(CertificateProfile::isAuthority)
                .orElseGet(() -> extensions.stream().anyMatch(Usages::makesAuthority));
    }

    private static boolean makesAuthority(EncodedCertificate.Extension extension) {
        try {
            if (!extension.oid().equals(Oids.BASIC_CONSTRAINTS)) {
                return false;
            }
            Optional<DerValue> authority =
                    DerReader.single(extension.value(), Tag.SEQUENCE).children().nextIf(Tag.BOOLEAN);
            return authority.isPresent() && authority.get().bool();
        } catch (DerException e) {
            return false;
        }
    }

    Extensions encoded(PublicKey key) {
        Extensions encoded = new Extensions();
        profile.ifPresent(wanted -> encoded.profile(wanted, key));
        extensions.forEach(extension -> encoded.verbatim(fitting(extension, key)));
        return encoded;
    }

    /** Key usages that were those of an RSA key are taken from another (RFC 8813, RFC 9295), who then signs at least. */
    private static EncodedCertificate.Extension fitting(EncodedCertificate.Extension extension, PublicKey key) {
        if (!extension.oid().equals(Oids.KEY_USAGE) || key.getAlgorithm().equals("RSA")) {
            return extension;
        }
        try {
            BitSet bits = DerReader.single(extension.value(), Tag.BIT_STRING).namedBits();
            bits.clear(KEY_ENCIPHERMENT);
            bits.clear(DATA_ENCIPHERMENT);
            if (bits.isEmpty()) {
                bits.set(DIGITAL_SIGNATURE);
            }
            IntStream known = bits.stream().filter(bit -> bit <= LAST_USAGE);
            EncodedCertificate.Extension fitting = EncodedCertificate.Extension.of(
                    extension.oid(), Der.namedBits(known.boxed().toList()));
            return extension.critical() ? fitting.asCritical() : fitting;
        } catch (DerException e) {
            return extension;
        }
    }
}
