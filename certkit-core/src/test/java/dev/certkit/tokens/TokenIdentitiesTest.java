package dev.certkit.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.key.TokenReference;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentityState;
import dev.certkit.shelf.IllegalStepException;
import dev.certkit.shelf.KeyUnavailableException;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Identities whose keys are in a token: the record holds a reference, and everything else goes on as ever. */
@Tag("S2")
@ExtendWith(TokenJvm.class)
class TokenIdentitiesTest {
    private static final DistinguishedName NAME = DistinguishedName.cn("localhost");
    private static final CertificationRequest.Draft WISHES =
            CertificationRequest.forSubject(NAME).san("localhost");
    private static final CertifiedKey.SelfSigned OWN =
            CertifiedKey.selfSigned(NAME).san("localhost");

    private final Storage storage = InMemoryStorage.empty();

    private Identities with(Pkcs11Token token) {
        return Identities.in(storage).keysIn(token).sealedUnder(Passphrase.of("for imported keys"));
    }

    private String record(String name) throws IOException {
        byte[] payload = storage.find(Shelf.of("identities").name(name))
                .orElseThrow()
                .content()
                .payload();
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static LocalAuthority authority() {
        return LocalAuthority.of(CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
                .profile(CertificateProfile.authority())
                .with(KeyType.EC_P256.generate()));
    }

    private static CertifiedKey certified(PendingKey pending) throws IOException {
        return ((Enrolment.Issued) authority().enrol(pending)).key();
    }

    @Test
    void theRecordHoldsAUriThatAPersonCanReadAndNoPin(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            CertifiedKey web = with(token).selfSigned("web server", OWN, KeyType.EC_P256);
            assertNull(web.privateKey().getEncoded());
            String expected = "\nin use:\npkcs11:object=web%20server;type=private;slot-id=" + soft.slot()
                    + "?module-path=" + soft.library() + "\n-----BEGIN CERTIFICATE-----";
            assertTrue(record("web server").contains(expected), record("web server"));
            assertFalse(record("web server").contains(SoftToken.PIN));
            assertEquals(
                    "web server",
                    TokenReference.to(web.privateKey()).orElseThrow().label());
        }
    }

    @Test
    void aKeyIsRequestedCertifiedRenewedAndReopenedInAnotherSession(SoftToken soft) throws Exception {
        CertificationRequest sent;
        try (Pkcs11Token token = soft.open()) {
            sent = with(token)
                    .request("web", WISHES.challengePassword(Passphrase.of("canary")), KeyType.RSA_2048)
                    .request();
            assertFalse(record("web").contains(sent.toPem()), "the challenge stands in clear");
        }
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            PendingKey pending = identities.pending("web").orElseThrow();
            assertEquals(sent, pending.request());
            identities.install("web", certified(pending).chain());
            assertEquals(IdentityState.CA_SIGNED, identities.summary("web").state());
        }
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            PendingKey sameKey = identities.request("web");
            identities.install("web", certified(sameKey).chain());
            PendingKey newKey = identities.request("web", KeyType.EC_P256);
            identities.install("web", certified(newKey).chain());
            CertifiedKey inUse = identities.live("web").get();
            assertNull(inUse.privateKey().getEncoded());
            assertEquals(
                    "web 2", TokenReference.to(inUse.privateKey()).orElseThrow().label());
            assertEquals(List.of("web", "web 2"), token.labels());
        }
    }

    @Test
    void aSelfSignedCertificateIsRenewedWithItsKeyAndWithAnother(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            identities.selfSigned("web", OWN, KeyType.EC_P256);
            identities.renew("web");
            identities.renew("web", KeyType.EC_P384);
            identities.uninstall("web");
            assertEquals(IdentityState.NOT_SIGNED, identities.summary("web").state());
            assertNull(identities.pending("web").orElseThrow().privateKey().getEncoded());
        }
    }

    @Test
    void aKeyThatWasInTheTokenBeforeIsInstalledByReference(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            CertifiedKey made = OWN.with(token.generate("made elsewhere", KeyType.EC_P256));
            with(token).install("web", made);
            assertTrue(record("web").contains("pkcs11:object=made%20elsewhere;"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Identities.in(InMemoryStorage.empty()).unencrypted().install("web", made));
        }
    }

    @Test
    void importedKeysAreSealedBesideThoseInTheToken(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            identities.install("imported", OWN.with(KeyType.EC_P256.generate()));
            assertTrue(record("imported").contains("ENCRYPTED PRIVATE KEY"));
            assertTrue(identities.find("imported").isPresent());
        }
    }

    @Test
    void withoutTheTokenItIsNamedAndNothingIsLost(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            with(token).selfSigned("web", OWN, KeyType.EC_P256);
        }
        String before = record("web");
        Identities without = Identities.in(storage).unencrypted();
        KeyUnavailableException absent = assertThrows(KeyUnavailableException.class, () -> without.renew("web"));
        assertEquals("web", absent.identity());
        assertTrue(absent.keeper().contains("slot-id=" + soft.slot()), absent.keeper());
        assertTrue(absent.getMessage().contains(soft.library().toString()), absent.getMessage());
        assertTrue(without.chain("web").isPresent(), "chains and lists need no token");
        assertEquals(before, record("web"));
        try (Pkcs11Token token = soft.open()) {
            assertTrue(with(token).find("web").isPresent());
        }
    }

    @Test
    void aTokenThatIsPulledOutIsNamedAndNothingIsLost(SoftToken soft) throws Exception {
        Pkcs11Token token = soft.open();
        Identities identities = with(token);
        identities.selfSigned("web", OWN, KeyType.EC_P256);
        String before = record("web");
        soft.pullOut();
        // SoftHSM notices when it looks for its files
        IOException gone = assertThrows(IOException.class, () -> identities.renew("web", KeyType.EC_P256));
        assertTrue(gone.getMessage().contains(soft.library().toString()), gone.getMessage());
        assertEquals(before, record("web"));
    }

    @Test
    void aTokenThatDoesNotHaveTheKeyIsNamed(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            identities.selfSigned("web", OWN, KeyType.EC_P256);
            token.delete("web");
            KeyUnavailableException gone = assertThrows(KeyUnavailableException.class, () -> identities.find("web"));
            assertTrue(gone.getMessage().contains("has no key 'web'"), gone.getMessage());
        }
    }

    @Test
    void anotherKeyUnderTheSameLabelIsNotTakenForIt(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            identities.selfSigned("web", OWN, KeyType.EC_P256);
            token.delete("web");
            token.generate("web", KeyType.EC_P256);
            assertThrows(KeyMismatchException.class, () -> identities.find("web"));
        }
    }

    @Test
    void aStepThatIsNotAllowedLeavesNoKeyInTheToken(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            identities.selfSigned("web", OWN, KeyType.EC_P256);
            assertThrows(IllegalStepException.class, () -> identities.selfSigned("web", OWN, KeyType.EC_P256));
            assertThrows(IllegalArgumentException.class, () -> identities.request("b", WISHES, KeyType.ED25519));
            assertEquals(List.of("web"), token.labels());
        }
    }

    @Test
    void namesOfAnyKindBecomeLabels(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            Identities identities = with(token);
            for (String name : List.of("\u952e", "\u00e9", "x".repeat(1024), "a;b?c%d")) {
                identities.selfSigned(name, OWN, KeyType.EC_P256);
                assertTrue(identities.find(name).isPresent(), name);
            }
            assertEquals(List.of("_", "_ 2", "a;b?c%d", "x".repeat(200)), token.labels());
        }
    }
}
