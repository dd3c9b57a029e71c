package dev.certkit.internal.der;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestingTest {
    private static byte[] nested(int depth) {
        byte[] value = Der.nullValue();
        for (int i = 0; i < depth; i++) {
            value = Der.sequence(value);
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32})
    void valuesUpToTheBoundAreFine(int depth) {
        assertDoesNotThrow(() -> Nesting.check(nested(depth), 32));
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 34, 1000})
    void deeperOnesAreRefused(int depth) {
        DerException refused = assertThrows(DerException.class, () -> Nesting.check(nested(depth), 32));
        assertTrue(refused.getMessage().contains("deeper than 32"), refused.getMessage());
    }

    @Test
    void aHundredThousandLevelsNeedNoStack() {
        byte[] indefinite = new byte[200_000];
        for (int i = 0; i < indefinite.length; i += 2) {
            indefinite[i] = 0x30;
            indefinite[i + 1] = (byte) 0x80;
        }
        assertThrows(DerException.class, () -> Nesting.check(indefinite, 1 << 20));
    }

    @Test
    void aDamagedLengthAnywhereIsFound() {
        byte[] deep = nested(10);
        deep[deep.length - 1] = 5;
        assertThrows(DerException.class, () -> Nesting.check(deep, 32));
    }

    @Test
    void manyValuesSideBySideAreNotDeep() {
        byte[][] parts = new byte[10_000][];
        Arrays.fill(parts, nested(3));
        assertDoesNotThrow(() -> Nesting.check(Der.sequence(parts), 5));
    }

    @Test
    void nothingIsNotNested() {
        assertDoesNotThrow(() -> Nesting.check(new byte[0], 1));
    }
}
