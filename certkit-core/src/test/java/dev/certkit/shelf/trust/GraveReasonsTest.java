package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.samples.ForgedCertificate;
import dev.certkit.trust.Holder;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What says that a certificate was forged, altered or revoked is not waived by just accepting it. */
@Tag("G5")
class GraveReasonsTest extends TrustListsLab {
    private static final EncodedCertificate ALTERED = altered(PRINTER.serverBy(ROOT));

    /** With one bit of the signature changed. */
    private static EncodedCertificate altered(EncodedCertificate sound) {
        byte[] der = sound.encoded();
        der[der.length - 1] ^= 1;
        try {
            return EncodedCertificate.decode(der);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static EncodedCertificate forged() {
        return ALTERED;
    }

    private static EncodedCertificate malformed() {
        return PRINTER.serverBy(
                PRINTER, server -> server.with(ForgedCertificate.KEY_USAGE, true, new byte[] {3, 1, 0}));
    }

    private TrustPolicy revoking(EncodedCertificate revoked) {
        TrustPolicy revocation = presented -> presented.certificates().get(0).equals(revoked)
                ? new TrustVerdict.Untrusted(List.of(new TrustReason.Revoked(0, Holder.NOW, "keyCompromise")))
                : new TrustVerdict.Trusted(presented.certificates().subList(0, 1));
        return BARE.and(revocation).deferringTo(lists);
    }

    private void assertRefused(EncodedCertificate certificate, TrustCode grave) throws IOException {
        Set<TrustCode> seen = reasons(certificate);
        assertTrue(seen.contains(grave), seen::toString);
        TrustEntry entry = lists.find(certificate.fingerprint()).orElseThrow();
        assertEquals(Set.of(grave), entry.graveReasons());
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> lists.accept(certificate.fingerprint()));
        assertTrue(refused.getMessage().contains(grave.name()), refused::getMessage);
        assertTrue(refused.getMessage().contains("insecureWaiving"), refused::getMessage);
        assertThrows(
                IllegalStateException.class, () -> lists.accept(certificate.fingerprint(), Acceptance.everywhere()));
        assertEquals(Optional.empty(), lists.find(certificate.fingerprint()).flatMap(TrustEntry::acceptance));
        assertFalse(policy.judge(by(HERE, certificate)).isTrusted());
        lists.accept(
                certificate.fingerprint(), Acceptance.everywhere().insecureWaiving(seen.toArray(TrustCode[]::new)));
        assertTrue(policy.judge(by(HERE, certificate)).isTrusted());
    }

    @Test
    void aForgedOneIsAcceptedOnlyByNamingThat() throws IOException {
        assertRefused(forged(), TrustCode.BAD_SIGNATURE);
    }

    @Test
    void aMalformedOneIsAcceptedOnlyByNamingThat() throws IOException {
        assertRefused(malformed(), TrustCode.MALFORMED);
    }

    @Test
    void aRevokedOneIsAcceptedOnlyByNamingThat() throws IOException {
        EncodedCertificate revoked = PRINTER.serverBy(ROOT);
        policy = revoking(revoked);
        assertRefused(revoked, TrustCode.REVOKED);
    }

    @Test
    void oneThatWasAcceptedBeforeItWasRevokedIsNotTrustedAnyMore() throws IOException {
        EncodedCertificate server = PRINTER.serverBy(STRANGER);
        reasons(server);
        lists.accept(server.fingerprint());
        assertTrue(trusts(server));
        policy = revoking(server);
        assertEquals(Set.of(TrustCode.REVOKED), reasons(server));
        assertThrows(IllegalStateException.class, () -> lists.accept(server.fingerprint()));
        assertEquals(Set.of(TrustCode.REVOKED), reasons(server));
    }

    @Test
    void theyAreWaivedByNoOrdinaryCall() {
        for (TrustCode grave : List.of(TrustCode.BAD_SIGNATURE, TrustCode.MALFORMED, TrustCode.REVOKED)) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> Acceptance.everywhere()
                            .waiving(TrustCode.EXPIRED, grave));
            assertTrue(refused.getMessage().contains("insecureWaiving"), refused::getMessage);
        }
    }

    @Test
    void namingOtherReasonsAcceptsItWithoutThem() throws IOException {
        EncodedCertificate forged = forged();
        reasons(forged);
        lists.accept(forged.fingerprint(), Acceptance.everywhere().waiving(TrustCode.EXPIRED));
        assertEquals(Set.of(TrustCode.BAD_SIGNATURE), reasons(forged));
    }

    @Test
    void whatIsWaivedByNameIsKeptOverARestart() throws IOException {
        EncodedCertificate forged = forged();
        reasons(forged);
        lists.accept(forged.fingerprint(), Acceptance.everywhere().insecureWaiving(TrustCode.BAD_SIGNATURE));
        reopen();
        assertTrue(trusts(forged));
        assertEquals(
                Set.of(TrustCode.BAD_SIGNATURE),
                lists.servers().get(0).acceptance().orElseThrow().waived());
    }
}
