package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ChallengePolicy.Applicant;
import dev.certkit.scep.ChallengePolicy.Verdict;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Shelf;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChallengePolicyTest {
    private static final DistinguishedName PRINTER =
            DistinguishedName.cn("printer-7").o("Acme");

    private static Applicant applicant(Passphrase challenge, DistinguishedName subject, String... names) {
        return applicant(CertificationRequest.forSubject(subject).san(names).challengePassword(challenge));
    }

    private static Applicant applicant(CertificationRequest.Draft draft) {
        return new Applicant(
                draft.signedBy(Pki.rsa("printer")).request(),
                "transaction",
                Pki.client("printer").certificate(),
                "192.0.2.7");
    }

    @Nested
    class OneTime {
        private final MovableClock clock = MovableClock.at(Pki.NOW);
        private final InMemoryStorage storage = InMemoryStorage.empty(clock);
        private final OneTimeChallenges challenges =
                ChallengePolicy.oneTime(storage).clock(clock);

        private int kept() {
            return storage.list(Shelf.of("scep-challenges"), Optional.empty(), 1000)
                    .size();
        }

        @Test
        void isRandomAndEasyToPrint() throws IOException {
            String first = challenges.issue().use(String::new);

            assertTrue(first.matches("[0-9a-f]{32}"), first);
            assertNotEquals(first, challenges.issue().use(String::new));
        }

        @Test
        void isAcceptedUntilItIsRedeemed() throws IOException {
            Applicant applicant = applicant(challenges.issue(), PRINTER);

            assertEquals(Verdict.ACCEPT, challenges.judge(applicant));
            assertEquals(Verdict.ACCEPT, challenges.judge(applicant));
            assertTrue(challenges.redeem(applicant, "order 1"));
            assertEquals(Verdict.REFUSE, challenges.judge(applicant));
        }

        @Test
        void isRedeemedForOneOrderOnlyAndForThatAgain() throws IOException {
            Applicant applicant = applicant(challenges.issue(), PRINTER);

            assertTrue(challenges.redeem(applicant, "order 1"));
            assertFalse(challenges.redeem(applicant, "order 2"));
            clock.advance(Duration.ofHours(2));
            assertTrue(challenges.redeem(applicant, "order 1"));
        }

        @Test
        void expiresAfterAnHour() throws IOException {
            Applicant applicant = applicant(challenges.issue(), PRINTER);

            clock.advance(Duration.ofMinutes(60));
            assertEquals(Verdict.ACCEPT, challenges.judge(applicant));
            clock.advance(Duration.ofSeconds(1));
            assertEquals(Verdict.REFUSE, challenges.judge(applicant));
            assertFalse(challenges.redeem(applicant, "order 1"));
        }

        @Test
        void livesAsLongAsItIsTold() throws IOException {
            Applicant applicant =
                    applicant(challenges.lasting(Duration.ofDays(3)).issue(), PRINTER);

            clock.advance(Duration.ofDays(2));

            assertEquals(Verdict.ACCEPT, challenges.judge(applicant));
            assertThrows(IllegalArgumentException.class, () -> challenges.lasting(Duration.ZERO));
        }

        @Test
        void wrongOrMissingIsRefused() throws IOException {
            challenges.issue();

            assertEquals(Verdict.REFUSE, challenges.judge(applicant(Passphrase.of("0".repeat(32)), PRINTER)));
            assertEquals(Verdict.REFUSE, challenges.judge(applicant(CertificationRequest.forSubject(PRINTER))));
            assertFalse(challenges.redeem(applicant(CertificationRequest.forSubject(PRINTER)), "order 1"));
        }

        @Test
        void boundToASubjectItBuysNoOther() throws IOException {
            Passphrase challenge = challenges.forSubject(PRINTER).issue();

            assertEquals(Verdict.ACCEPT, challenges.judge(applicant(challenge, PRINTER)));
            Applicant bank = applicant(challenge, DistinguishedName.cn("bank"));
            assertEquals(Verdict.REFUSE, challenges.judge(bank));
            assertFalse(challenges.redeem(bank, "order 1"));
            assertTrue(challenges.redeem(applicant(challenge, PRINTER), "order 2"));
        }

        @Test
        void boundToASubjectItBuysOnlyTheNamesThatWereAllowed() throws IOException {
            Passphrase challenge = challenges
                    .forSubject(PRINTER)
                    .san("printer-7.example", "192.0.2.7")
                    .issue();

            assertEquals(Verdict.ACCEPT, challenges.judge(applicant(challenge, PRINTER, "192.0.2.7")));
            assertEquals(Verdict.REFUSE, challenges.judge(applicant(challenge, PRINTER, "bank.example")));
            Passphrase withoutNames = challenges.forSubject(PRINTER).issue();
            assertEquals(Verdict.REFUSE, challenges.judge(applicant(withoutNames, PRINTER, "192.0.2.7")));
        }

        @Test
        void boundToAHostNameItBuysThatNameAsAnAlternativeToo() throws IOException {
            DistinguishedName host = DistinguishedName.cn("printer-7.example");
            Passphrase challenge = challenges.forSubject(host).issue();

            assertEquals(Verdict.ACCEPT, challenges.judge(applicant(challenge, host, "printer-7.example")));
        }

        @Test
        void isSweptAWeekAfterItsEnd() throws IOException {
            challenges.issue();
            challenges.issue();
            clock.advance(Duration.ofDays(7));
            challenges.issue();
            assertEquals(3, kept());

            clock.advance(Duration.ofHours(2));
            challenges.issue();

            assertEquals(2, kept());
        }

        @Test
        void hasNoSecretInItsText() throws IOException {
            Passphrase challenge = challenges.issue();

            assertFalse((challenges + " " + applicant(challenge, PRINTER)).contains(challenge.use(String::new)));
        }
    }

    @Nested
    class Shared {
        private final ChallengePolicy shared = ChallengePolicy.shared(Passphrase.of("secret"));

        @Test
        void isAcceptedAgainAndAgain() throws IOException {
            Applicant applicant = applicant(Passphrase.of("secret"), PRINTER);

            assertEquals(Verdict.ACCEPT, shared.judge(applicant));
            assertTrue(shared.redeem(applicant, "order 1"));
            assertEquals(Verdict.ACCEPT, shared.judge(applicant));
            assertTrue(shared.redeem(applicant, "order 2"));
        }

        @Test
        void wrongOrMissingIsRefused() throws IOException {
            for (String wrong : new String[] {"Secret", "secret ", "secre", "secrets", "x"}) {
                assertEquals(Verdict.REFUSE, shared.judge(applicant(Passphrase.of(wrong), PRINTER)));
            }
            assertEquals(Verdict.REFUSE, shared.judge(applicant(CertificationRequest.forSubject(PRINTER))));
        }

        @Test
        void mustNotBeEmpty() {
            assertThrows(IllegalArgumentException.class, () -> ChallengePolicy.shared(Passphrase.of("")));
        }
    }

    @Nested
    class OnTheWire {
        private final ResponderLab lab = ResponderLab.open();

        @Test
        void fault45WrongUsedExpiredAndMissingChallengesAreToldInOneWay() throws IOException {
            ScepResponder responder = lab.responder();
            Passphrase used = lab.challenge();
            Device.named("first").challenge(used).send(responder).certificate();
            Passphrase bound = lab.challenges().forSubject(PRINTER).issue();
            Passphrase expired = lab.challenges().lasting(Duration.ofMinutes(1)).issue();
            lab.clock.advance(Duration.ofMinutes(2));
            Device device = Device.named("printer");

            String text = device.send(responder).refusedFor(2);

            assertEquals(text, device.challenge(used).send(responder).refusedFor(2));
            assertEquals(text, device.challenge(bound).send(responder).refusedFor(2));
            assertEquals(text, device.challenge(expired).send(responder).refusedFor(2));
            assertEquals(text, device.challenge("wrong").send(responder).refusedFor(2));
            assertEquals(1, lab.issued());
            assertEquals(1, lab.transactions().size());
        }

        @Test
        void theRightChallengeAfterAWrongOneIsAccepted() throws IOException {
            ScepResponder responder = lab.responder();
            Device device = Device.named("printer");
            device.challenge("wrong").send(responder).refusedFor(2);

            device.challenge(lab.challenge()).send(responder).certificate();
        }

        @Test
        void aPolicyThatFailsIsAnsweredByHttp() {
            ScepResponder responder = lab.responder(applicant -> {
                throw new IOException("the directory is down");
            });

            assertEquals(
                    503,
                    responder
                            .handle(ScepRequest.of("POST")
                                    .body(Device.named("printer").message()))
                            .status());
        }

        @Test
        void aPolicyWithAMistakeIsAnsweredByHttp() {
            ScepResponder responder = lab.responder(applicant -> {
                throw new IllegalStateException("a mistake");
            });

            assertEquals(
                    500,
                    responder
                            .handle(ScepRequest.of("POST")
                                    .body(Device.named("printer").message()))
                            .status());
        }
    }
}
