package dev.certkit.tokens;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.key.TokenException;
import dev.certkit.key.TokenException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

@Tag("S2")
@ExtendWith(TokenJvm.class)
class Pkcs11TokenTest {
    private static final byte[] DATA = {1, 2, 3};
    private static final CryptoProviders PROVIDERS = CryptoProviders.standard();
    private static final List<KeyType> TYPES =
            List.of(KeyType.RSA_2048, KeyType.RSA_3072, KeyType.EC_P256, KeyType.EC_P384, KeyType.EC_P521);

    private static byte[] sign(KeyPair keys) {
        return PROVIDERS.sign(SignatureAlgorithm.defaultFor(keys.getPublic()), keys.getPrivate(), DATA);
    }

    private static void assertSigns(KeyPair keys) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(keys.getPublic());
        assertTrue(PROVIDERS.verify(algorithm, keys.getPublic(), DATA, sign(keys)));
        assertNull(keys.getPrivate().getEncoded());
        assertNull(keys.getPrivate().getFormat());
    }

    private static TokenException refused(Reason reason, Executable call) {
        TokenException refused = assertThrows(TokenException.class, call);
        assertEquals(reason, refused.reason(), refused.getMessage());
        for (Throwable each = refused; each != null; each = each.getCause()) {
            assertFalse(each.toString().contains("canary"), each.toString());
        }
        return refused;
    }

    @Test
    void everyKindIsMadeInTheTokenAndFoundAgainInANewSession(SoftToken soft) throws Exception {
        List<Provider> registered = List.of(Security.getProviders());
        try (Pkcs11Token token = soft.open()) {
            for (KeyType type : TYPES) {
                KeyPair made = token.generate(type.name(), type);
                assertEquals(Optional.of(type), KeyType.of(made.getPublic()));
                assertSigns(made);
            }
        }
        try (Pkcs11Token token = soft.open()) {
            assertEquals(TYPES.stream().map(KeyType::name).sorted().toList(), token.labels());
            for (KeyType type : TYPES) {
                KeyPair found = token.keyPair(type.name());
                assertEquals(Optional.of(type), KeyType.of(found.getPublic()));
                assertSigns(found);
            }
        }
        assertEquals(registered, List.of(Security.getProviders()));
    }

    @Test
    void theTokenItselfSaysThatTheKeyCannotLeave(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            for (KeyType type : List.of(KeyType.RSA_2048, KeyType.EC_P256)) {
                token.generate(type.name(), type);
            }
            Provider ofTheJdk = Security.getProvider("SunPKCS11")
                    .configure("--name=raw\nlibrary=" + soft.library() + "\nslot=" + soft.slot() + "\n");
            KeyStore keys = KeyStore.getInstance("PKCS11", ofTheJdk);
            keys.load(null, SoftToken.PIN.toCharArray());
            for (String label : token.labels()) {
                Key raw = keys.getKey(label, null);
                assertNull(raw.getEncoded());
                assertTrue(raw.toString().contains("token object, sensitive, unextractable"), raw.toString());
                X509Certificate placeholder = (X509Certificate) keys.getCertificate(label);
                assertThrows(CertificateExpiredException.class, placeholder::checkValidity);
            }
        }
    }

    @Test
    void aDeletedKeyIsGone(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            token.generate("old", KeyType.EC_P256);
            token.generate("other", KeyType.EC_P256);
            token.delete("old");
            assertEquals(List.of("other"), token.labels());
            assertTrue(refused(Reason.LABEL_UNKNOWN, () -> token.keyPair("old"))
                    .getMessage()
                    .contains("'old'"));
            refused(Reason.LABEL_UNKNOWN, () -> token.delete("old"));
            assertSigns(token.keyPair("other"));
        }
        try (Pkcs11Token token = soft.open()) {
            assertEquals(List.of("other"), token.labels());
        }
    }

    @Test
    void aLabelMayHaveAnyPrintableAscii(SoftToken soft) throws Exception {
        List<String> labels = List.of("/", "a, b = \"c\"", "x".repeat(255));
        try (Pkcs11Token token = soft.open()) {
            for (String label : labels) {
                token.generate(label, KeyType.EC_P256);
            }
            for (String label : List.of("", "\u00e9t\u00e9", "a\nb", "x".repeat(256))) {
                assertThrows(IllegalArgumentException.class, () -> token.generate(label, KeyType.EC_P256));
            }
        }
        try (Pkcs11Token token = soft.open()) {
            assertEquals(labels, token.labels());
            assertSigns(token.keyPair("a, b = \"c\""));
            refused(Reason.LABEL_UNKNOWN, () -> token.keyPair(""));
        }
    }

    @Test
    void aTakenLabelKeepsItsKey(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            KeyPair first = token.generate("web", KeyType.EC_P256);
            refused(Reason.LABEL_TAKEN, () -> token.generate("web", KeyType.EC_P384));
            assertArrayEquals(
                    first.getPublic().getEncoded(),
                    token.keyPair("web").getPublic().getEncoded());
        }
    }

    @Test
    void aWrongPinIsRefusedAndNotShown(SoftToken soft) throws Exception {
        TokenException refused = refused(Reason.PIN_REFUSED, () -> soft.open("wrong-canary"));
        assertTrue(refused.getMessage().contains("CKR_PIN_INCORRECT"), refused.getMessage());
        assertTrue(refused.getMessage().contains(Long.toString(soft.slot())), refused.getMessage());
        refused(Reason.PIN_REFUSED, () -> soft.open("1"));
        assertThrows(IllegalArgumentException.class, () -> soft.open(""));
        soft.open().close();
    }

    @Test
    void aMissingLibraryOrTokenIsNamed(SoftToken soft) throws Exception {
        try (Passphrase pin = Passphrase.of(SoftToken.PIN)) {
            Path nowhere = soft.directory().resolve("nowhere.so");
            assertTrue(refused(Reason.LIBRARY_UNUSABLE, () -> Pkcs11Token.at(nowhere)
                            .open(pin))
                    .getMessage()
                    .contains("nowhere.so"));
            refused(Reason.LIBRARY_UNUSABLE, () -> Pkcs11Token.at(soft.configuration())
                    .open(pin));
            refused(
                    Reason.TOKEN_ABSENT,
                    () -> Pkcs11Token.at(soft.library()).slot(77).open(pin));
            refused(
                    Reason.TOKEN_ABSENT,
                    () -> Pkcs11Token.at(soft.library()).slotAt(9).open(pin));
            // SoftHSM always shows one more slot with a token that is not initialised.
            refused(
                    Reason.TOKEN_ABSENT,
                    () -> Pkcs11Token.at(soft.library()).slotAt(1).open(pin));
            Pkcs11Token.at(soft.library()).open(pin).close();
        }
    }

    @Test
    void aLibraryMayStandInAnyDirectory(SoftToken soft) throws Exception {
        Path directory = Files.createDirectory(soft.directory().resolve("a \"b\" \\n 'c' #"));
        Path link = Files.createSymbolicLink(directory.resolve("token.so"), soft.library());
        try (Passphrase pin = Passphrase.of(SoftToken.PIN);
                Pkcs11Token token = Pkcs11Token.at(link).open(pin)) {
            assertEquals(List.of(), token.labels());
        }
        refused(Reason.LIBRARY_UNUSABLE, () -> new SoftToken(Path.of("/${x}"), soft.directory(), 0).open());
    }

    @Test
    void closingLogsOutAndEndsItsKeys(SoftToken soft) throws Exception {
        Pkcs11Token token = soft.open();
        KeyPair keys = token.generate("web", KeyType.EC_P256);
        token.close();
        token.close();
        assertTrue(assertThrows(ProviderException.class, () -> sign(keys))
                .getMessage()
                .contains("open the token again"));
        assertThrows(IllegalStateException.class, token::labels);
        assertThrows(IllegalStateException.class, () -> token.generate("more", KeyType.EC_P256));
        refused(Reason.PIN_REFUSED, () -> soft.open("wrong-canary"));
    }

    @Test
    void aRemovedTokenIsReported(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            KeyPair keys = token.generate("web", KeyType.EC_P256);
            soft.pullOut();
            ProviderException lost = assertThrows(ProviderException.class, () -> sign(keys));
            assertTrue(lost.getMessage().contains("CKR_"), lost.getMessage());
            refused(Reason.LABEL_UNKNOWN, () -> token.keyPair("web"));
            refused(Reason.KEY_NOT_STORED, () -> token.generate("more", KeyType.EC_P256));
        }
    }

    @Test
    void anotherLogoutInTheProcessIsReported(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            KeyPair keys = token.generate("web", KeyType.RSA_2048);
            soft.open().close();
            assertThrows(ProviderException.class, () -> sign(keys));
            refused(Reason.SESSION_LOST, token::labels);
        }
    }

    @Test
    @TokenJvm.DiskFull
    void aFullTokenIsReportedAndKeepsNoHalf(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            TokenException refused = refused(Reason.KEY_NOT_STORED, () -> token.generate("web", KeyType.EC_P256));
            assertTrue(refused.getMessage().contains("full"), refused.getMessage());
            assertEquals(List.of(), token.labels());
        }
    }

    @Test
    void whatNoTokenMakesIsTheCallersMistake(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            for (KeyType type : KeyType.values()) {
                if (!type.name().startsWith("RSA") && !type.name().startsWith("EC")) {
                    String message = assertThrows(IllegalArgumentException.class, () -> token.generate("web", type))
                            .getMessage();
                    assertTrue(message.contains(type.name()), message);
                }
            }
            assertEquals(List.of(), token.labels());
        }
    }

    @Test
    void anRsaKeyDecryptsInTheTokenButNotWithOaep(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            KeyPair keys = token.generate("scep", KeyType.RSA_2048);
            Cipher encryption = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            encryption.init(Cipher.ENCRYPT_MODE, keys.getPublic());
            byte[] encrypted = encryption.doFinal(DATA);
            assertArrayEquals(
                    DATA,
                    PROVIDERS
                            .decryption("RSA/ECB/PKCS1Padding", keys.getPrivate(), null)
                            .doFinal(encrypted));
            byte[] padded = PROVIDERS
                    .decryption("RSA/ECB/NoPadding", keys.getPrivate(), null)
                    .doFinal(encrypted);
            assertArrayEquals(DATA, Arrays.copyOfRange(padded, padded.length - DATA.length, padded.length));
            String message = assertThrows(
                            GeneralSecurityException.class,
                            () -> PROVIDERS.decryption("RSA/ECB/OAEPPadding", keys.getPrivate(), null))
                    .getMessage();
            assertTrue(message.contains("OAEP") && message.contains("PKCS#1"), message);
        }
    }

    @Test
    void manyThreadsSignWithOneKey(SoftToken soft) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Pkcs11Token token = soft.open()) {
            KeyPair keys = token.generate("web", KeyType.EC_P256);
            List<? extends Future<?>> all = IntStream.range(0, 100)
                    .mapToObj(each -> threads.submit(() -> assertSigns(keys)))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void neitherThePinNorTheKeyIsShown(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            KeyPair keys = token.generate("web", KeyType.EC_P256);
            assertTrue(token.toString().contains(Long.toString(soft.slot())), token.toString());
            assertFalse((token.toString() + keys.getPrivate()).contains("canary"));
            assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                    .writeObject(keys.getPrivate()));
        }
    }
}
