package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S13")
class RenewalSettingsTest {
    private static final RenewalSettings FULL = RenewalSettings.standard()
            .server(URI.create("https://ca.example.fr:8443/scep"))
            .timeout(Duration.ofSeconds(20))
            .policy(RenewalPolicy.every(Duration.ofDays(90)).jitterUpTo(Duration.ofMinutes(5)))
            .poll(12, Duration.ofMinutes(5))
            .newKey(KeyType.RSA_3072)
            .keepHistory(30)
            .keyLimit(3)
            .keepOldKeys()
            .defaultKey("factory key = \u00e9")
            .requesting(
                    RequestFields.of("k1", DistinguishedName.cn("printer, 7").o("Gr\u00f6\u00dfe"))
                            .san("printer-7.example.fr", "192.0.2.7")
                            .keyType(KeyType.RSA_2048)
                            .algorithm(SignatureAlgorithm.SHA384_WITH_RSA)
                            .use(KeyUse.ipsec("branch office")))
            .requesting(RequestFields.of("k2", DistinguishedName.cn("b")).use(KeyUse.ieee8021x()));

    @Test
    @Tag("S1")
    void areReadBackFromTheirDocument() {
        RenewalSettings read = RenewalSettings.parse(FULL.toText());
        assertEquals(FULL, read);
        assertEquals(FULL.hashCode(), read.hashCode());
        assertEquals(FULL.toText(), read.toText());
        assertEquals(Optional.of(URI.create("https://ca.example.fr:8443/scep")), read.server());
        assertEquals(Duration.ofSeconds(20), read.timeout());
    }

    @Test
    void asTheyAlwaysAreMakeAnEmptyDocument() {
        assertEquals("", RenewalSettings.standard().toText());
        assertEquals(RenewalSettings.standard(), RenewalSettings.parse(""));
        assertEquals(20, RenewalSettings.standard().historyLength());
    }

    @Test
    void areTheSameLinesInTheSameOrderWhateverTheLanguage() {
        assertTrue(FULL.toText().startsWith("default-key=factory key \\= \\u00E9\nhistory=30\nkeep-old-keys=yes\n"));
        assertTrue(FULL.toText().chars().allMatch(c -> c < 127), FULL.toText());
    }

    @Test
    void neverHoldAChallenge() throws IOException {
        RenewerLab lab = new RenewerLab();
        Renewer renewer = lab.draft().settings(FULL.keyLimit(9)).open();
        renewer.turnOff();
        renewer.request(RenewerLab.WEB, Passphrase.of("hunter2"));
        assertFalse(renewer.settings().toText().contains("hunter2"));
        assertFalse(lab.stored("web").contains("hunter2"));
        assertThrows(IllegalArgumentException.class, () -> RenewalSettings.standard()
                .server(URI.create("http://user:hunter2@ca.example.fr/")));
    }

    @Test
    void ofADeviceCanBeSetOnAnother() throws IOException {
        RenewerLab lab = new RenewerLab();
        Renewer renewer = lab.draft().open();
        renewer.change(RenewalSettings.parse(lab.automatic().effectiveSettings().toText()));
        renewer.turnOn();
        lab.runFor(renewer, Duration.ofMinutes(20));
        assertEquals(1, lab.authority.issued());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour=red",
                "history=0",
                "history=many",
                "history=99999999999",
                "polls=1\npoll-interval=PT0S",
                "server=relative",
                "server=::",
                "timeout=PT9H",
                "policy=never",
                "new-key=DSA",
                "request.1.name=x",
                "request.1.name=x\nrequest.1.subject=CN=a\nrequest.1.names=a b\nrequest.1.key=RSA_2048\nrequest.1.use=TLS",
                "request.1.name=x\nrequest.1.subject=CN=a\nrequest.1.names=\nrequest.1.key=RSA_2048\nrequest.1.use=T/S",
                "request.2.name=x",
                "a=\\u00zz"
            })
    void thatCannotBeReadAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> RenewalSettings.parse(text));
    }

    @Test
    void outOfRangeAreRefused() {
        RenewalSettings settings = RenewalSettings.standard();
        assertThrows(IllegalArgumentException.class, () -> settings.poll(-1, Duration.ofMinutes(1)));
        assertThrows(IllegalArgumentException.class, () -> settings.keyLimit(0));
        assertThrows(IllegalArgumentException.class, () -> settings.keepHistory(1001));
        assertThrows(IllegalArgumentException.class, () -> settings.defaultKey(""));
        assertThrows(IllegalArgumentException.class, () -> RequestFields.of("", DistinguishedName.cn("x")));
        assertThrows(IllegalArgumentException.class, () -> KeyUse.of("a b"));
        assertThrows(IllegalArgumentException.class, () -> KeyUse.ipsec("line\nend"));
        assertEquals(KeyUse.ipsec("to b"), KeyUse.parse(KeyUse.ipsec("to b").toString()));
    }
}
