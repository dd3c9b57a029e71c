package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.ROOT;
import static dev.certkit.format.Samples.SECRET;
import static dev.certkit.format.Samples.WRONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and passphrases of any language, none, wrong ones, and files that are damaged. */
@Tag("W7")
class Pkcs12SecretsTest {
    private static final String NAME = "cl\u00e9 \u20ac \u952e";
    private static final String WORDS = "p\u00e4ssw\u00f6rt \u20ac";
    private static final Pkcs12 WEB = Pkcs12.of(NAME, PRIVATE, CHAIN);

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws Exception {
        Files.writeString(directory.resolve("key.pem"), KEY_PEM);
        Files.writeString(directory.resolve("leaf.pem"), LEAF_PEM);
        Files.writeString(directory.resolve("words.txt"), WORDS + "\n", UTF_8);
    }

    /** Arguments outside ASCII get through a script whatever the locale of the tests. */
    private Peer.Result shell(String program, String line) throws Exception {
        Peer.require(program);
        Files.writeString(directory.resolve("run.sh"), line + "\n", UTF_8);
        return Peer.require("sh").run(directory, "run.sh").succeeded();
    }

    private Pkcs12 theirs(Passphrase passphrase) throws Exception {
        return Pkcs12.decode(
                Files.readAllBytes(directory.resolve("theirs.p12")),
                passphrase,
                DecodingLimits.standard().maxIterations(4_000_000));
    }

    @Nested
    class OfAnyLanguage {
        @ParameterizedTest
        @EnumSource(names = {"MODERN", "JAVA8", "LEGACY_WINDOWS"})
        void comeBack(Pkcs12Profile profile) throws Exception {
            Pkcs12 read = Pkcs12.decode(WEB.encode(Passphrase.of(WORDS), profile), Passphrase.of(WORDS));
            assertEquals(NAME, read.keys().get(0).name());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-legacy"})
        void ofOpensslAreRead(String options) throws Exception {
            shell(
                    "openssl",
                    "openssl pkcs12 -export -inkey key.pem -in leaf.pem -name '" + NAME
                            + "' -out theirs.p12 -passout file:words.txt " + options);
            assertEquals(NAME, theirs(Passphrase.of(WORDS)).keys().get(0).name());
        }

        @ParameterizedTest
        @EnumSource(names = {"MODERN", "JAVA8"})
        void ofOursAreReadByOpenssl(Pkcs12Profile profile) throws Exception {
            Files.write(directory.resolve("ours.p12"), WEB.encode(Passphrase.of(WORDS), profile));
            Peer.Result shown = shell("openssl", "openssl pkcs12 -in ours.p12 -passin file:words.txt -nodes");
            assertEquals(2, Certificates.parse(shown.out()).size());
            // It prints the lower octet of each character of a name, whoever wrote it.
            assertTrue(shown.out().contains("friendlyName: cl"), shown.out());
        }

        @Test
        void ofOursAreReadByCerttool() throws Exception {
            Files.write(directory.resolve("ours.p12"), WEB.encode(Passphrase.of(WORDS), Pkcs12Profile.MODERN));
            Peer.Result shown =
                    shell("certtool", "certtool --p12-info --inder --infile ours.p12 --password \"$(cat words.txt)\"");
            assertTrue(shown.out().contains("Friendly name: " + NAME), shown.out());
        }

        @Test
        void ofOursAreReadByNss() throws Exception {
            Files.write(directory.resolve("ours.p12"), WEB.encode(Passphrase.of(WORDS), Pkcs12Profile.MODERN));
            Peer.Result shown = shell("pk12util", "pk12util -l ours.p12 -w words.txt");
            assertTrue(shown.out().contains(NAME), shown.out());
        }

        @Test
        void namesAreReadByTheJdk() throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
            store.load(
                    new ByteArrayInputStream(WEB.encode(SECRET, Pkcs12Profile.MODERN)), "correct horse".toCharArray());
            assertTrue(store.isKeyEntry(NAME));
        }
    }

