package dev.certkit.store.file;

import static dev.certkit.store.file.LayoutSamples.certified;
import static dev.certkit.store.file.LayoutSamples.hidden;
import static dev.certkit.store.file.LayoutSamples.isSame;
import static dev.certkit.store.file.LayoutSamples.pending;
import static dev.certkit.store.file.LayoutSamples.visible;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.file.FileLayout.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T6")
class ServerFilesTest {
    private static final SamplePki PKI = LayoutSamples.pki();

    @TempDir
    Path temp;

    private Path directory;
    private ServerFiles apache;
    private ServerFiles haproxy;

    @BeforeEach
    void open() throws IOException {
        directory = temp.resolve("apache");
        apache = FileLayout.apache().unencryptedIn(directory);
        haproxy = FileLayout.haproxy().unencryptedIn(temp.resolve("haproxy"));
    }

    private static List<X509Certificate> served(CertifiedKey key) {
        return key.chain().certificates().subList(0, 2);
    }

    @Nested
    class TheFilesOf {
        @Test
        void apacheAreCertificateWithIntermediatesLeafFirstKeyAndRequest() throws IOException {
            PendingKey pending = pending();
            CertifiedKey key = certified(PKI, pending);
            apache.write("web", pending);
            apache.write("web", key);

            assertEquals(List.of("web.crt", "web.csr", "web.key"), visible(directory));
            assertEquals(served(key), Certificates.parse(Files.readString(directory.resolve("web.crt"))));
            assertEquals(
                    PrivateKeys.toUnencryptedPem(key.privateKey()), Files.readString(directory.resolve("web.key")));
            assertEquals(pending.request().toPem(), Files.readString(directory.resolve("web.csr")));
        }

        @Test
        void haproxyAreOneWithLeafIntermediatesAndKeyAndTheRequestOutOfItsSight() throws IOException {
            PendingKey pending = pending();
            CertifiedKey key = certified(PKI, pending);
            haproxy.write("web", pending);
            assertEquals(List.of(), visible(haproxy.directory()));
            haproxy.write("web", key);

            assertEquals(List.of("web.pem"), visible(haproxy.directory()));
            String pem = Files.readString(haproxy.path("web", Part.KEY));
            assertEquals(served(key), Certificates.parse(pem));
            assertEquals(Certificates.toPem(served(key)) + PrivateKeys.toUnencryptedPem(key.privateKey()), pem);
            Path request = haproxy.path("web", Part.REQUEST);
            assertEquals(pending.request().toPem(), Files.readString(request));
            assertEquals(haproxy.directory().resolve(".web/web.csr"), request);
        }

        @Test
        void onesOwnLayoutHaveItsNamesAndItsOrder() throws IOException {
            ServerFiles own = FileLayout.of("tls-{name}.pem", Part.KEY, Part.LEAF)
                    .and("{name}-chain.pem", Part.INTERMEDIATES, Part.ROOT)
                    .unencryptedIn(temp.resolve("own"));
            CertifiedKey key = certified(PKI);
            own.write("web", key);

            assertEquals(List.of("tls-web.pem", "web-chain.pem"), visible(own.directory()));
            assertEquals(
                    PrivateKeys.toUnencryptedPem(key.privateKey())
                            + Certificates.toPem(key.chain().leaf()),
                    Files.readString(own.path("web", Part.LEAF)));
            assertEquals(
                    key.chain().certificates().subList(1, 3),
                    Certificates.parse(Files.readString(own.path("web", Part.ROOT))));
            assertTrue(isSame(key, own.read("web").orElseThrow()));
        }

        @Test
        void aSelfSignedCertificateAreItAndItsKey() throws IOException {
            CertifiedKey key = CertifiedKey.selfSigned(LayoutSamples.SUBJECT).with(KeyType.EC_P256.generate());
            apache.write("web", key);

            assertEquals(List.of("web.crt", "web.key"), visible(directory));
            assertTrue(isSame(key, apache.read("web").orElseThrow()));
        }

        @Test
        void aServerThatAsksForAPassphraseHaveTheKeyEncrypted() throws IOException {
            Passphrase passphrase = Passphrase.of("correct horse");
            ServerFiles sealed = FileLayout.haproxy().encryptedIn(temp.resolve("sealed"), passphrase);
            CertifiedKey key = certified(PKI);
            sealed.write("web", key);

            String pem = Files.readString(sealed.path("web", Part.KEY));
            assertTrue(pem.contains("BEGIN ENCRYPTED PRIVATE KEY") && !pem.contains("BEGIN PRIVATE KEY"), pem);
            assertTrue(isSame(key, sealed.read("web").orElseThrow()));
            ServerFiles without = FileLayout.haproxy().unencryptedIn(sealed.directory());
            String locked = assertThrows(MalformedEncodingException.class, () -> without.read("web"))
                    .getMessage();
            assertTrue(locked.startsWith("web: web.pem, ") && locked.contains("passphrase"), locked);
            assertThrows(IllegalArgumentException.class, () -> FileLayout.haproxy()
                    .encryptedIn(directory, Passphrase.of("")));
        }
    }

