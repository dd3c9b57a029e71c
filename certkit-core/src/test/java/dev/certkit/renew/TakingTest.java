package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.renew.RequestStatus.State;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callbacks, and what becomes of the old key. */
class TakingTest {
    private final RenewerLab lab = new RenewerLab();

    @Nested
    @Tag("S8")
    class TheCallbackAfter {
        @Test
        void seesTheNewPairInUseAndTheOldOneBeside() throws IOException {
            List<String> seen = new ArrayList<>();
            Renewer renewer = lab.automatic()
                    .after((name, key) -> {
                        assertEquals(key.chain(), lab.current().chain());
                        seen.add(String.join(",", lab.identities.names()));
                    })
                    .open();
            lab.enrolled(renewer);
            lab.runFor(renewer, Duration.ofDays(61));

            assertEquals(List.of("web", "web,web (previous)"), seen);
            assertEquals(List.of("web"), lab.identities.names());
        }

        @Test
        @Tag("S9")
        void thatFailsKeepsTheOldPairAndIsCalledAgain() throws IOException {
            CertifiedKey first = lab.enrolled(lab.automatic().open());
            int[] calls = {0};
            Renewer renewer = lab.automatic()
                    .after((name, key) -> {
                        if (++calls[0] < 3) {
                            throw new IllegalStateException("the server does not restart");
                        }
                    })
                    .open();
            lab.runUntil(
                    renewer,
                    first.chain()
                            .validity()
                            .notBefore()
                            .plus(Duration.ofDays(60).plusMinutes(10)));
            while (calls[0] < 2) {
                assertEquals(State.PROCESSING, renewer.status("web").state());
                assertEquals(
                        first.chain(),
                        lab.identities.find("web (previous)").orElseThrow().chain());
                lab.runUntil(renewer, renewer.status("web").next().orElseThrow().plusMillis(1));
            }
            lab.runFor(renewer, Duration.ofHours(1));

            assertEquals(3, calls[0]);
            assertEquals(State.SUCCESSFUL, renewer.status("web").state());
            assertEquals(List.of("web"), lab.identities.names());
            assertEquals(2, lab.authority.issued());
        }
    }

    @Test
    void theCallbackBeforeVetoesAndIsAskedAgainLater() throws IOException {
        int[] asked = {0};
        Renewer renewer = lab.automatic().before(name -> ++asked[0] > 3).open();
        lab.runFor(renewer, Duration.ofHours(5));

        assertEquals(4, asked[0]);
        assertEquals(1, lab.authority.calls());
    }

    @Nested
    @Tag("S9")
    class TheOldKey {
        private final RequestFields next = RequestFields.of("k2", DistinguishedName.cn("printer-7.example.fr"))
                .use(KeyUse.tls());

        private Renewer manual() throws IOException {
            lab.enrolled(lab.automatic().open());
            return lab.draft().open();
        }

        @Test
        void ofTheSameUseIsDeletedOnceTheNewOneIsInUse() throws IOException {
            Renewer renewer = manual();
            renewer.request(next);
            assertEquals(Optional.of("web"), renewer.keyFor(KeyUse.tls()));
            lab.runFor(renewer, Duration.ofMinutes(1));

            assertEquals(List.of("k2"), lab.identities.names());
            assertEquals(Optional.of("k2"), renewer.keyFor(KeyUse.tls()));
            assertEquals(2, renewer.history().size(), "the history of the key that went");
        }

        @Test
        void ofAnotherUseStays() throws IOException {
            Renewer renewer = manual();
            renewer.request(next.use(KeyUse.ipsec("branch")));
            lab.runFor(renewer, Duration.ofMinutes(1));

            assertEquals(List.of("k2", "web"), lab.identities.names());
        }

        @Test
        void thatAnEndpointStillPresentsStaysAndHoldsNothingUp() throws IOException {
            Renewer renewer = manual();
            dev.certkit.shelf.Endpoints.of(lab.identities).bind("https", "web");
            renewer.request(next);
            lab.runFor(renewer, Duration.ofMinutes(1));

            assertEquals(List.of("k2", "web"), lab.identities.names());
            assertEquals(State.SUCCESSFUL, renewer.status("k2").state());
        }

        @Test
        void isKeptIfThatIsSet() throws IOException {
            Renewer renewer = manual();
            renewer.change(renewer.settings().keepOldKeys());
            renewer.request(next);
            lab.runFor(renewer, Duration.ofMinutes(1));

            assertEquals(List.of("k2", "web"), lab.identities.names());
        }

        @Test
        void thatIsTheDefaultKeyIsNeverTouched() throws IOException {
            Renewer renewer = manual();
            renewer.change(renewer.settings().defaultKey("web"));
            renewer.request(next);
            lab.runFor(renewer, Duration.ofMinutes(1));

            assertEquals(List.of("k2", "web"), lab.identities.names());
            assertThrows(IllegalArgumentException.class, () -> renewer.request(RenewerLab.WEB));
        }

