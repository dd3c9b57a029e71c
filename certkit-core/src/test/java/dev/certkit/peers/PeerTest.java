package dev.certkit.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class PeerTest {
    @TempDir
    Path directory;

    @Nested
    class WhenTheProgramIsAbsent {
        private final Map<String, String> nowhere = Map.of("PATH", "/nonexistent");

        @Test
        void theTestIsSkippedAndToldThePackage() {
            TestAbortedException skipped =
                    assertThrows(TestAbortedException.class, () -> Peer.require("certtool", nowhere));
            assertTrue(skipped.getMessage().contains("'certtool'"), skipped.getMessage());
            assertTrue(skipped.getMessage().contains("gnutls-bin"), skipped.getMessage());
        }

        @Test
        void theTestFailsWherePeersAreRequired() {
            Map<String, String> strict = Map.of("PATH", "/nonexistent", "CERTKIT_PEERS", "required");
            AssertionError failed = assertThrows(AssertionError.class, () -> Peer.require("certtool", strict));
            assertTrue(failed.getMessage().contains("gnutls-bin"), failed.getMessage());
        }

        @Test
        void aFileThatIsNotExecutableIsNoProgram() throws Exception {
            Files.writeString(directory.resolve("certtool"), "text");
            assertThrows(
                    TestAbortedException.class, () -> Peer.require("certtool", Map.of("PATH", directory.toString())));
        }
    }

    @Nested
    class WhenTheProgramRuns {
        private Peer sh;

        @BeforeEach
        void find() {
            sh = Peer.require("sh");
        }

        @Test
        void exitCodeAndBothOutputsAreKept() {
            Peer.Result result = sh.run(directory, "-c", "echo yes; echo no >&2; exit 3");
            assertEquals(3, result.exit());
            assertEquals("yes\n", result.out());
            assertEquals("no\n", result.err());
        }

        @Test
        void itRunsInTheDirectory() throws Exception {
            Path here = directory.toRealPath();
            assertEquals(here + "\n", sh.run(here, "-c", "pwd -P").out());
        }

        @Test
        void itReadsItsInputAndGivesBytesBack() {
            byte[] bytes = {0, -1, 10, 127};
            assertArrayEquals(
                    bytes, sh.reading(bytes).run(directory, "-c", "cat").outBytes());
        }

        @Test
        void outputLargerThanAPipeDoesNotBlock() {
            String script = "i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done";
            assertEquals(220_000, sh.run(directory, "-c", script).out().length());
        }

        @Test
        void theEnvironmentIsReplacedByName() {
            Peer.Result result =
                    sh.with("LC_ALL", "C").with("CERTKIT_X", "1").run(directory, "-c", "echo $LC_ALL $CERTKIT_X");
            assertEquals("C 1\n", result.out());
        }

        @Test
        void aRunOverTheTimeoutIsKilledAndFails() {
            Peer impatient = sh.within(Duration.ofMillis(200));
            AssertionError late =
                    assertThrows(AssertionError.class, () -> impatient.run(directory, "-c", "echo started; sleep 50"));
            assertTrue(late.getMessage().contains("started"), late.getMessage());
        }

        @Test
        void theWrongEndingShowsTheOutput() {
            Peer.Result bad = sh.run(directory, "-c", "echo because; exit 1");
            assertTrue(assertThrows(AssertionError.class, bad::succeeded)
                    .getMessage()
                    .contains("because"));
            assertSame(bad, bad.failed());
            Peer.Result good = sh.run(directory, "-c", "echo fine");
            assertTrue(assertThrows(AssertionError.class, good::failed)
                    .getMessage()
                    .contains("fine"));
            assertSame(good, good.succeeded());
        }

        @Test
        void textIsReadAsUtf8() {
            byte[] text = "é".getBytes(StandardCharsets.UTF_8);
            assertEquals("é", sh.reading(text).run(directory, "-c", "cat").out());
        }
    }
}
