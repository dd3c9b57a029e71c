package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.CryptoProviders;
import dev.certkit.peers.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSslJudgesMessagesTest {
    private static final CryptoProviders CRYPTO = CryptoProviders.standard();
    private static final MessageKey CA = Pki.authority("ca");
    private static final TransactionId ID = TransactionId.of("42");
    private static final byte[] CONTENT = "enveloped".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final Peer openssl = Peer.require("openssl");

    private static PkiMessageWriter answer(PkiMessageWriter writer) {
        return writer.senderNonce(Nonce.fresh(new SecureRandom()))
                .recipientNonce(Nonce.of(new byte[16]))
                .signingTime(Pki.NOW);
    }

    private Peer.Result verify(byte[] message) throws IOException {
        Path file = Files.write(directory.resolve("message"), message);
        return openssl.run(
                directory, "cms", "-verify", "-binary", "-noverify", "-inform", "DER", "-in", file.toString());
    }

    private String print(byte[] message) throws IOException {
        Path file = Files.write(directory.resolve("message"), message);
        return openssl.run(directory, "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", file.toString())
                .succeeded()
                .out();
    }

    @Test
    void successVerifies() throws IOException {
        byte[] message = answer(PkiMessageWriter.success(ID, CONTENT)).signedBy(CA, CRYPTO);

        assertArrayEquals(CONTENT, verify(message).succeeded().outBytes());
    }

    @Test
    void failureAndPendingVerifyWithEmptyContent() throws IOException {
        byte[] failure = answer(PkiMessageWriter.failure(ID, 2, "because")).signedBy(CA, CRYPTO);
        byte[] pending = answer(PkiMessageWriter.pending(ID)).signedBy(CA, CRYPTO);

        assertArrayEquals(new byte[0], verify(failure).succeeded().outBytes());
        assertArrayEquals(new byte[0], verify(pending).succeeded().outBytes());
        assertTrue(print(failure).contains("because"));
    }

    @Test
    void ellipticCurveSignatureVerifies() throws IOException {
        MessageKey ec = Pki.certificate("ec").key(Pki.ec("ec")).selfSigned();
        byte[] message = answer(PkiMessageWriter.request(MessageType.PKCS_REQ, ID, CONTENT))
                .signedBy(ec, CRYPTO);

        verify(message).succeeded();
        assertTrue(print(message).contains("ecdsa-with-SHA256"));
    }

    @Test
    void aChangedMessageDoesNotVerify() throws IOException {
        byte[] message = answer(PkiMessageWriter.success(ID, CONTENT)).signedBy(CA, CRYPTO);
        message[message.length - 1] ^= 1;

        verify(message).failed();
    }

    @Test
    void trap1AllLengthsAreDefinite() {
        Definite.assertAllLengthsIn(
                answer(PkiMessageWriter.success(ID, CONTENT)).signedBy(CA, CRYPTO));
        Definite.assertAllLengthsIn(answer(PkiMessageWriter.failure(ID, 2, "x")).signedBy(CA, CRYPTO));
    }

    @Test
    void trap2TheSignatureAlgorithmIsRsaEncryption() throws IOException {
        String printed = print(answer(PkiMessageWriter.success(ID, CONTENT)).signedBy(CA, CRYPTO));
        String signerInfo = printed.substring(printed.indexOf("signerInfos:"));

        assertTrue(signerInfo.contains("rsaEncryption"), signerInfo);
        assertFalse(signerInfo.contains("sha256WithRSAEncryption"), signerInfo);
    }

    @Test
    void trap5FailureHasAContentOfZeroLengthRatherThanNone() throws IOException {
        String printed = print(answer(PkiMessageWriter.failure(ID, 2, "")).signedBy(CA, CRYPTO));

        assertTrue(printed.contains("eContent:"), printed);
        assertFalse(printed.contains("eContent: <ABSENT>"), printed);
    }
}
