package dev.certkit.store.file;

import static dev.certkit.store.file.LayoutSamples.certified;
import static dev.certkit.store.file.LayoutSamples.hidden;
import static dev.certkit.store.file.LayoutSamples.isSame;
import static dev.certkit.store.file.LayoutSamples.pending;
import static dev.certkit.store.file.LayoutSamples.visible;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.file.FileLayout.Part;
import dev.certkit.store.file.ServerFiles.Copy;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutMoveTest {
    private static final SamplePki PKI = LayoutSamples.pki();

    @TempDir
    Path temp;

    private ServerFiles apache;
    private ServerFiles haproxy;

    @BeforeEach
    void open() throws IOException {
        apache = FileLayout.apache().unencryptedIn(temp.resolve("apache"));
        haproxy = FileLayout.haproxy().unencryptedIn(temp.resolve("haproxy"));
    }

    @Nested
    @Tag("T7")
    class AMove {
        @Test
        void fromApacheToHaproxyAndBackKeepsKeyRequestAndCertificate() throws IOException {
            PendingKey pending = pending();
            CertifiedKey key = certified(PKI, pending);
            apache.write("web", pending);
            apache.write("web", key);
            String[] before = texts();

            apache.moveTo(haproxy, "web");
            assertEquals(List.of("web.pem"), visible(haproxy.directory()));
            assertEquals(List.of(), visible(apache.directory()));
            assertEquals(List.of(), hidden(apache.directory()));
            assertEquals(List.of(), apache.names());
            assertTrue(isSame(key, haproxy.read("web").orElseThrow()));
            assertTrue(isSame(pending, haproxy.pending("web").orElseThrow()));

            haproxy.moveTo(apache, "web");
            assertEquals(List.of(before), List.of(texts()));
            assertEquals(List.of(), hidden(haproxy.directory()));
        }

        private String[] texts() throws IOException {
            return new String[] {
                Files.readString(apache.path("web", Part.LEAF)),
                Files.readString(apache.path("web", Part.KEY)),
                Files.readString(apache.path("web", Part.REQUEST))
            };
        }

        @Test
        void ofAKeyThatWaitsKeepsItWaiting() throws IOException {
            PendingKey pending = pending();
            apache.write("web", pending);
            apache.moveTo(haproxy, "web");
            assertTrue(isSame(pending, haproxy.pending("web").orElseThrow()));
            assertEquals(List.of(), visible(haproxy.directory()));
        }

        @Test
        void ofAKeyAloneKeepsIt() throws IOException {
            PendingKey pending = pending();
            haproxy.write("web", certified(PKI, pending));
            haproxy.uninstall("web");
            haproxy.moveTo(apache, "web");
            assertEquals(List.of("web.key"), visible(apache.directory()));
        }

        @Test
        void ofFilesOfAnotherProgramTakesThemAway() throws IOException {
            CertifiedKey key = certified(PKI);
            Files.writeString(apache.directory().resolve("web.crt"), key.chain().toPem());
            Files.writeString(apache.directory().resolve("web.key"), PrivateKeys.toUnencryptedPem(key.privateKey()));
            apache.moveTo(haproxy, "web");
            assertTrue(isSame(key, haproxy.read("web").orElseThrow()));
            assertEquals(List.of(), visible(apache.directory()));
        }

        @Test
        void canBeRunAgain() throws IOException {
            apache.write("web", certified(PKI));
            apache.moveTo(haproxy, "web");
            apache.moveTo(haproxy, "web");
            assertEquals(List.of("web"), haproxy.names());
        }

        @Test
        void ofNothingIsAnErrorThatNamesIt() {
            String told = assertThrows(NoSuchFileException.class, () -> apache.moveTo(haproxy, "web"))
                    .getMessage();
            assertTrue(told.contains("there is nothing under the name web"), told);
        }

        @Test
        void withinADirectoryIsRefused() throws IOException {
            ServerFiles same = FileLayout.haproxy().unencryptedIn(apache.directory());
            apache.write("web", certified(PKI));
            assertThrows(IllegalArgumentException.class, () -> apache.moveTo(same, "web"));
        }

        @Test
        void ontoAKeyThatWaitsThereChangesNothing() throws IOException {
            PendingKey waiting = pending();
            CertifiedKey key = certified(PKI);
            haproxy.write("web", waiting);
            apache.write("web", key);
            assertThrows(IllegalStateException.class, () -> apache.moveTo(haproxy, "web"));
            assertTrue(isSame(key, apache.read("web").orElseThrow()));
            assertTrue(isSame(waiting, haproxy.pending("web").orElseThrow()));
        }

        @Test
        void fromClearToEncryptedLeavesNoKeyInClear() throws IOException {
            ServerFiles sealed =
                    FileLayout.apache().encryptedIn(temp.resolve("sealed"), Passphrase.of("correct horse"));
            CertifiedKey key = certified(PKI);
            apache.write("web", key);
            apache.moveTo(sealed, "web");
            assertTrue(isSame(key, sealed.read("web").orElseThrow()));
            assertTrue(Files.readString(sealed.path("web", Part.KEY)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY"));
            assertEquals(List.of(), hidden(apache.directory()));
        }
    }

    @Nested
    @Tag("T8")
    class ACopyOfAWildcardCertificate {
        private static final String NAME = "wildcard.example.fr";

        private CertifiedKey wildcard() throws IOException {
            PendingKey pending = CertificationRequest.forSubject(DistinguishedName.cn("*.example.fr"))
                    .san(GeneralName.dns("*.example.fr"))
                    .signedBy(KeyType.EC_P256.generate());
            apache.write(NAME, pending);
            CertifiedKey key = certified(PKI, pending);
            apache.write(NAME, key);
            return key;
        }

        private List<ServerFiles> servers() throws IOException {
            return List.of(
                    haproxy,
                    FileLayout.apache().unencryptedIn(temp.resolve("second")),
                    FileLayout.of("{name}.full", Part.LEAF, Part.INTERMEDIATES, Part.KEY)
                            .unencryptedIn(temp.resolve("third")));
        }

        @Test
        void reachesEachServerInItsOwnLayoutWithKeyAndRequest() throws IOException {
            CertifiedKey key = wildcard();
            List<Copy> copies = apache.copyTo(servers(), NAME);
            assertEquals(3, copies.stream().filter(Copy::isDone).count());
            for (ServerFiles server : servers()) {
                assertTrue(isSame(key, server.read(NAME).orElseThrow()));
                assertTrue(server.pending(NAME).isPresent());
            }
            assertTrue(isSame(key, apache.read(NAME).orElseThrow()));
        }

        @Test
        void reachesTheOthersWhereOneFailsAndAllWhenItIsRunAgain() throws IOException {
            List<ServerFiles> servers = servers();
            CertifiedKey key = wildcard();
            Path broken = servers.get(1).directory();
            Files.delete(broken);
            Files.writeString(broken, "no directory");

            List<Copy> copies = apache.copyTo(servers, NAME);
            assertEquals(
                    List.of(true, false, true),
                    copies.stream().map(Copy::isDone).toList());
            assertEquals(
                    servers.stream().map(ServerFiles::directory).toList(),
                    copies.stream().map(Copy::directory).toList());
            assertTrue(copies.get(1).failure().orElseThrow().getMessage().contains("is not a directory"));

            Files.delete(broken);
            Files.createDirectory(broken);
            LayoutSamples.lock(broken);
            assertTrue(apache.copyTo(servers, NAME).stream().allMatch(Copy::isDone));
            assertTrue(isSame(key, servers.get(1).read(NAME).orElseThrow()));
            assertTrue(apache.copyTo(servers, NAME).stream().allMatch(Copy::isDone));
        }

        @Test
        void replacesTheOneBeforeAlsoWithANewKey() throws IOException {
            wildcard();
            apache.copyTo(servers(), NAME);
            apache.uninstall(NAME);
            apache.withdraw(NAME);
            CertifiedKey next = wildcard();
            apache.copyTo(servers(), NAME);
            for (ServerFiles server : servers()) {
                assertTrue(isSame(next, server.read(NAME).orElseThrow()));
            }
        }

        @Test
        void doesNotOverwriteAKeyThatWaitsThere() throws IOException {
            wildcard();
            PendingKey waiting = pending();
            haproxy.write(NAME, waiting);
            List<Copy> copies = apache.copyTo(servers(), NAME);
            assertEquals(
                    List.of(false, true, true),
                    copies.stream().map(Copy::isDone).toList());
            assertTrue(copies.get(0).failure().orElseThrow().getMessage().contains("waits for its certificate"));
            assertTrue(isSame(waiting, haproxy.pending(NAME).orElseThrow()));
        }

        @Test
        void ofNothingIsAnError() {
            assertThrows(NoSuchFileException.class, () -> apache.copyTo(List.of(haproxy), NAME));
            assertThrows(NullPointerException.class, () -> new Copy(temp, null));
            assertEquals(new Copy(temp, Optional.empty()), new Copy(temp, Optional.empty()));
        }
    }
}
