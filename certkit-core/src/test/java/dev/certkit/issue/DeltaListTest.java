package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeltaListTest extends RevocationFixture {
    @Test
    void namesItsBaseCritically() throws Exception {
        RevocationList base = crl();
        RevocationList delta = delta(base);
        X509CRL crl = delta.toX509Crl();
        assertEquals(Set.of("2.5.29.27"), crl.getCriticalExtensionOIDs());
        assertArrayEquals(Der.octetString(Der.integer(base.number())), crl.getExtensionValue("2.5.29.27"));
        assertEquals(OptionalLong.of(base.number()), delta.base());
        assertEquals(2, delta.number());
    }

    @Test
    void listsOnlyWhatHasChanged() throws Exception {
        SerialNumber before = revoked(RevocationReason.SUPERSEDED);
        RevocationList base = crl();
        SerialNumber after = revoked(RevocationReason.KEY_COMPROMISE);
        RevocationList delta = delta(base);
        assertNull(entry(delta, before));
        assertEquals(CRLReason.KEY_COMPROMISE, entry(delta, after).getRevocationReason());
        assertEquals(1, delta.size());
    }

    @Test
    void listsWhatWasRevokedInTheVerySecondOfItsBase() throws Exception {
        RevocationList base = crl();
        revoked(RevocationReason.SUPERSEDED);
        assertEquals(1, delta(base).size());
    }

    @Test
    void listsAChangedReasonAnew() throws Exception {
        SerialNumber serial = revoked(RevocationReason.CERTIFICATE_HOLD);
        RevocationList base = crl();
        authority.revocations().revoke(serial, RevocationReason.KEY_COMPROMISE);
        assertEquals(CRLReason.KEY_COMPROMISE, entry(delta(base), serial).getRevocationReason());
    }

    @Test
    void saysRemoveFromCrlOfAReleaseAndOfNothingElse() throws Exception {
        SerialNumber held = revoked(RevocationReason.CERTIFICATE_HOLD);
        RevocationList base = crl();
        authority.revocations().release(held);
        RevocationList delta = delta(base);
        assertEquals(CRLReason.REMOVE_FROM_CRL, entry(delta, held).getRevocationReason());
        assertEquals(0, delta(crl()).size(), "the next base does not list it, so that there is nothing to remove");
    }

    @Test
    void canBeMadeToOlderBasesButNotToAnyNumber() throws Exception {
        RevocationList first = crl();
        revoked(RevocationReason.SUPERSEDED);
        crl();
        revoked(RevocationReason.SUPERSEDED);
        assertEquals(2, delta(first).size());
        for (long none : new long[] {0, -1, 3, 4711}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> authority.revocations().deltaCrl(none, WEEK));
            assertTrue(refused.getMessage().startsWith("base: "), refused.getMessage());
        }
    }

    @Test
    void cannotBeMadeToABaseThatIsTooOld() throws Exception {
        RevocationList first = crl();
        for (int i = 0; i < 15; i++) {
            crl();
        }
        delta(first);
        crl();
        assertThrows(IllegalArgumentException.class, () -> delta(first));
    }

    @Test
    void withItsBaseIsTheCompleteListAfterAnyChanges() throws Exception {
        Random random = new Random(7);
        List<SerialNumber> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(issue());
        }
        RevocationReason[] reasons = {
            RevocationReason.CERTIFICATE_HOLD, RevocationReason.SUPERSEDED, RevocationReason.KEY_COMPROMISE
        };
        RevocationList base = crl();
        for (int i = 0; i < 300; i++) {
            SerialNumber serial = all.get(random.nextInt(all.size()));
            if (random.nextInt(3) == 0) {
                authority.revocations().release(serial);
            } else {
                authority.revocations().revoke(serial, reasons[random.nextInt(10) < 8 ? 0 : random.nextInt(3)]);
            }
            RevocationList delta = delta(base);
            RevocationList complete = crl();
            assertEquals(serials(complete), merged(base, delta));
            base = i % 12 == 11 ? complete : base;
        }
    }

    private Set<BigInteger> serials(RevocationList list) {
        Set<BigInteger> serials = new HashSet<>();
        Set<? extends X509CRLEntry> entries = list.toX509Crl().getRevokedCertificates();
        (entries == null ? Collections.<X509CRLEntry>emptySet() : entries)
                .forEach(entry -> serials.add(entry.getSerialNumber()));
        return serials;
    }

    private Set<BigInteger> merged(RevocationList base, RevocationList delta) {
        Set<BigInteger> merged = serials(base);
        for (BigInteger serial : serials(delta)) {
            X509CRLEntry entry = delta.toX509Crl().getRevokedCertificate(serial);
            if (entry.getRevocationReason() == CRLReason.REMOVE_FROM_CRL) {
                merged.remove(serial);
            } else {
                merged.add(serial);
            }
        }
        return merged;
    }
}
