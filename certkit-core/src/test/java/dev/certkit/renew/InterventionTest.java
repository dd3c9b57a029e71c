package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.issue.Enrolment;
import dev.certkit.key.KeyType;
import dev.certkit.renew.GatedAuthority.Gate;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.renew.RequestStatus.State;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people, power cuts and strange authorities do while a renewer is at work. */
class InterventionTest {
    private final RenewerLab lab = new RenewerLab();

    private void installAnswer() throws IOException {
        PendingKey pending = lab.identities.pending("web").orElseThrow();
        Enrolment answer = lab.local.renew(lab.current(), pending);
        lab.identities.install("web", ((Enrolment.Issued) answer).key().chain());
    }

    @Test
    @Tag("S15")
    void aPowerCutBetweenTheInstallationAndItsNoteGoesOnWithTheCallback() throws IOException {
        List<String> taken = new ArrayList<>();
        Renewer renewer = lab.automatic().after((name, key) -> taken.add(name)).open();
        lab.enrolled(renewer);
        lab.authority.set(Gate.HOLD);
        lab.runFor(renewer, Duration.ofDays(60));
        assertEquals(Phase.WAITING, lab.phase());
        installAnswer();
        int calls = lab.authority.calls();
        lab.runFor(renewer, Duration.ofHours(2));

        assertEquals(List.of("web", "web"), taken);
        assertEquals(State.SUCCESSFUL, renewer.status("web").state());
        assertEquals(calls, lab.authority.calls());
    }

    @Test
    void aRequestThatSomebodyElseMadeIsLeftToHim() throws IOException {
        Renewer renewer = lab.automatic().open();
        lab.enrolled(renewer);
        lab.identities.request("web", KeyType.EC_P256);
        String key = lab.identities.pending("web").orElseThrow().request().keyFingerprint() + "";
        lab.runFor(renewer, Duration.ofDays(61));

        assertEquals(1, lab.authority.calls());
        assertEquals(key, lab.identities.pending("web").orElseThrow().request().keyFingerprint() + "");
        assertEquals(
                "a request is pending that was made otherwise; install or withdraw it",
                renewer.status("web").why());
        lab.identities.withdraw("web");
        lab.runFor(renewer, Duration.ofHours(2));
        assertEquals(2, lab.authority.issued());
    }

    @Test
    @Tag("S9")
    void aKeyOfTheSameUseThatIsBeingRenewedIsNotDeleted() throws IOException {
        Renewer renewer = lab.automatic().open();
        CertifiedKey first = lab.enrolled(renewer);
        lab.authority.set(Gate.HOLD);
        lab.runFor(renewer, Duration.ofDays(60));
        assertEquals(Phase.WAITING, lab.phase());
        renewer.turnOff();
        lab.authority.set(Gate.OPEN);
        renewer.request(RequestFields.of("k2", DistinguishedName.cn("printer-8.example.fr"))
                .use(KeyUse.tls()));
        renewer.runDueOnce(1);

        assertEquals(State.SUCCESSFUL, renewer.status("k2").state());
        assertEquals(List.of("k2", "web"), lab.identities.names());
        assertEquals(first.chain(), lab.current().chain());
    }

    @Test
    @Tag("S9")
    void aKeyThatBecomesTheDefaultKeyIsNotRenewedAnyMore() throws IOException {
        CertifiedKey first = lab.enrolled(lab.automatic().open());
        RenewalSettings settings = lab.automatic().effectiveSettings();
        Renewer renewer = lab.draft().settings(settings.defaultKey("web")).open();
        lab.runFor(renewer, Duration.ofDays(75));
        assertEquals(1, lab.authority.calls());
        assertEquals(first.chain(), lab.current().chain());
        assertEquals("the default key is never replaced", renewer.status("web").why());

        lab.runFor(lab.draft().settings(settings).open(), Duration.ofHours(1));
        assertEquals(2, lab.authority.issued(), "the default key is another one now");
    }

    @Test
    @Tag("S9")
    void aDefaultKeyIsNeverLookedAfter() throws IOException {
        RenewalSettings settings = lab.automatic().effectiveSettings().defaultKey("web");
        Renewer renewer = lab.draft().settings(settings).open();
        lab.runFor(renewer, Duration.ofDays(1));
        assertEquals(0, lab.authority.calls());
        assertEquals("not looked after", renewer.status("web").why());
    }

    @Test
    void aVetoIsAskedAboutAgainAfterHalfAnHourToAnHour() throws IOException {
        List<Instant> asked = new ArrayList<>();
        Renewer renewer =
                lab.automatic().before(name -> !asked.add(lab.clock.instant())).open();
        lab.runFor(renewer, Duration.ofHours(20));

        for (int i = 1; i < asked.size(); i++) {
            long minutes = Duration.between(asked.get(i - 1), asked.get(i)).toMinutes();
            assertTrue(minutes >= 30 && minutes <= 60, minutes + " minutes");
        }
        assertEquals(
                "the callback before a request vetoed it", renewer.status("web").why());
        assertEquals(List.of(), lab.identities.names());
    }

    @Test
    void anAuthorityThatGivesTheOldCertificateAgainIsAnErrorAndNoStorm() throws IOException {
        lab.enrolled(lab.automatic().open());
        int[] calls = {0};
        CertificateAuthority old = new CertificateAuthority() {
            @Override
            public Enrolment enrol(PendingKey pending) {
                throw new AssertionError("there is a certificate");
            }

            @Override
            public Enrolment renew(CertifiedKey current, PendingKey next) {
                calls[0]++;
                return new Enrolment.Issued(current);
            }

            @Override
            public Enrolment poll(Enrolment.Pending waiting) {
                throw new AssertionError("nothing waits");
            }
        };
        Renewer renewer = Renewer.of(lab.identities, old)
                .clock(lab.clock)
                .at(RenewalPolicy.afterTwoThirds())
                .sameKey()
                .open();
        lab.runFor(renewer, Duration.ofDays(61));

        assertEquals(
                "answer not acceptable: the certificate in use came once more",
                renewer.history().get(0).outcome().error().orElseThrow().toString());
        assertEquals(
                Kind.UNACCEPTABLE, renewer.status("web").error().orElseThrow().kind());
        assertTrue(calls[0] <= 10, calls[0] + " requests in a day");
    }

    @Test
    void anEmergencyBeginsWithTheLastPartOfTheLifetime() {
        Validity validity = new Validity(RenewerLab.NOW, RenewerLab.NOW.plus(Duration.ofDays(100)));
        RenewalPolicy usual = RenewalPolicy.afterTwoThirds();
        assertFalse(usual.isEmergency(after(validity, 94)));
        assertTrue(usual.isEmergency(after(validity, 95)));
        assertTrue(usual.isEmergency(after(validity, 120)));
        assertFalse(usual.emergencyPercent(10).isEmergency(after(validity, 89)));
        assertTrue(usual.emergencyPercent(10).isEmergency(after(validity, 90)));
        assertFalse(usual.isEmergency(new Occasion(Optional.empty(), Optional.empty(), RenewerLab.NOW)));
    }

    private static Occasion after(Validity validity, int days) {
        Instant now = validity.notBefore().plus(Duration.ofDays(days));
        return new Occasion(Optional.of(validity), Optional.empty(), now);
    }
}
