package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DistinguishedNameProperties {
    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadBackToTheSameOctets(@ForAll("names") DistinguishedName name) {
        assertArrayEquals(
                name.encoded(), DistinguishedName.parse(name.toString()).encoded());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theTextHasNothingThatATerminalObeys(@ForAll("names") DistinguishedName name) {
        assertTrue(name.toString().codePoints().allMatch(Encoding::isPlain), name.toString());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theJdksReaderOfRfc4514FindsAsManyAttributes(@ForAll("values") String cn, @ForAll("values") String o)
            throws InvalidNameException {
        LdapName ldap = new LdapName(DistinguishedName.cn(cn).o(o).toString());
        assertEquals(2, ldap.size());
        assertEquals(cn, ldap.getRdn(1).getValue());
        assertEquals(o, ldap.getRdn(0).getValue());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theJdkReadsTheOctetsAndGivesThemBack(@ForAll("names") DistinguishedName name) {
        assertArrayEquals(name.encoded(), name.toPrincipal().getEncoded());
        assertEquals(name, DistinguishedName.of(name.toPrincipal()));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void attributesAreReadBackAsTheyWereGiven(@ForAll("types") AttributeType type, @ForAll("values") String value) {
        DistinguishedName name = DistinguishedName.cn(value).with(type, value).plus(AttributeType.L, value);
        assertEquals(List.of(value), name.values(type));
        assertEquals(Optional.of(value), name.commonName());
        assertEquals(2, name.rdns().size());
        assertArrayEquals(
                name.encoded(), DistinguishedName.parse(name.toString()).encoded());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatTheJdkTakesForEqualIsEqual(
            @ForAll("names") DistinguishedName one, @ForAll("names") DistinguishedName other) {
        if (one.toPrincipal().equals(other.toPrincipal())) {
            assertEquals(one, other);
        }
        DistinguishedName again = DistinguishedName.of(one.toPrincipal());
        assertEquals(one, again);
        assertEquals(one.hashCode(), again.hashCode());
    }

    @Property(tries = 2000)
    void arbitraryOctetsAreANameOrAnIoException(@ForAll byte[] octets) {
        try {
            DistinguishedName name = DistinguishedName.decode(octets);
            assertEquals(name, DistinguishedName.decode(name.encoded()));
            assertFalse(name.toString().contains("\n"));
        } catch (IOException expected) {
            assertFalse(String.valueOf(expected.getMessage()).isEmpty());
        }
    }

    @Property(tries = 3000)
    void arbitraryTextIsANameOrAnIllegalArgument(@ForAll("hostile") String text) {
        try {
            DistinguishedName name = DistinguishedName.parse(text);
            assertEquals(name, DistinguishedName.parse(name.toString()), "and if it is one, it round trips");
            assertFalse(name.toString().contains("\n"));
        } catch (IllegalArgumentException expected) {
            assertEquals(IllegalArgumentException.class, expected.getClass(), expected.toString());
        }
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars(" ,+\"\\<>;=#/éß中🔑".toCharArray())
                .alpha()
                .numeric()
                .withChars('\u202E', '\u200B', '\u00A0', '\u2028')
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(value -> value.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
    }

    @Provide
    Arbitrary<AttributeType> types() {
        return Arbitraries.of(
                        "O",
                        "OU",
                        "title",
                        "givenName",
                        "UID",
                        "1.2.3.4",
                        "2.999.329800735698586629295641978511506172918")
                .map(AttributeType::of);
    }

    @Provide
    Arbitrary<DistinguishedName> names() {
        return Combinators.combine(
                        values(), values(), values(), Arbitraries.integers().between(0, 3))
                .as((cn, o, l, more) -> {
                    DistinguishedName name = DistinguishedName.cn(cn).o(o);
                    if (more > 0) {
                        name = name.l(l).c("FR");
                    }
                    if (more == 3) {
                        return name.plus(AttributeType.SURNAME, o)
                                .with(AttributeType.of("1.2.840.99999." + o.length()), l)
                                .plus(AttributeType.UID, cn)
                                .plus(AttributeType.of("2.999.1"), o);
                    }
                    return more > 1 ? name.ou(cn).st(l).serialNumber("42").email("a@b.fr") : name;
                });
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings()
                        .withChars("CNOU=,+#\\ 0123456789abcdefAF.\"".toCharArray())
                        .ofMaxLength(30)
                        .map(tail -> "CN=" + tail));
    }
}
