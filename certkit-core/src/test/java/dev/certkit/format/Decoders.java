package dev.certkit.format;

import static dev.certkit.format.Samples.SECRET;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.text.ForeignText;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that reads bytes of strangers, and what may come of it: a value or the declared error, soon, with little heap. */
final class Decoders {
    private static final int MILLIS = 1_000;
    private static final int MEBIBYTES = 64;
    private static final Map<String, Decoder> ALL = new LinkedHashMap<>();
    private static final AtomicLong MOST_MILLIS = new AtomicLong();
    private static final AtomicLong MOST_OCTETS = new AtomicLong();

    static {
        ALL.put("pasted", bytes -> lookAt(Pasted.decode(bytes, SECRET)));
        ALL.put("pasted without passphrase", bytes -> lookAt(Pasted.decode(bytes)));
        ALL.put(
                "PKCS#12",
                bytes -> assertFalse(Pkcs12.decode(bytes, SECRET).toString().isEmpty()));
        ALL.put("certificates", bytes -> Certificates.decode(bytes).forEach(Decoders::lookAt));
        ALL.put(
                "key",
                bytes -> assertFalse(
                        PrivateKeys.decode(bytes, SECRET).getAlgorithm().isEmpty()));
        ALL.put("request", bytes -> {
            CertificationRequest request = CertificationRequest.decode(bytes);
            assertFalse((request + " " + request.subjectAlternativeNames()).isEmpty());
        });
    }

    private Decoders() {}

    private interface Decoder {
        void decode(byte[] bytes) throws Exception;
    }

    private static void lookAt(Pasted pasted) {
        assertFalse((pasted + " " + pasted.missing() + pasted.strays() + pasted.locked()).isEmpty());
        pasted.certificates().forEach(Decoders::lookAt);
    }

    private static void lookAt(X509Certificate certificate) {
        assertFalse(certificate.getPublicKey().getAlgorithm().isEmpty());
        try {
            assertFalse(
                    Certificates.subjectAlternativeNames(certificate).toString().isEmpty());
        } catch (MalformedEncodingException e) {
            isFit(e);
        }
    }

    /** The message is one line without anything hidden, and has no secret. */
    private static void isFit(MalformedEncodingException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.codePoints().allMatch(ForeignText::isVisible), message);
        assertFalse(message.contains("horse"), message);
        assertFalse(message.isBlank());
    }

    /** Hands bytes to all of them. */
    static void allReadOrRefuse(byte[] bytes, String origin) throws Exception {
        for (Map.Entry<String, Decoder> each : ALL.entrySet()) {
            String where = each.getKey() + " of " + origin;
            Cost cost = Cost.of(() -> readOrRefused(each.getValue(), bytes, where));
            MOST_MILLIS.accumulateAndGet(cost.millis(), Math::max);
            MOST_OCTETS.accumulateAndGet(cost.octets(), Math::max);
            if (!cost.isWithin(MILLIS, MEBIBYTES)) {
                fail(where + " costs " + cost + shown(bytes));
            }
        }
    }

    static String worst() {
        return MOST_MILLIS + " ms, " + (MOST_OCTETS.get() >> 20) + " MiB";
    }

    private static String shown(byte[] bytes) {
        return bytes.length > 20_000 ? "" : ": " + Base64.getEncoder().encodeToString(bytes);
    }

    private static void readOrRefused(Decoder decoder, byte[] bytes, String where) {
        try {
            decoder.decode(bytes);
        } catch (MalformedEncodingException e) {
            isFit(e);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            fail(where + shown(bytes), e);
        }
    }
}
