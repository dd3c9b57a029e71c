package dev.certkit.lint;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A certificate under inspection, with what many rules ask about it; confined to one check. */
final class Inspected {
    static final ExtendedKeyUsage ANY_PURPOSE = new ExtendedKeyUsage("2.5.29.37.0");

    private final EncodedCertificate certificate;
    private final @Nullable EncodedCertificate issuer;
    private final Optional<Instant> issuedAt;
    private final CertificateExtensions extensions;
    private final boolean authority;
    private final boolean server;
    private @Nullable Boolean selfSigned;

    Inspected(EncodedCertificate certificate, @Nullable EncodedCertificate issuer, Optional<Instant> issuedAt) {
        this.certificate = certificate;
        this.issuer = issuer;
        this.issuedAt = issuedAt;
        this.extensions = CertificateExtensions.of(certificate);
        this.authority = saysAuthority(extensions);
        this.server = !authority && saysServer(extensions);
    }

    static boolean saysAuthority(CertificateExtensions extensions) {
        try {
            return extensions
                    .basicConstraints()
                    .filter(CertificateExtensions.BasicConstraints::authority)
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean saysServer(CertificateExtensions extensions) {
        try {
            List<ExtendedKeyUsage> purposes = extensions.purposes().orElse(List.of(ANY_PURPOSE));
            return purposes.contains(ExtendedKeyUsage.SERVER_AUTH) || purposes.contains(ANY_PURPOSE);
        } catch (IOException e) {
            return true;
        }
    }

    EncodedCertificate certificate() {
        return certificate;
    }

    CertificateExtensions extensions() {
        return extensions;
    }

    Optional<EncodedCertificate> issuer() {
        return Optional.ofNullable(issuer);
    }

    Optional<Instant> issuedAt() {
        return issuedAt;
    }

    RawCertificate raw() throws IOException {
        return RawCertificate.of(certificate);
    }

    boolean isAuthority() {
        return authority;
    }

    /** One signature is checked, at most once. */
    boolean isSelfSigned() {
        if (selfSigned == null) {
            selfSigned = certificate.isSelfSigned();
        }
        return selfSigned;
    }

    boolean has(String oid) {
        return certificate.extension(oid).isPresent();
    }

    boolean isCritical(String oid) {
        return certificate
                .extension(oid)
                .filter(EncodedCertificate.Extension::critical)
                .isPresent();
    }

    boolean isIn(LintRule.Scope scope) {
        return switch (scope) {
            case ANY -> true;
            case AUTHORITY -> authority;
            case LEAF -> !authority;
            case SERVER -> server;
        };
    }
}