    @Nested
    class TheWholeIdentity {
        @Test
        void isReadBackWithItsRootThoughNoFileOfTheServersHasThat() throws IOException {
            CertifiedKey key = certified(PKI);
            assertEquals(3, key.chain().certificates().size());
            for (ServerFiles files : List.of(apache, haproxy)) {
                files.write("web", key);
                assertTrue(isSame(key, files.read("web").orElseThrow()));
                assertEquals(Optional.empty(), files.pending("web"));
            }
        }

        @Test
        void waitsAsKeyAndRequest() throws IOException {
            PendingKey pending = pending();
            for (ServerFiles files : List.of(apache, haproxy)) {
                files.write("web", pending);
                assertTrue(isSame(pending, files.pending("web").orElseThrow()));
                assertEquals(Optional.empty(), files.read("web"));
                assertEquals(List.of("web"), files.names());
            }
            assertEquals(List.of("web.csr", "web.key"), visible(directory));
        }

        @Test
        void isNotThereUnderANameThatWasNeverWritten() throws IOException {
            assertEquals(Optional.empty(), apache.read("web"));
            assertEquals(Optional.empty(), apache.pending("web"));
            assertEquals(List.of(), apache.names());
        }

        @Test
        void isOneOfManyInADirectory() throws IOException {
            CertifiedKey a = certified(PKI);
            CertifiedKey b = certified(PKI);
            apache.write("b.example.fr", b);
            apache.write("a", a);
            apache.write("a.example", pending());
            apache.write("a", a);

            assertEquals(List.of("a", "a.example", "b.example.fr"), apache.names());
            assertTrue(isSame(a, apache.read("a").orElseThrow()));
            assertTrue(isSame(b, apache.read("b.example.fr").orElseThrow()));
        }
    }

    @Nested
    class ARewrite {
        @Test
        void keepsThePathsAndDropsTheRequestOfTheOldKey() throws IOException {
            PendingKey pending = pending();
            apache.write("web", pending);
            apache.write("web", certified(PKI, pending));
            CertifiedKey next = certified(PKI);
            apache.write("web", next);

            assertEquals(List.of("web.crt", "web.key"), visible(directory));
            assertTrue(isSame(next, apache.read("web").orElseThrow()));
            assertEquals(Optional.empty(), apache.pending("web"));
        }

        @Test
        void keepsTheRequestOfTheSameKey() throws IOException {
            PendingKey pending = pending();
            apache.write("web", pending);
            apache.write("web", certified(PKI, pending));
            CertifiedKey renewed = certified(PKI, pending);
            apache.write("web", renewed);

            assertTrue(isSame(renewed, apache.read("web").orElseThrow()));
            assertTrue(isSame(pending, apache.pending("web").orElseThrow()));
        }

        @Test
        void keepsTheGenerationBeforeForAServerThatIsReadingAndNoOlderOne() throws IOException {
            for (int i = 0; i < 4; i++) {
                apache.write("web", certified(PKI));
            }
            assertEquals(List.of(".web", ".web+3", ".web+4"), hidden(directory));
            apache.write("other", certified(PKI));
            assertEquals(List.of(".other", ".other+1", ".web", ".web+3", ".web+4"), hidden(directory));
        }

        @Test
        void withARequestForTheKeyInUseKeepsTheCertificate() throws IOException {
            PendingKey pending = pending();
            CertifiedKey key = certified(PKI, pending);
            haproxy.write("web", key);
            haproxy.write("web", pending);

            assertTrue(isSame(key, haproxy.read("web").orElseThrow()));
            assertTrue(isSame(pending, haproxy.pending("web").orElseThrow()));
        }

        @Test
        void neverPutsAKeyBesideTheCertificateOfAnother() throws IOException {
            CertifiedKey key = certified(PKI);
            apache.write("web", key);

            String refused = assertThrows(IllegalStateException.class, () -> apache.write("web", pending()))
                    .getMessage();
            assertTrue(refused.contains("another key is in use under web"), refused);
            assertTrue(isSame(key, apache.read("web").orElseThrow()));
        }

