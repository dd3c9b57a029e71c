package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionIdTest {
    private static final PublicKey KEY = Pki.rsa("device").getPublic();

    @Test
    void ofAKeyIsTheBeginningOfItsSha256(@TempDir Path directory) throws IOException {
        String digest = Peer.require("openssl")
                .reading(KEY.getEncoded())
                .run(directory, "dgst", "-sha256", "-r")
                .succeeded()
                .out();

        assertEquals(digest.substring(0, 40), TransactionId.of(KEY).text());
    }

    @Test
    void ofARenewalWithTheSameKeyIsAnother() {
        X509Certificate first = Pki.certificate("device").selfSigned().certificate();
        X509Certificate second = Pki.certificate("device").selfSigned().certificate();

        assertEquals(TransactionId.ofRenewal(first), TransactionId.ofRenewal(first));
        assertNotEquals(TransactionId.ofRenewal(first), TransactionId.ofRenewal(second));
        assertNotEquals(TransactionId.of(KEY), TransactionId.ofRenewal(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "é", "a\u007f"})
    void thatIsNoneIsTheCallersMistake(String text) {
        assertThrows(IllegalArgumentException.class, () -> TransactionId.of(text));
    }

    @Test
    void thatIsTooLongIsTheCallersMistake() {
        assertEquals(255, TransactionId.of("x".repeat(255)).text().length());
        assertThrows(IllegalArgumentException.class, () -> TransactionId.of("x".repeat(256)));
    }
}