    @Nested
    class None {
        @ParameterizedTest
        @ValueSource(strings = {"--empty-password", "--null-password"})
        void ofCerttool(String kind) throws Exception {
            shell(
                    "certtool",
                    "certtool --to-p12 --load-privkey key.pem --load-certificate leaf.pem --p12-name web --outder"
                            + " --outfile theirs.p12 " + kind);
            assertEquals(
                    List.of(LEAF),
                    theirs(Passphrase.of("")).key("web").orElseThrow().certificates());
        }

        @Test
        void ofNss() throws Exception {
            Files.write(directory.resolve("in.p12"), WEB.encode(SECRET, Pkcs12Profile.JAVA8));
            Files.writeString(directory.resolve("none.txt"), "\n");
            shell("certutil", "certutil -N -d . --empty-password");
            shell(
                    "pk12util",
                    "pk12util -i in.p12 -d . -W 'correct horse' && pk12util -o theirs.p12 -n '" + NAME
                            + "' -d . -w none.txt");
            Pkcs12 read = theirs(Passphrase.of(""));
            assertTrue(read.keys().get(0).certificates().contains(LEAF), read.toString());
        }

        @Test
        void trustStoreOfTheJdkWithoutPassphraseOrChecksum() throws Exception {
            assumeTrue(Runtime.version().feature() >= 18, "this Java writes no store without a passphrase");
            Files.writeString(directory.resolve("root.pem"), Certificates.toPem(ROOT));
            shell(
                    "sh",
                    "'" + Samples.keytool() + "' -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE"
                            + " -J-Dkeystore.pkcs12.macAlgorithm=NONE -importcert -noprompt -alias root -file root.pem"
                            + " -keystore theirs.p12 -storetype PKCS12 -storepass changeit");
            assertEquals(
                    List.of(new Pkcs12.CertificateEntry("root", ROOT)),
                    theirs(Passphrase.of("")).certificates());
        }

        @Test
        void isRefusedWhenWriting() {
            assertThrows(IllegalArgumentException.class, () -> WEB.encode(Passphrase.of(""), Pkcs12Profile.MODERN));
        }
    }

    @Nested
    class WrongOrDamaged {
        @ParameterizedTest
        @EnumSource(names = {"JAVA8", "LEGACY_WINDOWS", "MODERN"})
        void areToldApartInEveryProfile(Pkcs12Profile profile) {
            byte[] file = WEB.encode(SECRET, profile);
            MalformedEncodingException wrong =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(file, WRONG));
            assertTrue(wrong.needsPassphrase(), wrong.getMessage());
            assertTrue(wrong.getMessage().contains("the passphrase is wrong"), wrong.getMessage());
            byte[] damaged = file.clone();
            damaged[damaged.length - 40] ^= 1;
            MalformedEncodingException changed =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(damaged, SECRET));
            assertFalse(changed.needsPassphrase(), changed.getMessage());
        }

        @Test
        void withoutAChecksumTheCiphertextTells() throws Exception {
            shell(
                    "openssl",
                    "openssl pkcs12 -export -inkey key.pem -in leaf.pem -name web -out theirs.p12 -nomac"
                            + " -passout 'pass:correct horse'");
            MalformedEncodingException wrong = assertThrows(MalformedEncodingException.class, () -> theirs(WRONG));
            assertTrue(wrong.needsPassphrase(), wrong.getMessage());
            assertEquals(1, theirs(SECRET).keys().size());
        }

        @Test
        void whatIsCutOffSaysWhere() {
            byte[] file = WEB.encode(SECRET, Pkcs12Profile.JAVA8);
            MalformedEncodingException cut = assertThrows(
                    MalformedEncodingException.class, () -> Pkcs12.decode(java.util.Arrays.copyOf(file, 500), SECRET));
            assertEquals(0, cut.octet().orElseThrow());
            assertTrue(cut.getMessage().contains("export or copy it again"), cut.getMessage());
        }

        @Test
        void aFileOfAnotherKindIsNamed() {
            for (byte[] other : List.of(Samples.der(LEAF), PRIVATE.getEncoded(), LEAF_PEM.getBytes(UTF_8))) {
                MalformedEncodingException refused =
                        assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(other, SECRET));
                assertFalse(refused.needsPassphrase());
                assertTrue(refused.getMessage().contains("no PKCS#12"), refused.getMessage());
            }
        }
    }
}
