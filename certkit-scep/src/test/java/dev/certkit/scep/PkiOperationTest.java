package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PkiOperationTest {
    private final ResponderLab lab = ResponderLab.open();
    private final ScepResponder responder = lab.responder(ChallengePolicy.shared(Passphrase.of("secret")));
    private final Device device = Device.named("printer").challenge("secret");

    private void nothingWasIssued() throws IOException {
        assertEquals(0, lab.issued());
        assertEquals(List.of(), lab.transactions());
    }

    @Nested
    class Checks {
        @Test
        void aDamagedOuterSignatureIsABadMessageCheck() throws IOException {
            byte[] message = device.message();
            message[message.length - 10] ^= 1;

            device.send(responder, message).refusedFor(1);

            nothingWasIssued();
        }

        @Test
        void aChangedContentIsABadMessageCheck() throws IOException {
            byte[] message = device.message();
            message[indexOf(message, new byte[] {4, (byte) 0x82, 1, 0}) + 400] ^= 1;

            device.send(responder, message).refusedFor(1);

            nothingWasIssued();
        }

        @Test
        void aRequestToAnotherAuthorityIsABadMessageCheck() throws IOException {
            Device lost = device.to(Pki.authority("other").certificate());

            String text = device.send(responder, lost.message()).refusedFor(1);

            assertTrue(text.contains("not encrypted to our certificate"), text);
            nothingWasIssued();
        }

        @Test
        void anEnvelopeWithTripleDesIsABadAlgorithm() throws Exception {
            device.send(responder, device.message(foreign(CMSAlgorithm.DES_EDE3_CBC)))
                    .refusedFor(0);

            nothingWasIssued();
        }

        @Test
        void tripleDesIsReadForAPeerThatIsNamed() throws Exception {
            device.send(
                            responder.quirks(PeerQuirks.legacyCiscoIos()),
                            device.message(foreign(CMSAlgorithm.DES_EDE3_CBC)))
                    .certificate();
        }

        @Test
        void aSignerWhoseKeyCannotDecryptAndHasNoChallengeIsRefusedBeforeAnythingIsIssued() throws IOException {
            MessageKey elliptic =
                    Pki.certificate("printer").key(Pki.ec("printer")).selfSigned();

            String text = Device.named("printer")
                    .key(Pki.ec("printer"))
                    .signer(elliptic)
                    .send(responder)
                    .refusedFor(2);

            assertTrue(text.contains("challenge password"), text);
            nothingWasIssued();
        }

        @Test
        void aSignerWithASmallKeyIsABadAlgorithm() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            KeyPair small = generator.generateKeyPair();

            device.signer(Pki.certificate("printer").key(small).selfSigned())
                    .send(responder)
                    .refusedFor(0);

            nothingWasIssued();
        }

        @Test
        void aRequestOfSomebodyElseIsNotAnsweredToAnotherKey() throws IOException {
            byte[] recorded = sealed(device.request());
            Device thief = Device.named("thief");

            thief.send(responder, thief.message(recorded)).refusedFor(2);

            nothingWasIssued();
        }

        @Test
        void anEllipticKeyIsCertifiedWithAnRsaKeyToReceiveIt() {
            assertEquals(
                    "EC",
                    device.key(Pki.ec("printer"))
                            .send(responder)
                            .certificate()
                            .getPublicKey()
                            .getAlgorithm());
        }

        @Test
        void aMessageWithoutSenderNonceIsABadRequest() throws IOException {
            byte[] message = device.forge(sealed(device.request()))
                    .without(AttributeId.SENDER_NONCE)
                    .encoded();

            device.send(responder, message).refusedFor(2);

            nothingWasIssued();
        }

        @Test
        void aRequestForAnAuthorityIsABadRequest() throws IOException {
            byte[] request = CertificationRequest.forSubject(DistinguishedName.cn("printer"))
                    .profile(CertificateProfile.authority())
                    .challengePassword(Passphrase.of("secret"))
                    .signedBy(Pki.rsa("printer"))
                    .request()
                    .encoded();

            device.send(responder, device.message(sealed(request))).refusedFor(2);

            assertEquals(0, lab.issued());
        }
    }

    @Nested
    class Types {
        @Test
        void updateReqIsRefusedBeforeAnythingElse() throws Exception {
            device.send(responder, device.forge(new byte[] {1, 2, 3}).type(18).encoded())
                    .refusedFor(2);

            nothingWasIssued();
        }

        @Test
        void unknownTypesAreRefused() throws Exception {
            for (String type : List.of("0", "1", "16", "23", "99", "-1", "", "PKCSReq", "019x")) {
                device.send(
                                responder,
                                device.forge(new byte[0])
                                        .with(AttributeId.MESSAGE_TYPE, new DERPrintableString(type))
                                        .encoded())
                        .refusedFor(2);
            }
            nothingWasIssued();
        }

        @Test
        void certRepIsNoRequest() {
            byte[] message = device.type(MessageType.CERT_REP)
                    .forge(new byte[0])
                    .status(0)
                    .encoded();

            device.send(responder, message).refusedFor(2);
        }

        @Test
        void pollsOfUnknownTransactionsAreRefused() {
            device.poll(responder).refusedFor(4);
        }
    }

    @Nested
    class NoOracle {
        private final List<Device.Reply> replies = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();

        private void send(byte[] envelope) {
            ScepResponse response = responder.handle(ScepRequest.of("POST").body(device.message(envelope)));
            lengths.add(response.body().length);
            replies.add(device.read(response));
        }

        @Test
        void trap22WhateverCannotBeReadGetsOneAnswer() throws IOException {
            byte[] good = sealed(device.request());
            byte[] keyBlock = good.clone();
            keyBlock[indexOf(good, new byte[] {4, (byte) 0x82, 1, 0}) + 100] ^= 1;
            byte[] lastBlock = good.clone();
            lastBlock[good.length - 1] ^= 1;
            byte[] padding = good.clone();
            padding[good.length - 17] ^= 1;
            byte[] firstBlock = good.clone();
            firstBlock[good.length - device.request().length] ^= 1;
            byte[] request = device.request();
            request[request.length - 5] ^= 1;
            send(keyBlock);
            send(lastBlock);
            send(padding);
            send(firstBlock);
            send(sealed(request));
            send(sealed("no request at all".getBytes(StandardCharsets.US_ASCII)));
            send(sealed(new byte[0]));
            send(new byte[] {0x30, (byte) 0x80, 0x30, (byte) 0x80});

            replies.forEach(reply -> reply.refusedFor(1));
            assertEquals(
                    1,
                    replies.stream()
                            .map(reply -> reply.refusedFor(1))
                            .distinct()
                            .count());
            assertEquals(1, lengths.stream().distinct().count(), lengths::toString);
            nothingWasIssued();
        }

        @Test
        void everyFlippedBitOfTheKeyBlockGetsThatAnswerToo() {
            byte[] good = sealed(device.request());
            int block = indexOf(good, new byte[] {4, (byte) 0x82, 1, 0}) + 4;
            for (int at = 0; at < 256; at += 17) {
                byte[] damaged = good.clone();
                damaged[block + at] ^= (byte) (1 << (at % 8));
                send(damaged);
            }

            assertEquals(
                    1,
                    replies.stream()
                            .map(reply -> reply.refusedFor(1))
                            .distinct()
                            .count());
            assertEquals(1, lengths.stream().distinct().count());
        }
    }

    @Nested
    class Tolerance {
        @Test
        void trap1IndefiniteLengthsAreRead() throws Exception {
            byte[] indefinite =
                    device.forge(sealed(device.request())).indefinite().encoded();
            assertEquals((byte) 0x80, indefinite[1]);

            device.send(responder, indefinite).certificate();
        }

        @Test
        void trap10SeveralRecipientsAreSearched() throws Exception {
            byte[] envelope = ForeignEnvelope.seal(
                    device.request(),
                    CMSAlgorithm.AES128_CBC,
                    Pki.client("somebody").certificate(),
                    ResponderLab.ROOT.chain().leaf());

            device.send(responder, device.message(envelope)).certificate();
        }

        @Test
        void trap21LongerAesKeysAreRead() throws Exception {
            device.send(responder, device.message(foreign(CMSAlgorithm.AES256_CBC)))
                    .certificate();
        }

        @Test
        void trap4HostileTransactionIdentifiersAreEchoed() throws IOException {
            for (String id : List.of("../../etc/passwd", "a b/c+d==", "x".repeat(255), "%n%s${jndi:x}")) {
                device.id(id).challenge("wrong").send(responder).refusedFor(2);
            }
            nothingWasIssued();
        }

        @Test
        void hostileSubjectsAreServed() {
            DistinguishedName name = DistinguishedName.cn("../../x").o("<script>, \"+=");

            assertEquals(
                    name.toPrincipal(),
                    device.subject(name).send(responder).certificate().getSubjectX500Principal());
        }

        @Test
        void trap7WrongClocksOfDevicesDoNotMatter() {
            byte[] message = device.forge(sealed(device.request()))
                    .with(AttributeId.SIGNING_TIME, new DERUTCTime("700101000000Z"))
                    .encoded();

            device.send(responder, message).certificate();
        }
    }

    private byte[] foreign(ASN1ObjectIdentifier cipher) {
        return ForeignEnvelope.seal(
                device.request(), cipher, ResponderLab.ROOT.chain().leaf());
    }

    private static byte[] sealed(byte[] content) {
        return Envelope.seal(content, ResponderLab.ROOT.chain().leaf(), Device.CRYPTO);
    }

    static int indexOf(byte[] where, byte[] what) {
        for (int at = 0; at + what.length <= where.length; at++) {
            if (Arrays.equals(where, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }
}
