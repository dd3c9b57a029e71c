package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S2")
class SealedChallengeTest {
    private static final String SECRET = "one-time-challenge-8841";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN [^-]+-----([^-]+)-----END");

    private final IdentityLab lab = new IdentityLab();
    private final Identities sealed = Identities.in(lab.storage).sealedUnder(Passphrase.of("correct horse"));
    private final CertificationRequest.Draft wishes = IdentityLab.WISHES.challengePassword(Passphrase.of(SECRET));

    /** The record, and every PEM block in it decoded. */
    private boolean secretStands() throws IOException {
        String text = lab.stored("web");
        return text.contains(SECRET)
                || BLOCK.matcher(text).results().map(block -> decoded(block)).anyMatch(block -> block.contains(SECRET));
    }

    private static String decoded(MatchResult block) {
        return new String(Base64.getMimeDecoder().decode(block.group(1)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theChallengeDoesNotStandInTheRecord() throws IOException {
        sealed.request("web", wishes, KeyType.EC_P256);

        assertFalse(secretStands());
    }

    @Test
    void thisTestWouldSeeTheChallengeWhereNothingIsSealed() throws IOException {
        lab.identities.request("web", wishes, KeyType.EC_P256);

        assertTrue(secretStands());
    }

    @Test
    void theRequestIsSentAgainToTheOctetAfterARestart() throws IOException {
        PendingKey pending = sealed.request("web", wishes, KeyType.EC_P256);

        CertificationRequest again = Identities.in(lab.storage)
                .sealedUnder(Passphrase.of("correct horse"))
                .pending("web")
                .orElseThrow()
                .request();

        assertEquals(pending.request(), again);
        assertTrue(again.challengePassword().orElseThrow().matches(Passphrase.of(SECRET)));
    }

    @Test
    @Tag("C3")
    void theRequestToDownloadIsWithoutTheChallenge() throws IOException {
        PendingKey pending = sealed.request("web", wishes, KeyType.EC_P256);

        CertificationRequest shown = sealed.certificationRequest("web").orElseThrow();

        assertEquals(Optional.empty(), shown.challengePassword());
        assertEquals(pending.request().publicKey(), shown.publicKey());
        assertEquals(pending.request().subjectAlternativeNames(), shown.subjectAlternativeNames());
    }

    @Test
    void theChallengeIsGoneOnceTheAnswerIsInstalled() throws IOException {
        PendingKey pending = lab.identities.request("web", wishes, KeyType.EC_P256);

        lab.identities.install("web", IdentityLab.certify(pending.request()));

        assertFalse(secretStands());
    }

    @Test
    void aWrongPassphraseIsNamedAndHarmsNothing() throws IOException {
        sealed.request("web", wishes, KeyType.EC_P256);
        String before = lab.stored("web");
        String request = before.substring(before.indexOf("-----BEGIN SEALED"));

        MalformedEncodingException wrong =
                assertThrows(MalformedEncodingException.class, () -> KeySeal.under(Passphrase.of("wrong"))
                        .parseRequest(request));
        MalformedEncodingException none = assertThrows(
                MalformedEncodingException.class, () -> KeySeal.none().parseRequest(request));

        assertTrue(wrong.getMessage().contains("passphrase is wrong"), wrong.getMessage());
        assertTrue(none.getMessage().contains("sealed"), none.getMessage());
        assertEquals(before, lab.stored("web"));
    }

    @Test
    void aDamagedSealIsADamagedRecordAndNothingElse() throws IOException {
        sealed.request("web", wishes, KeyType.EC_P256);
        String record = lab.stored("web");
        String pem = record.substring(record.indexOf("-----BEGIN SEALED"));
        int body = pem.indexOf('\n') + 1;
        for (int at = 0; at < 60; at += 3) {
            StringBuilder damaged = new StringBuilder(pem);
            damaged.setCharAt(body + at, pem.charAt(body + at) == 'A' ? 'B' : 'A');
            assertThrows(MalformedEncodingException.class, () -> KeySeal.under(Passphrase.of("correct horse"))
                    .parseRequest(damaged.toString()));
        }
    }
}
