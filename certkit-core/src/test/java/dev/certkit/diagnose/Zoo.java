package dev.certkit.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** A zoo of real servers, and what is asked about them. */
abstract class Zoo {
    static final ZooPki PKI = new ZooPki();
    static final KeyPair KEYS = SampleKeys.of(KeyType.EC_P256);
    static final KeyPair RSA = SampleKeys.of(KeyType.RSA_2048);

    @TempDir
    Path home;

    static DiagnosisReport diagnosed(ZooServer server) {
        return diagnosed(server, "localhost");
    }

    static DiagnosisReport diagnosed(ZooServer server, String name) {
        return Diagnosis.ofServer("127.0.0.1", server.port())
                .servername(name)
                .trusting(PKI.policy())
                .clock(ZooPki.CLOCK)
                .run();
    }

    static Set<FindingCode> serious(DiagnosisReport report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() != Finding.Severity.NOTE)
                .map(Finding::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static void assertSerious(DiagnosisReport report, FindingCode... codes) {
        assertEquals(new TreeSet<>(List.of(codes)), serious(report), report::toText);
    }

    static void assertNoted(DiagnosisReport report, FindingCode code) {
        assertTrue(report.isHealthy(), report::toText);
        assertEquals(1, report.findings(code).size(), report::toText);
    }

    static String chain(UnaryOperator<ForgedCertificate> change) {
        return ZooPki.pem(PKI.server(KEYS, change), PKI.issuer);
    }

    static String sound() {
        return chain(UnaryOperator.identity());
    }

    static UnaryOperator<ForgedCertificate> valid(String from, String to) {
        return draft -> draft.with(Field.VALIDITY, ForgedCertificate.validity(from, to));
    }
}
