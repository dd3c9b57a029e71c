package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactlyOnceTest {
    private final ResponderLab lab = ResponderLab.open();

    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Nested
    class Repetition {
        @Test
        void trap15TheSameBytesAgainGetTheSameCertificate() throws IOException {
            Device device = Device.named("printer").challenge(lab.challenge());
            ScepResponder responder = lab.responder();
            byte[] message = device.message();

            X509Certificate first = device.send(responder, message).certificate();
            X509Certificate again = device.send(responder, message).certificate();

            assertEquals(first, again);
            assertEquals(1, lab.issued());
        }

        @Test
        void trap25ALostAnswerIsFetchedAfterARestart() throws IOException {
            Device device = Device.named("printer").challenge(lab.challenge());

            X509Certificate first = device.send(lab.responder()).certificate();
            lab.clock.advance(Duration.ofDays(30));
            X509Certificate again = device.send(lab.responder()).certificate();

            assertEquals(first, again);
            assertEquals(1, lab.issued());
        }

        @Test
        void aPollFetchesALostAnswerToo() throws IOException {
            Device device = Device.named("printer").challenge(lab.challenge());

            X509Certificate first = device.send(lab.responder()).certificate();

            assertEquals(first, device.poll(lab.responder()).certificate());
        }

        @Test
        void aHundredAtOnceGetOneCertificate() throws Exception {
            Device device = Device.named("printer").challenge(lab.challenge());
            ScepResponder responder = lab.responder();
            byte[] message = device.message();

            Set<X509Certificate> all = new HashSet<>(
                    atOnce(100, () -> device.send(responder, message).certificate()));

            assertEquals(1, all.size());
            assertEquals(1, lab.issued());
            assertEquals(1, lab.transactions().size());
        }

        @Test
        void aChallengeThatTheSameRequestUsedMeanwhileIsNoRefusal() throws IOException {
            Device device = Device.named("printer").challenge(lab.challenge());
            byte[] message = device.message();
            List<X509Certificate> meanwhile = new ArrayList<>();
            ChallengePolicy overtaken = new ChallengePolicy() {
                @Override
                public Verdict judge(Applicant applicant) throws IOException {
                    if (meanwhile.isEmpty()) {
                        meanwhile.add(device.send(lab.responder(), message).certificate());
                    }
                    return lab.challenges().judge(applicant);
                }

                @Override
                public boolean redeem(Applicant applicant, String order) throws IOException {
                    return lab.challenges().redeem(applicant, order);
                }
            };

            X509Certificate late =
                    device.send(lab.responder(overtaken), message).certificate();

            assertEquals(meanwhile, List.of(late));
            assertEquals(1, lab.issued());
        }

        @Test
        void aHundredRenewalsAtOnceGetOneCertificate() throws Exception {
            Device device = Device.named("printer").challenge(lab.challenge());
            ScepResponder responder = lab.responder();
            Device renewing = device.renewing(device.send(responder).certificate(), "printer 2");
            byte[] message = renewing.message();

            Set<X509Certificate> all = new HashSet<>(
                    atOnce(100, () -> renewing.send(responder, message).certificate()));

            assertEquals(1, all.size());
            assertEquals(2, lab.issued());
        }

        @Test
        void oneChallengeBuysOneCertificateHoweverManyComeAtOnce() throws Exception {
            Passphrase challenge = lab.challenge();
            ScepResponder responder = lab.responder();
            List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
            names.forEach(Pki::rsa);
            List<Device.Reply> replies = new ArrayList<>();
            List<Device> devices = names.stream()
                    .map(name -> Device.named(name).challenge(challenge))
                    .toList();
            atOnce(devices.size(), new Callable<Device.Reply>() {
                        private int next;

                        @Override
                        public Device.Reply call() {
                            Device device;
                            synchronized (this) {
                                device = devices.get(next++);
                            }
                            return device.send(responder);
                        }
                    })
                    .forEach(replies::add);

            long granted = replies.stream()
                    .filter(reply -> reply.message().status().orElseThrow() == PkiStatus.SUCCESS)
                    .count();
            assertEquals(1, granted);
            assertEquals(1, lab.issued());
        }
    }

    @Nested
    class AnotherOrder {
        @Test
        void otherNamesUnderTheSameIdentifierNeedAChallengeOfTheirOwn() throws IOException {
            Device device = Device.named("printer").challenge(lab.challenge());
            ScepResponder responder = lab.responder();
            device.send(responder).certificate();

            device.san("bank.example").send(responder).refusedFor(2);
            device.subject(DistinguishedName.cn("bank")).send(responder).refusedFor(2);

            assertEquals(1, lab.issued());
        }

        @Test
        void alternatingOrdersAreEachIssuedOnce() throws IOException {
            Device first = Device.named("printer").challenge(lab.challenge());
            Device second = first.san("printer.example").challenge(lab.challenge());
            ScepResponder responder = lab.responder();

            Set<X509Certificate> all = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                all.add(first.send(responder).certificate());
                all.add(second.send(responder).certificate());
            }

            assertEquals(2, all.size());
            assertEquals(2, lab.issued());
        }

        @Test
        void theSameIdentifierOfAnotherKeyIsNotThisTransaction() throws IOException {
            Device device = Device.named("printer").challenge(lab.challenge());
            ScepResponder responder = lab.responder();
            device.send(responder).certificate();
            Device thief = Device.named("thief")
                    .id(TransactionId.of(Pki.rsa("printer").getPublic()).text());

            thief.poll(responder).refusedFor(4);
            thief.subject(DistinguishedName.cn("printer").o("Test"))
                    .send(responder)
                    .refusedFor(2);
        }

        @Test
        void trap28AfterHalfOfTheValidityARepetitionIsANewOrder() throws IOException {
            ScepResponder responder = lab.responder();
            Device device = Device.named("printer").challenge(lab.challenge());
            X509Certificate first = device.send(responder).certificate();

            lab.clock.advance(Duration.ofDays(200));
            device.send(responder).refusedFor(2);
            Device again = device.challenge(lab.challenge());
            X509Certificate second = again.send(responder).certificate();

            assertNotEquals(first, second);
            assertEquals(second, again.send(responder).certificate());
            assertEquals(2, lab.issued());
        }

        @Test
        void trap28ARenewalUnderTheSameIdentifierIsANewOrder() throws IOException {
            ScepResponder responder = lab.responder();
            Device device = Device.named("printer").challenge(lab.challenge());
            X509Certificate first = device.send(responder).certificate();

            X509Certificate second =
                    device.renewing(first, "printer").send(responder).certificate();

            assertNotEquals(first, second);
            assertEquals(first.getPublicKey(), second.getPublicKey());
        }
    }

    @Nested
    class Crash {
        private final BreakableStorage broken = new BreakableStorage(InMemoryStorage.empty(lab.clock));
        private final ResponderLab fragile = ResponderLab.over(broken);

        private ScepResponse sent(byte[] message) {
            return fragile.responder().handle(ScepRequest.of("POST").body(message));
        }

        @ParameterizedTest
        @EnumSource(BreakableStorage.Failure.class)
        void atEachWriteOfAnEnrolmentLosesAndDoublesNothing(BreakableStorage.Failure how) throws IOException {
            for (int write = 0; write < 4; write++) {
                broken.repair();
                int before = fragile.issued();
                Device device = Device.named("printer")
                        .subject(DistinguishedName.cn("printer " + how + write))
                        .challenge(fragile.challenge());
                byte[] message = device.message();
                broken.failAfter(write, how);
                assertEquals(503, sent(message).status(), "write " + write);

                broken.repair();
                X509Certificate issued = device.read(sent(message)).certificate();

                assertEquals(before + 1, fragile.issued(), "write " + write);
                assertEquals(issued, device.read(sent(message)).certificate());
            }
        }

        @ParameterizedTest
        @EnumSource(BreakableStorage.Failure.class)
        void atEachWriteOfARenewalLosesAndDoublesNothing(BreakableStorage.Failure how) throws IOException {
            Device device = Device.named("printer").challenge(fragile.challenge());
            X509Certificate current = device.read(sent(device.message())).certificate();
            for (int write = 0; write < 4; write++) {
                Device renewing = device.renewing(current, "printer " + write % 2);
                byte[] message = renewing.message();
                broken.failAfter(write, how);
                assertEquals(503, sent(message).status(), "write " + write);

                broken.repair();
                current = renewing.read(sent(message)).certificate();
                device = device.key(Pki.rsa("printer " + write % 2))
                        .signer(new MessageKey(Pki.rsa("printer " + write % 2).getPrivate(), current));

                assertEquals(write + 2, fragile.issued(), "write " + write);
                assertEquals(current, renewing.read(sent(message)).certificate());
            }
        }

        @Test
        void fault47NothingIsGivenAwayThatIsNotRecorded() throws IOException {
            Device device = Device.named("printer").challenge(fragile.challenge());
            broken.failAfter(0, BreakableStorage.Failure.BEFORE_WRITING);

            ScepResponse response = sent(device.message());

            assertEquals(503, response.status());
            assertEquals(0, fragile.issued());
        }

        @Test
        void anUnreadableStorageIsSaidByHttp() throws IOException {
            Device device = Device.named("printer").challenge(fragile.challenge());
            broken.failReads();

            assertEquals(503, sent(device.message()).status());
            assertEquals(503, sent(device.poll()).status());
        }
    }

    @Test
    void trap26NoRecordHoldsTheChallenge() throws IOException {
        Passphrase challenge = lab.challenge();
        Device.named("printer").challenge(challenge).send(lab.responder()).certificate();
        Device.named("other")
                .challenge(challenge)
                .send(lab.responder(ChallengePolicy.manual()))
                .pending();

        String all = dump("scep-transactions") + dump("scep-challenges") + dump("issued");

        String secret = challenge.use(String::new);
        assertFalse(all.contains(secret));
        for (byte[] value : decoded(all)) {
            assertFalse(Bytes.contains(value, secret.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static List<byte[]> decoded(String records) {
        List<byte[]> values = records.lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(value -> value.length() % 4 == 0 && value.matches("[A-Za-z0-9+/]{20,}=*"))
                .map(Base64.getDecoder()::decode)
                .toList();
        assertTrue(values.size() >= 3, records);
        return values;
    }

    private String dump(String shelf) throws IOException {
        StringBuilder all = new StringBuilder();
        for (RecordHeader header : lab.storage.list(Shelf.of(shelf), Optional.empty(), 100)) {
            byte[] payload =
                    lab.storage.find(header.name()).orElseThrow().content().payload();
            all.append(header.name()).append('\n').append(new String(payload, StandardCharsets.UTF_8));
        }
        return all.toString();
    }
}
