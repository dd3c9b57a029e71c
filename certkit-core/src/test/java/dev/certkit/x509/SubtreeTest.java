package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.x509.NameConstraints.Subtree;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubtreeTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,   ip:192.0.2.0/24",
        "192.0.2.7,      ip:192.0.2.7/32",
        "0.0.0.0/0,      ip:0.0.0.0/0",
        "192.0.2.128/25, ip:192.0.2.128/25",
        "2001:db8::/32,  ip:2001:db8::/32",
        "2001:db8::/33,  ip:2001:db8::/33",
        "2001:db8::7,    ip:2001:db8::7/128"
    })
    void aRangeIsWrittenAsItIsRead(String range, String shown) {
        assertEquals(shown, Subtree.ip(range).toString());
    }

    @Test
    void aRangeIsAnAddressAndAMask() {
        assertArrayEquals(
                new byte[] {(byte) 192, 0, 2, 0, -1, -1, -1, 0},
                Subtree.ip("192.0.2.0/24").base());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1/24", "2001:db8::1/32", "192.0.2.0/33", "a.fr", "192.0.2.0/", "192.0.2.0/x", "/8"})
    void aRangeThatIsNoneIsTheCallersMistake(String range) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Subtree.ip(range));
        assertTrue(refused.getMessage().startsWith("range: "), refused.getMessage());
    }

    @Test
    void hostsBecomeALabelsInLowerCase() {
        assertEquals("dns:xn--socit-esab.fr", Subtree.dns("Société.FR").toString());
        assertEquals("dns:", Subtree.dns("").toString());
        assertEquals("uri:.example.fr", Subtree.uri(".Example.fr").toString());
        assertEquals("uri:example.fr", Subtree.uri("example.fr").toString());
        assertEquals("email:a@example.fr", Subtree.email("a@example.fr").toString());
        assertEquals("email:.example.fr", Subtree.email(".example.fr").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.example.fr", ".example.fr", "a b", "example.fr."})
    void aDomainThatIsNoneIsTheCallersMistake(String domain) {
        assertThrows(IllegalArgumentException.class, () -> Subtree.dns(domain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "*.example.fr", "..a.fr", "https://a.fr"})
    void hostsThatAreNoneAreTheCallersMistake(String hosts) {
        assertThrows(IllegalArgumentException.class, () -> Subtree.uri(hosts));
        assertThrows(IllegalArgumentException.class, () -> Subtree.email(hosts));
    }

    @Test
    void directoryAndOtherNamesKeepTheirContent() {
        DistinguishedName acme = DistinguishedName.parse("O=Acme,C=FR");
        assertArrayEquals(acme.encoded(), Subtree.directory(acme).base());
        assertEquals(4, Subtree.directory(acme).kind());
        GeneralName.OtherName other = GeneralName.OtherName.of("1.2.3", Der.utf8("x"));
        assertEquals(0, Subtree.of(other).kind());
        assertArrayEquals(other.encoded(), Der.tagged(0xA0, Subtree.of(other).base()));
    }

    @Test
    void constraintsAreAddedTo() {
        NameConstraints both = NameConstraints.permitting(Subtree.dns("a.fr"))
                .excluding(Subtree.dns("b.a.fr"))
                .excluding(Subtree.ip("0.0.0.0/0"));
        assertEquals(List.of(Subtree.dns("a.fr")), both.permitted());
        assertEquals(2, both.excluded().size());
    }

    @Test
    void reasonsHaveTheirNumbers() {
        assertEquals(Optional.of(RevocationReason.REMOVE_FROM_CRL), RevocationReason.of(8));
        assertEquals(Optional.empty(), RevocationReason.of(7));
        assertEquals("cACompromise", RevocationReason.CA_COMPROMISE.rfcName());
        for (RevocationReason reason : RevocationReason.values()) {
            assertEquals(Optional.of(reason), RevocationReason.of(reason.number()));
        }
    }
}
