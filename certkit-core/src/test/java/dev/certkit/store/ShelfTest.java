package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShelfTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "identities", "a-", "a0", "trust-lists-2"})
    void aNameOfTheGrammarIsTaken(String name) {
        assertEquals(name, Shelf.of(name).name());
        assertEquals(name, Shelf.of(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "0a", "-a", "a_b", "a.b", "a/b", "..", "a ", "\u00e9", "a\n"})
    void anyOtherNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Shelf.of(name));
    }

    @Test
    void theLongestNameHas64Characters() {
        assertEquals(64, Shelf.of("a".repeat(64)).name().length());
        assertThrows(IllegalArgumentException.class, () -> Shelf.of("a".repeat(65)));
    }

    @Test
    void theRefusalCannotForgeALine() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Shelf.of("a\nb"));
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }
}
