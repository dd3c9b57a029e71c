package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JcePasswordEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that sign and cannot decrypt: answers to them are encrypted to the challenge password (RFC 8894, section 3.1). */
class EllipticCurveClientTest {
    private static final byte[] CONTENT = "what is enveloped".getBytes(StandardCharsets.UTF_8);
    private static final CryptoProviders CRYPTO = CryptoProviders.standard();

    private static byte[] sealed(String password) {
        return Envelope.seal(CONTENT, Recipient.of(Passphrase.of(password)), ContentCipher.AES_128_CBC, CRYPTO);
    }

    private static byte[] opened(byte[] envelope, String password) throws ScepException {
        return new EnvelopeOpener(new PasswordKeys(Passphrase.of(password), CRYPTO), AlgorithmFloor.standard(), CRYPTO)
                .open(envelope);
    }

    @Nested
    class Enrolling {
        private final ForeignLab lab = new ForeignLab();
        private final ScepClient client = lab.client();

        @AfterEach
        void stop() {
            lab.close();
        }

        private void answeringTo(String password) {
            lab.answering(request -> ForeignLab.success(request.password(password)));
        }

        @Test
        void aP256KeyGetsItsCertificate() throws IOException {
            answeringTo(ForeignLab.CHALLENGE);

            assertEquals(
                    Pki.ec("device").getPublic(),
                    ForeignLab.issued(client.enrol(ForeignLab.pending(Pki.ec("device"))))
                            .chain()
                            .leaf()
                            .getPublicKey());
            assertEquals(
                    Pki.ec("device").getPublic(), lab.requests.get(0).signer().getPublicKey());
            assertEquals(1, usages(lab.requests.get(0).signer().getKeyUsage()));
        }

        private static int usages(boolean[] all) {
            int count = 0;
            for (boolean each : all) {
                count += each ? 1 : 0;
            }
            return count;
        }

        @Test
        void aP384KeyToo() throws IOException {
            answeringTo(ForeignLab.CHALLENGE);

            ForeignLab.issued(client.enrol(ForeignLab.pending(KeyType.EC_P384.generate())));
        }

        @Test
        void aRenewalToo() throws IOException {
            answeringTo(ForeignLab.CHALLENGE);

            ForeignLab.issued(client.renew(ForeignLab.certified(Pki.ec("old")), ForeignLab.pending(Pki.ec("device"))));
        }

        @Test
        void anAnswerToAnotherPasswordIsNotOurs() {
            answeringTo("guessed");

            Refused.by(Check.DECRYPTION, () -> client.enrol(ForeignLab.pending(Pki.ec("device"))));
        }

        @Test
        void anAnswerToTheKeyThatCannotDecryptIsNotOurs() {
            lab.answering(request -> request.answer()
                    .status(0)
                    .content(ForeignEnvelope.seal(
                            ForeignRequest.certsOnly(request.issued()),
                            org.bouncycastle.cms.CMSAlgorithm.AES128_CBC,
                            ForeignLab.CA.certificate())));

            Refused.by(Check.RECIPIENT, () -> client.enrol(ForeignLab.pending(Pki.ec("device"))));
        }

        @Test
        void withoutAChallengePasswordNothingIsSent() {
            PendingKey without =
                    CertificationRequest.forSubject(DistinguishedName.cn("ec")).signedBy(Pki.ec("ec"));

            String told = assertThrows(IllegalArgumentException.class, () -> client.enrol(without))
                    .getMessage();

            assertTrue(told.contains("challenge password"), told);
            assertTrue(lab.server.operations().isEmpty());
        }

        @Test
        void otherKindsOfKeysAreTheCallersMistake() {
            PendingKey ed = ForeignLab.pending(KeyType.ED25519.generate());

            assertThrows(IllegalArgumentException.class, () -> client.enrol(ed));
        }
    }

    @Nested
    class OurResponder {
        private final ResponderLab lab = ResponderLab.open();

        private Enrolment enrolment(PendingKey pending) throws IOException {
            try (ScepHttpServer server = ScepHttpServer.start(lab.responder())) {
                return client(server).enrol(pending);
            }
        }

        private ScepClient client(ScepHttpServer server) {
            return ScepClient.at(server.uri())
                    .trustingCa(ResponderLab.ROOT.chain().leaf())
                    .clock(lab.clock);
        }

        private PendingKey pending(Passphrase challenge) {
            return CertificationRequest.forSubject(DistinguishedName.cn("printer.example"))
                    .san("printer.example")
                    .challengePassword(challenge)
                    .signedBy(Pki.ec("device"));
        }

