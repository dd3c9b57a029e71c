package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {
    private static final String CANARY = "hunter2-Schlüssel-🔑";

    @Nested
    class Copying {
        @Test
        void theCallersArrayMayBeWipedAtOnce() {
            char[] mine = CANARY.toCharArray();
            Passphrase passphrase = Passphrase.of(mine);
            Arrays.fill(mine, 'x');
            assertEquals(CANARY, passphrase.use(String::new));
        }

        @Test
        void whatIsLentIsWipedAfterwards() {
            AtomicReference<char[]> kept = new AtomicReference<>();
            Passphrase.of(CANARY).use(lent -> {
                kept.set(lent);
                return 0;
            });
            assertArrayEquals(new char[CANARY.length()], kept.get());
        }

        @Test
        void whatIsLentIsWipedAfterAFailureToo() {
            AtomicReference<char[]> kept = new AtomicReference<>();
            assertThrows(
                    IllegalArgumentException.class, () -> Passphrase.of(CANARY).use(lent -> {
                        kept.set(lent);
                        throw new IllegalArgumentException("user failed");
                    }));
            assertArrayEquals(new char[CANARY.length()], kept.get());
        }

        @Test
        void aChangeOfWhatIsLentDoesNotLast() {
            Passphrase passphrase = Passphrase.of(CANARY);
            passphrase.use(lent -> lent[0] = 'X');
            assertEquals(CANARY, passphrase.use(String::new));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "pässwörd", CANARY, "\uFFFF\u0000x"})
        void utf8IsThatOfTheString(String text) {
            assertArrayEquals(
                    text.getBytes(StandardCharsets.UTF_8), Passphrase.of(text).utf8());
        }
    }

    @Nested
    class Comparing {
        @Test
        void theSameTextMatches() {
            assertTrue(Passphrase.of(CANARY).matches(Passphrase.of(CANARY.toCharArray())));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "hunter2", CANARY + " ", "Hunter2-Schlüssel-🔑"})
        void anotherTextDoesNot(String other) {
            assertFalse(Passphrase.of(CANARY).matches(Passphrase.of(other)));
        }

        @Test
        void itMatchesItself() {
            Passphrase one = Passphrase.of(CANARY);
            assertTrue(one.matches(one));
        }

        @Test
        void onlyTheOneWithoutCharactersIsEmpty() {
            assertTrue(Passphrase.of("").isEmpty());
            assertFalse(Passphrase.of(" ").isEmpty());
        }
    }

    @Nested
    class Closing {
        @Test
        void nothingCanBeDoneWithItAfterwards() {
            Passphrase closed = Passphrase.of(CANARY);
            closed.close();
            assertThrows(IllegalStateException.class, () -> closed.use(String::new));
            assertThrows(IllegalStateException.class, closed::utf8);
            assertThrows(IllegalStateException.class, closed::isEmpty);
            assertThrows(IllegalStateException.class, () -> closed.matches(Passphrase.of("a")));
            assertThrows(IllegalStateException.class, () -> Passphrase.of("a").matches(closed));
        }

        @Test
        void closingTwiceIsHarmless() {
            Passphrase closed = Passphrase.of(CANARY);
            closed.close();
            assertDoesNotThrow(closed::close);
        }
    }

    @Nested
    class KeepingSecret {
        @Test
        void theTextNeverShowsInToString() {
            assertEquals("Passphrase[***]", Passphrase.of(CANARY).toString());
            assertEquals("Passphrase[***]", Passphrase.of("").toString(), "not even whether there is one");
        }

        @Test
        void theMessageOfAClosedOneDoesNotTellIt() {
            Passphrase closed = Passphrase.of(CANARY);
            closed.close();
            IllegalStateException error = assertThrows(IllegalStateException.class, closed::utf8);
            assertFalse(error.toString().contains("hunter2"), error.toString());
        }
    }
}
