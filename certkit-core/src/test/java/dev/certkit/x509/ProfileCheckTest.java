package dev.certkit.x509;

import static dev.certkit.samples.ForgedCertificate.dns;
import static dev.certkit.samples.ForgedCertificate.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.Der;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.samples.UnencodableCertificate;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("C7")
class ProfileCheckTest {
    private static final CertificateProfile SERVER = CertificateProfile.tlsServer();

    private static List<String> ids(CertificateProfile profile, ForgedCertificate certificate) {
        return profile.check(certificate.made()).stream().map(Mismatch::id).toList();
    }

    private static Mismatch only(CertificateProfile profile, ForgedCertificate certificate) {
        List<Mismatch> found = profile.check(certificate.made());
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private static ForgedCertificate named(byte[]... names) {
        return ForgedCertificate.server().with(ForgedCertificate.NAMES, false, Der.sequence(names));
    }

    @Nested
    class WhatCertkitMakes {
        static Stream<Arguments> made() {
            return Stream.of(KeyType.values()).flatMap(type -> Stream.of(
                            SERVER,
                            CertificateProfile.tlsClient(),
                            CertificateProfile.device8021x(),
                            CertificateProfile.ipsec(),
                            CertificateProfile.authority(),
                            CertificateProfile.authority().pathLength(0),
                            CertificateProfile.scepAuthority(),
                            CertificateProfile.registrationAuthority(),
                            SERVER.hashes(CertificateProfile.Hash.SHA_512)
                                    .forOneServer()
                                    .validForExactly(Duration.ofDays(30))
                                    .atMostNames(2))
                    .map(profile -> Arguments.of(type, profile)));
        }

        @ParameterizedTest
        @MethodSource("made")
        void conformsToItsOwnProfile(KeyType type, CertificateProfile profile) {
            X509Certificate made = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7.example.fr"))
                    .san("192.0.2.7")
                    .profile(profile)
                    .with(SampleKeys.of(type))
                    .chain()
                    .leaf();
            assertEquals(List.of(), profile.check(made));
            assertEquals(
                    List.of(),
                    profile.signedBy(CertificateProfile.Signer.ITSELF).check(made));
            assertEquals(
                    List.of("signer"),
                    profile.signedBy(CertificateProfile.Signer.AUTHORITY).check(made).stream()
                            .map(Mismatch::id)
                            .toList());
        }

        @Test
        void conformsWhenAnAuthorityIssuesIt() throws Exception {
            SamplePki pki = SamplePki.of(KeyType.EC_P256);
            CertificateProfile profile = SERVER.signedBy(CertificateProfile.Signer.AUTHORITY);
            LocalAuthority authority = pki.authority().profile(profile);
            X509Certificate issued = SamplePki.certified(
                            authority.issue(CertificationRequest.forSubject(DistinguishedName.cn("printer-7"))
                                    .san("printer-7.example.fr")
                                    .signedBy(SampleKeys.of(KeyType.RSA_2048))
                                    .request()))
                    .leaf();
            assertEquals(List.of(), profile.check(issued));
            Mismatch mismatch = SERVER.signedBy(CertificateProfile.Signer.ITSELF)
                    .check(issued)
                    .get(0);
            assertEquals("issued by CN=Intermediate EC_P256,O=Acme,C=FR", mismatch.found());
        }
    }

    @Nested
    class Keys {
        @ParameterizedTest
        @EnumSource
        void ofAnotherKindAreNamed(KeyType type) {
            KeyType wanted = type == KeyType.EC_P256 ? KeyType.EC_P384 : KeyType.EC_P256;
            Mismatch found = SERVER.keyTypes(wanted)
                    .check(ForgedCertificate.server().key(SampleKeys.of(type)).made())
                    .get(0);
            assertEquals("key-type", found.id());
            assertEquals(wanted.name(), found.wanted());
            assertEquals(type.name(), found.found());
        }

        @Test
        void thatCertkitDoesNotMakeAreDescribed() {
            ForgedCertificate server = ForgedCertificate.server();
            assertEquals(
                    "RSA with 1024 bits",
                    SERVER.check(server.key(SampleKeys.rsa(1024)).made()).get(0).found());
            byte[] bits = Der.bitString(new byte[] {4});
            byte[] ec = Der.oid("1.2.840.10045.2.1");
            assertEquals(
                    "EC on the curve 1.3.132.0.10",
                    keyFound(Der.sequence(Der.sequence(ec, Der.oid("1.3.132.0.10")), bits)));
            assertEquals("EC with explicit parameters", keyFound(Der.sequence(Der.sequence(ec, Der.sequence()), bits)));
            assertEquals(
                    "a key of the algorithm 1.2.3.4", keyFound(Der.sequence(Der.sequence(Der.oid("1.2.3.4")), bits)));
            assertEquals("a malformed key", keyFound(Der.sequence()));
        }

        private static String keyFound(byte[] spki) {
            return SERVER.check(ForgedCertificate.server().with(Field.KEY, spki).made())
                    .get(0)
                    .found();
        }
    }

    @Nested
    class Hashes {
        @Test
        void thatAreNotTakenAreNamed() {
            byte[] sha1 = Der.sequence(Der.oid("1.2.840.10045.4.1"));
            Mismatch found = only(SERVER, ForgedCertificate.server().algorithm(sha1));
            assertEquals("hash", found.id());
            assertEquals("SHA-256, SHA-384, SHA-512", found.wanted());
            assertEquals("SHA-1", found.found());
            assertEquals(
                    List.of("hash"), ids(SERVER.hashes(CertificateProfile.Hash.SHA_384), ForgedCertificate.server()));
        }

        @Test
        void ofPssAreFoundInItsParameters() {
            byte[] pss = Der.oid("1.2.840.113549.1.1.10");
            byte[] sha384 = Der.tagged(
                    dev.certkit.internal.der.Tag.constructed(0),
                    Der.sequence(Der.oid("2.16.840.1.101.3.4.2.2"), Der.nullValue()));
            assertEquals(
                    "SHA-384",
                    ForgedCertificate.server()
                            .algorithm(Der.sequence(pss, Der.sequence(sha384)))
                            .made()
                            .signatureHash()
                            .orElseThrow());
            assertEquals(
                    "SHA-1",
                    ForgedCertificate.server()
                            .algorithm(Der.sequence(pss, Der.sequence()))
                            .made()
                            .signatureHash()
                            .orElseThrow());
            assertTrue(ForgedCertificate.server()
                    .algorithm(Der.sequence(pss))
                    .made()
                    .signatureHash()
                    .isEmpty());
        }
    }

    @Nested
    class Lifetimes {
        private static ForgedCertificate until(String notAfter) {
            return ForgedCertificate.server()
                    .with(Field.VALIDITY, ForgedCertificate.validity("2026-01-01T00:00:00Z", notAfter));
        }

        @Test
        void thatAreTooLongAreNamed() {
            CertificateProfile days90 = SERVER.validFor(Duration.ofDays(90));
            Mismatch found = only(days90, until("2026-04-11T00:00:00Z"));
            assertEquals("validity", found.id());
            assertEquals("at most 90 days", found.wanted());
            assertEquals("100 days, from 2026-01-01T00:00:00Z to 2026-04-11T00:00:00Z", found.found());
            assertEquals(List.of(), ids(days90, until("2026-04-01T00:30:00Z")));
            assertEquals(List.of(), ids(days90, until("2026-01-01T00:00:01Z")));
        }

        @Test
        void thatMustBeExactMayBeADayOff() {
            CertificateProfile years5 = SERVER.validForExactly(Duration.ofDays(1826));
            assertEquals(List.of(), ids(years5, until("2030-12-31T00:00:00Z")));
            assertEquals(List.of(), ids(years5, until("2031-01-01T23:59:59Z")));
            assertEquals(List.of("validity"), ids(years5, until("2031-01-03T00:00:00Z")));
            assertEquals(List.of("validity"), ids(years5, until("2030-01-01T00:00:00Z")));
        }

        @Test
        void thatEndBeforeTheyBeginAreNamed() {
            assertEquals(List.of("validity"), ids(SERVER, until("2025-01-01T00:00:00Z")));
        }

        @Test
        void withoutAnEndDoNotOverflow() {
            assertEquals(List.of("validity"), ids(SERVER, until("9999-12-31T23:59:59Z")));
            assertEquals(
                    List.of(), ids(SERVER.validFor(Duration.ofSeconds(Long.MAX_VALUE)), until("9999-12-31T23:59:59Z")));
            assertEquals(
                    List.of("validity"),
                    ids(SERVER.validForExactly(Duration.ofSeconds(Long.MAX_VALUE)), until("9999-12-31T23:59:59Z")));
        }
    }

    @Nested
    class Signers {
        @Test
        void areProvedBySignatureNotByName() {
            ForgedCertificate impostor = ForgedCertificate.server().signer(SampleKeys.otherOf(KeyType.EC_P256));
            Mismatch found = only(SERVER.signedBy(CertificateProfile.Signer.ITSELF), impostor);
            assertEquals("signer", found.id());
            assertTrue(found.found().contains("does not verify under its own key"), found.found());
            assertEquals(List.of(), ids(SERVER.signedBy(CertificateProfile.Signer.AUTHORITY), impostor));
        }

        @Test
        void withOldHashesAndShortKeysStillSignedThemselves() {
            byte[] sha1WithRsa = Der.sequence(Der.oid("1.2.840.113549.1.1.5"), Der.nullValue());
            ForgedCertificate old = ForgedCertificate.server()
                    .withoutExtensions()
                    .selfSigned(SampleKeys.rsa(1024), "SHA1withRSA", sha1WithRsa);
            assertTrue(old.made().isSelfSigned());
            assertEquals(
                    List.of("key-type", "hash", "usage-missing", "purpose-missing", "names-missing"),
                    ids(SERVER.signedBy(CertificateProfile.Signer.ITSELF), old));
        }

        @Test
        void withPssOrDsaSignedThemselvesToo() throws Exception {
            byte[] sha256 = Der.sequence(Der.oid("2.16.840.1.101.3.4.2.1"), Der.nullValue());
            byte[] pss = Der.sequence(
                    Der.oid("1.2.840.113549.1.1.10"),
                    Der.sequence(
                            explicit(0, sha256),
                            explicit(1, Der.sequence(Der.oid("1.2.840.113549.1.1.8"), sha256)),
                            explicit(2, Der.integer(32))));
            ForgedCertificate rsa =
                    ForgedCertificate.server().selfSigned(SampleKeys.ofJdk(KeyType.RSA_2048), "RSASSA-PSS", pss);
            assertTrue(rsa.made().isSelfSigned());
            assertFalse(rsa.key(SampleKeys.rsa(2048)).made().isSelfSigned());
            KeyPair dsa = KeyPairGenerator.getInstance("DSA").generateKeyPair();
            byte[] withDsa = Der.sequence(Der.oid("2.16.840.1.101.3.4.3.2"));
            assertTrue(ForgedCertificate.server()
                    .selfSigned(dsa, "SHA256withDSA", withDsa)
                    .made()
                    .isSelfSigned());
        }

        private static byte[] explicit(int number, byte[] value) {
            return Der.tagged(dev.certkit.internal.der.Tag.constructed(number), value);
        }
    }

    @Nested
    class Authorities {
        @Test
        void areNoServersAndServersAreNoAuthorities() {
            assertEquals(
                    List.of("validity", "authority", "usage-surplus", "purpose-missing", "names-missing"),
                    ids(SERVER, ForgedCertificate.authority()));
            assertEquals(
                    List.of("authority", "usage-missing", "purpose-surplus"),
                    ids(CertificateProfile.authority(), ForgedCertificate.server()));
        }

        @Test
        void mayNotHaveMoreBelowThemThanWanted() {
            CertificateProfile bounded = CertificateProfile.authority().pathLength(1);
            Mismatch found = only(bounded, ForgedCertificate.authority());
            assertEquals("path-length", found.id());
            assertEquals("no bound", found.found());
            assertEquals(List.of("path-length"), ids(bounded, withLength(2)));
            assertEquals(List.of(), ids(bounded, withLength(1)));
            assertEquals(List.of(), ids(bounded, withLength(0)));
        }

        private static ForgedCertificate withLength(int length) {
            return ForgedCertificate.authority()
                    .with(ForgedCertificate.BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true), Der.integer(length)));
        }
    }

    @Nested
    class UsagesAndPurposes {
        @Test
        void thatAreMissingOrTooManyAreNamed() {
            ForgedCertificate wrong = ForgedCertificate.server()
                    .with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(1, 2)))
                    .with(
                            ForgedCertificate.PURPOSES,
                            false,
                            Der.sequence(Der.oid("1.3.6.1.5.5.7.3.2"), Der.oid("2.5.29.37.0")));
            List<Mismatch> found = SERVER.check(wrong.made());
            assertEquals(
                    List.of("usage-missing", "usage-surplus", "purpose-missing", "purpose-surplus"),
                    found.stream().map(Mismatch::id).toList());
            assertEquals("digitalSignature is missing", found.get(0).found());
            assertEquals(
                    "contentCommitment, keyEncipherment is there, too",
                    found.get(1).found());
            assertEquals("serverAuth", found.get(2).wanted());
            assertEquals("clientAuth, 2.5.29.37.0 is there, too", found.get(3).found());
        }

        @Test
        void keyEnciphermentIsWantedOfRsaOnly() {
            ForgedCertificate rsa = ForgedCertificate.server().key(SampleKeys.of(KeyType.RSA_2048));
            assertEquals(List.of("usage-missing"), ids(SERVER, rsa));
            assertEquals(List.of(), ids(SERVER.forUsages(KeyUsage.DIGITAL_SIGNATURE), rsa));
        }
    }

    @Nested
    class Names {
        @Test
        void thatAreNeededMustBeThere() {
            Mismatch found = only(SERVER, ForgedCertificate.server().without(ForgedCertificate.NAMES));
            assertEquals("names-missing", found.id());
            assertEquals("at least one alternative name of the kind dns, ip", found.wanted());
            assertEquals("none", found.found());
            assertEquals(List.of("names-missing"), ids(SERVER, named(dns("bad_name"))));
            assertEquals(
                    List.of(),
                    ids(SERVER.needingOneOf(), ForgedCertificate.server().without(ForgedCertificate.NAMES)));
        }

        @Test
        void ofAKindThatIsNotAllowedAreNamed() {
            Mismatch found = only(
                    SERVER.allowingOnly(CertificateProfile.NameKind.DNS),
                    named(dns("a.example.fr"), ip(192, 0, 2, 1), ip(192, 0, 2, 2)));
            assertEquals("names-kind", found.id());
            assertEquals("192.0.2.1, 192.0.2.2", found.found());
        }

        @Test
        void mayBeTooMany() {
            Mismatch found = only(SERVER.atMostNames(1), ForgedCertificate.server());
            assertEquals("names-too-many", found.id());
            assertEquals("2 names", found.found());
        }

        @Test
        void ofSeveralServersAreNamed() {
            CertificateProfile one = SERVER.forOneServer();
            assertEquals(List.of(), ids(one, named(dns("printer-7"), dns("printer-7.example.fr"), ip(192, 0, 2, 7))));
            assertEquals(List.of(), ids(one, named(ip(192, 0, 2, 7))));
            Mismatch found = only(one, named(dns("printer-7.example.fr"), dns("printer-70.example.fr")));
            assertEquals("servers-too-many", found.id());
            assertEquals("printer-7.example.fr beside printer-70.example.fr", found.found());
            assertEquals(List.of("servers-too-many"), ids(one, named(dns("*.example.fr"))));
            assertEquals(List.of(), ids(one.forManyServers(), named(dns("*.example.fr"), dns("b.example.fr"))));
        }
    }

    @Nested
    class Damage {
        @Test
        void isNamedAndDoesNotHideTheRest() {
            ForgedCertificate damaged = ForgedCertificate.server()
                    .key(SampleKeys.rsa(1024))
                    .with(ForgedCertificate.KEY_USAGE, true, new byte[] {1})
                    .with(ForgedCertificate.NAMES, false, Der.sequence());
            List<Mismatch> found = SERVER.check(damaged.made());
            assertEquals(
                    List.of("key-type", "unreadable", "unreadable"),
                    found.stream().map(Mismatch::id).toList());
            assertTrue(found.get(1).found().contains("keyUsage"), found.get(1).found());
            assertTrue(
                    found.get(2).found().contains("subjectAltName"),
                    found.get(2).found());
        }

        @Test
        void ofACertificateObjectIsNoException() {
            assertEquals(
                    List.of("unreadable"),
                    SERVER.check(new UnencodableCertificate()).stream()
                            .map(Mismatch::id)
                            .toList());
        }

        @Test
        void nullIsTheCallersMistake() {
            assertThrows(NullPointerException.class, () -> SERVER.check((X509Certificate) null));
            assertThrows(NullPointerException.class, () -> SERVER.check((EncodedCertificate) null));
        }
    }

    @Nested
    class AMismatch {
        @Test
        void isAValueThatAPersonCanConfirm() {
            ForgedCertificate certificate = ForgedCertificate.server().without(ForgedCertificate.NAMES);
            assertEquals(SERVER.check(certificate.made()), SERVER.check(certificate.made()));
            assertEquals(
                    "names-missing: wanted at least one alternative name of the kind dns, ip, found none; have it issued"
                            + " anew with the names that its peers know it by",
                    SERVER.check(certificate.made()).get(0).toString());
        }
    }
}
