package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.ROOT;
import static dev.certkit.format.Samples.SECRET;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything in one file: keys, trusted certificates, and octets that only we understand. */
@Tag("W7")
class Pkcs12KeyStoreTest {
    private static final char[] WORDS = SECRET.use(char[]::clone);
    private static final byte[] OCTETS = octets(100_000);
    private static final Pkcs12 ALL = Pkcs12.of("web", PRIVATE, CHAIN)
            .and(new Pkcs12.CertificateEntry("a root", ROOT))
            .andSecret("our notes", OCTETS);

    private static byte[] octets(int number) {
        byte[] octets = new byte[number];
        new Random(number).nextBytes(octets);
        return octets;
    }

    private static KeyStore java(byte[] file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(new ByteArrayInputStream(file), WORDS);
        return store;
    }

    @Test
    void octetsComeBackAndAreStillListedAsLeftOut() throws Exception {
        Pkcs12 read = Pkcs12.decode(ALL.encode(SECRET, Pkcs12Profile.KEY_STORE), SECRET);
        assertArrayEquals(OCTETS, read.secret("Our Notes", SECRET).orElseThrow());
        assertEquals(Optional.empty(), read.secret("others", SECRET));
        assertEquals(1, read.leftOut().size());
        assertEquals(CHAIN, read.key("web").orElseThrow().certificates());
    }

    @Test
    void javaShowsAllThreeAndServesWithTheKey() throws Exception {
        KeyStore store = java(ALL.encode(SECRET, Pkcs12Profile.KEY_STORE));
        assertTrue(store.isCertificateEntry("a root"));
        assertTrue(store.entryInstanceOf("our notes", KeyStore.SecretKeyEntry.class));
        assertArrayEquals(OCTETS, store.getKey("our notes", WORDS).getEncoded());
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, WORDS);
        X509KeyManager manager = (X509KeyManager) factory.getKeyManagers()[0];
        assertArrayEquals(PRIVATE.getEncoded(), manager.getPrivateKey("web").getEncoded());
    }

    @Test
    void octetsSurviveThatJavaWritesTheFileAgain() throws Exception {
        KeyStore store = java(ALL.encode(SECRET, Pkcs12Profile.KEY_STORE));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        store.store(again, WORDS);
        assertArrayEquals(
                OCTETS,
                Pkcs12.decode(again.toByteArray(), SECRET)
                        .secret("our notes", SECRET)
                        .orElseThrow());
    }

    @Test
    void aSymmetricKeyOfJavaIsNoOctets() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(null, null);
        store.setKeyEntry("aes", new SecretKeySpec(octets(32), "AES"), WORDS, null);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        store.store(file, WORDS);
        assertEquals(Optional.empty(), Pkcs12.decode(file.toByteArray(), SECRET).secret("aes", SECRET));
    }

    @Test
    void anotherPassphraseDoesNotOpenThem() throws Exception {
        Pkcs12 read = Pkcs12.decode(ALL.encode(SECRET, Pkcs12Profile.KEY_STORE), SECRET);
        assertThrows(MalformedEncodingException.class, () -> read.secret("our notes", Passphrase.of("wrong")));
    }

    @Test
    void manyKeysCostOneDerivation() throws Exception {
        Pkcs12 many = Pkcs12.empty();
        for (int i = 0; i < 20; i++) {
            many = many.and(new Pkcs12.KeyEntry("key " + i, PRIVATE, CHAIN));
        }
        byte[] file = many.encode(SECRET, Pkcs12Profile.MODERN);
        // one for the checksum, one for all that is encrypted
        DecodingLimits limits = DecodingLimits.standard().maxIterations(200_000);
        assertEquals(20, Pkcs12.decode(file, SECRET, limits).keys().size());
        assertThrows(
                MalformedEncodingException.class, () -> Pkcs12.decode(file, SECRET, limits.maxIterations(199_999)));
    }

    @Test
    void eachPartHasAnInitialisationVectorOfItsOwn() throws Exception {
        Pkcs12 twice = Pkcs12.of("a", PRIVATE, List.of()).and(new Pkcs12.KeyEntry("b", PRIVATE, List.of()));
        String file = new String(twice.encode(SECRET, Pkcs12Profile.MODERN), StandardCharsets.ISO_8859_1);
        // AES-256-CBC with its parameter, an OCTET STRING of 16 octets
        String cipher = "\u0060\u0086\u0048\u0001\u0065\u0003\u0004\u0001\u002a\u0004\u0010";
        List<String> vectors = new ArrayList<>();
        for (int at = file.indexOf(cipher); at >= 0; at = file.indexOf(cipher, at + 1)) {
            vectors.add(file.substring(at + cipher.length(), at + cipher.length() + 16));
        }
        assertEquals(2, vectors.size());
        assertEquals(2, vectors.stream().distinct().count());
    }

    @Test
    void octetsNeedANameAndNoTrustStoreHoldsThem() {
        assertThrows(IllegalArgumentException.class, () -> Pkcs12.empty().andSecret("", OCTETS));
        assertThrows(IllegalArgumentException.class, () -> ALL.encode(SECRET, Pkcs12Profile.TRUST_ONLY));
    }
}
