package dev.certkit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story, in this process: whatever it cannot verify ends it with an exception. */
class PrinterQuickstartTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Account account = new Account(new PrintStream(out, true, StandardCharsets.UTF_8));

    @Test
    void everyStepIsVerifiedAndToldAndNoSecretIsIn(@TempDir Path parent) throws IOException {
        Path flash = parent.resolve("flash");

        new PrinterQuickstart(account).run(flash);

        String told = out.toString(StandardCharsets.UTF_8);
        for (String fact : List.of(
                "CN=printer-7,O=Acme,C=FR",
                "verified       the pending key is stored before the network is touched",
                "verified       another host name is refused",
                "verified       a new client sees the new certificate",
                "verified       the resuming client sees the new certificate",
                flash.toString())) {
            assertTrue(told.contains(fact), () -> fact + " is not in\n" + told);
        }
        assertFalse(told.contains("PRIVATE"), told);
    }

    @Test
    void aStepThatIsNotVerifiedEndsTheProgram() {
        account.step("A step");

        IllegalStateException failed =
                assertThrows(IllegalStateException.class, () -> account.verified("pigs fly", false));

        assertEquals("step 1 failed: it is not so that pigs fly", failed.getMessage());
    }
}
