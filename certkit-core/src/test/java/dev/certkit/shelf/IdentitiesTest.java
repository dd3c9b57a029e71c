package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private static final DistinguishedName SUBJECT =
            DistinguishedName.cn("printer-7").o("Acme").c("FR");
    private static final CertificationRequest.Draft DRAFT =
            CertificationRequest.forSubject(SUBJECT).san("printer-7.local", "192.0.2.7");
    private static final LocalAuthority CA = LocalAuthority.of(CertifiedKey.selfSigned(DistinguishedName.cn("Test CA"))
            .profile(CertificateProfile.authority())
            .with(KeyType.EC_P256.generate()));

    private final Storage storage = InMemoryStorage.empty();
    private final Identities identities = Identities.in(storage).unencrypted();

    private static CertificateChain certify(CertificationRequest request) throws IOException {
        return ((Issuance.Certified) CA.issue(request)).chain();
    }

    private static CertifiedKey selfSigned(String name) {
        return CertifiedKey.selfSigned(DistinguishedName.cn(name)).with(KeyType.EC_P256.generate());
    }

    private Identities reopened() {
        return Identities.in(storage).unencrypted();
    }

    @Nested
    @Tag("T3")
    class ARequest {
        @Test
        void isStoredBeforeAnybodyIsAsked() throws IOException {
            PendingKey pending = identities.request("web", DRAFT, KeyType.EC_P256);

            PendingKey found = reopened().pending("web").orElseThrow();
            assertEquals(pending.request(), found.request());
            assertArrayEquals(pending.request().encoded(), found.request().encoded());
            assertEquals(Optional.empty(), identities.find("web"));
        }

        @Test
        void isNotOverwrittenByAnotherRequest() throws IOException {
            PendingKey first = identities.request("web", DRAFT, KeyType.EC_P256);

            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> identities.request("web", DRAFT, KeyType.EC_P256));

            assertTrue(refused.getMessage().contains("web"), refused.getMessage());
            assertEquals(
                    first.request(), identities.pending("web").orElseThrow().request());
        }

        @Test
        void isNotLostWhenTheStorageFails() throws IOException {
            storage.close();

            assertThrows(IllegalStateException.class, () -> identities.request("web", DRAFT, KeyType.EC_P256));
        }

        @Test
        void remembersTheTransactionUnderWhichItIsAwaited() throws IOException {
            identities.request("web", DRAFT, KeyType.EC_P256);
            assertEquals(Optional.empty(), identities.transactionId("web"));

            identities.awaiting("web", "A1\r\nstate: forged");

            assertEquals(Optional.of("A1\r\nstate: forged"), reopened().transactionId("web"));
            assertTrue(reopened().pending("web").isPresent());
        }

        @Test
        void canBeGivenUp() throws IOException {
            identities.request("web", DRAFT, KeyType.EC_P256);

            identities.withdraw("web");

            assertEquals(Optional.empty(), identities.pending("web"));
            assertEquals(List.of(), identities.names());
            assertThrows(IllegalStateException.class, () -> identities.withdraw("web"));
            assertThrows(IllegalStateException.class, () -> identities.awaiting("web", "A1"));
        }
    }

    @Nested
    @Tag("S15")
    class AnAnswer {
        @Test
        void installsWithThePendingKeyInOneStep() throws IOException {
            PendingKey pending = identities.request("web", DRAFT, KeyType.EC_P256);
            identities.awaiting("web", "A1");
            CertificateChain chain = certify(pending.request());

            CertifiedKey installed = identities.install("web", chain);

            assertEquals(chain, installed.chain());
            assertEquals(chain, reopened().find("web").orElseThrow().chain());
            assertEquals(Optional.empty(), identities.pending("web"));
            assertEquals(Optional.empty(), identities.transactionId("web"));
        }

        @Test
        @Tag("T3")
        void forAnotherKeyChangesNothing() throws IOException {
            PendingKey pending = identities.request("web", DRAFT, KeyType.EC_P256);
            CertificateChain stranger = selfSigned("stranger").chain();

            assertThrows(KeyMismatchException.class, () -> identities.install("web", stranger));

            assertEquals(Optional.empty(), identities.find("web"));
            assertEquals(
                    pending.request(), identities.pending("web").orElseThrow().request());
        }

        @Test
        void withoutARequestIsRefused() {
            CertificateChain chain = selfSigned("stranger").chain();

            assertThrows(IllegalStateException.class, () -> identities.install("web", chain));
        }

        @Test
        void toARenewalReplacesTheKeyInUseAndNotBefore() throws IOException {
            CertifiedKey first = selfSigned("printer-7");
            identities.install("web", first);
            PendingKey next = identities.request("web", DRAFT, KeyType.EC_P256);
            assertEquals(first.chain(), identities.find("web").orElseThrow().chain());

            CertificateChain renewed = certify(next.request());
            identities.install("web", renewed);

            assertEquals(renewed, identities.find("web").orElseThrow().chain());
            assertEquals(Optional.empty(), identities.pending("web"));
        }
    }

    @Nested
    class AnInstalledKey {
        @Test
        void leavesAPendingRequestForAnotherKeyAlone() throws IOException {
            PendingKey pending = identities.request("web", DRAFT, KeyType.EC_P256);

            identities.install("web", selfSigned("meanwhile"));

            assertEquals(
                    pending.request(), identities.pending("web").orElseThrow().request());
        }

        @Test
        void isRefusedWhenItsHalvesDoNotBelongTogether() throws IOException {
            KeyPair one = KeyType.EC_P256.generate();
            KeyPair other = KeyType.EC_P256.generate();
            CertifiedKey mixed =
                    CertifiedKey.selfSigned(SUBJECT).with(new KeyPair(one.getPublic(), other.getPrivate()));
            CertifiedKey good = selfSigned("good");
            identities.install("web", good);

            assertThrows(KeyMismatchException.class, () -> identities.install("web", mixed));

            assertEquals(good.chain(), identities.find("web").orElseThrow().chain());
        }

        @Test
        void isFoundByTheFingerprintOfItsCertificate() throws IOException {
            CertifiedKey key = selfSigned("printer-7");
            identities.install("web", key);

            Optional<StoredRecord> found = storage.findByFingerprint(
                    Shelf.of("identities"), Fingerprint.sha256(key.chain().leaf()));

            assertEquals("web", found.orElseThrow().name().text());
        }

        @Test
        @Tag("W1")
        void isListedUnderItsNameWhateverThatIs() throws IOException {
            List<String> names = List.of("../../etc/passwd", "A", "a", "web", "\u202Egnp", "\u00e9");
            for (String name : names) {
                identities.install(name, selfSigned("x"));
            }

            assertEquals(
                    names.stream().sorted().toList(),
                    identities.names().stream().sorted().toList());
        }

        @Test
        @Tag("W3")
        void isGoneAfterItWasDeletedAndDeletingAgainIsHarmless() throws IOException {
            identities.install("web", selfSigned("x"));

            identities.delete("web");
            identities.delete("web");

            assertEquals(List.of(), identities.names());
            assertEquals(Optional.empty(), identities.find("web"));
        }
    }

    @Nested
    class ASealedKey {
        private final Identities sealed = Identities.in(storage).sealedUnder(Passphrase.of("correct horse"));

        private String stored() throws IOException {
            StoredRecord record =
                    storage.find(Shelf.of("identities").name("web")).orElseThrow();
            return new String(record.content().payload(), StandardCharsets.UTF_8);
        }

        @Test
        void isNotReadableInTheStorage() throws IOException {
            PendingKey pending = sealed.request("web", DRAFT, KeyType.EC_P256);
            assertTrue(stored().contains("BEGIN ENCRYPTED PRIVATE KEY"), stored());
            assertFalse(stored().contains("BEGIN PRIVATE KEY"), stored());

            sealed.install("web", certify(pending.request()));

            assertFalse(stored().contains("BEGIN PRIVATE KEY"), stored());
            assertTrue(sealed.find("web").isPresent());
        }

        @Test
        void doesNotOpenUnderAnotherPassphraseAndIsNotHarmed() throws IOException {
            sealed.install("web", selfSigned("x"));
            String before = stored();
            Identities stranger = Identities.in(storage).sealedUnder(Passphrase.of("wrong"));

            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> stranger.find("web"));

            assertTrue(refused.getMessage().contains("passphrase is wrong"), refused.getMessage());
            assertEquals(before, stored());
        }

        @Test
        void needsAPassphraseThatIsNotEmpty() {
            assertThrows(
                    IllegalArgumentException.class, () -> Identities.in(storage).sealedUnder(Passphrase.of("")));
        }
    }

    @Nested
    @Tag("T9")
    class ALiveIdentity {
        @Test
        void isTheSameValueWhileNothingChanged() throws IOException {
            identities.install("web", selfSigned("x"));
            Supplier<CertifiedKey> live = identities.live("web");

            assertSame(live.get(), live.get());
        }

        @Test
        void staysTheSameValueWhenOtherRecordsChange() throws IOException {
            identities.install("web", selfSigned("x"));
            Supplier<CertifiedKey> live = identities.live("web");
            CertifiedKey before = live.get();

            identities.install("other", selfSigned("y"));

            assertSame(before, live.get());
        }

        @Test
        void followsWhatIsInstalledLater() throws IOException {
            identities.install("web", selfSigned("x"));
            Supplier<CertifiedKey> live = identities.live("web");
            CertifiedKey before = live.get();
            CertifiedKey next = selfSigned("x");

            reopened().install("web", next);

            assertNotEquals(before.chain(), live.get().chain());
            assertEquals(next.chain(), live.get().chain());
        }

        @Test
        void saysWhatIsMissingWhenNothingIsInstalled() {
            IllegalStateException missing = assertThrows(
                    IllegalStateException.class, () -> identities.live("web").get());

            assertTrue(missing.getMessage().contains("web"), missing.getMessage());
        }
    }

    @Nested
    class ManyThreads {
        @Test
        void makeOneRequestOnly() throws Exception {
            assertEquals(1, successes(this::request));
        }

        @Test
        void makeOneSelfSignedCertificateOnly() throws Exception {
            assertEquals(1, successes(this::selfSign));
        }

        private int successes(Callable<Boolean> attempt) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                int made = 0;
                for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(32, attempt))) {
                    made += each.get() ? 1 : 0;
                }
                return made;
            } finally {
                threads.shutdownNow();
            }
        }

        private boolean selfSign() throws IOException {
            try {
                identities.selfSigned("web", CertifiedKey.selfSigned(SUBJECT), KeyType.EC_P256);
                return true;
            } catch (IllegalStepException e) {
                return false;
            }
        }

        private boolean request() throws IOException {
            try {
                identities.request("web", DRAFT, KeyType.EC_P256);
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }
    }

    @Test
    void aRecordOfAnotherFormatIsRefusedAndKept() throws IOException {
        RecordName name = Shelf.of("identities").name("web");
        byte[] foreign = "something else".getBytes(StandardCharsets.UTF_8);
        storage.create(name, RecordContent.of(foreign));

        assertThrows(MalformedEncodingException.class, () -> identities.find("web"));
        assertThrows(MalformedEncodingException.class, () -> identities.install("web", selfSigned("x")));

        assertArrayEquals(foreign, storage.find(name).orElseThrow().content().payload());
    }
}
