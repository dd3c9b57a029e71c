package dev.certkit.store.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.ImportResult;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in the hands of other programs; {@code keytool} is that of the Java that runs the tests. */
@Tag("W7")
class KeyStorePeersTest {
    private static final String WORDS = "correct horse";
    private static final RecordName NOTE = Shelf.of("settings").name("note \u00e9\u0000");
    private static final RecordContent CONTENT =
            RecordContent.of(new byte[] {1, 2, 3}).lookAgainAt(Instant.parse("2027-01-01T00:00:00.123Z"));

    @TempDir
    Path directory;

    private CertifiedKey web;
    private CertificationRequest pending;
    private StoredRecord note;

    @BeforeEach
    void fill() throws Exception {
        try (KeyStoreStorage storage = open(WORDS)) {
            Identities identities = Identities.in(storage).unencrypted();
            web = selfSigned(identities, "web");
            selfSigned(identities, "Web");
            selfSigned(identities, "K\u00e4fer 7");
            pending = identities
                    .request("next", CertificationRequest.forSubject(DistinguishedName.cn("next")), KeyType.EC_P256)
                    .request();
            note = storage.create(NOTE, CONTENT);
        }
    }

    private static CertifiedKey selfSigned(Identities identities, String name) throws IOException {
        return identities.selfSigned(
                name, CertifiedKey.selfSigned(DistinguishedName.cn(name)).san("localhost"), KeyType.EC_P256);
    }

    private Path file() {
        return directory.resolve("server.p12");
    }

    private KeyStoreStorage open(String words) throws IOException {
        return KeyStoreStorage.at(file(), Passphrase.of(words));
    }

