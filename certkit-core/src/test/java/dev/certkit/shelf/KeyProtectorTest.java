package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Private keys sealed by something of the caller's, which a cipher with a key in memory plays here. */
@Tag("S2")
class KeyProtectorTest {
    private final IdentityLab lab = new IdentityLab();
    private final Service service = new Service("kms alias/printers", 1);
    private final Identities identities = Identities.in(lab.storage).sealedBy(service);

    private static final class Service implements KeyProtector {
        private final String name;
        private final SecretKeySpec key;
        private final List<byte[]> seen = new ArrayList<>();
        private boolean isDown;
        private byte nonce;

        Service(String name, int key) {
            byte[] octets = new byte[32];
            Arrays.fill(octets, (byte) key);
            this.name = name;
            this.key = new SecretKeySpec(octets, "AES");
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte[] seal(byte[] secret) throws IOException {
            seen.add(secret);
            byte[] sealed = run(Cipher.ENCRYPT_MODE, ++nonce, secret);
            byte[] all = Arrays.copyOf(new byte[] {nonce}, sealed.length + 1);
            System.arraycopy(sealed, 0, all, 1, sealed.length);
            return all;
        }

        @Override
        public byte[] unseal(byte[] sealed) throws IOException {
            byte[] secret = run(Cipher.DECRYPT_MODE, sealed[0], Arrays.copyOfRange(sealed, 1, sealed.length));
            seen.add(secret);
            return secret;
        }

        private byte[] run(int mode, byte number, byte[] input) throws IOException {
            if (isDown) {
                throw new IOException("the service does not answer");
            }
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, key, new GCMParameterSpec(128, new byte[] {number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
                return cipher.doFinal(input);
            } catch (GeneralSecurityException e) {
                throw new IOException("the seal does not hold", e);
            }
        }
    }

    @Test
    void theRecordNamesTheProtectorAndHasNoKeyInClear() throws IOException {
        CertifiedKey made = identities.selfSigned("web", IdentityLab.OWN, KeyType.EC_P256);

        String record = lab.stored("web");
        assertTrue(record.contains("sealed by: kms alias/printers\n"), record);
        assertFalse(record.contains("PRIVATE KEY"), record);
        assertArrayEquals(
                made.privateKey().getEncoded(),
                identities.find("web").orElseThrow().privateKey().getEncoded());
    }

    @Test
    void aKeyLivesItsWholeLifeUnderTheProtector() throws IOException {
        PendingKey pending = identities.request(
                "web", IdentityLab.WISHES.challengePassword(Passphrase.of("canary")), KeyType.EC_P256);
        assertFalse(lab.stored("web").contains(pending.request().toPem()), "the challenge stands in clear");
        Identities reopened = Identities.in(lab.storage).sealedBy(new Service("kms alias/printers", 1));
        PendingKey again = reopened.pending("web").orElseThrow();
        assertEquals(pending.request(), again.request());

        reopened.install("web", IdentityLab.certify(again.request()));
        reopened.request("web");
        reopened.withdraw("web");
        assertEquals(
                reopened.find("web").orElseThrow().chain(),
                identities.live("web").get().chain());
    }

    @Test
    void whatItWasGivenIsWipedAfterwards() throws IOException {
        identities.selfSigned("web", IdentityLab.OWN, KeyType.RSA_2048);
        identities.find("web");
        assertEquals(2, service.seen.size());
        service.seen.forEach(secret -> assertArrayEquals(new byte[secret.length], secret));
    }

    @Test
    void aProtectorOfAnotherNameIsNotAskedAndBothAreNamed() throws IOException {
        identities.selfSigned("web", IdentityLab.OWN, KeyType.EC_P256);
        String before = lab.stored("web");
        Service other = new Service("tpm 0x81000001", 1);

        KeyUnavailableException refused = assertThrows(
                KeyUnavailableException.class,
                () -> Identities.in(lab.storage).sealedBy(other).renew("web"));

        assertEquals("web", refused.identity());
        assertEquals("kms alias/printers", refused.keeper());
        assertTrue(refused.getMessage().contains("identity web"), refused.getMessage());
        assertTrue(refused.getMessage().contains("tpm 0x81000001"), refused.getMessage());
        assertEquals(List.of(), other.seen);
        assertEquals(before, lab.stored("web"));
    }

    @Test
    void withoutAProtectorOrWithAPassphraseItIsNamed() throws IOException {
        identities.selfSigned("web", IdentityLab.OWN, KeyType.EC_P256);
        for (Identities opened : List.of(
                Identities.in(lab.storage).unencrypted(),
                Identities.in(lab.storage).sealedUnder(Passphrase.of("words")))) {
            KeyUnavailableException refused = assertThrows(KeyUnavailableException.class, () -> opened.find("web"));
            assertTrue(refused.getMessage().contains("kms alias/printers"), refused.getMessage());
            assertEquals(1, opened.list().size());
            assertTrue(opened.chain("web").isPresent(), "a list and a chain need no key");
        }
    }

    @Test
    void anotherKeyOfTheSameNameIsToldWithTheProtectorsOwnReason() throws IOException {
        identities.selfSigned("web", IdentityLab.OWN, KeyType.EC_P256);
        Identities wrong = Identities.in(lab.storage).sealedBy(new Service("kms alias/printers", 2));
        KeyUnavailableException refused = assertThrows(KeyUnavailableException.class, () -> wrong.find("web"));
        assertTrue(refused.getMessage().contains("the seal does not hold"), refused.getMessage());
    }

    @Test
    void whileItIsDownNothingIsStoredAndAfterwardsAllIsThere() throws IOException {
        CertifiedKey web = identities.selfSigned("web", IdentityLab.OWN, KeyType.EC_P256);
        service.isDown = true;
        assertThrows(IOException.class, () -> identities.find("web"));
        assertThrows(IOException.class, () -> identities.request("new", IdentityLab.WISHES, KeyType.EC_P256));
        assertThrows(IOException.class, () -> identities.renew("web", KeyType.EC_P256));
        service.isDown = false;
        assertEquals(List.of("web"), identities.names());
        assertEquals(web.chain(), identities.find("web").orElseThrow().chain());
    }

    @Test
    void keysInClearAreReadAndBroughtUnderTheSeal() throws IOException {
        lab.identities.selfSigned("web", IdentityLab.OWN, KeyType.EC_P256);
        CertifiedKey clear = identities.find("web").orElseThrow();
        identities.install("web", clear);
        assertTrue(lab.stored("web").contains("sealed by: "));
        assertEquals(clear.chain(), identities.find("web").orElseThrow().chain());
    }

    @Test
    void aDamagedSealIsAnErrorAndNothingElse() throws IOException {
        identities.selfSigned("web", IdentityLab.OWN, KeyType.EC_P256);
        StoredRecord record =
                lab.storage.find(Shelf.of("identities").name("web")).orElseThrow();
        byte[] payload = record.content().payload();
        int start = lab.stored("web").indexOf("sealed by");
        for (int at = start; at < start + 150; at++) {
            byte[] damaged = payload.clone();
            damaged[at] = (byte) (damaged[at] == 'A' ? 'B' : 'A');
            InMemoryStorage other = InMemoryStorage.empty();
            other.create(record.name(), RecordContent.of(damaged));
            assertThrows(
                    IOException.class,
                    () -> Identities.in(other).sealedBy(service).find("web"),
                    "at " + at);
        }
    }

    @Test
    void aNameThatWouldBreakTheRecordIsRefused() {
        for (String name : List.of("", "two\nlines", "\u00e9", "x".repeat(256))) {
            assertThrows(IllegalArgumentException.class, () -> Identities.in(lab.storage)
                    .sealedBy(new Service(name, 1)));
        }
    }

    @Test
    void nothingIsReadForWhatIsNotThere() throws IOException {
        assertEquals(Optional.empty(), identities.find("web"));
        assertEquals(List.of(), service.seen);
    }
}
