package dev.certkit.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.UnencodableCertificate;
import dev.certkit.x509.EncodedCertificate;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateLintTest {
    private static final CertificateLint DEVICE = CertificateLint.device();

    private static List<String> ids(List<LintFinding> findings) {
        return findings.stream().map(finding -> finding.rule().id()).toList();
    }

    @Nested
    class EachRule {
        static List<LintSample> broken() {
            return LintSamples.broken();
        }

        static List<LintSample> kept() {
            return LintSamples.kept();
        }

        @ParameterizedTest
        @MethodSource("broken")
        void findsWhatBreaksIt(LintSample sample) {
            assertTrue(sample.breaks(), () -> sample.findings().toString());
        }

        @ParameterizedTest
        @MethodSource("kept")
        void findsNothingInWhatKeepsIt(LintSample sample) {
            assertFalse(sample.breaks(), () -> sample.findings().toString());
        }

        @Test
        void hasASampleThatBreaksIt() {
            Set<String> sampled = broken().stream().map(LintSample::rule).collect(Collectors.toSet());
            // The empty list of extensions has its own test, since the forger leaves the field out.
            sampled.add("extensions-empty");
            Set<String> rules = CertificateLint.publicTls().rules().stream()
                    .map(LintRule::id)
                    .collect(Collectors.toSet());
            assertEquals(rules, sampled);
        }

        @Test
        void isKeptByASoundCertificate() {
            assertEquals(
                    List.of("self-signed"),
                    ids(DEVICE.check(ForgedCertificate.server().made())));
            assertEquals(List.of(), DEVICE.check(ForgedCertificate.authority().made()));
            assertEquals(
                    List.of("br-policy", "br-self-signed"),
                    ids(CertificateLint.publicTls()
                            .without("self-signed", "br-internal-name")
                            .check(ForgedCertificate.server().made())));
        }

        @Test
        void seesAnEmptyListOfExtensions() {
            byte[] empty = Der.tagged(Tag.constructed(3), Der.sequence());
            assertTrue(ids(DEVICE.check(ForgedCertificate.server().made(empty))).contains("extensions-empty"));
        }
    }

    @Nested
    class TheRules {
        @Test
        void haveEachAnIdOfTheirOwnAndAllThatAPersonAsks() {
            Set<String> ids = new HashSet<>();
            for (LintRule rule : CertificateLint.publicTls().rules()) {
                assertTrue(ids.add(rule.id()), rule.id());
                assertTrue(rule.id().matches("[a-z0-9]+(-[a-z0-9]+)*"), rule.id());
                assertTrue(rule.title().endsWith("."), rule.title());
                assertTrue(rule.source().matches(".*[0-9].*"), rule.source());
                assertFalse(rule.remedy().isBlank(), rule.id());
            }
        }

        @Test
        void ofDevicesAreThoseOfPublicServersWithoutTheForums() {
            List<LintRule> all = CertificateLint.publicTls().rules();
            assertEquals(
                    DEVICE.rules(),
                    all.stream().filter(rule -> !rule.id().startsWith("br-")).toList());
            assertTrue(all.size() > DEVICE.rules().size() + 10);
        }

        @Test
        void haveDatesWhereTheyChanged() {
            LintRule days200 = CertificateLint.publicTls().rules().stream()
                    .filter(rule -> rule.id().equals("br-validity-200"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Optional.of(LocalDate.of(2026, 3, 15)), days200.effectiveFrom());
            assertEquals(Optional.of(LocalDate.of(2027, 3, 15)), days200.effectiveUntil());
            assertEquals(LintRule.Scope.SERVER, days200.scope());
        }

        @Test
        void areAnUnmodifiableList() {
            assertThrows(
                    UnsupportedOperationException.class, () -> DEVICE.rules().clear());
        }
    }

    @Nested
    class ASet {
        @Test
        void canBeCutDown() {
            EncodedCertificate server = ForgedCertificate.server().made();
            assertEquals(List.of(), DEVICE.without("self-signed").check(server));
            assertEquals(List.of(), DEVICE.errorsOnly().check(server));
        }

        @Test
        void refusesAnIdThatItDoesNotHave() {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> DEVICE.without("br-policy"))
                    .getMessage()
                    .startsWith("ids: this set has no rule \"br-policy\""));
        }
    }

    @Nested
    class AFinding {
        @Test
        void saysWhatWhereWhyAndWhatToDo() {
            LintFinding finding = DEVICE.check(ForgedCertificate.server()
                            .with(ForgedCertificate.Field.SERIAL, Der.integer(-5))
                            .made())
                    .get(0);
            assertTrue(finding.isError());
            assertEquals(
                    "ERROR serial-not-positive: the serial number is -5; A serial number is positive. (RFC 5280, section"
                            + " 4.1.2.2); have it issued anew with a random serial number",
                    finding.toString());
        }

        @Test
        void isSafeToPrint() {
            ForgedCertificate hostile = ForgedCertificate.server()
                    .with(
                            ForgedCertificate.NAMES,
                            false,
                            Der.sequence(ForgedCertificate.dns("a\u001b[2J\r\n" + "b".repeat(500))));
            for (LintFinding finding : CertificateLint.publicTls().check(hostile.made())) {
                assertTrue(finding.toString().chars().noneMatch(Character::isISOControl), finding.toString());
                assertTrue(finding.toString().length() < 600, finding.toString());
            }
        }

        @Test
        void isOneOfTwentyOfARuleAtMost() {
            byte[][] names = new byte[500][];
            for (int i = 0; i < names.length; i++) {
                names[i] = ForgedCertificate.dns("bad_" + i + ".fr");
            }
            List<String> found = ids(DEVICE.check(ForgedCertificate.server()
                    .with(ForgedCertificate.NAMES, false, Der.sequence(names))
                    .made()));
            assertEquals(20, found.stream().filter("dns-syntax"::equals).count());
        }
    }

    @Nested
    class WhateverIsGiven {
        @Test
        void aCertificateObjectWithoutAnEncodingIsAFinding() {
            assertEquals(List.of("unreadable"), ids(DEVICE.check(new UnencodableCertificate())));
        }

        @Test
        void nullIsTheCallersMistake() {
            assertThrows(NullPointerException.class, () -> DEVICE.check((X509Certificate) null));
            assertThrows(NullPointerException.class, () -> DEVICE.check((EncodedCertificate) null));
        }
    }
}
