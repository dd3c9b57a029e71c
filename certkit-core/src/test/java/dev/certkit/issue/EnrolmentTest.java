package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.DistinguishedName;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EnrolmentTest {
    private static final CertifiedKey KEY =
            CertifiedKey.selfSigned(DistinguishedName.cn("a")).with(SampleKeys.of(KeyType.EC_P256));
    private static final PendingKey PENDING = CertificationRequest.forSubject(DistinguishedName.cn("a"))
            .challengePassword(Passphrase.of("canary"))
            .signedBy(SampleKeys.of(KeyType.EC_P256));

    @Nested
    class Folding {
        @Test
        void eachAnswerGoesToItsHandler() {
            List<Enrolment> answers = List.of(
                    new Enrolment.Issued(KEY),
                    new Enrolment.Pending(PENDING, "tx", Optional.empty()),
                    Enrolment.Refused.of(FailInfo.BAD_TIME, "clock"));
            List<String> handled = answers.stream()
                    .map(answer -> answer.fold(
                            issued -> "issued " + issued.key().chain().subject(),
                            pending -> "pending " + pending.transactionId(),
                            refused -> "refused " + refused.failInfo().orElseThrow()))
                    .toList();
            assertEquals(List.of("issued CN=a", "pending tx", "refused BAD_TIME"), handled);
        }

        @Test
        void eachDecisionGoesToItsHandler() {
            Issuance certified = new Issuance.Certified(KEY.chain());
            Issuance declined = new Issuance.Declined(FailInfo.BAD_ALG, "no");
            assertEquals("CN=a", certified.fold(c -> c.chain().subject().toString(), Issuance.Declined::text));
            assertEquals("no", declined.fold(c -> c.chain().subject().toString(), Issuance.Declined::text));
        }
    }

    @Nested
    @Tag("S11")
    class Refusals {
        @Test
        void anUnknownNumberIsKept() {
            Enrolment.Refused odd = new Enrolment.Refused(17, "vendor");
            assertEquals(17, odd.number());
            assertEquals(Optional.empty(), odd.failInfo());
        }

        @Test
        void noNumberHasNoReason() {
            assertEquals(Optional.empty(), new Enrolment.Refused(-1, "").failInfo());
        }
    }

    @Nested
    class Being {
        @Test
        void noPartIsNull() {
            assertThrows(NullPointerException.class, () -> new Enrolment.Issued(null));
            assertThrows(NullPointerException.class, () -> new Enrolment.Pending(null, "tx", Optional.empty()));
            assertThrows(NullPointerException.class, () -> new Enrolment.Pending(PENDING, null, Optional.empty()));
            assertThrows(NullPointerException.class, () -> new Enrolment.Pending(PENDING, "tx", null));
            assertThrows(NullPointerException.class, () -> new Enrolment.Refused(1, null));
            assertThrows(NullPointerException.class, () -> new Issuance.Certified(null));
            assertThrows(NullPointerException.class, () -> new Issuance.Declined(null, ""));
            assertThrows(NullPointerException.class, () -> new Issuance.Declined(FailInfo.BAD_ALG, null));
        }

        @Test
        void noSecretShows() {
            String shown = new Enrolment.Pending(PENDING, "tx", Optional.of(KEY)) + " " + new Enrolment.Issued(KEY);
            String key = Base64.getEncoder()
                    .encodeToString(SampleKeys.of(KeyType.EC_P256).getPrivate().getEncoded());
            assertFalse(shown.contains("canary"), shown);
            assertFalse(shown.contains(key.substring(60, 80)), shown);
        }
    }
}
