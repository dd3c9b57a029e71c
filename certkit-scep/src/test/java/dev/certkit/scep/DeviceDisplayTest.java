package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.RenewalSettings;
import dev.certkit.renew.Renewer;
import dev.certkit.renew.RequestFields;
import dev.certkit.renew.RequestStatus;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words on a device's page, after a request that went to a server over HTTP. */
@Tag("S11")
class DeviceDisplayTest {
    private final ForeignLab lab = new ForeignLab();
    private final MovableClock clock = MovableClock.at(Pki.NOW);
    private final Identities identities =
            Identities.in(InMemoryStorage.empty(clock)).clock(clock).unencrypted();

    @AfterEach
    void stop() {
        lab.close();
    }

    private Renewer device(ScepClient client) throws IOException {
        return Renewer.of(identities, client)
                .clock(clock)
                .random(new Random(7))
                .settings(RenewalSettings.standard()
                        .poll(0, Duration.ofMinutes(1))
                        .keyLimit(1))
                .open();
    }

    private static RequestStatus requested(Renewer device, String name) throws IOException {
        RequestFields fields =
                RequestFields.of(name, DistinguishedName.cn("device").o("Test")).keyType(KeyType.RSA_2048);
        device.request(fields, Passphrase.of(ForeignLab.CHALLENGE));
        device.runDueOnce(10);
        return device.status(name);
    }

    /** What stands there, and in the history as well. */
    private String shown() throws IOException {
        return shown(lab.client());
    }

    private String shown(ScepClient client) throws IOException {
        Renewer device = device(client);
        String words = requested(device, "web").error().orElseThrow().toString();
        assertEquals(
                words, device.history().get(0).outcome().error().orElseThrow().toString());
        return words;
    }

    @Test
    void deferred() throws IOException {
        lab.answering(request -> request.answer().status(3));

        assertEquals("deferred", shown());
    }

    @Test
    void keyAndCertificateRegistrationLimit() throws IOException {
        Renewer device = device(lab.client());
        assertEquals(RequestStatus.State.SUCCESSFUL, requested(device, "web").state());
        int calls = lab.server.calls().size();

        String words = requested(device, "another").error().orElseThrow().toString();

        assertTrue(words.startsWith("key and certificate registration limit"), words);
        assertEquals(calls, lab.server.calls().size(), "the server was asked for what cannot be kept");
    }

    @Test
    void tcpErrorWhereNobodyListens() throws IOException {
        ScepClient client = lab.client();
        lab.close();

        String words = shown(client);

        assertTrue(words.startsWith("TCP error: "), words);
        assertTrue(words.contains("no connection could be made"), words);
    }

    @Test
    void tcpErrorWhereTheServerIsTooSlow() throws IOException {
        try (DrippingServer slow = new DrippingServer()) {
            String words = shown(ScepClient.at(slow.uri())
                    .trustingCa(ForeignLab.CA.certificate())
                    .clock(clock)
                    .transport(HttpTransport.standard(HttpLimits.standard().finishWithin(Duration.ofMillis(300)))));

            assertTrue(words.startsWith("TCP error: ") && words.contains("within 300 ms"), words);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void tcpErrorWithHttpStatusCode(int status) throws IOException {
        lab.server.operation(message -> new Page(status, "text/plain", new byte[0]));

        assertTrue(shown().startsWith("TCP error, HTTP status " + status + ": "));
    }

    @ParameterizedTest
    @CsvSource({"0, badAlg", "1, badMessageCheck", "2, badRequest", "3, badTime", "4, badCertId"})
    void failInfoWithItsText(int number, String name) throws IOException {
        lab.answering(request -> request.answer()
                .status(2)
                .with(AttributeId.FAIL_INFO, new DERPrintableString(Integer.toString(number)))
                .with(AttributeId.FAIL_INFO_TEXT, new DERUTF8String("told " + number)));

        assertEquals("failInfo " + number + " (" + name + "): told " + number, shown());
    }

    @Test
    void anAnswerThatIsNotAcceptable() throws IOException {
        lab.answering(request -> request.answer().status(7));

        assertTrue(shown().startsWith("answer not acceptable: "));
    }
}
