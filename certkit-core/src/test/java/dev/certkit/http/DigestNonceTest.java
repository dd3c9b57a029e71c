package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the client's nonce comes from (RFC 7616, section 3.4). */
@Tag("G8")
@Timeout(60)
class DigestNonceTest {
    private static final Passphrase PASSWORD = Passphrase.of("Circle of Life");

    private final List<String> sent = new ArrayList<>();

    private HttpTransport noting() {
        HttpTransport plain = HttpTransport.standard();
        return call -> {
            String header = call.headers().get("authorization");
            if (header != null) {
                sent.add(header);
            }
            return plain.exchange(call);
        };
    }

    /** Gives all octets of one value, and the next value the next time. */
    private static final class Counting extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private int asked;

        @Override
        public synchronized void nextBytes(byte[] octets) {
            Arrays.fill(octets, (byte) ++asked);
        }
    }

    private static String filled(int value) {
        byte[] octets = new byte[24];
        Arrays.fill(octets, (byte) value);
        return "cnonce=\"" + Base64.getEncoder().encodeToString(octets) + '"';
    }

    @Test
    void isTheRandomnessThatWasHandedOverAndFreshForEachChallenge() throws Exception {
        CryptoProviders providers = CryptoProviders.standard().random(new Counting());
        StrictDigestServer.Settings asking =
                StrictDigestServer.Settings.of("SHA-256").usesOfNonce(1);
        try (StrictDigestServer server = new StrictDigestServer(asking)) {
            URI place = server.uri("/prov");
            HttpTransport transport = noting().digest(place, "Mufasa", PASSWORD, providers);
            assertEquals(200, transport.exchange(HttpCall.get(place)).status());
            assertEquals(200, transport.exchange(HttpCall.get(place)).status());
        }
        assertTrue(sent.get(0).contains(filled(1)), sent::toString);
        assertTrue(sent.get(sent.size() - 1).contains(filled(2)), sent::toString);
    }

    @Test
    void mustComeFromSomewhere() {
        URI place = URI.create("http://127.0.0.1/");
        assertThrows(NullPointerException.class, () -> HttpTransport.standard()
                .digest(place, "Mufasa", PASSWORD, (CryptoProviders) null));
    }
}