    private Peer.Result keytool(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                "-c",
                "exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Duser.language=en",
                "-keystore",
                file().toString(),
                "-storepass",
                WORDS));
        line.addAll(List.of(arguments));
        return Peer.require("sh").run(directory, line.toArray(String[]::new));
    }

    private void assertRecordsAreThere(String words) throws Exception {
        try (KeyStoreStorage storage = open(words)) {
            assertEquals(Optional.empty(), storage.damaged());
            assertEquals(Optional.of(note), storage.find(NOTE));
            Identities identities = Identities.in(storage).unencrypted();
            assertEquals(pending, identities.pending("next").orElseThrow().request());
            assertEquals(web.chain(), identities.find("web").orElseThrow().chain());
            assertEquals(List.of("K\u00e4fer 7", "Web", "next", "web"), identities.names());
        }
    }

    @Nested
    class Reading {
        @Test
        void keytoolListsEachIdentityInUseUnderItsName() {
            String list = keytool("-list").succeeded().out();
            assertTrue(list.contains("Your keystore contains 4 entries"), list);
            assertTrue(list.matches("(?s).*\\bk.{1,3}fer 7, .*PrivateKeyEntry.*"), list);
            assertTrue(list.contains("\nweb, "), list);
            assertTrue(list.contains("\nweb (2), "), list);
            assertTrue(list.contains("certkit-records, "), list);
        }

        @Test
        void opensslShowsKeysAndCertificates() throws Exception {
            Peer.Result shown = Peer.require("openssl")
                    .run(directory, "pkcs12", "-in", "server.p12", "-passin", "pass:" + WORDS, "-nodes")
                    .succeeded();
            assertEquals(3, Certificates.parse(shown.out()).size());
            assertEquals(3, shown.out().split("BEGIN PRIVATE KEY", -1).length - 1);
        }

        @Test
        void gnutlsAndNssPassOverWhatTheyDoNotKnow() {
            String info = Peer.require("certtool")
                    .run(directory, "--p12-info", "--inder", "--infile", "server.p12", "--password", WORDS)
                    .succeeded()
                    .out();
            assertTrue(info.contains("Friendly name: web"), info);
            String list = Peer.require("pk12util")
                    .run(directory, "-l", "server.p12", "-W", WORDS)
                    .succeeded()
                    .out();
            assertTrue(list.contains("web"), list);
        }

        @Test
        void aJavaServerTakesItsKeyFromTheFile() throws Exception {
            KeyStore store = KeyStore.getInstance(file().toFile(), WORDS.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, WORDS.toCharArray());
            assertArrayEquals(
                    web.privateKey().getEncoded(),
                    store.getKey("web (2)", WORDS.toCharArray()).getEncoded());
            assertEquals(
                    web.chain().leaf(),
                    store.getCertificate("web (2)"),
                    "names are in the order of code points: Web first");
            KeyManagerFactory each = KeyManagerFactory.getInstance("SunX509");
            each.init(store, WORDS.toCharArray());
            assertEquals(3, ((X509KeyManager) each.getKeyManagers()[0]).getServerAliases("EC", null).length);
        }

        @Test
        void whatIsTrustedEverywhereAndWithoutAnEndIsATrustedCertificate() throws Exception {
            CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root A"))
                    .profile(CertificateProfile.authority())
                    .with(KeyType.EC_P256.generate());
            String pem = "\n" + root.chain().toPem();
            try (KeyStoreStorage storage = open(WORDS)) {
                trust(storage, "a", "decision: accepted\nwaived: \n" + pem);
                trust(storage, "b", "decision: accepted\nat: 443 printer-7.local\n" + pem);
                trust(storage, "c", "decision: accepted\nuntil: 2027-01-01T00:00:00Z\n" + pem);
                trust(storage, "d", "decision: rejected\n" + pem);
                trust(storage, "e", "decision: none\nbecause: UNTRUSTED decision: accepted\n" + pem);
            }
            String list = keytool("-list").succeeded().out();
            assertTrue(list.contains("\ntrusted root a, ") && list.contains("trustedCertEntry"), list);
            assertTrue(list.contains("Your keystore contains 5 entries"), list);
            assertRecordsAreThere(WORDS);
            keytool("-storepasswd", "-new", "battery staple").succeeded();
            assertRecordsAreThere("battery staple");
        }

        @Test
        void whatTheTrustListsImportedIsATrustedCertificateUntilItIsRejected() throws Exception {
            CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root B"))
                    .profile(CertificateProfile.authority())
                    .with(KeyType.EC_P256.generate());
            try (KeyStoreStorage storage = open(WORDS)) {
                TrustLists lists = TrustLists.in(storage).open();
                lists.importing(Pasted.parse(root.chain().toPem()));
                assertTrue(keytool("-list").succeeded().out().contains("trusted root b, "));
                lists.reject(root.chain().leaf());
            }
            assertFalse(keytool("-list").succeeded().out().contains("root b"));
        }

        private void trust(KeyStoreStorage storage, String name, String text) throws IOException {
            byte[] payload = ("certkit trust entry 1\n" + text).getBytes(StandardCharsets.UTF_8);
            storage.create(Shelf.of("trust").name(name), RecordContent.of(payload));
        }

        @Test
        void anEmptyStorageIsAKeyStoreToo() throws Exception {
            Files.delete(file());
            Files.delete(directory.resolve("server.p12.previous"));
            try (KeyStoreStorage storage = open(WORDS)) {
                storage.delete(storage.create(NOTE, CONTENT));
            }
            assertTrue(keytool("-list").succeeded().out().contains("contains 1 entry"));
            Peer.require("openssl")
                    .run(directory, "pkcs12", "-in", "server.p12", "-passin", "pass:" + WORDS, "-nodes")
                    .succeeded();
        }

        @Test
        void identitiesSealedUnderTheSamePassphraseAreShownAndOthersAreNot() throws Exception {
            try (KeyStoreStorage storage = open(WORDS)) {
                selfSigned(Identities.in(storage).sealedUnder(Passphrase.of(WORDS)), "sealed");
                selfSigned(Identities.in(storage).sealedUnder(Passphrase.of("another")), "hidden");
            }
            String list = keytool("-list").succeeded().out();
            assertTrue(list.contains("\nsealed, ") && !list.contains("hidden"), list);
            try (KeyStoreStorage storage = open(WORDS)) {
                assertTrue(Identities.in(storage)
                        .sealedUnder(Passphrase.of("another"))
                        .find("hidden")
                        .isPresent());
            }
        }
    }

    @Nested
    class Writing {
        @Test
        void anotherPassphraseSetByKeytoolKeepsEveryRecord() throws Exception {
            keytool("-storepasswd", "-new", "battery staple").succeeded();
            assertRecordsAreThere("battery staple");
            FileSystemException refused = assertThrows(FileSystemException.class, () -> open(WORDS));
            assertTrue(refused.getMessage().contains("the passphrase is wrong"), refused.getMessage());
            try (KeyStoreStorage storage = open("battery staple")) {
                assertTrue(storage.replace(note, CONTENT).revision() > note.revision());
            }
        }

        @Test
        void sharedIssuersInAFileThatKeytoolWroteAgainAreNoStrangers() throws Exception {
            CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Shared Root"))
                    .profile(CertificateProfile.authority())
                    .with(KeyType.EC_P256.generate());
            LocalAuthority authority = LocalAuthority.of(root);
            try (KeyStoreStorage storage = open(WORDS)) {
                Identities identities = Identities.in(storage).unencrypted();
                for (String name : List.of("one", "two")) {
                    PendingKey wish = identities.request(
                            name,
                            CertificationRequest.forSubject(DistinguishedName.cn(name))
                                    .san("localhost"),
                            KeyType.EC_P256);
                    identities.install(
                            name,
                            assertInstanceOf(Enrolment.Issued.class, authority.enrol(wish))
                                    .key()
                                    .chain());
                }
            }
            keytool("-storepasswd", "-new", "battery staple").succeeded();
            assertEquals(6, entries("battery staple"));
        }

        private int entries(String words) throws Exception {
            try (KeyStoreStorage storage = open(words)) {
                return Identities.in(storage).unencrypted().names().size();
            }
        }

        @Test
        void anEntryTakenOutByKeytoolIsToldAndNothingIsWrittenOver() throws Exception {
            keytool("-delete", "-alias", "web (2)").succeeded();
            assertRefusedAndUntouched("'web (2)' was taken out");
        }

        @Test
        void aCertificateAddedByKeytoolIsToldAndNothingIsWrittenOver() throws Exception {
            Files.writeString(
                    directory.resolve("ca.pem"),
                    selfSigned(identitiesElsewhere(), "ca").chain().toPem());
            keytool("-importcert", "-noprompt", "-alias", "an authority", "-file", "ca.pem")
                    .succeeded();
            assertRefusedAndUntouched("'an authority' was added or changed");
        }

        @Test
        void aKeyAddedByKeytoolIsToldAndNothingIsWrittenOver() throws Exception {
            keytool("-genkeypair", "-alias", "theirs", "-dname", "CN=theirs", "-keyalg", "EC")
                    .succeeded();
            assertRefusedAndUntouched("'theirs' was added or changed");
        }

        private void assertRefusedAndUntouched(String words) throws Exception {
            byte[] before = Files.readAllBytes(file());
            FileSystemException refused = assertThrows(FileSystemException.class, () -> open(WORDS));
            assertTrue(refused.getMessage().contains(words), refused.getMessage());
            assertArrayEquals(before, Files.readAllBytes(file()));
        }

        @Test
        void aFileOfAnotherProgramIsRefusedAsAStorageAndItsKeysAreImported() throws Exception {
            for (String type : List.of("PKCS12", "JKS")) {
                Files.delete(file());
                Files.deleteIfExists(directory.resolve("server.p12.previous"));
                keytool("-genkeypair", "-alias", "tomcat", "-dname", "CN=theirs", "-keyalg", "RSA", "-storetype", type)
                        .succeeded();
                assertThrows(IOException.class, () -> open(WORDS));
                Pasted entries = KeyStoreStorage.entriesOf(file(), Passphrase.of(WORDS));
                assertEquals(List.of("tomcat"), entries.keyNames());
                assertInstanceOf(
                        ImportResult.Installed.class,
                        identitiesElsewhere().importing(entries).key("tomcat").as("web"));
            }
        }

        private static Identities identitiesElsewhere() {
            return Identities.in(InMemoryStorage.empty()).unencrypted();
        }
    }

    @Test
    void everythingComesBack() throws Exception {
        assertRecordsAreThere(WORDS);
    }
}
