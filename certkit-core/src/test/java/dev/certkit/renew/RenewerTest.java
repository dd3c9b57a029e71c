package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.GatedAuthority.Gate;
import dev.certkit.renew.RequestStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RenewerTest {
    private final RenewerLab lab = new RenewerLab();

    @Nested
    class AFirstCertificate {
        @Test
        @Tag("S15")
        void comesByItselfAMomentAfterTheStart() throws IOException {
            Renewer renewer = lab.automatic().open();
            renewer.runDueOnce(10);
            RequestStatus before = renewer.status("web");
            assertEquals(State.TO_BE_PROCESSED, before.state());
            Duration wait = Duration.between(RenewerLab.NOW, before.next().orElseThrow());
            assertTrue(wait.toSeconds() >= 1 && wait.toSeconds() <= 600, wait.toString());

            lab.runFor(renewer, Duration.ofMinutes(20));

            assertEquals(
                    "printer-7.example.fr",
                    lab.current().chain().subject().commonName().orElseThrow());
            assertEquals(1, lab.authority.issued());
            assertEquals(State.SUCCESSFUL, renewer.status("web").state());
        }

        @Test
        @Tag("S3")
        @Tag("S4")
        void comesAtTheDateThatWasSetOneToSixHundredSecondsLater() throws IOException {
            Instant date = RenewerLab.NOW.plus(Duration.ofDays(3));
            Renewer renewer = lab.draft()
                    .requesting(RenewerLab.WEB)
                    .at(RenewalPolicy.startingAt(date))
                    .open();
            renewer.runDueOnce(1);
            Instant chosen = renewer.status("web").next().orElseThrow();
            assertTrue(chosen.isAfter(date) && !chosen.isAfter(date.plusSeconds(600)), chosen.toString());

            lab.runUntil(renewer, date);
            assertEquals(0, lab.authority.calls());
            lab.runUntil(renewer, date.plusSeconds(601));

            assertEquals(1, lab.authority.issued());
            assertEquals(Optional.empty(), renewer.status("web").next());
        }

        @Test
        void asksForTheChallengeEachTimeAndForgetsIt() throws IOException {
            List<Passphrase> given = new ArrayList<>();
            Renewer renewer = lab.automatic()
                    .challenges(name -> {
                        given.add(Passphrase.of("one-time-" + given.size()));
                        return Optional.of(given.get(given.size() - 1));
                    })
                    .open();
            lab.authority.set(Gate.REFUSE);
            lab.runFor(renewer, Duration.ofHours(13));

            assertTrue(given.size() >= 2, "asked " + given.size() + " times");
            given.forEach(
                    each -> assertThrows(IllegalStateException.class, each::isEmpty, "a challenge is still open"));
            assertFalse(lab.stored("web").contains("one-time"));
        }
    }

    @Nested
    class ARenewal {
        @Test
        @Tag("S7")
        void comesAfterTwoThirdsOfTheLifetimeWithANewKey() throws IOException {
            Renewer renewer = lab.automatic().open();
            CertifiedKey first = lab.enrolled(renewer);
            Instant due = first.chain()
                    .validity()
                    .notBefore()
                    .plus(first.chain().validity().length().multipliedBy(2).dividedBy(3));
            RequestStatus status = renewer.status("web");
            assertTrue(status.why().startsWith("after 2/3 of the lifetime, "), status.why());
            assertTrue(!status.next().orElseThrow().isBefore(due), status.toString());
            assertTrue(!status.next().orElseThrow().isAfter(due.plusSeconds(600)), status.toString());

            lab.runUntil(renewer, due);
            assertEquals(1, lab.authority.issued());
            lab.runUntil(renewer, due.plusSeconds(601));

            assertEquals(2, lab.authority.issued());
            assertEquals(1, lab.authority.renewals());
            assertNotEquals(
                    first.chain().leaf().getPublicKey(),
                    lab.current().chain().leaf().getPublicKey());
            assertEquals(List.of("web"), lab.identities.names());
        }

        @Test
        void canKeepTheKey() throws IOException {
            Renewer renewer = lab.automatic().sameKey().open();
            CertifiedKey first = lab.enrolled(renewer);

            lab.runFor(renewer, Duration.ofDays(61));

            assertNotEquals(first.chain(), lab.current().chain());
            assertEquals(
                    first.chain().leaf().getPublicKey(),
                    lab.current().chain().leaf().getPublicKey());
        }

        @Test
        void canChangeTheKindOfKey() throws IOException {
            Renewer renewer = lab.automatic().newKey(KeyType.EC_P384).open();
            lab.enrolled(renewer);

            lab.runFor(renewer, Duration.ofDays(61));

            assertEquals(
                    Optional.of(KeyType.EC_P384),
                    KeyType.of(lab.current().chain().leaf().getPublicKey()));
        }

        @Test
        @Tag("S7")
        void comesAtASetIntervalAndTheNextTimeIsKnown() throws IOException {
            Renewer renewer =
                    lab.automatic().at(RenewalPolicy.every(Duration.ofDays(10))).open();
            lab.enrolled(renewer);

            lab.runFor(renewer, Duration.ofDays(36));

            assertEquals(4, lab.authority.issued());
            assertTrue(renewer.status("web").next().isPresent());
        }

        @Test
        void looksAfterWhatWasInstalledByHand() throws IOException {
            lab.identities.request("hand", RenewerLab.WEB.draft(), KeyType.EC_P256);
            lab.authority
                    .enrol(lab.identities.pending("hand").orElseThrow())
                    .fold(issued -> install(issued.key()), pending -> false, refused -> false);

            Renewer renewer = lab.draft()
                    .at(RenewalPolicy.beforeExpiry(Duration.ofDays(30)))
                    .open();
            lab.runFor(renewer, Duration.ofDays(61));

            assertEquals(2, lab.authority.issued());
        }

        private boolean install(CertifiedKey key) {
            try {
                lab.identities.install("hand", key.chain());
                return true;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void afterTheCertificateExpiredEnrolsAnew() throws IOException {
            Renewer renewer = lab.automatic().open();
            lab.enrolled(renewer);
            lab.authority.set(Gate.SERVER_ERROR);
            lab.runFor(renewer, Duration.ofDays(95));
            assertEquals(State.ERROR, renewer.status("web").state());

            lab.authority.set(Gate.OPEN);
            lab.runFor(renewer, Duration.ofDays(2));

            assertEquals(2, lab.authority.issued());
            assertTrue(lab.current().chain().validity().contains(lab.clock.instant()));
        }

        @Test
        void ofSomethingInstalledMeanwhileIsNotMade() throws IOException {
            Renewer renewer = lab.automatic().open();
            lab.enrolled(renewer);
            lab.clock.advance(Duration.ofDays(40));
            lab.identities.request("web", KeyType.EC_P256);
            lab.authority
                    .renew(lab.current(), lab.identities.pending("web").orElseThrow())
                    .fold(
                            issued -> {
                                try {
                                    return lab.identities.install(
                                            "web", issued.key().chain());
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            },
                            pending -> null,
                            refused -> null);

            lab.runFor(renewer, Duration.ofDays(25));

            assertEquals(2, lab.authority.issued(), "the renewal of the certificate before");
            assertTrue(renewer.status("web").next().orElseThrow().isAfter(lab.clock.instant()));
        }
    }

    @Nested
    class TheTime {
        @Test
        void isChosenOnceAndSurvivesRestarts() throws IOException {
            lab.enrolled(lab.automatic().open());
            Optional<Instant> chosen = lab.automatic().open().status("web").next();
            for (int restart = 0; restart < 20; restart++) {
                Renewer renewer =
                        lab.automatic().random(new java.util.Random(restart)).open();
                lab.clock.advance(Duration.ofHours(1));
                renewer.runDueOnce(10);
                assertEquals(chosen, renewer.status("web").next());
            }
        }

        @Test
        void isChosenAnewWhenThePolicyChanges() throws IOException {
            lab.enrolled(lab.automatic().open());
            Renewer renewer = lab.automatic()
                    .at(RenewalPolicy.beforeExpiry(Duration.ofDays(60)))
                    .open();
            renewer.runDueOnce(10);

            assertTrue(renewer.status("web").next().orElseThrow().isBefore(RenewerLab.NOW.plus(Duration.ofDays(31))));
        }
    }
}
