package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.format.Certificates;
import dev.certkit.format.PrivateKeys;
import dev.certkit.http.HttpAnswer;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that foreign servers sent once are still accepted, by the whole client, under the nonce of that day. */
class RecordedAnswersTest {
    private static final Instant THEN = Instant.parse("2026-11-25T22:00:00Z");

    private static byte[] bytes(String name) {
        try (InputStream in = RecordedAnswersTest.class.getResourceAsStream("/vectors/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.US_ASCII);
    }

    /** A source that gives the nonce of the recorded message first, so that the answer is to it. */
    private static final class Replaying extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient byte[] nonce;
        private boolean used;

        Replaying(byte[] nonce) {
            this.nonce = nonce.clone();
        }

        @Override
        public synchronized void nextBytes(byte[] bytes) {
            if (!used && bytes.length == nonce.length) {
                used = true;
                System.arraycopy(nonce, 0, bytes, 0, bytes.length);
            } else {
                super.nextBytes(bytes);
            }
        }
    }

    private static byte[] nonceOf(byte[] message) {
        try {
            return ((ASN1OctetString) new CMSSignedData(message)
                            .getSignerInfos()
                            .getSigners()
                            .iterator()
                            .next()
                            .getSignedAttributes()
                            .get(new ASN1ObjectIdentifier("2.16.840.1.113733.1.9.5"))
                            .getAttrValues()
                            .getObjectAt(0))
                    .getOctets();
        } catch (CMSException e) {
            throw new AssertionError(e);
        }
    }

    private static ScepClient client(String source, String exchange, X509Certificate ca) {
        byte[] message = bytes(source + "/" + exchange + "-message.der");
        byte[] answer = bytes(source + "/" + exchange + "-answer.der");
        return ScepClient.at(URI.create("http://recorded.example/"))
                .trustingCa(ca)
                .clock(Clock.fixed(THEN, ZoneOffset.UTC))
                .using(CryptoProviders.standard().random(new Replaying(nonceOf(message))))
                .transport(call -> {
                    String query = call.uri().getRawQuery();
                    byte[] body = query.contains("GetCACaps")
                            ? "POSTPKIOperation".getBytes(StandardCharsets.US_ASCII)
                            : query.contains("GetCACert") ? CertificateIds.encoded(ca) : answer;
                    return HttpAnswer.of(200, Map.of("Content-Type", List.of("application/octet-stream")), body);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"scepserver", "jscep"})
    void successes(String source) throws IOException {
        X509Certificate ca = Certificates.parse(text(source + "/ca.pem")).get(0);
        PendingKey pending = PendingKey.of(
                PrivateKeys.parse(text(source + "/key.pem")),
                CertificationRequest.parse(text(source + "/request.pem")));
        ScepClient client = client(source, "enrolment", ca);
        PeerQuirks quirks = PeerQuirks.legacyMicromdm().and(PeerQuirks.legacyCiscoIos());

        assertEquals(
                ca,
                ForeignLab.issued(client.quirks(quirks).enrol(pending))
                        .chain()
                        .certificates()
                        .get(1));
        Refused.by(Check.ALGORITHM, () -> client(source, "enrolment", ca).enrol(pending));
    }

    @Test
    void aRefusalOfAWrongChallenge() throws IOException {
        X509Certificate ca = Certificates.parse(text("scepserver/ca.pem")).get(0);
        byte[] message = bytes("scepserver/refusal-message.der");
        PkiMessage sent = new PkiMessageReader(AlgorithmFloor.standard(), CryptoProviders.standard())
                .read(message)
                .verifyAsRequest();
        CertRepReader reader = new CertRepReader(
                sent.transactionId(),
                sent.senderNonce().orElseThrow(),
                PeerQuirks.legacyMicromdm().floorForAnswers(),
                CryptoProviders.standard());

        PkiMessage answer = reader.read(bytes("scepserver/refusal-answer.der")).verify(List.of(ca.getPublicKey()));
        reader.requireAnswer(answer);

        assertEquals(Optional.of(PkiStatus.FAILURE), answer.status());
        assertEquals(2, answer.failInfo().orElseThrow());
    }
}