        @Test
        void neverOverwritesAKeyThatWaitsForItsCertificate() throws IOException {
            PendingKey pending = pending();
            apache.write("web", pending);

            assertThrows(IllegalStateException.class, () -> apache.write("web", pending()));
            String refused = assertThrows(IllegalStateException.class, () -> apache.write("web", certified(PKI)))
                    .getMessage();
            assertTrue(refused.contains("withdraw it first"), refused);
            assertTrue(isSame(pending, apache.pending("web").orElseThrow()));
        }
    }

    @Nested
    @Tag("T5")
    class ARemoval {
        @Test
        void takesTheCertificateFirstAndKeyAndRequestWithAnotherWord() throws IOException {
            for (ServerFiles files : List.of(apache, haproxy)) {
                PendingKey pending = pending();
                files.write("web", pending);
                files.write("web", certified(PKI, pending));

                assertThrows(IllegalStateException.class, () -> files.withdraw("web"));
                files.uninstall("web");
                assertEquals(Optional.empty(), files.read("web"));
                assertTrue(isSame(pending, files.pending("web").orElseThrow()));
                assertThrows(IllegalStateException.class, () -> files.uninstall("web"));

                files.withdraw("web");
                assertEquals(Optional.empty(), files.pending("web"));
                assertEquals(List.of(), files.names());
                assertEquals(List.of(), visible(files.directory()));
                assertEquals(List.of(), hidden(files.directory()));
            }
        }

        @Test
        void ofACertificateLeavesItsKeyToBeCertifiedAnew() throws IOException {
            PendingKey pending = pending();
            haproxy.write("web", certified(PKI, pending));
            haproxy.uninstall("web");
            assertEquals(List.of(), visible(haproxy.directory()));
            assertEquals(
                    PrivateKeys.toUnencryptedPem(pending.privateKey()),
                    Files.readString(haproxy.directory().resolve(".web/web.key")));

            CertifiedKey again = certified(PKI, pending);
            haproxy.write("web", again);
            assertTrue(isSame(again, haproxy.read("web").orElseThrow()));
        }

        @Test
        void ofWhatIsNotThereDoesNothing() throws IOException {
            apache.withdraw("web");
            assertEquals(List.of(), hidden(directory));
        }
    }

    @Nested
    class FilesOfAnotherProgram {
        private void place(String file, String text) throws IOException {
            Files.writeString(directory.resolve(file), text);
        }

        private CertifiedKey placed() throws IOException {
            CertifiedKey key = certified(PKI);
            place("web.crt", key.chain().toPem());
            place("web.key", PrivateKeys.toUnencryptedPem(key.privateKey()));
            return key;
        }

        @Test
        void areReadAndTakenOverByTheNextWrite() throws IOException {
            CertifiedKey key = placed();
            assertEquals(List.of("web"), apache.names());
            assertTrue(isSame(key, apache.read("web").orElseThrow()));

            CertifiedKey next = certified(PKI);
            apache.write("web", next);
            assertTrue(isSame(next, apache.read("web").orElseThrow()));
            assertTrue(Files.isSymbolicLink(directory.resolve("web.crt")));
        }

        @Test
        void keepTheirRequestAndKeyWhenTheCertificateIsTakenAway() throws IOException {
            CertifiedKey key = placed();
            apache.uninstall("web");
            assertEquals(List.of("web.key"), visible(directory));
            assertEquals(
                    PrivateKeys.toUnencryptedPem(key.privateKey()), Files.readString(directory.resolve("web.key")));
            apache.withdraw("web");
            assertEquals(List.of(), visible(directory));
        }

        @Test
        void arePutInOrderWhereTheyHaveAnother() throws IOException {
            CertifiedKey key = placed();
            List<X509Certificate> chain = key.chain().certificates();
            place("web.crt", Certificates.toPem(List.of(chain.get(2), chain.get(1), chain.get(0))));
            assertTrue(isSame(key, apache.read("web").orElseThrow()));
        }

        @Test
        void countMoreThanOursWhereOneWasPutInTheirPlace() throws IOException {
            apache.write("web", certified(PKI));
            CertifiedKey mine = certified(PKI);
            Files.delete(directory.resolve("web.crt"));
            Files.delete(directory.resolve("web.key"));
            place("web.crt", mine.chain().toPem());
            place("web.key", PrivateKeys.toUnencryptedPem(mine.privateKey()));

            assertTrue(isSame(mine, apache.read("web").orElseThrow()));
            apache.uninstall("web");
            assertEquals(
                    PrivateKeys.toUnencryptedPem(mine.privateKey()), Files.readString(directory.resolve("web.key")));
        }

        @Test
        void thatDoNotBelongTogetherAreToldAndReplaced() throws IOException {
            placed();
            place("web.key", PrivateKeys.toUnencryptedPem(certified(PKI).privateKey()));
            assertThrows(KeyMismatchException.class, () -> apache.read("web"));

            CertifiedKey next = certified(PKI);
            apache.write("web", next);
            assertTrue(isSame(next, apache.read("web").orElseThrow()));
        }

