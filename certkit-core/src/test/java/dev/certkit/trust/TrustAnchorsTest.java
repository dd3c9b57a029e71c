package dev.certkit.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustAnchorsTest {
    private static final List<X509Certificate> SOME =
            TrustAnchors.system().certificates().subList(0, 3);

    @Test
    void ofNothingAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> TrustAnchors.of(List.of()))
                .getMessage();
        assertTrue(message.startsWith("certificates: none given"), message);
        assertThrows(IllegalArgumentException.class, TrustAnchors::of);
    }

    @Test
    void ofNullAreRefused() {
        assertThrows(NullPointerException.class, () -> TrustAnchors.of((List<X509Certificate>) null));
        assertThrows(NullPointerException.class, () -> TrustAnchors.of(SOME.get(0), null));
    }

    @Test
    void keepTheOrderAndDropDoubles() {
        assertEquals(
                SOME,
                TrustAnchors.of(SOME.get(0), SOME.get(1), SOME.get(0), SOME.get(2))
                        .certificates());
    }

    @Test
    void areNotChangedByTheCollectionTheyCameFrom() {
        List<X509Certificate> given = new ArrayList<>(SOME);
        TrustAnchors anchors = TrustAnchors.of(given);
        given.clear();
        assertEquals(SOME, anchors.certificates());
        assertThrows(UnsupportedOperationException.class, () -> anchors.certificates()
                .clear());
    }

    @Test
    void areEqualByTheirCertificates() {
        assertEquals(TrustAnchors.of(SOME), TrustAnchors.of(SOME.toArray(X509Certificate[]::new)));
        assertEquals(TrustAnchors.of(SOME).hashCode(), TrustAnchors.of(SOME).hashCode());
        assertNotEquals(TrustAnchors.of(SOME), TrustAnchors.of(SOME.get(0)));
        assertNotEquals(TrustAnchors.of(SOME), SOME);
    }

    @Test
    void ofTheSystemAreThoseOfTheJdk() {
        List<X509Certificate> system = TrustAnchors.system().certificates();
        assertTrue(system.size() > 50, () -> system.size() + " certificates");
        assertTrue(system.stream().allMatch(it -> it.getBasicConstraints() >= 0 || it.getVersion() == 1));
    }

    @Test
    void tellOnlyTheirNumber() {
        assertEquals("1 trust anchor", TrustAnchors.of(SOME.get(0)).toString());
        assertEquals("3 trust anchors", TrustAnchors.of(SOME).toString());
        assertEquals(3, Arrays.stream(SOME.toArray()).distinct().count());
    }
}
