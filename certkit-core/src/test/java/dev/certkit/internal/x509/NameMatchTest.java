package dev.certkit.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.NameConstraints.Subtree;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameMatchTest {
    private static boolean permitted(Subtree tree, GeneralName name) {
        return NameMatch.allows(NameConstraints.permitting(tree), name);
    }

    private static boolean excluded(Subtree tree, GeneralName name) {
        return !NameMatch.allows(NameConstraints.permitting().excluding(tree), name);
    }

    @Nested
    class Wildcards {
        @ParameterizedTest
        @CsvSource({
            "example.fr,      *.example.fr,   true",
            "example.fr,      *.a.example.fr, true",
            "a.example.fr,    *.example.fr,   false",
            "example.fr,      *.notexample.fr, false"
        })
        void arePermittedOnlyIfAllThatTheyStandForIs(String domain, String name, boolean expected) {
            assertEquals(expected, permitted(Subtree.dns(domain), GeneralName.dns(name)));
        }

        @ParameterizedTest
        @CsvSource({
            "a.example.fr,  *.example.fr,   true",
            "example.fr,    *.example.fr,   true",
            "example.fr,    *.a.example.fr, true",
            "a.example.org, *.example.fr,   false"
        })
        void areExcludedIfAnythingThatTheyStandForIs(String domain, String name, boolean expected) {
            assertEquals(expected, excluded(Subtree.dns(domain), GeneralName.dns(name)));
        }
    }

    @Nested
    class WhatCannotBeJudged {
        private final GeneralName principal = GeneralName.OtherName.of("1.2.3", Der.utf8("x"));
        private final GeneralName hostless = GeneralName.uri(URI.create("urn:x:y"));

        @Test
        void isNeverPermittedAndAlwaysExcluded() {
            Subtree others = Subtree.of(GeneralName.OtherName.of("1.2.3", Der.utf8("x")));
            assertFalse(permitted(others, principal));
            assertTrue(excluded(others, principal));
            assertFalse(permitted(Subtree.uri("a.fr"), hostless));
            assertTrue(excluded(Subtree.uri("a.fr"), hostless));
        }

        @Test
        void isFreeWhereItsKindIsNotConstrained() {
            assertTrue(permitted(Subtree.dns("a.fr"), principal));
            assertFalse(excluded(Subtree.dns("a.fr"), hostless));
        }
    }

    @Nested
    class EmailAddresses {
        @Test
        void keepTheCaseBeforeTheAtSignWhereOneIsPermitted() {
            Subtree one = Subtree.email("Alice@example.fr");
            assertTrue(permitted(one, GeneralName.email("Alice@EXAMPLE.fr")));
            assertFalse(permitted(one, GeneralName.email("alice@example.fr")));
        }

        @Test
        void loseItWhereOneIsExcluded() {
            assertTrue(excluded(Subtree.email("alice@example.fr"), GeneralName.email("Alice@example.fr")));
            assertFalse(excluded(Subtree.email("alice@example.fr"), GeneralName.email("bob@example.fr")));
        }

        @Test
        void areTakenByTheirHostOrTheHostsBelow() {
            assertTrue(permitted(Subtree.email(".example.fr"), GeneralName.email("a@b.example.fr")));
            assertFalse(permitted(Subtree.email(".example.fr"), GeneralName.email("a@example.fr")));
        }
    }

    @Nested
    class DirectoryNames {
        private final Subtree acme = Subtree.directory(DistinguishedName.parse("O=Acme,C=FR"));

        @Test
        void areWithinIfTheyEndInTheBaseWhateverItsCase() {
            for (String name : new String[] {"O=Acme,C=FR", "CN=x,O=ACME,C=fr", "CN=x,OU=y,O=Acme,C=FR"}) {
                assertTrue(permitted(acme, new GeneralName.DirectoryName(DistinguishedName.parse(name))), name);
            }
            for (String name : new String[] {"C=FR", "CN=x,C=FR", "O=Acme,CN=x,C=FR", "O=Acme2,C=FR"}) {
                assertFalse(permitted(acme, new GeneralName.DirectoryName(DistinguishedName.parse(name))), name);
            }
        }
    }
}
