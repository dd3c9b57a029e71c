package dev.certkit.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustReason;
import dev.certkit.x509.DistinguishedName;
import org.junit.jupiter.api.Test;

class FindingTest {
    @Test
    void everyReasonNotToTrustHasACodeWithTheSameRemedy() {
        for (TrustCode code : TrustCode.values()) {
            assertEquals(code.remedy(), FindingCode.of(code).remedy());
        }
    }

    @Test
    void everyCodeSaysWhatToDo() {
        for (FindingCode code : FindingCode.values()) {
            assertFalse(code.remedy().isBlank(), code::name);
        }
    }

    @Test
    void isOneLineWithSeverityCodeTextAndRemedy() {
        Finding finding = new Finding.Connection(FindingCode.CLOSED, "host\n:1", "it closed");
        assertEquals("ERROR CLOSED: host\\u000A:1: it closed; " + FindingCode.CLOSED.remedy(), finding.toString());
    }

    @Test
    void aSelfSignedCertificateAboveThePeersIsAnUntrustedRoot() {
        DistinguishedName name = DistinguishedName.cn("Root");
        assertEquals(
                FindingCode.SELF_SIGNED,
                Finding.Trust.of(new TrustReason.SelfSigned(0, name)).code());
        assertEquals(
                FindingCode.UNTRUSTED_ROOT,
                Finding.Trust.of(new TrustReason.SelfSigned(1, name)).code());
    }
}
