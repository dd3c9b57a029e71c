package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.ROOT;
import static dev.certkit.format.Samples.ROOT_PEM;
import static dev.certkit.format.Samples.SECRET;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs12PeersTest {
    private static final Pkcs12 WEB = Pkcs12.of("web", PRIVATE, CHAIN);
    private static final Pkcs12 TRUST = Pkcs12.empty().and(new Pkcs12.CertificateEntry("our root", ROOT));

    @TempDir
    Path directory;

    private static Pkcs12 content(Pkcs12Profile profile) {
        return profile == Pkcs12Profile.TRUST_ONLY ? TRUST : WEB;
    }

    private Path written(Pkcs12Profile profile) throws Exception {
        return Files.write(directory.resolve("file.p12"), content(profile).encode(SECRET, profile));
    }

    @Nested
    class OurFilesOpenIn {
        @ParameterizedTest
        @EnumSource
        void openssl3WithoutLegacy(Pkcs12Profile profile) throws Exception {
            written(profile);
            Peer.Result shown = Peer.require("openssl")
                    .run(directory, "pkcs12", "-info", "-in", "file.p12", "-passin", "pass:correct horse", "-nodes")
                    .succeeded();
            assertEquals(
                    profile == Pkcs12Profile.TRUST_ONLY ? 1 : 2,
                    Certificates.parse(shown.out()).size());
            assertTrue(shown.err().contains("MAC: sha" + (profile.isLegacy() ? "1" : "256")), shown.err());
            assertTrue(shown.err().contains("Iteration " + profile.rounds()), shown.err());
            assertTrue(
                    shown.err().contains(profile.isLegacy() ? "pbeWithSHA1And3-KeyTripleDES-CBC" : "AES-256-CBC"),
                    shown.err());
            assertFalse(shown.err().contains("RC2"), shown.err());
            if (profile != Pkcs12Profile.TRUST_ONLY) {
                assertArrayEquals(PrivateKeyInfo.of(PRIVATE), PrivateKeyInfo.of(PrivateKeys.parse(shown.out())));
            }
        }

        @ParameterizedTest
        @EnumSource
        void certtool(Pkcs12Profile profile) throws Exception {
            written(profile);
            String shown = Peer.require("certtool")
                    .run(directory, "--p12-info", "--inder", "--infile", "file.p12", "--password", "correct horse")
                    .succeeded()
                    .out();
            assertEquals(
                    profile == Pkcs12Profile.TRUST_ONLY ? 1 : 2,
                    Certificates.parse(shown.substring(shown.indexOf("-----BEGIN CERT")))
                            .size());
        }

        @ParameterizedTest
        @EnumSource
        void keytool(Pkcs12Profile profile) throws Exception {
            written(profile);
            String shown = runKeytool("-list", "-keystore", "file.p12", "-storepass", "correct horse");
            assertTrue(shown.contains(profile == Pkcs12Profile.TRUST_ONLY ? "our root, " : "web, "), shown);
            assertTrue(
                    shown.contains(profile == Pkcs12Profile.TRUST_ONLY ? "trustedCertEntry" : "PrivateKeyEntry"),
                    shown);
        }

        @ParameterizedTest
        @EnumSource
        void openssl3WithLegacy(Pkcs12Profile profile) throws Exception {
            written(profile);
            String shown = Peer.require("openssl")
                    .run(directory, "pkcs12", "-legacy", "-in", "file.p12", "-passin", "pass:correct horse", "-nodes")
                    .succeeded()
                    .out();
            assertEquals(
                    content(profile).allCertificates().count(),
                    Certificates.parse(shown).size());
        }

        @ParameterizedTest
        @EnumSource
        void pk12utilOfNss(Pkcs12Profile profile) throws Exception {
            written(profile);
            String shown = Peer.require("pk12util")
                    .run(directory, "-l", "file.p12", "-W", "correct horse")
                    .succeeded()
                    .out();
            assertTrue(shown.contains(profile == Pkcs12Profile.TRUST_ONLY ? "our root" : "web"), shown);
        }

        @ParameterizedTest
        @EnumSource(names = {"MODERN", "JAVA8", "LEGACY_WINDOWS"})
        void aStoreOfNss(Pkcs12Profile profile) throws Exception {
            written(profile);
            Peer certutil = Peer.require("certutil");
            certutil.run(directory, "-N", "-d", ".", "--empty-password").succeeded();
            Peer.require("pk12util")
                    .run(directory, "-i", "file.p12", "-d", ".", "-W", "correct horse")
                    .succeeded();
            String keys = certutil.run(directory, "-K", "-d", ".").succeeded().out();
            assertTrue(keys.contains("web"), keys);
        }

        @ParameterizedTest
        @EnumSource(names = {"MODERN", "JAVA8", "LEGACY_WINDOWS"})
        void keytoolIntoAStoreOfItsOwn(Pkcs12Profile profile) throws Exception {
            written(profile);
            runKeytool(
                    "-importkeystore",
                    "-srckeystore",
                    "file.p12",
                    "-srcstorepass",
                    "correct horse",
                    "-destkeystore",
                    "own.p12",
                    "-deststorepass",
                    "correct horse");
            Pkcs12 own = Pkcs12.decode(Files.readAllBytes(directory.resolve("own.p12")), SECRET);
            assertEquals(CHAIN, own.key("web").orElseThrow().certificates());
        }
    }

    private String runKeytool(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("-c", "exec \"$0\" \"$@\"", Samples.keytool().toString()));
        command.addAll(List.of(arguments));
        return Peer.require("sh")
                .run(directory, command.toArray(new String[0]))
                .succeeded()
                .out();
    }

    @Nested
    class FilesOf {
        private Pkcs12 openssl(String... options) throws Exception {
            Files.writeString(directory.resolve("key.pem"), KEY_PEM);
            Files.writeString(directory.resolve("leaf.pem"), LEAF_PEM);
            Files.writeString(directory.resolve("root.pem"), ROOT_PEM);
            List<String> command = new ArrayList<>(List.of(
                    "pkcs12",
                    "-export",
                    "-inkey",
                    "key.pem",
                    "-in",
                    "leaf.pem",
                    "-certfile",
                    "root.pem",
                    "-name",
                    "web",
                    "-out",
                    "theirs.p12",
                    "-passout",
                    "pass:correct horse"));
            command.addAll(List.of(options));
            Peer.require("openssl")
                    .run(directory, command.toArray(new String[0]))
                    .succeeded();
            return Pkcs12.decode(Files.readAllBytes(directory.resolve("theirs.p12")), SECRET);
        }

        private void isWeb(Pkcs12 read) {
            assertEquals(CHAIN, read.key("web").orElseThrow().certificates());
            assertEquals(List.of(), read.certificates());
        }

        @Test
        void openssl3() throws Exception {
            isWeb(openssl());
        }

        @Test
        void openssl3Legacy() throws Exception {
            isWeb(openssl("-legacy"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "PBE-SHA1-RC2-40",
                    "PBE-SHA1-RC2-128",
                    "PBE-SHA1-3DES",
                    "PBE-SHA1-2DES",
                    "AES-128-CBC",
                    "AES-192-CBC",
                    "NONE"
                })
        void opensslWithCipher(String cipher) throws Exception {
            isWeb(openssl("-legacy", "-certpbe", cipher, "-keypbe", cipher));
        }

        @ParameterizedTest
        @ValueSource(strings = {"sha224", "sha384", "sha512"})
        void opensslWithChecksum(String digest) throws Exception {
            isWeb(openssl("-macalg", digest));
        }

        @Test
        void opensslWithoutChecksum() throws Exception {
            isWeb(openssl("-nomac"));
        }

        @Test
        void opensslWithoutPassphrase() throws Exception {
            openssl();
            Peer.require("openssl")
                    .run(
                            directory,
                            "pkcs12",
                            "-export",
                            "-inkey",
                            "key.pem",
                            "-in",
                            "leaf.pem",
                            "-name",
                            "web",
                            "-out",
                            "open.p12",
                            "-passout",
                            "pass:")
                    .succeeded();
            byte[] file = Files.readAllBytes(directory.resolve("open.p12"));
            assertEquals(List.of(LEAF), Pasted.decode(file).certificates());
            assertEquals(1, Pasted.decode(file).privateKeys().size());
        }

        @Test
        void certtoolOfGnutls() throws Exception {
            openssl();
            Files.writeString(directory.resolve("both.pem"), LEAF_PEM + ROOT_PEM);
            Peer.require("certtool")
                    .run(
                            directory,
                            "--to-p12",
                            "--load-privkey",
                            "key.pem",
                            "--load-certificate",
                            "both.pem",
                            "--p12-name",
                            "web",
                            "--password",
                            "correct horse",
                            "--outder",
                            "--outfile",
                            "gnutls.p12")
                    .succeeded();
            byte[] file = Files.readAllBytes(directory.resolve("gnutls.p12"));
            // Four times 600,000 rounds, which nobody pays without having said so.
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(file, SECRET));
            assertTrue(refused.getMessage().contains("raise DecodingLimits.maxIterations"), refused.getMessage());
            isWeb(Pkcs12.decode(file, SECRET, DecodingLimits.standard().maxIterations(3_000_000)));
        }

        @Test
        void keytoolOfTheRunningJdk() throws Exception {
            runKeytool(
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-alias",
                    "web",
                    "-dname",
                    "CN=web",
                    "-keystore",
                    "jdk.p12",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "correct horse");
            Pkcs12 read = Pkcs12.decode(Files.readAllBytes(directory.resolve("jdk.p12")), SECRET);
            assertEquals(1, read.key("web").orElseThrow().certificates().size());
        }

        @Test
        void keytoolWithTheLegacySwitch() throws Exception {
            runKeytool(
                    "-J-Dkeystore.pkcs12.legacy",
                    "-genkeypair",
                    "-keyalg",
                    "RSA",
                    "-alias",
                    "web",
                    "-dname",
                    "CN=web",
                    "-keystore",
                    "old.p12",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "correct horse");
            Pkcs12 read = Pkcs12.decode(Files.readAllBytes(directory.resolve("old.p12")), SECRET);
            assertEquals(1, read.key("web").orElseThrow().certificates().size());
        }

        @Test
        void keytoolTrustStore() throws Exception {
            Files.writeString(directory.resolve("root.pem"), ROOT_PEM);
            runKeytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    "root",
                    "-file",
                    "root.pem",
                    "-keystore",
                    "trust.p12",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "correct horse");
            Pkcs12 read = Pkcs12.decode(Files.readAllBytes(directory.resolve("trust.p12")), SECRET);
            assertEquals(List.of(new Pkcs12.CertificateEntry("root", ROOT)), read.certificates());
        }

        @Test
        void nssInBerWithIndefiniteLengths() throws Exception {
            Peer certutil = Peer.require("certutil");
            Path file = Files.write(directory.resolve("in.p12"), WEB.encode(SECRET, Pkcs12Profile.JAVA8));
            certutil.run(directory, "-N", "-d", ".", "--empty-password").succeeded();
            Peer pk12util = Peer.require("pk12util");
            pk12util.run(directory, "-i", file.toString(), "-d", ".", "-W", "correct horse")
                    .succeeded();
            pk12util.run(directory, "-o", "nss.p12", "-n", "web", "-d", ".", "-W", "correct horse")
                    .succeeded();
            byte[] exported = Files.readAllBytes(directory.resolve("nss.p12"));

            // NSS spends 600,000 rounds on each part, more than is worked through unasked.
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> Pkcs12.decode(exported, SECRET));
            assertTrue(refused.getMessage().contains("raise DecodingLimits.maxIterations"), refused.getMessage());
            isWeb(Pkcs12.decode(exported, SECRET, DecodingLimits.standard().maxIterations(4_000_000)));
        }

        @Test
        void javaKeyStoreJks() throws Exception {
            runKeytool(
                    "-genkeypair",
                    "-keyalg",
                    "RSA",
                    "-alias",
                    "web",
                    "-dname",
                    "CN=web",
                    "-keystore",
                    "old.jks",
                    "-storetype",
                    "JKS",
                    "-storepass",
                    "correct horse",
                    "-keypass",
                    "other horse");
            Files.writeString(directory.resolve("root.pem"), ROOT_PEM);
            runKeytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    "root",
                    "-file",
                    "root.pem",
                    "-keystore",
                    "old.jks",
                    "-storepass",
                    "correct horse");
            byte[] file = Files.readAllBytes(directory.resolve("old.jks"));
            Pasted store = Pasted.decode(file, SECRET);
            assertEquals(2, store.certificates().size());
            assertTrue(store.certificates().contains(ROOT));
            assertEquals(
                    "JKS key store, key 'web': the passphrase is wrong; give that of the key",
                    store.locked().get(0).toString());
            assertEquals(List.of(), store.strays());
            Pasted key = Pasted.decode(file, Passphrase.of("other horse"));
            assertEquals(1, key.privateKeys().size());
            assertTrue(key.strays().get(0).reason().contains("checksum"), key.toString());
            assertEquals(2, Pasted.decode(file).certificates().size());
        }
    }
}
