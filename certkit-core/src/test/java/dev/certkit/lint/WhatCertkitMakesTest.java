package dev.certkit.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("W6")
class WhatCertkitMakesTest {
    private static final CertificateLint LINT = CertificateLint.device().without("self-signed", "key-rare");

    static Stream<Arguments> made() {
        return Stream.of(KeyType.values()).flatMap(type -> Stream.of(
                        CertificateProfile.tlsServer(),
                        CertificateProfile.tlsClient(),
                        CertificateProfile.device8021x(),
                        CertificateProfile.ipsec(),
                        CertificateProfile.authority(),
                        CertificateProfile.authority().pathLength(0).validFor(Duration.ofDays(20_000)),
                        CertificateProfile.scepAuthority(),
                        CertificateProfile.registrationAuthority())
                .filter(profile ->
                        !profile.name().startsWith("scep") || type.name().startsWith("RSA"))
                .map(profile -> Arguments.of(type, profile)));
    }

    @ParameterizedTest
    @MethodSource("made")
    void keepsAllRulesIfSelfSigned(KeyType type, CertificateProfile profile) {
        X509Certificate made = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7.example.fr")
                        .o("Acme, Inc.")
                        .c("FR"))
                .san("192.0.2.7", "2001:db8::7", "xn--bcher-kva.example.fr")
                .profile(profile)
                .with(SampleKeys.of(type))
                .chain()
                .leaf();
        assertEquals(List.of(), LINT.issuedAt(Instant.now()).check(made));
    }

    @ParameterizedTest
    @EnumSource
    void keepsAllRulesIfIssuedByAnAuthority(KeyType type) throws Exception {
        SamplePki pki = SamplePki.of(type);
        List<EncodedCertificate> chain = pki.certificates(SampleKeys.of(KeyType.EC_P256)).stream()
                .map(EncodedCertificate::of)
                .toList();
        for (int i = 0; i < chain.size(); i++) {
            EncodedCertificate issuer = chain.get(Math.min(i + 1, chain.size() - 1));
            assertEquals(List.of(), LINT.issuedAt(Instant.now()).check(chain.get(i), issuer));
        }
    }

    @Test
    void isKnownByItsNamesAloneIfTheSubjectIsEmpty() throws Exception {
        SamplePki pki = SamplePki.of(KeyType.EC_P256);
        LocalAuthority authority = pki.authority();
        X509Certificate issued = SamplePki.certified(
                        authority.issue(CertificationRequest.forSubject(DistinguishedName.empty())
                                .san("printer-7.example.fr")
                                .signedBy(SampleKeys.of(KeyType.RSA_2048))
                                .request()))
                .leaf();
        assertEquals(List.of(), LINT.check(issued));
    }
}
