package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.CryptoProviders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PkiMessageTest {
    private static final CryptoProviders CRYPTO = CryptoProviders.standard();
    private static final MessageKey CLIENT = Pki.client("client");
    private static final MessageKey CA = Pki.authority("ca");
    private static final TransactionId ID =
            TransactionId.of(CLIENT.certificate().getPublicKey());
    private static final Nonce NONCE = Nonce.fresh(new SecureRandom());
    private static final byte[] CONTENT = "what the client asks for".getBytes(StandardCharsets.UTF_8);

    private static PkiMessageReader reader() {
        return new PkiMessageReader(AlgorithmFloor.standard(), CRYPTO);
    }

    @Nested
    class WhatIsWrittenIsRead {
        @Test
        void requestAndItsEnvelope() throws ScepException {
            byte[] envelope = Envelope.seal(CONTENT, CA.certificate(), CRYPTO);
            byte[] message = PkiMessageWriter.request(MessageType.PKCS_REQ, ID, envelope)
                    .senderNonce(NONCE)
                    .signingTime(Pki.NOW)
                    .signedBy(CLIENT, CRYPTO);

            PkiMessage read = reader().read(message).verifyAsRequest();

            assertEquals(MessageType.PKCS_REQ, read.type());
            assertEquals(ID, read.transactionId());
            assertEquals(Optional.of(NONCE), read.senderNonce());
            assertEquals(Optional.empty(), read.recipientNonce());
            assertEquals(Optional.empty(), read.status());
            assertEquals(Optional.of(Pki.NOW), read.signingTime());
            assertEquals(Optional.of(CLIENT.certificate()), read.signer());
            assertArrayEquals(CONTENT, new EnvelopeOpener(CA, AlgorithmFloor.standard(), CRYPTO).open(read.envelope()));
        }

        @Test
        void successWithCertificatesInTheirOrder() throws ScepException {
            X509Certificate issued = Pki.certificate("client").issuedBy(CA).certificate();
            byte[] envelope =
                    Envelope.seal(CertsOnly.encode(List.of(issued, CA.certificate())), CLIENT.certificate(), CRYPTO);
            byte[] message = PkiMessageWriter.success(ID, envelope)
                    .senderNonce(NONCE)
                    .recipientNonce(NONCE)
                    .signedBy(CA, CRYPTO);

            PkiMessage read =
                    reader().read(message).verify(List.of(CA.certificate().getPublicKey()));

            assertEquals(Optional.of(PkiStatus.SUCCESS), read.status());
            assertEquals(Optional.of(NONCE), read.recipientNonce());
            byte[] opened = new EnvelopeOpener(CLIENT, AlgorithmFloor.standard(), CRYPTO).open(read.envelope());
            assertEquals(List.of(issued, CA.certificate()), CertsOnly.decode(opened));
        }

        @Test
        void failureWithItsReason() throws ScepException {
            byte[] message =
                    PkiMessageWriter.failure(ID, 2, "no such challenge").signedBy(CA, CRYPTO);

            PkiMessage read =
                    reader().read(message).verify(List.of(CA.certificate().getPublicKey()));

            assertEquals(Optional.of(PkiStatus.FAILURE), read.status());
            assertEquals(OptionalInt.of(2), read.failInfo());
            assertEquals(Optional.of("no such challenge"), read.failInfoText());
            assertEquals(0, read.envelope().length);
        }

        @Test
        void ellipticCurveSigner() throws ScepException {
            MessageKey signer = Pki.certificate("ec").key(Pki.ec("ec")).selfSigned();
            byte[] message = PkiMessageWriter.pending(ID).signedBy(signer, CRYPTO);

            assertTrue(reader().read(message).verifyAsRequest().status().isPresent());
        }
    }
}