        @Test
        void thatAreDamagedAreNamed() throws IOException {
            placed();
            place("web.key", "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");
            String damaged =
                    assertThrows(IOException.class, () -> apache.read("web")).getMessage();
            assertTrue(damaged.startsWith("web"), damaged);
        }

        @Test
        void ofAnotherLayoutAreNotTouched() throws IOException {
            CertifiedKey key = certified(PKI);
            haproxy.write("web", key);
            ServerFiles wrong = FileLayout.apache().unencryptedIn(haproxy.directory());
            String refused = assertThrows(IOException.class, () -> wrong.write("web", certified(PKI)))
                    .getMessage();
            assertTrue(refused.contains("belongs to another layout"), refused);
            assertTrue(isSame(key, haproxy.read("web").orElseThrow()));
        }
    }

    @Nested
    class AName {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "", ".web", "..", "-web", "a/b", "../x", "a\\b", "a b", "a\0b", "é", "a+1", "a\n", "*", "*web"
                })
        void thatIsNoFileNameIsRefusedEverywhereWithoutBeingRepeated(String name) {
            String refused = assertThrows(IllegalArgumentException.class, () -> apache.write(name, certified(PKI)))
                    .getMessage();
            assertTrue(refused.startsWith("name: a file name has 1 to 128 letters"), refused);
            assertThrows(IllegalArgumentException.class, () -> apache.write(name, pending()));
            assertThrows(IllegalArgumentException.class, () -> apache.read(name));
            assertThrows(IllegalArgumentException.class, () -> apache.pending(name));
            assertThrows(IllegalArgumentException.class, () -> apache.uninstall(name));
            assertThrows(IllegalArgumentException.class, () -> apache.withdraw(name));
            assertThrows(IllegalArgumentException.class, () -> apache.moveTo(haproxy, name));
            assertThrows(IllegalArgumentException.class, () -> apache.copyTo(List.of(haproxy), name));
            assertThrows(IllegalArgumentException.class, () -> apache.path(name, Part.KEY));
        }

        @Test
        @Tag("T8")
        void ofAWildcardIsToBeChosen() {
            String refused = assertThrows(
                            IllegalArgumentException.class, () -> apache.write("*.example.fr", certified(PKI)))
                    .getMessage();
            assertTrue(refused.contains("for example wildcard.example.fr"), refused);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "_", "0", "www.example.fr", "A-b_c.d..e", "lock", "gate", "web.crt", "web.key"})
        void mayHaveLettersDigitsAndFewOthers(String name) throws IOException {
            CertifiedKey key = certified(PKI);
            apache.write(name, key);
            assertTrue(isSame(key, apache.read(name).orElseThrow()));
            assertEquals(List.of(name), apache.names());
        }
    }

    @Nested
    class ALayoutOfOnesOwn {
        @ParameterizedTest
        @ValueSource(
                strings = {"", "x", "{name}{name}", ".{name}", "-{name}", "a/{name}", "{name}/a", "{name} b", "{NAME}"})
        void needsAPattern(String pattern) {
            assertThrows(IllegalArgumentException.class, () -> FileLayout.of(pattern, Part.KEY));
        }

        @Test
        void hasNoFileTwiceNorAPartTwiceInOneNorAFileWhereAnotherPartIsKept() {
            FileLayout layout = FileLayout.of("{name}.pem", Part.LEAF);
            assertThrows(IllegalArgumentException.class, () -> layout.and("{name}.pem", Part.KEY));
            assertThrows(IllegalArgumentException.class, () -> layout.and("{name}.x", Part.KEY, Part.KEY));
            assertThrows(IllegalArgumentException.class, () -> layout.and("{name}.csr", Part.KEY));
            assertThrows(IllegalArgumentException.class, () -> layout.and("{name}.key", Part.KEY, Part.LEAF));
        }

        @Test
        void mayGiveAFileOfAnotherNameThatIsInTheWay() throws IOException {
            ServerFiles files =
                    FileLayout.of("{name}", Part.LEAF).and("{name}.k", Part.KEY).unencryptedIn(temp.resolve("own"));
            CertifiedKey key = certified(PKI);
            files.write("a", key);
            assertThrows(IOException.class, () -> files.write("a.k", certified(PKI)));
            assertTrue(isSame(key, files.read("a").orElseThrow()));
        }
    }

    @Test
    void nothingOfAKeyIsInItsWords() throws IOException {
        assertFalse(new ServerFiles.Copy(directory, Optional.empty()).toString().contains("PRIVATE"));
    }
}
