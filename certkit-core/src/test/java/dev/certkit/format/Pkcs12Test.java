package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.ROOT;
import static dev.certkit.format.Samples.SECRET;
import static dev.certkit.format.Samples.WRONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs12Test {
    private static final Pkcs12 WEB = Pkcs12.of("web", PRIVATE, CHAIN);
    private static final Pkcs12 TRUST = Pkcs12.empty()
            .and(new Pkcs12.CertificateEntry("our root", ROOT))
            .and(new Pkcs12.CertificateEntry("", LEAF));

    private static KeyStore keyStore(byte[] file, String passphrase) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(new ByteArrayInputStream(file), passphrase.toCharArray());
        return store;
    }

    @Nested
    class Writing {
        @ParameterizedTest
        @EnumSource(names = "TRUST_ONLY", mode = EnumSource.Mode.EXCLUDE)
        void comesBackWithNameKeyAndChain(Pkcs12Profile profile) throws Exception {
            Pkcs12 read = Pkcs12.decode(WEB.encode(SECRET, profile), SECRET);
            assertEquals(1, read.keys().size());
            assertEquals("web", read.keys().get(0).name());
            assertArrayEquals(
                    PrivateKeyInfo.of(PRIVATE),
                    PrivateKeyInfo.of(read.key("WEB").orElseThrow().privateKey()));
            assertEquals(CHAIN, read.keys().get(0).certificates());
            assertEquals(List.of(), read.certificates());
        }

        @ParameterizedTest
        @EnumSource
        void certificatesWithoutKeyComeBackWithTheirNames(Pkcs12Profile profile) throws Exception {
            Pkcs12 read = Pkcs12.decode(TRUST.encode(SECRET, profile), SECRET);
            assertEquals(TRUST.certificates(), read.certificates());
            assertEquals(List.of(), read.keys());
        }

        @ParameterizedTest
        @EnumSource(names = "TRUST_ONLY", mode = EnumSource.Mode.EXCLUDE)
        void isReadByTheJdk(Pkcs12Profile profile) throws Exception {
            KeyStore store = keyStore(WEB.encode(SECRET, profile), "correct horse");
            assertArrayEquals(CHAIN.toArray(new Certificate[0]), store.getCertificateChain("web"));
            assertEquals(
                    "EC", store.getKey("web", "correct horse".toCharArray()).getAlgorithm());
        }

        @Test
        void trustOnlyMakesTrustedEntriesForTheJdkAndOtherProfilesDoNot() throws Exception {
            KeyStore store = keyStore(TRUST.encode(SECRET, Pkcs12Profile.TRUST_ONLY), "correct horse");
            assertTrue(store.isCertificateEntry("our root"));
            assertEquals(2, store.size());
            assertEquals(
                    0,
                    keyStore(TRUST.encode(SECRET, Pkcs12Profile.MODERN), "correct horse")
                            .size());
        }

        @Test
        void severalKeysKeepTheirOwnCertificates() throws Exception {
            Pkcs12 two = WEB.and(new Pkcs12.KeyEntry(
                    "mail", SampleKeys.otherOf(KeyType.EC_P256).getPrivate(), List.of(ROOT)));
            Pkcs12 read = Pkcs12.decode(two.encode(SECRET, Pkcs12Profile.JAVA8), SECRET);
            assertEquals(CHAIN, read.key("web").orElseThrow().certificates());
            assertEquals(List.of(ROOT), read.key("mail").orElseThrow().certificates());
        }

        @ParameterizedTest
        @EnumSource(names = {"RSA_2048", "ED25519", "EC_P521", "ML_DSA_44"})
        void everyKindOfKeyComesBack(KeyType type) throws Exception {
            byte[] file =
                    Pkcs12.of("k", SampleKeys.of(type).getPrivate(), List.of()).encode(SECRET, Pkcs12Profile.JAVA8);
            assertEquals(1, Pkcs12.decode(file, SECRET).keys().size());
        }

        @ParameterizedTest
        @ValueSource(strings = {"p\u00e4ssw\u00f6rt \u20ac", "\ud83d\udd11 key", "a"})
        void passphrasesOutsideAsciiOpenWhatTheyClosed(String text) throws Exception {
            Passphrase passphrase = Passphrase.of(text);
            for (Pkcs12Profile profile : List.of(Pkcs12Profile.MODERN, Pkcs12Profile.JAVA8)) {
                assertEquals(
                        1,
                        Pkcs12.decode(WEB.encode(passphrase, profile), passphrase)
                                .keys()
                                .size());
            }
        }

        @Test
        void refusesWhatMakesNoSense() {
            assertThrows(IllegalArgumentException.class, () -> WEB.encode(Passphrase.of(""), Pkcs12Profile.MODERN));
            assertThrows(IllegalArgumentException.class, () -> WEB.encode(SECRET, Pkcs12Profile.TRUST_ONLY));
            assertThrows(IllegalArgumentException.class, () -> Pkcs12.empty().encode(SECRET, Pkcs12Profile.MODERN));
        }
    }

    @Nested
    class Reading {
        @Test
        void anEmptyPassphraseIsTriedInBothItsForms() throws Exception {
            // OpenSSL and the JDK end an empty text with two zeros; Windows has nothing at all, which the JDK writes
            // "\0".
            byte[] nothing = WEB.encode(Passphrase.of("\0"), Pkcs12Profile.JAVA8);
            assertEquals(1, Pkcs12.decode(nothing, Passphrase.of("")).keys().size());
            byte[] empty = jdkStore(new char[0]);
            assertEquals(1, Pkcs12.decode(empty, Passphrase.of("")).keys().size());
        }

        private byte[] jdkStore(char[] passphrase) throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
            store.load(null, null);
            store.setKeyEntry(
                    "web", SampleKeys.ofJdk(KeyType.EC_P256).getPrivate(), passphrase, new Certificate[] {LEAF});
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, passphrase);
            return out.toByteArray();
        }

        @Test
        void indefiniteLengthsAndOctetsInPiecesAreRead() throws Exception {
            byte[] ber = BerSamples.indefinite(WEB.encode(SECRET, Pkcs12Profile.JAVA8), 8);
            assertEquals(CHAIN, Pkcs12.decode(ber, SECRET).keys().get(0).certificates());
            assertEquals(CHAIN, Pasted.decode(ber, SECRET).certificates());
        }

        @Test
        void aKeyThatLeavesItsIdOutFindsItsCertificateByProof() throws Exception {
            EntryPairing pairing = new EntryPairing();
            pairing.certificate(new EntryPairing.Label("root", ""), ROOT);
            pairing.certificate(new EntryPairing.Label("leaf", ""), LEAF);
            pairing.key(new EntryPairing.Label("web", ""), PRIVATE);
            assertEquals(
                    CHAIN, pairing.paired(List.of(), List.of()).keys().get(0).certificates());
        }

        @Test
        void aWrongPassphraseIsToldFromDamage() {
            byte[] file = WEB.encode(SECRET, Pkcs12Profile.JAVA8);
            MalformedEncodingException wrong =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(file, WRONG));
            assertTrue(wrong.needsPassphrase());
            assertTrue(wrong.getMessage().contains("passphrase is wrong"), wrong.getMessage());

            byte[] changed = file.clone();
            changed[file.length - 30] ^= 1; // in the checksum itself
            MalformedEncodingException damaged =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(changed, SECRET));
            assertFalse(damaged.needsPassphrase(), damaged.getMessage());
            assertTrue(damaged.getMessage().contains("changed or damaged"), damaged.getMessage());

            MalformedEncodingException cut = assertThrows(
                    MalformedEncodingException.class,
                    () -> Pkcs12.decode(Arrays.copyOf(file, file.length / 2), SECRET));
            assertFalse(cut.needsPassphrase());
        }

        @Test
        void noMessageHasThePassphrase() {
            MalformedEncodingException e = assertThrows(
                    MalformedEncodingException.class,
                    () -> Pkcs12.decode(WEB.encode(SECRET, Pkcs12Profile.JAVA8), WRONG));
            assertFalse(e.toString().contains("battery"));
            assertFalse(WEB.toString().contains("horse"));
        }

        @ParameterizedTest
        @ValueSource(ints = {20, 32, 64})
        void theChecksumOfRfc9579IsVerified(int keyLength) throws Exception {
            DerReader pfx = DerReader.single(WEB.encode(SECRET, Pkcs12Profile.JAVA8), Tag.SEQUENCE)
                    .children();
            byte[] version = pfx.next().encoded();
            DerValue contentInfo = pfx.next();
            DerReader inside = contentInfo.children();
            inside.next();
            byte[] content = inside.next().children().next().octets();
            byte[] salt = new byte[16];
            SecretKey key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec("correct horse".toCharArray(), salt, 3000, keyLength * 8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] function = Der.sequence(Der.oid("1.2.840.113549.2.11"), Der.nullValue());
            byte[] kdf = Der.sequence(
                    Der.oid("1.2.840.113549.1.5.12"),
                    Der.sequence(Der.octetString(salt), Der.integer(3000), Der.integer(keyLength), function));
            byte[] hmac = Der.sequence(Der.oid("1.2.840.113549.2.9"), Der.nullValue());
            byte[] algorithm = Der.sequence(Der.oid("1.2.840.113549.1.5.14"), Der.sequence(kdf, hmac));
            byte[] macData = Der.sequence(
                    Der.sequence(algorithm, Der.octetString(mac.doFinal(content))), Der.octetString(new byte[8]));
            byte[] file = Der.sequence(version, contentInfo.encoded(), macData);
            assertEquals(CHAIN, Pkcs12.decode(file, SECRET).keys().get(0).certificates());
            assertTrue(assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(file, WRONG))
                    .needsPassphrase());
        }

        @Test
        void anIterationBombIsRefusedBeforeAnyDerivation() {
            byte[] content = Der.sequence();
            byte[] mac = Der.sequence(
                    Der.sequence(
                            Der.sequence(Der.oid("2.16.840.1.101.3.4.2.1"), Der.nullValue()),
                            Der.octetString(new byte[32])),
                    Der.octetString(new byte[8]),
                    Der.integer(Integer.MAX_VALUE));
            byte[] file = Der.sequence(
                    Der.integer(3),
                    Der.sequence(Der.oid(Pkcs12Oids.DATA), Der.tagged(Tag.constructed(0), Der.octetString(content))),
                    mac);
            MalformedEncodingException e = assertTimeoutPreemptively(
                    Duration.ofSeconds(1),
                    () -> assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(file, SECRET)));
            assertTrue(e.getMessage().contains("2147483647 rounds"), e.getMessage());
        }

        @Test
        void costlyPartsTogetherAreBoundedAsOneIs() {
            byte[] file = WEB.encode(SECRET, Pkcs12Profile.MODERN);
            DecodingLimits one = DecodingLimits.standard().maxIterations(150_000);
            MalformedEncodingException e =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(file, SECRET, one));
            assertTrue(e.getMessage().contains("50000"), e.getMessage());
        }

        @Test
        void sizeAndItemsAreLimited() {
            byte[] file = TRUST.encode(SECRET, Pkcs12Profile.JAVA8);
            assertThrows(
                    MalformedEncodingException.class,
                    () -> Pkcs12.decode(file, SECRET, DecodingLimits.standard().maxItems(1)));
            assertThrows(
                    MalformedEncodingException.class,
                    () -> Pkcs12.decode(file, SECRET, DecodingLimits.standard().maxBytes(100)));
        }

        @Test
        void aSecretKeyOfTheJdkIsLeftOutAloud() throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
            store.load(null, null);
            store.setCertificateEntry("root", ROOT);
            store.setEntry(
                    "hmac",
                    new KeyStore.SecretKeyEntry(new javax.crypto.spec.SecretKeySpec(new byte[16], "AES")),
                    new KeyStore.PasswordProtection("correct horse".toCharArray()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, "correct horse".toCharArray());
            Pkcs12 read = Pkcs12.decode(out.toByteArray(), SECRET);
            assertEquals(List.of("a secret, for example a symmetric key 'hmac'"), read.leftOut());
            assertEquals("root", read.certificates().get(0).name());
        }
    }
}
