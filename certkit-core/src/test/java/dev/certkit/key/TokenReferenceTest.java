package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The URIs of RFC 7512; those of keys in a token are made in the tests of tokens. */
@Tag("S2")
class TokenReferenceTest {
    @Test
    void theLabelIsReadWithItsEscapes() {
        String uri = "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;object=my%3b%C3%A9;type=private"
                + "?module-path=/usr/lib/p11.so";
        assertEquals("my;\u00e9", TokenReference.parse(uri).label());
        assertEquals(uri, TokenReference.parse(uri).toString());
        assertEquals(TokenReference.parse(uri), TokenReference.parse(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pkcs11:",
                "http:object=web",
                "pkcs11:type=private",
                "pkcs11:object=",
                "pkcs11:object=web;type=cert",
                "pkcs11:object=web;object=web",
                "pkcs11:object=web;",
                "pkcs11:object=a b",
                "pkcs11:object=%4",
                "pkcs11:object=%zz",
                "pkcs11:object=%ff",
                "pkcs11:object=web\n",
                "pkcs11:object=web?module-path"
            })
    void otherTextsAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TokenReference.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pin-value=4321-canary", "pin-source=file:/etc/pin"})
    void aPinIsRefusedAndNotRepeated(String pin) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> TokenReference.parse("pkcs11:object=web?" + pin));
        assertFalse(refused.getMessage().contains("canary"), refused.getMessage());
    }

    @Test
    void aKeyOutsideOfATokenHasNone() {
        assertEquals(
                Optional.empty(), TokenReference.to(KeyType.EC_P256.generate().getPrivate()));
    }
}
