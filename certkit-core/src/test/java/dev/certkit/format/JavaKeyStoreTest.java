package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.ROOT;
import static dev.certkit.format.Samples.SECRET;
import static dev.certkit.format.Samples.WRONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaKeyStoreTest {
    private static byte[] store(String passphrase) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("web", PRIVATE, passphrase.toCharArray(), CHAIN.toArray(new Certificate[0]));
        store.setCertificateEntry("root", ROOT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, passphrase.toCharArray());
        return out.toByteArray();
    }

    @Test
    void keyAndCertificatesAreFoundAndDuplicatesCounted() throws Exception {
        Pasted found = Pasted.decode(store("correct horse"), SECRET);
        assertEquals(2, found.certificates().size());
        assertTrue(found.certificates().containsAll(CHAIN));
        assertEquals(1, found.duplicates());
        assertArrayEquals(
                PrivateKeyInfo.of(PRIVATE),
                PrivateKeyInfo.of(found.privateKeys().get(0)));
        assertEquals(List.of(), found.strays());
    }

    @Test
    void passphrasesOutsideAsciiOpenIt() throws Exception {
        String text = "p\u00e4ss \u20ac";
        assertEquals(
                1, Pasted.decode(store(text), Passphrase.of(text)).privateKeys().size());
    }

    @Test
    void withoutPassphraseTheCertificatesAreThereAndTheKeyIsLocked() throws Exception {
        Pasted found = Pasted.decode(store("correct horse"));
        assertEquals(2, found.certificates().size());
        assertEquals(
                "JKS key store, key 'web': it is encrypted; give its passphrase",
                found.locked().get(0).toString());
    }

    @Test
    void aWrongPassphraseLocksTheKeyAndDoubtsTheChecksum() throws Exception {
        Pasted found = Pasted.decode(store("correct horse"), WRONG);
        assertEquals(
                "the passphrase is wrong; give that of the key",
                found.locked().get(0).reason());
        assertTrue(found.strays().get(0).reason().contains("not vouched for"), found.toString());
    }

    @Test
    void aChangedCertificateShowsInTheChecksum() throws Exception {
        byte[] changed = store("correct horse");
        changed[changed.length - 25] ^= 1;
        assertTrue(Pasted.decode(changed, SECRET).strays().get(0).reason().contains("checksum"));
    }

    @Test
    void aStoreThatIsCutOffIsAStrayBesideWhatWasRead() throws Exception {
        byte[] file = store("correct horse");
        Pasted found = Pasted.decode(Arrays.copyOf(file, file.length - 100), SECRET);
        String reason = found.strays().get(0).reason();
        assertTrue(reason.matches("it is cut off or damaged at octet \\d+; copy it again"), reason);
    }

    @Test
    void countsThatLieEndWithTheBytes() throws Exception {
        byte[] file = store("correct horse");
        ByteBuffer.wrap(file).putInt(8, Integer.MAX_VALUE);
        assertEquals(1, Pasted.decode(file, SECRET).strays().size());
        ByteBuffer.wrap(file).putInt(8, -1);
        assertThrows(MalformedEncodingException.class, () -> Pasted.decode(file, SECRET));
    }

    @Test
    void anUnknownVersionIsNamed() throws Exception {
        byte[] file = store("correct horse");
        ByteBuffer.wrap(file).putInt(4, 3);
        assertTrue(assertThrows(MalformedEncodingException.class, () -> Pasted.decode(file, SECRET))
                .getMessage()
                .contains("version is 3"));
    }

    @Test
    void inBase64ItIsReadToo() throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(store("correct horse"));
        assertEquals(2, Pasted.parse(text, SECRET).certificates().size());
    }

    @Test
    void jceksIsNamedWithAWayOut() {
        byte[] jceks = new byte[64];
        ByteBuffer.wrap(jceks).putInt(0xCECECECE).putInt(2);
        assertTrue(assertThrows(MalformedEncodingException.class, () -> Pasted.decode(jceks))
                .getMessage()
                .contains("JCEKS"));
    }
}
