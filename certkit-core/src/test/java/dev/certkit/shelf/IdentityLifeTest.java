package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificateDetails;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.KeyUsage;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class IdentityLifeTest {
    private static final KeyType EC = KeyType.EC_P256;

    private final IdentityLab lab = new IdentityLab();
    private final Identities identities = lab.identities;

    private PendingKey requested() throws IOException {
        return identities.request("web", IdentityLab.WISHES, EC);
    }

    private CertifiedKey selfSigned() throws IOException {
        return identities.selfSigned("web", IdentityLab.OWN, EC);
    }

    private IllegalStepException refused(IdentityStep step, Executable action) throws IOException {
        String before = lab.stored("web");
        IllegalStepException refused = assertThrows(IllegalStepException.class, action);
        assertEquals(before, lab.stored("web"));
        assertEquals(step, refused.step());
        assertEquals("web", refused.identity());
        assertEquals(identities.steps("web"), refused.allowed());
        assertFalse(refused.allowed().contains(step));
        assertTrue(refused.getMessage().contains("web"), refused.getMessage());
        assertTrue(refused.getMessage().contains(refused.state().toString()), refused.getMessage());
        return refused;
    }

    @Nested
    @Tag("T1")
    @Tag("W1")
    class TheState {
        @Test
        void ofANameThatNobodyUsedIsNotConfigured() throws IOException {
            assertEquals(IdentityState.NOT_CONFIGURED, lab.state("web"));
            assertEquals(
                    EnumSet.of(IdentityStep.REQUEST, IdentityStep.SELF_SIGN, IdentityStep.IMPORT),
                    identities.steps("web"));
        }

        @Test
        void ofAKeyWithARequestIsNotSigned() throws IOException {
            requested();

            assertEquals(IdentityState.NOT_SIGNED, lab.state("web"));
            assertFalse(identities.summary("web").renewalPending());
            assertEquals("web: not signed", identities.summary("web").toString());
        }

        @Test
        void ofAnInstalledAnswerIsCaSigned() throws IOException {
            identities.install("web", IdentityLab.certify(requested().request()));

            assertEquals(IdentityState.CA_SIGNED, lab.state("web"));
        }

        @Test
        void ofACertificateThatVerifiesUnderItsOwnKeyIsSelfSigned() throws IOException {
            CertifiedKey own = selfSigned();

            assertEquals(IdentityState.SELF_SIGNED, lab.state("web"));
            assertEquals(own.chain(), identities.chain("web").orElseThrow());
            assertEquals(
                    Optional.of(own.chain().validity().notAfter()),
                    identities.summary("web").notAfter());
        }

        @Test
        void showsARenewalThatIsPendingBesideTheCertificate() throws IOException {
            selfSigned();
            requested();

            assertEquals(IdentityState.SELF_SIGNED, lab.state("web"));
            assertTrue(identities.summary("web").renewalPending());
        }
    }

    @Nested
    @Tag("T1")
    class AnIllegalStep {
        @Test
        void beforeThereIsAnythingIsRefusedAndTheWayInIsNamed() throws IOException {
            CertificateChain chain = IdentityLab.selfSigned("x").chain();

            refused(IdentityStep.INSTALL, () -> identities.install("web", chain));
            refused(IdentityStep.UNINSTALL, () -> identities.uninstall("web"));
            refused(IdentityStep.WITHDRAW, () -> identities.withdraw("web"));
            refused(IdentityStep.AWAIT, () -> identities.awaiting("web", "A1"));
            IllegalStepException renewal = refused(IdentityStep.RENEW, () -> identities.renew("web"));

            assertEquals(
                    "identity web is not configured, which does not allow the step renew;"
                            + " allowed now: request, self-sign, import",
                    renewal.getMessage());
            assertEquals(IdentityState.NOT_CONFIGURED, renewal.state());
        }

        @Test
        void whileARequestIsPendingIsRefused() throws IOException {
            requested();

            refused(IdentityStep.REQUEST, IdentityLifeTest.this::requested);
            refused(IdentityStep.REQUEST, () -> identities.request("web", EC));
            refused(IdentityStep.REQUEST, () -> identities.request("web"));
            refused(IdentityStep.RENEW, () -> identities.renew("web", EC));
            refused(IdentityStep.UNINSTALL, () -> identities.uninstall("web"));
        }

        @Test
        void onACertificateOfAnAuthorityIsRefused() throws IOException {
            identities.install("web", IdentityLab.certify(requested().request()));

            refused(IdentityStep.SELF_SIGN, IdentityLifeTest.this::selfSigned);
            refused(IdentityStep.RENEW, () -> identities.renew("web"));
            refused(IdentityStep.WITHDRAW, () -> identities.withdraw("web"));
        }

        @Test
        void thatWouldLoseAPendingKeyIsRefused() throws IOException {
            selfSigned();
            requested();

            IllegalStepException refused = refused(IdentityStep.UNINSTALL, () -> identities.uninstall("web"));

            assertTrue(refused.allowed().contains(IdentityStep.WITHDRAW));
            assertTrue(refused.getMessage().contains("self-signed with a pending request"), refused.getMessage());
        }

        @Test
        void showsANameThatIsSafeToPrint() {
            IllegalStepException refused =
                    assertThrows(IllegalStepException.class, () -> identities.withdraw("a\r\nb\u202e"));

            assertTrue(refused.getMessage().chars().allMatch(c -> c >= ' ' && c < 0x7f), refused.getMessage());
            assertEquals("a\r\nb\u202e", refused.identity());
        }
    }

    @Nested
    @Tag("W5")
    @Tag("C3")
    class TheRequestOfAnExistingIdentity {
        @Test
        void hasTheSameKeySubjectAndNames() throws IOException {
            CertifiedKey own = selfSigned();

            CertificationRequest request = identities.request("web").request();

            X509Certificate leaf = own.chain().leaf();
            assertArrayEquals(
                    leaf.getPublicKey().getEncoded(), request.publicKey().getEncoded());
            assertEquals(IdentityLab.SUBJECT, request.subject());
            assertEquals(Certificates.subjectAlternativeNames(leaf), request.subjectAlternativeNames());
            assertEquals(own.chain(), identities.chain("web").orElseThrow());
        }

        @Test
        void isTheSameEachTimeItIsAskedFor() throws IOException {
            selfSigned();

            CertificationRequest first = identities.request("web").request();

            assertEquals(first, identities.request("web").request());
            assertEquals(Optional.of(first), identities.certificationRequest("web"));
        }

        @Test
        @Tag("W6")
        void isAnsweredByACertificateThatInstallsOverTheSelfSignedOne() throws IOException {
            CertifiedKey own = selfSigned();
            CertificateChain answer =
                    IdentityLab.certify(identities.request("web").request());

            CertifiedKey installed = identities.install("web", answer);

            assertEquals(own.privateKey(), installed.privateKey());
            assertEquals(answer, identities.find("web").orElseThrow().chain());
            assertEquals(IdentityState.CA_SIGNED, lab.state("web"));
            assertFalse(identities.summary("web").renewalPending());
        }

        @Test
        void keepsItsKeyWhenTheSelfSignedCertificateGetsAnotherOne() throws IOException {
            selfSigned();
            CertificateChain answer =
                    IdentityLab.certify(identities.request("web").request());

            CertifiedKey renewed = identities.renew("web", EC);
            assertEquals(renewed.chain(), identities.chain("web").orElseThrow());

            assertEquals(answer, identities.install("web", answer).chain());
        }

        @Test
        void isNotAnsweredByTheSelfSignedCertificateItself() throws IOException {
            CertifiedKey own = selfSigned();
            PendingKey pending = identities.request("web");

            assertThrows(KeyMismatchException.class, () -> identities.install("web", own.chain()));

            assertEquals(
                    pending.request(), identities.pending("web").orElseThrow().request());
        }

        @Test
        void canBeOfANewKeyForTheSameNames() throws IOException {
            CertifiedKey own = selfSigned();

            CertificationRequest request = identities.request("web", EC).request();

            assertNotEquals(own.chain().leaf().getPublicKey(), request.publicKey());
            assertEquals(IdentityLab.SUBJECT, request.subject());
            assertEquals(Certificates.subjectAlternativeNames(own.chain().leaf()), request.subjectAlternativeNames());
        }

        @Test
        void isNeededOnlyOnceAsACertificateForTheKeyInUseIsAlwaysWelcome() throws IOException {
            CertificationRequest request = requested().request();
            CertificateChain first = IdentityLab.certify(request);
            CertificateChain second = IdentityLab.certify(request);
            identities.install("web", first);

            identities.install("web", second);

            assertEquals(second, identities.chain("web").orElseThrow());
        }
    }

    @Nested
    @Tag("C3")
    class ARenewedSelfSignedCertificate {
        private final MovableClock clock = MovableClock.at(Instant.parse("2027-01-01T00:00:00Z"));
        private final Identities later = Identities.in(lab.storage).clock(clock).unencrypted();

        @Test
        void keepsItsKeyNamesAndLengthOfLife() throws IOException {
            CertifiedKey own = identities.selfSigned("web", IdentityLab.OWN.validFor(Duration.ofDays(90)), EC);

            CertifiedKey renewed = later.renew("web");

            CertificateDetails before = CertificateDetails.of(own.chain().leaf());
            CertificateDetails after = CertificateDetails.of(renewed.chain().leaf());
            assertEquals(before.subject(), after.subject());
            assertEquals(before.subjectAlternativeNames(), after.subjectAlternativeNames());
            assertEquals(before.extendedKeyUsages(), after.extendedKeyUsages());
            assertEquals(before.keyUsages(), after.keyUsages());
            assertEquals(before.subjectKeyIdentifier(), after.subjectKeyIdentifier());
            assertNotEquals(before.serialNumber(), after.serialNumber());
            assertTrue(after.isSelfSigned());
            assertEquals(clock.instant().plus(Duration.ofDays(90)), after.notAfter());
            assertEquals(
                    Duration.between(before.notBefore(), before.notAfter()),
                    Duration.between(after.notBefore(), after.notAfter()));
            assertEquals(renewed.chain(), identities.chain("web").orElseThrow());
        }

        @Test
        void keepsWhatNoProfileOfOursHas() throws IOException {
            byte[] comment = {0x16, 0x01, 0x21};
            CertifiedKey own = CertifiedKey.selfSigned(IdentityLab.SUBJECT)
                    .profile(CertificateProfile.tlsClient().forUsages(KeyUsage.KEY_AGREEMENT))
                    .extension(EncodedCertificate.Extension.of("2.16.840.1.113730.1.13", comment))
                    .with(EC.generate());
            identities.install("web", own);

            for (CertifiedKey renewed : List.of(later.renew("web"), later.renew("web", EC))) {
                X509Certificate leaf = renewed.chain().leaf();
                assertEquals(
                        Set.of(KeyUsage.KEY_AGREEMENT),
                        CertificateDetails.of(leaf).keyUsages());
                assertArrayEquals(
                        own.chain().leaf().getExtensionValue("2.16.840.1.113730.1.13"),
                        leaf.getExtensionValue("2.16.840.1.113730.1.13"));
            }
        }

        @Test
        void withoutAnEndIsRenewedAlmostWithoutOne() throws IOException {
            CertifiedKey endless = CertifiedKey.selfSigned(IdentityLab.SUBJECT)
                    .clock(MovableClock.at("2020-01-01T00:00:00Z"))
                    .validFor(Duration.between(Instant.parse("2020-01-02T00:00:00Z"), Validity.NO_END))
                    .with(EC.generate());
            identities.install("web", endless);

            CertifiedKey renewed = later.renew("web");

            assertTrue(
                    renewed.chain().validity().notAfter().isAfter(Instant.parse("9999-12-30T00:00:00Z")),
                    renewed.chain().validity().toString());
        }

        @Test
        void canHaveANewKey() throws IOException {
            CertifiedKey own = selfSigned();

            CertifiedKey renewed = identities.renew("web", KeyType.EC_P384);

            assertNotEquals(
                    own.chain().leaf().getPublicKey(), renewed.chain().leaf().getPublicKey());
            assertEquals(
                    Certificates.subjectAlternativeNames(own.chain().leaf()),
                    Certificates.subjectAlternativeNames(renewed.chain().leaf()));
            assertEquals(renewed.chain(), identities.find("web").orElseThrow().chain());
        }
    }

    @Nested
    @Tag("T5")
    class AnUninstalledCertificate {
        @Test
        void leavesItsKeyAndTheRequestToBeDownloadedAgain() throws IOException {
            PendingKey pending = requested();
            identities.install("web", IdentityLab.certify(pending.request()));

            identities.uninstall("web");

            assertEquals(IdentityState.NOT_SIGNED, lab.state("web"));
            assertEquals(Optional.of(pending.request()), identities.certificationRequest("web"));
            assertEquals(
                    pending.privateKey(),
                    identities.pending("web").orElseThrow().privateKey());
            assertEquals(Optional.empty(), identities.find("web"));
        }

        @Test
        void isRequestedAnewIfItNeverWas() throws IOException {
            CertifiedKey own = selfSigned();

            identities.uninstall("web");

            CertificationRequest request =
                    identities.certificationRequest("web").orElseThrow();
            assertEquals(IdentityLab.SUBJECT, request.subject());
            assertEquals(own.chain().leaf().getPublicKey(), request.publicKey());
        }

        @Test
        void canBeInstalledOnceMore() throws IOException {
            CertificateChain chain = IdentityLab.certify(requested().request());
            identities.install("web", chain);
            identities.uninstall("web");

            identities.install("web", chain);

            assertEquals(IdentityState.CA_SIGNED, lab.state("web"));
        }

        @Test
        void goesForGoodWhenItsRequestIsWithdrawn() throws IOException {
            identities.install("web", IdentityLab.certify(requested().request()));
            identities.uninstall("web");

            identities.withdraw("web");

            assertEquals(IdentityState.NOT_CONFIGURED, lab.state("web"));
            assertEquals(List.of(), identities.names());
        }

        @Test
        void leavesARequestForItsKeyPending() throws IOException {
            selfSigned();
            PendingKey pending = identities.request("web");

            identities.uninstall("web");

            assertEquals(Optional.of(pending.request()), identities.certificationRequest("web"));
        }
    }

    @Nested
    @Tag("W1")
    class AList {
        @Test
        void hasEveryIdentityWithItsStateAndEnd() throws IOException {
            requested();
            identities.selfSigned("own", IdentityLab.OWN, EC);
            CertifiedKey certified = IdentityLab.certified();
            identities.install("z", certified);
            identities.request("z", EC);

            List<IdentitySummary> list = identities.list();

            assertEquals(
                    List.of("own", "web", "z"),
                    list.stream().map(IdentitySummary::name).toList());
            assertEquals(
                    List.of(IdentityState.SELF_SIGNED, IdentityState.NOT_SIGNED, IdentityState.CA_SIGNED),
                    list.stream().map(IdentitySummary::state).toList());
            assertEquals(
                    Optional.of(certified.chain().validity().notAfter()),
                    list.get(2).notAfter());
            assertTrue(list.get(2).renewalPending());
            assertEquals(Optional.empty(), list.get(1).notAfter());
        }

        @Test
        void showsADamagedRecordAmongItsNeighbours() throws IOException {
            identities.selfSigned("a", IdentityLab.OWN, EC);
            lab.storage.create(Shelf.of("identities").name("b"), content("certkit identity 1\n\nin use:\njunk"));
            identities.selfSigned("c", IdentityLab.OWN, EC);

            assertEquals(
                    List.of(IdentityState.SELF_SIGNED, IdentityState.UNREADABLE, IdentityState.SELF_SIGNED),
                    identities.list().stream().map(IdentitySummary::state).toList());
            assertThrows(IOException.class, () -> identities.summary("b"));
        }

        @Test
        void isNotMisledByANoteAboutAnotherCertificate() throws IOException {
            selfSigned();
            String own = lab.stored("web");
            String note = own.lines()
                    .filter(line -> line.startsWith("self-signed: "))
                    .findFirst()
                    .orElseThrow();
            identities.install("ca", IdentityLab.certified());
            String forged = lab.stored("ca").replace("certkit identity 1\n", "certkit identity 1\n" + note + "\n");
            lab.storage.create(Shelf.of("identities").name("forged"), content(forged));
            lab.storage.create(Shelf.of("identities").name("bare"), content(own.replace(note + "\n", "")));
            lab.storage.create(Shelf.of("identities").name("edited"), content(own.replace("\n", "\r\n")));

            assertEquals(IdentityState.CA_SIGNED, lab.state("forged"));
            assertEquals(IdentityState.SELF_SIGNED, lab.state("bare"));
            assertEquals(IdentityState.SELF_SIGNED, lab.state("edited"));
            assertTrue(identities.find("edited").isPresent());
        }

        private RecordContent content(String text) {
            return RecordContent.of(text.getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void namesAllWhoHaveAKey() throws IOException {
            CertifiedKey shared = IdentityLab.certified();
            identities.install("a", shared);
            identities.install("b", shared);
            identities.selfSigned("c", IdentityLab.OWN, EC);
            PendingKey pending = identities.request("d", IdentityLab.WISHES, EC);

            assertEquals(
                    List.of("a", "b"), identities.holders(shared.chain().leaf().getPublicKey()));
            assertEquals(List.of("d"), identities.holders(pending.request().publicKey()));
        }
    }

    @Test
    @Tag("C3")
    void theRequestThatACertificateAnsweredStaysToBeDownloaded() throws IOException {
        PendingKey pending = requested();

        identities.install("web", IdentityLab.certify(pending.request()));

        assertEquals(Optional.of(pending.request()), identities.certificationRequest("web"));
        assertEquals(Optional.empty(), identities.pending("web"));
    }

    @Test
    @Tag("T1")
    void theStepsOfAStateCannotBeChangedByWhoAsks() throws IOException {
        Set<IdentityStep> steps = identities.steps("web");

        assertThrows(UnsupportedOperationException.class, () -> steps.add(IdentityStep.DELETE));
    }
}
