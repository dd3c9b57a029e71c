package dev.certkit.trust;

import static dev.certkit.trust.Holder.anchors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9525, row by row: the names of a certificate, the host that was asked for, and whether it is its. */
class HostNamePolicyTest {
    private static final Holder ROOT = Holder.named("Root");
    private static final Holder PRINTER = Holder.named("Printer");

    private static EncodedCertificate having(String names) {
        byte[] all =
                Der.sequence(Arrays.stream(names.split(";")).map(NameText::der).toList());
        return PRINTER.serverBy(ROOT, forged -> forged.with(ForgedCertificate.NAMES, false, all));
    }

    private static EncodedCertificate called(String commonName) {
        return PRINTER.serverBy(ROOT, forged -> forged.with(
                        Field.SUBJECT, DistinguishedName.cn(commonName).encoded())
                .without(ForgedCertificate.NAMES));
    }

    private static PresentedChain asked(EncodedCertificate leaf, String host) {
        return Holder.presented(leaf).by(new Peer(host, 443));
    }

    private static List<TrustCode> codes(TrustVerdict verdict) {
        return verdict.fold(
                trusted -> List.of(),
                untrusted -> untrusted.reasons().stream().map(TrustReason::code).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dns printer-7.example.fr        | printer-7.example.fr       | true
            dns PRINTER-7.Example.FR        | printer-7.example.fr       | true
            dns printer-7.example.fr        | PRINTER-7.EXAMPLE.FR       | true
            dns printer-7.example.fr        | printer-7.example.fr.      | true
            dns printer-7.example.fr        | printer-7.example.fr..     | false
            dns printer-7.example.fr.       | printer-7.example.fr       | false
            dns printer-7.example.fr        | printer-8.example.fr       | false
            dns printer-7.example.fr        | example.fr                 | false
            dns example.fr                  | printer-7.example.fr       | false
            dns printer-7                   | printer-7                  | true
            dns a.example.fr;dns b.example.fr | b.example.fr             | true
            dns *.example.fr                | printer-7.example.fr       | true
            dns *.EXAMPLE.fr                | printer-7.example.FR       | true
            dns *.example.fr                | xn--bcher-kva.example.fr   | true
            dns *.example.fr                | bücher.example.fr          | true
            dns *.example.fr                | a.b.example.fr             | false
            dns *.example.fr                | example.fr                 | false
            dns *.example.fr                | .example.fr                | false
            dns *.example.fr                | *.example.fr               | false
            dns *                           | printer-7                  | false
            dns *.fr                        | example.fr                 | false
            dns *.                          | fr                         | false
            dns p*.example.fr               | printer-7.example.fr       | false
            dns *7.example.fr               | printer-7.example.fr       | false
            dns p*7.example.fr              | printer-7.example.fr       | false
            dns xn--*.example.fr            | xn--bcher-kva.example.fr   | false
            dns *-kva.example.fr            | xn--bcher-kva.example.fr   | false
            dns a.*.example.fr              | a.b.example.fr             | false
            dns *.*.example.fr              | a.b.example.fr             | false
            dns **.example.fr               | a.example.fr               | false
            dns xn--bcher-kva.example       | bücher.example             | true
            dns xn--bcher-kva.example       | BÜCHER.example             | true
            dns xn--bcher-kva.example       | xn--bcher-kva.example      | true
            dns XN--BCHER-KVA.example       | bücher.example             | true
            dns #62c3bc636865722e6578616d706c65 | bücher.example         | false
            dns #62fc636865722e6578616d706c65   | bücher.example         | false
            dns #7072696e7465722d372e6578616d706c652e6672002e6576696c2e6465 | printer-7.example.fr | false
            dns #7072696e7465722d372e6578616d706c652e66720a                 | printer-7.example.fr | false
            dns #207072696e7465722d372e6578616d706c652e6672                 | printer-7.example.fr | false
            dns under_score.example.fr      | under_score.example.fr     | false
            dns *.example.fr                | under_score.example.fr     | false
            mail a@printer-7.example.fr     | printer-7.example.fr       | false
            uri https://printer-7.example.fr/ | printer-7.example.fr     | false
            id #2a03                        | printer-7.example.fr       | false
            """)
    void hostNames(String names, String host, boolean matches) {
        assertEquals(
                matches ? List.of() : List.of(TrustCode.WRONG_NAME),
                codes(TrustPolicy.hostname().judge(asked(having(names), host))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ip 192.0.2.7                    | 192.0.2.7                  | true
            ip 192.0.2.7                    | 192.0.2.8                  | false
            ip 192.0.2.7                    | 192.0.2.07                 | false
            ip 192.0.2.7                    | 192.0.2.7.                 | true
            ip 192.0.2.7                    | 3221225991                 | false
            ip 192.0.2.7                    | 0xC0.0.2.7                 | false
            dns 192.0.2.7                   | 192.0.2.7                  | false
            dns *.0.2.7                     | 192.0.2.7                  | false
            ip #20010db8000000000000000000000007 | 2001:db8::7           | true
            ip #20010db8000000000000000000000007 | 2001:0DB8:0:0:0:0:0:7 | true
            ip #20010db8000000000000000000000007 | [2001:db8::7]         | true
            ip #20010db8000000000000000000000007 | 2001:db8::8           | false
            dns 2001:db8::7                 | 2001:db8::7                | false
            ip 192.0.2.7                    | ::ffff:192.0.2.7           | false
            ip #00000000000000000000ffffc0000207 | ::ffff:192.0.2.7      | true
            ip #00000000000000000000ffffc0000207 | 192.0.2.7             | false
            ip #c00002                      | 192.0.2                    | false
            ip #c000020700                  | 192.0.2.7                  | false
            """)
    void addresses(String names, String host, boolean matches) {
        assertEquals(
                matches ? List.of() : List.of(TrustCode.WRONG_NAME),
                codes(TrustPolicy.hostname().judge(asked(having(names), host))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "http://printer-7.example.fr",
                "printer-7.example.fr:443",
                "\u0000",
                "[",
                "[]]",
                "%",
                "..",
                "\uD800",
                "a\u3002"
            })
    void aHostThatIsNoneIsTheNameOfNobody(String host) {
        assertEquals(
                List.of(TrustCode.WRONG_NAME),
                codes(TrustPolicy.hostname().judge(asked(having("dns printer-7.example.fr"), host))));
    }

    @Test
    void withoutAPeerNothingIsTrusted() {
        PresentedChain nobody = Holder.presented(having("dns printer-7.example.fr"));
        assertEquals(List.of(TrustCode.WRONG_NAME), codes(TrustPolicy.hostname().judge(nobody)));
    }

    @Test
    void theNamesThatAreThereAreSaid() {
        TrustReason.WrongName reason = TrustPolicy.hostname()
                .judge(asked(having("dns a.example.fr;ip 192.0.2.7"), "b.example.fr"))
                .fold(
                        trusted -> {
                            throw new AssertionError();
                        },
                        untrusted -> assertInstanceOf(
                                TrustReason.WrongName.class, untrusted.reasons().get(0)));
        assertEquals("b.example.fr", reason.wanted());
        assertEquals(2, reason.present().size());
        assertEquals("the certificate is not for b.example.fr but for a.example.fr, 192.0.2.7", reason.text());
    }

    @Nested
    class TheCommonName {
        private final TrustPolicy legacy = TrustPolicy.hostname().legacyCommonName();

        @Test
        void isNotLookedAt() {
            PresentedChain chain = asked(called("printer-7.example.fr"), "printer-7.example.fr");
            assertEquals(
                    List.of(TrustCode.WRONG_NAME), codes(TrustPolicy.hostname().judge(chain)));
        }

        @Test
        void isLookedAtByTheLegacySwitch() {
            assertTrue(legacy.judge(asked(called("Printer-7.example.fr"), "printer-7.example.fr"))
                    .isTrusted());
            assertTrue(legacy.judge(asked(called("*.example.fr"), "printer-7.example.fr"))
                    .isTrusted());
            assertTrue(legacy.judge(asked(called("192.0.2.7"), "192.0.2.7")).isTrusted());
            assertEquals(
                    List.of(TrustCode.WRONG_NAME),
                    codes(legacy.judge(asked(called("Printer 7"), "printer-7.example.fr"))));
        }

        @Test
        void isNotLookedAtWhereThereAreAlternativeNames() {
            EncodedCertificate both = PRINTER.serverBy(ROOT, forged -> forged.with(
                            Field.SUBJECT,
                            DistinguishedName.cn("printer-7.example.fr").encoded())
                    .with(ForgedCertificate.NAMES, false, Der.sequence(NameText.der("mail a@example.fr"))));
            assertEquals(List.of(TrustCode.WRONG_NAME), codes(legacy.judge(asked(both, "printer-7.example.fr"))));
        }

        @Test
        void isBoundByNameConstraintsWhereItIsTakenForAHost() {
            EncodedCertificate root = ROOT.authorityBy(
                    ROOT,
                    forged -> forged.with(
                            ForgedCertificate.NAME_CONSTRAINTS,
                            true,
                            NameText.constraints(List.of("+dns example.de"))));
            PkixPolicy pkix = TrustPolicy.pkix(anchors(root));
            for (TrustPolicy both : List.of(pkix.and(legacy), legacy.and(pkix))) {
                assertTrue(both.judge(asked(called("a.example.de"), "a.example.de"))
                        .isTrusted());
                assertEquals(
                        List.of(TrustCode.NAME_NOT_PERMITTED),
                        codes(both.judge(asked(called("a.example.fr"), "a.example.fr"))));
            }
        }
    }

    @Nested
    class Together {
        private final EncodedCertificate leaf = having("dns printer-7.example.fr");
        private final PkixPolicy pkix = TrustPolicy.pkix(anchors(ROOT.root()));

        @Test
        void thePathIsThatOfTheOneThatProvedIt() {
            PresentedChain chain = asked(leaf, "printer-7.example.fr");
            for (TrustPolicy both : List.of(
                    pkix.and(TrustPolicy.hostname()), TrustPolicy.hostname().and(pkix))) {
                List<EncodedCertificate> path =
                        both.judge(chain).fold(TrustVerdict.Trusted::path, untrusted -> List.<EncodedCertificate>of());
                assertEquals(2, path.size());
            }
        }

        @Test
        void theReasonsOfBothAreSaid() {
            TrustPolicy strange =
                    TrustPolicy.pkix(anchors(Holder.named("Somebody").root()));
            assertEquals(
                    List.of(TrustCode.UNKNOWN_ISSUER, TrustCode.WRONG_NAME),
                    codes(strange.and(TrustPolicy.hostname()).judge(asked(leaf, "other.example.fr"))));
        }
    }
}
