package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.scep.ScepException.Check;
import org.junit.jupiter.api.function.Executable;

/** The assertion that something is refused, and by which check. */
final class Refused {
    private Refused() {}

    static ScepException by(Check check, Executable act) {
        ScepException refusal = assertThrows(ScepException.class, act);
        assertEquals(check, refusal.check(), refusal.getMessage());
        return refusal;
    }
}
