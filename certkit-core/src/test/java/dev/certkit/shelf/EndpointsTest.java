package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StorageFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EndpointsTest {
    private static final String PORT = "https-5753";

    private final IdentityLab lab = new IdentityLab();
    private final Identities identities = lab.identities;
    private final Endpoints endpoints = Endpoints.of(identities);
    private CertifiedKey web;
    private CertifiedKey other;

    @BeforeEach
    void install() throws IOException {
        web = IdentityLab.certified();
        other = IdentityLab.selfSigned("other");
        identities.install("web", web);
        identities.install("other", other);
    }

    @Nested
    @Tag("W11")
    class Binding {
        @Test
        void isKeptInTheStorageAndListed() throws IOException {
            endpoints.bind(PORT, "web");
            endpoints.bind("https-5754", "other");
            Endpoints again = Endpoints.of(Identities.in(lab.storage).unencrypted());
            assertEquals(
                    List.of(new Endpoints.Endpoint(PORT, "web"), new Endpoints.Endpoint("https-5754", "other")),
                    again.list());
            assertEquals(Optional.of("web"), again.identity(PORT));
        }

        @Test
        void againIsHarmless() throws IOException {
            endpoints.bind(PORT, "web");
            endpoints.bind(PORT, "web");
            endpoints.rebind(PORT, "web");
            assertEquals(1, endpoints.list().size());
        }

        @Test
        void ofABoundEndpointToAnotherIsRefusedButRebindingMovesIt() throws IOException {
            endpoints.bind(PORT, "web");
            String message = assertThrows(IllegalStateException.class, () -> endpoints.bind(PORT, "other"))
                    .getMessage();
            assertTrue(message.contains(PORT) && message.contains("web") && message.contains("rebind"), message);
            endpoints.rebind(PORT, "other");
            assertEquals(Optional.of("other"), endpoints.identity(PORT));
        }

        @Test
        void needsAnIdentityWithACertificate() throws IOException {
            identities.request("pending", IdentityLab.WISHES, KeyType.EC_P256);
            for (String none : List.of("nobody", "pending")) {
                String message = assertThrows(IllegalStateException.class, () -> endpoints.bind(PORT, none))
                        .getMessage();
                assertTrue(message.contains(none), message);
                assertEquals(Optional.empty(), endpoints.identity(PORT));
            }
            identities.delete("pending");
            endpoints.bind(PORT, "web");
            assertThrows(IllegalStateException.class, () -> endpoints.rebind(PORT, "nobody"));
            assertEquals(Optional.of("web"), endpoints.identity(PORT));
        }

        @Test
        void ofAnEndpointThatIsNotBoundCannotBeMoved() {
            assertThrows(IllegalStateException.class, () -> endpoints.rebind(PORT, "web"));
            assertThrows(IllegalArgumentException.class, () -> endpoints.bind("", "web"));
            assertThrows(IllegalArgumentException.class, () -> endpoints.bind(PORT, ""));
        }

        @Test
        void takesNamesOfEveryKind() throws IOException {
            String odd = "Büro \\ \n\u202e443";
            identities.install(odd, web);
            endpoints.bind(odd, odd);
            assertEquals(List.of(new Endpoints.Endpoint(odd, odd)), endpoints.list());
            assertThrows(IdentityInUseException.class, () -> identities.delete(odd));
        }

        @Test
        void endsWithUnbinding() throws IOException {
            endpoints.unbind(PORT);
            endpoints.bind(PORT, "web");
            endpoints.unbind(PORT);
            assertEquals(List.of(), endpoints.list());
        }
    }

    @Nested
    class TheIdentityOfAnEndpoint {
        @BeforeEach
        void bind() throws IOException {
            endpoints.bind(PORT, "web");
            endpoints.bind("https-5754", "web");
        }

        @Test
        @Tag("W3")
        void isNotDeletedAndTheErrorNamesTheEndpoints() throws IOException {
            IdentityInUseException refusal = assertThrows(IdentityInUseException.class, () -> identities.delete("web"));
            assertEquals("web", refusal.identity());
            assertEquals(IdentityStep.DELETE, refusal.step());
            assertEquals(List.of(PORT, "https-5754"), refusal.endpoints());
            assertTrue(refusal.getMessage().contains("https-5753, https-5754"), refusal.getMessage());
            assertEquals(web.chain(), identities.find("web").orElseThrow().chain());
            identities.delete("other");
            endpoints.unbind(PORT);
            endpoints.unbind("https-5754");
            identities.delete("web");
            assertEquals(List.of(), identities.names());
        }

        @Test
        @Tag("T5")
        void isUninstalledOnlyWhenTheServiceIsOffAndItsKeyGoesSeparately() throws IOException {
            IdentityInUseException refusal =
                    assertThrows(IdentityInUseException.class, () -> identities.uninstall("web"));
            assertEquals(IdentityStep.UNINSTALL, refusal.step());
            endpoints.unbind(PORT);
            endpoints.unbind("https-5754");
            identities.uninstall("web");
            assertEquals(IdentityState.NOT_SIGNED, lab.state("web"));
            identities.withdraw("web");
            assertEquals(IdentityState.NOT_CONFIGURED, lab.state("web"));
        }

        @Test
        void maySayWhichStepsAreLeft() throws IOException {
            Set<IdentityStep> bound = identities.steps("web");
            assertFalse(bound.contains(IdentityStep.DELETE));
            assertFalse(bound.contains(IdentityStep.UNINSTALL));
            assertTrue(bound.contains(IdentityStep.REQUEST));
            assertTrue(identities.steps("other").contains(IdentityStep.DELETE));
        }

        @Test
        void isRenewedAllTheSame() throws IOException {
            CertifiedKey renewed = IdentityLab.certified();
            identities.install("web", renewed);
            assertEquals(renewed.chain(), endpoints.live(PORT).get().chain());
        }
    }

    @Nested
    @Tag("W11")
    class TheLiveKey {
        @Test
        void followsRebindingAndRenewal() throws IOException {
            endpoints.bind(PORT, "web");
            Supplier<CertifiedKey> live = endpoints.live(PORT);
            assertEquals(web.chain(), live.get().chain());
            endpoints.rebind(PORT, "other");
            assertEquals(other.chain(), live.get().chain());
            CertifiedKey renewed = identities.renew("other");
            assertEquals(renewed.chain(), live.get().chain());
        }

        @Test
        void costsNoReadingWhileNothingChanges() throws IOException {
            endpoints.bind(PORT, "web");
            SteppedStorage counting = new SteppedStorage(lab.storage, call -> {});
            Supplier<CertifiedKey> live =
                    Endpoints.of(Identities.in(counting).unencrypted()).live(PORT);
            CertifiedKey first = live.get();
            int before = counting.calls();
            for (int i = 0; i < 10; i++) {
                assertEquals(first, live.get());
            }
            assertEquals(before + 20, counting.calls(), "two change tokens for each");
        }

        @Test
        void ofAnEndpointThatIsNotBoundSaysSo() throws IOException {
            Supplier<CertifiedKey> live = endpoints.live(PORT);
            assertTrue(assertThrows(IllegalStateException.class, live::get)
                    .getMessage()
                    .contains(PORT));
            endpoints.bind(PORT, "web");
            assertEquals(web.chain(), live.get().chain());
        }
    }

    @Nested
    class ADamagedRecord {
        @ParameterizedTest
        @ValueSource(
                strings = {"", "certkit endpoint 1\n", "certkit endpoint 1\nidentity: \\x\n", "certkit endpoint 2\n"})
        void isSaidAndProtectsAllIdentitiesUntilItIsUnbound(String text) throws IOException {
            lab.storage.create(
                    Shelf.of("endpoints").name(PORT),
                    RecordContent.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThrows(MalformedEncodingException.class, () -> endpoints.identity(PORT));
            assertThrows(MalformedEncodingException.class, () -> endpoints.bind(PORT, "web"));
            assertThrows(UncheckedIOException.class, () -> endpoints.live(PORT).get());
            assertThrows(MalformedEncodingException.class, () -> identities.delete("web"));
            endpoints.unbind(PORT);
            identities.delete("web");
        }
    }

    /** No bound endpoint may be without its identity, whoever comes in between and wherever it is cut off. */
    @Nested
    class AtTheSameTime {
        private void isWhole() throws IOException {
            for (Endpoints.Endpoint endpoint : endpoints.list()) {
                assertTrue(identities.find(endpoint.identity()).isPresent(), endpoint::toString);
            }
        }

        private Identities interrupted(int at, Runnable other) {
            return Identities.in(new SteppedStorage(lab.storage, call -> {
                        if (call == at) {
                            other.run();
                        }
                    }))
                    .unencrypted();
        }

        private void quietly(Attempt attempt) {
            try {
                attempt.run();
            } catch (IllegalStateException e) {
                // one of the two is refused
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private interface Attempt {
            void run() throws IOException;
        }

        @ParameterizedTest
        @ValueSource(strings = {"delete", "uninstall"})
        void aBindingIsInterruptedAnywhereByADeletion(String how) throws IOException {
            for (int at = 0; at < 12; at++) {
                identities.install("web", web);
                Endpoints slow = Endpoints.of(interrupted(at, () -> quietly(() -> giveUp(identities, how))));
                quietly(() -> slow.bind(PORT, "web"));
                isWhole();
                endpoints.unbind(PORT);
                quietly(() -> identities.withdraw("web"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"delete", "uninstall"})
        void aDeletionIsInterruptedAnywhereByABinding(String how) throws IOException {
            int refused = 0;
            for (int at = 0; at < 12; at++) {
                identities.install("web", web);
                Identities slow = interrupted(at, () -> quietly(() -> endpoints.bind(PORT, "web")));
                try {
                    giveUp(slow, how);
                } catch (IdentityInUseException e) {
                    refused++;
                }
                isWhole();
                endpoints.unbind(PORT);
                quietly(() -> identities.withdraw("web"));
            }
            assertTrue(refused > 1, "the binding never came in between");
        }

        private void giveUp(Identities who, String how) throws IOException {
            if (how.equals("delete")) {
                who.delete("web");
            } else {
                who.uninstall("web");
            }
        }

        @Test
        void aBindingThatIsCutOffAnywhereLeavesTheOldOneProtectedAndCanBeDoneAgain() throws IOException {
            for (int at = 0; at < 8; at++) {
                endpoints.bind(PORT, "web");
                int end = at;
                Storage dying = new SteppedStorage(lab.storage, call -> {
                    if (call >= end) {
                        throw new IOException("power cut");
                    }
                });
                Endpoints cut = Endpoints.of(Identities.in(dying).unencrypted());
                try {
                    cut.rebind(PORT, "other");
                } catch (IOException e) {
                    assertEquals(Optional.of("web"), endpoints.identity(PORT));
                    assertEquals(web.chain(), endpoints.live(PORT).get().chain());
                    assertThrows(IdentityInUseException.class, () -> identities.delete("web"));
                }
                isWhole();
                endpoints.rebind(PORT, "other");
                assertThrows(IdentityInUseException.class, () -> identities.delete("other"));
                assertDoesNotThrow(() -> identities.delete("web"), "it is not needed any more");
                identities.install("web", web);
                endpoints.unbind(PORT);
            }
        }

        @Test
        void aFirstBindingThatIsCutOffBindsNothingAndIsEndedByUnbinding() throws IOException {
            for (int at = 0; at < 5; at++) {
                int end = at;
                Storage dying = new SteppedStorage(lab.storage, call -> {
                    if (call >= end) {
                        throw new IOException("power cut");
                    }
                });
                Endpoints cut = Endpoints.of(Identities.in(dying).unencrypted());
                try {
                    cut.bind(PORT, "web");
                } catch (IOException e) {
                    assertEquals(List.of(), endpoints.list());
                }
                endpoints.unbind(PORT);
                identities.delete("web");
                identities.install("web", web);
            }
        }

        @Test
        void manyThreadsBindRebindDeleteAndInstall() throws Exception {
            List<Boolean> done = StorageFixture.together(8, () -> {
                for (int i = 0; i < 50; i++) {
                    String name = i % 3 == 0 ? "other" : "web";
                    quietlyStale(() -> endpoints.bind(PORT, name));
                    quietlyStale(() -> endpoints.rebind(PORT, name));
                    quietlyStale(() -> identities.delete("web"));
                    quietlyStale(() -> identities.install("web", web));
                    quietlyStale(() -> identities.uninstall("other"));
                    quietlyStale(() -> identities.install("other", other));
                }
                return true;
            });
            assertEquals(8, done.size());
            isWhole();
        }

        private void quietlyStale(Attempt attempt) throws IOException {
            try {
                attempt.run();
            } catch (IllegalStateException | StaleRecordException e) {
                // refused, or too many others at once
            }
        }
    }
}
