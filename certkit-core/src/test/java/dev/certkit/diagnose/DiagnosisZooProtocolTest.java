package dev.certkit.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real servers of other houses that speak wrongly: old, weak, in clear first, or to nobody without a name or certificate. */
@Tag("W12")
@Timeout(120)
class DiagnosisZooProtocolTest extends Zoo {
    @Nested
    class AProtocol {
        private final String rsaChain = ZooPki.pem(PKI.server(RSA), PKI.issuer);

        @Test
        void ofTls10AloneIsFoundThoughThisJavaCannotSpeakIt() throws Exception {
            try (ZooServer server = ZooServer.openssl(
                    home,
                    rsaChain,
                    RSA,
                    "-tls1",
                    "-cipher",
                    "AES128-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0",
                    "-serverpref")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(
                        report,
                        FindingCode.NO_CURRENT_PROTOCOL,
                        FindingCode.OLD_PROTOCOL,
                        FindingCode.NO_FORWARD_SECRECY);
                assertEquals(Optional.empty(), report.negotiated());
                assertEquals(
                        List.of(new Negotiated("TLSv1", "TLS_RSA_WITH_AES_128_CBC_SHA")),
                        report.accepted(),
                        report::toText);
                assertEquals(2, report.presented().size());
                assertTrue(report.verdict().orElseThrow().isTrusted());
            }
        }

        @Test
        void ofTls11BesideNewerOnesIsAWarning() throws Exception {
            try (ZooServer server =
                    ZooServer.gnutls(home, rsaChain, RSA, "-a", "--priority=NORMAL:+VERS-TLS1.1:%COMPAT")) {
                DiagnosisReport report = diagnosed(server);
                Set<FindingCode> found = serious(report);
                assertTrue(found.contains(FindingCode.OLD_PROTOCOL), report::toText);
                assertEquals(Optional.of("TLSv1.3"), report.negotiated().map(Negotiated::protocol));
            }
        }

        @Test
        void ofTls12AtMostIsNoted() throws Exception {
            try (ZooServer server = ZooServer.nginx(home, sound(), KEYS, "ssl_protocols TLSv1.2;")) {
                assertNoted(diagnosed(server), FindingCode.NO_TLS_1_3);
            }
        }

        @Test
        void ofTls13AloneIsFine() throws Exception {
            try (ZooServer server = ZooServer.nginx(home, sound(), KEYS, "ssl_protocols TLSv1.3;")) {
                DiagnosisReport report = diagnosed(server);
                assertTrue(report.isHealthy(), report::toText);
                assertEquals(1, report.accepted().size());
                assertEquals(2, report.presented().size());
            }
        }

        @Test
        void withABrokenCipherSuiteIsAWarning() throws Exception {
            try (ZooServer server = ZooServer.openssl(
                    home, rsaChain, RSA, "-cipher", "ECDHE-RSA-AES128-GCM-SHA256:NULL-SHA256:@SECLEVEL=0")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.WEAK_CIPHER);
                Finding.Protocol weak = (Finding.Protocol)
                        report.findings(FindingCode.WEAK_CIPHER).get(0);
                assertEquals("TLS_RSA_WITH_NULL_SHA256", weak.agreed().cipherSuite());
            }
        }

        @Test
        void withNoSuiteInCommonIsRefusedAndTheReasonIsShown() throws Exception {
            try (ZooServer server =
                    ZooServer.openssl(home, rsaChain, RSA, "-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0")) {
                DiagnosisReport report = diagnosed(server);
                Set<FindingCode> found = serious(report);
                assertTrue(
                        found.containsAll(Set.of(FindingCode.HANDSHAKE_REFUSED, FindingCode.WEAK_CIPHER)),
                        report::toText);
                assertEquals(2, report.presented().size());
            }
        }
    }

    @Nested
    class AServerName {
        @Test
        void thatIsNeededAndMissingIsFound() throws Exception {
            try (ZooServer server = ZooServer.haproxy(home, sound(), KEYS, "strict-sni")) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .trusting(PKI.policy())
                        .clock(ZooPki.CLOCK)
                        .run();
                assertSerious(report, FindingCode.SERVER_NAME_NEEDED);
            }
        }

        @Test
        void thatIsNeededAndSentIsNoted() throws Exception {
            try (ZooServer server = ZooServer.haproxy(home, sound(), KEYS, "strict-sni")) {
                assertNoted(diagnosed(server), FindingCode.SERVER_NAME_MATTERS);
            }
        }

        @Test
        void thatTheServerDoesNotKnowIsFound() throws Exception {
            try (ZooServer server = ZooServer.haproxy(home, sound(), KEYS, "strict-sni")) {
                assertSerious(diagnosed(server, "unknown.example.fr"), FindingCode.SERVER_NAME_UNKNOWN);
            }
        }
    }

    @Nested
    class AClientCertificate {
        @Test
        void thatIsNeededUnderTls13IsFound() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS, "-Verify", "1")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.CLIENT_CERTIFICATE_NEEDED);
                assertEquals(2, report.presented().size());
            }
        }

        @Test
        void thatIsNeededUnderTls12IsFound() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS, "-Verify", "1", "-no_tls1_3")) {
                assertSerious(diagnosed(server), FindingCode.CLIENT_CERTIFICATE_NEEDED);
            }
        }

        @Test
        void thatGnuTlsNeedsIsFound() throws Exception {
            try (ZooServer server =
                    ZooServer.gnutls(home, sound(), KEYS, "-r", "--priority=NORMAL:-VERS-TLS1.0:-VERS-TLS1.1")) {
                assertSerious(diagnosed(server), FindingCode.CLIENT_CERTIFICATE_NEEDED);
            }
        }

        @Test
        void thatIsOnlyWantedIsNoted() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS, "-verify", "1")) {
                assertNoted(diagnosed(server), FindingCode.CLIENT_CERTIFICATE_WANTED);
            }
        }
    }

    @Nested
    class AMailServer {
        @Test
        void thatTurnsToTlsIsDiagnosedInEachProtocol() throws Exception {
            for (StartTls protocol : StartTls.values()) {
                try (ZooServer server = ZooServer.mail(home, protocol, sound(), KEYS, "on")) {
                    DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                            .servername("localhost")
                            .startTls(protocol)
                            .trusting(PKI.policy())
                            .clock(ZooPki.CLOCK)
                            .run();
                    assertTrue(report.isHealthy(), report::toText);
                    assertEquals(2, report.presented().size());
                }
            }
        }

        @Test
        void thatDoesNotOfferTlsIsFound() throws Exception {
            for (StartTls protocol : StartTls.values()) {
                try (ZooServer server = ZooServer.mail(home, protocol, sound(), KEYS, "off")) {
                    DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                            .startTls(protocol)
                            .run();
                    assertSerious(report, FindingCode.STARTTLS_NOT_OFFERED);
                }
            }
        }

        @Test
        void thatIsAskedForTlsAtOnceSaysWhatItSpeaks() throws Exception {
            try (ZooServer server = ZooServer.mail(home, StartTls.SMTP, sound(), KEYS, "on")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.NOT_TLS);
                assertTrue(report.toText().contains("220 mail.example.fr"), report::toText);
            }
        }

        @Test
        void thatSpeaksAnotherProtocolIsFound() throws Exception {
            try (ZooServer server = ZooServer.mail(home, StartTls.IMAP, sound(), KEYS, "on")) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .startTls(StartTls.SMTP)
                        .run();
                assertSerious(report, FindingCode.STARTTLS_OTHER_PROTOCOL);
            }
        }
    }
}