        @Test
        void staysIfTheNewOneIsRefused() throws IOException {
            Renewer renewer = manual();
            lab.authority.set(GatedAuthority.Gate.REFUSE);
            renewer.request(next);
            lab.runFor(renewer, Duration.ofMinutes(1));

            assertEquals(List.of("web"), lab.identities.names());
            assertEquals(Optional.of("web"), renewer.keyFor(KeyUse.tls()));
        }
    }

    @Nested
    @Tag("S2")
    class AManualRequest {
        @Test
        void isSentAtOnceWithWhatWasFilledIn() throws IOException {
            Renewer renewer = lab.draft().open();
            RequestFields fields = RequestFields.of(
                            "k1", DistinguishedName.cn("192.0.2.7").o("Acme"))
                    .san("printer-7.example.fr")
                    .keyType(dev.certkit.key.KeyType.RSA_3072)
                    .algorithm(dev.certkit.key.SignatureAlgorithm.SHA384_WITH_RSA)
                    .use(KeyUse.ieee8021x());
            try (dev.certkit.key.Passphrase challenge = dev.certkit.key.Passphrase.of("secret")) {
                assertEquals(
                        State.PROCESSING, renewer.request(fields, challenge).state());
            }
            dev.certkit.identity.CertificationRequest sent =
                    lab.identities.pending("k1").orElseThrow().request();
            assertEquals(dev.certkit.key.SignatureAlgorithm.SHA384_WITH_RSA, sent.signatureAlgorithm());
            assertTrue(sent.challengePassword().isPresent());

            lab.runFor(renewer, Duration.ofMinutes(1));

            assertEquals(
                    List.of(
                            dev.certkit.x509.GeneralName.of("192.0.2.7"),
                            dev.certkit.x509.GeneralName.of("printer-7.example.fr")),
                    dev.certkit.format.Certificates.subjectAlternativeNames(
                            lab.identities.find("k1").orElseThrow().chain().leaf()));
            assertEquals(State.SUCCESSFUL, renewer.status("k1").state());
            assertEquals(Optional.of("k1"), renewer.keyFor(KeyUse.ieee8021x()));
        }

        @Test
        void underWayIsNotSentTwice() throws IOException {
            Renewer renewer = lab.draft().open();
            lab.authority.set(GatedAuthority.Gate.HOLD);
            renewer.request(RenewerLab.WEB);
            assertThrows(IllegalStateException.class, () -> renewer.request(RenewerLab.WEB));
        }

        @Test
        @Tag("S6")
        void onAFullDeviceIsAnErrorBeforeAKeyIsMade() throws IOException {
            Renewer renewer =
                    lab.draft().settings(RenewalSettings.standard().keyLimit(1)).open();
            renewer.request(RenewerLab.WEB);
            lab.runFor(renewer, Duration.ofMinutes(1));
            RequestStatus status = renewer.request(RequestFields.of("k2", DistinguishedName.cn("other")));

            assertEquals(State.ERROR, status.state());
            assertEquals(
                    RequestError.Kind.KEY_LIMIT, status.error().orElseThrow().kind());
            assertEquals(List.of("web"), lab.identities.names());
        }

        @Test
        void withAnAlgorithmThatDoesNotFitIsTheCallersMistake() throws IOException {
            Renewer renewer = lab.draft().open();
            RequestFields wrong = RenewerLab.WEB.algorithm(dev.certkit.key.SignatureAlgorithm.SHA256_WITH_RSA);
            assertThrows(IllegalArgumentException.class, () -> renewer.request(wrong));
            assertEquals(State.ERROR, renewer.status("web").state());
            assertEquals(State.PROCESSING, renewer.request(RenewerLab.WEB).state());
        }

        @Test
        void thatFailsIsNotRepeatedByItself() throws IOException {
            Renewer renewer = lab.draft().open();
            lab.authority.set(GatedAuthority.Gate.SERVER_ERROR);
            renewer.request(RenewerLab.WEB);
            lab.runFor(renewer, Duration.ofDays(30));

            assertEquals(1, lab.authority.calls());
            lab.authority.set(GatedAuthority.Gate.OPEN);
            renewer.request(RenewerLab.WEB);
            lab.runFor(renewer, Duration.ofMinutes(1));
            assertEquals(State.SUCCESSFUL, renewer.status("web").state());
        }
    }

    @Test
    void twoPairsAreNeverMixed() throws IOException {
        Renewer renewer = lab.automatic().open();
        CertifiedKey first = lab.enrolled(renewer);
        lab.runFor(renewer, Duration.ofDays(200));
        assertNotEquals(first.chain(), lab.current().chain());
        assertTrue(lab.current().chain().validity().contains(lab.clock.instant()));
    }
}