        @Test
        void certifiesAnEllipticCurveKey() throws IOException {
            assertEquals(
                    "EC",
                    ForeignLab.issued(enrolment(pending(lab.challenge())))
                            .chain()
                            .leaf()
                            .getPublicKey()
                            .getAlgorithm());
        }

        @Test
        void answersAPollAfterAPersonsYesAndARestart() throws IOException {
            PendingKey pending = pending(Passphrase.of("not looked at"));
            Enrolment.Pending waiting;
            try (ScepHttpServer server = ScepHttpServer.start(lab.responder(ChallengePolicy.manual()))) {
                waiting = (Enrolment.Pending) client(server).enrol(pending);
            }
            ScepResponder restarted = lab.responder(ChallengePolicy.manual());
            restarted.approve(restarted.waiting().get(0));
            try (ScepHttpServer server = ScepHttpServer.start(lab.responder(ChallengePolicy.manual()))) {
                ForeignLab.issued(client(server).poll(waiting));
                ForeignLab.issued(client(server).poll(waiting));
            }
            assertEquals(1, lab.issued());
        }

        @Test
        void renewsOne() throws IOException {
            try (ScepHttpServer server = ScepHttpServer.start(lab.responder())) {
                CertifiedKey current = ForeignLab.issued(client(server).enrol(pending(lab.challenge())));
                PendingKey next = CertificationRequest.forSubject(DistinguishedName.cn("printer.example"))
                        .san("printer.example")
                        .challengePassword(Passphrase.of("only to encrypt to"))
                        .signedBy(KeyType.EC_P256.generate());
                lab.clock.advance(Duration.ofDays(60));

                ForeignLab.issued(client(server).renew(current, next));
            }
        }

        @Test
        void refusesOneWithAWrongChallenge() throws IOException {
            assertTrue(enrolment(pending(Passphrase.of("guessed"))) instanceof Enrolment.Refused);
            assertEquals(0, lab.issued());
        }
    }

    @Nested
    class Password {
        @Test
        void bouncyCastleOpensWhatWeSeal() throws CMSException {
            RecipientInformation info = new CMSEnvelopedData(sealed("pässwort"))
                    .getRecipientInfos()
                    .iterator()
                    .next();

            assertArrayEquals(
                    CONTENT,
                    info.getContent(new JcePasswordEnvelopedRecipient("pässwort".toCharArray())
                            .setProvider(new BouncyCastleProvider())));
        }

        @Test
        void weOpenWhatBouncyCastleSeals() throws ScepException {
            assertArrayEquals(CONTENT, opened(ForeignEnvelope.seal(CONTENT, "pässwort".toCharArray()), "pässwort"));
        }

        @Test
        void weOpenWhatWeSeal() throws ScepException {
            assertArrayEquals(CONTENT, opened(sealed("secret"), "secret"));
        }

        @Test
        void anotherPasswordDoesNotOpen() {
            Refused.by(Check.DECRYPTION, () -> opened(sealed("secret"), "Secret"));
        }

        @Test
        void ofADamagedEnvelopeOnlyDeclaredExceptionsComeOut() {
            byte[] envelope = sealed("secret");
            for (int i = 0; i < envelope.length; i += 3) {
                byte[] damaged = envelope.clone();
                damaged[i] ^= 0x41;

                try {
                    opened(damaged, "secret");
                } catch (ScepException e) {
                    continue;
                }
                // What is not authentic may open to something else; that is what the signature around it is for.
            }
        }

        @Test
        void tooManyIterationsAreNotCounted() {
            Refused.by(
                    Check.SIZE,
                    () -> opened(ForeignEnvelope.seal(CONTENT, "secret".toCharArray(), 1_000_001), "secret"));
        }

        @Test
        void opensslOpensWhatWeSealAndSealsWhatWeOpen(@TempDir Path directory) throws IOException {
            Peer openssl = Peer.require("openssl");
            Files.write(directory.resolve("ours"), sealed("secret"));
            Files.write(directory.resolve("content"), CONTENT);

            assertArrayEquals(
                    CONTENT,
                    openssl.run(
                                    directory,
                                    "cms",
                                    "-decrypt",
                                    "-inform",
                                    "DER",
                                    "-in",
                                    "ours",
                                    "-pwri_password",
                                    "secret",
                                    "-binary")
                            .succeeded()
                            .outBytes());
            openssl.run(
                            directory,
                            "cms",
                            "-encrypt",
                            "-binary",
                            "-aes128",
                            "-outform",
                            "DER",
                            "-in",
                            "content",
                            "-out",
                            "theirs",
                            "-pwri_password",
                            "secret")
                    .succeeded();
            assertArrayEquals(CONTENT, opened(Files.readAllBytes(directory.resolve("theirs")), "secret"));
        }
    }
}
