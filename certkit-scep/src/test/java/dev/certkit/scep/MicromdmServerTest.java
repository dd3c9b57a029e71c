package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certkit.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's scepserver (package scep, 2.1.0), a server written in Go, and our client in a Java beside it.
 *
 * <p>The server listens on every interface and cannot be told otherwise, so both run in a network of their own, which has
 * nothing but a loopback.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MicromdmServerTest {
    private static final String SCRIPT = """
            ip link set lo up || exit 77
            "$1" -depot depot -capass capass -port 8080 -challenge secret -allowrenew 0 >server.log 2>&1 &
            server=$!
            shift
            "$@"
            code=$?
            kill $server
            exit $code
            """;

    private List<String> lines = List.of();

    @BeforeAll
    void runAll(@TempDir Path directory) throws IOException {
        Peer scepserver = Peer.require("scepserver");
        Peer.require("ip");
        scepserver
                .run(directory, "ca", "-init", "-depot", "depot", "-keySize", "2048", "-key-password", "capass")
                .succeeded();
        List<String> command = new ArrayList<>(List.of(
                "-rn",
                "sh",
                "-c",
                SCRIPT,
                "sh",
                scepserver.program().toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                MicromdmProgram.class.getName(),
                directory.toString()));
        Peer.Result result = Peer.require("unshare").run(directory, command.toArray(String[]::new));
        assumeTrue(
                result.exit() != 77 && !result.err().contains("unshare failed"),
                "no network namespace of one's own here: " + result.err());
        lines = result.succeeded().out().lines().toList();
    }

    private void says(String what, String outcome) {
        assertEquals(
                List.of(what + ": " + outcome),
                lines.stream().filter(line -> line.startsWith(what + ":")).toList(),
                lines::toString);
    }

    @Test
    void itsAnswersInSingleDesAreRefusedByDefault() {
        says("default", "ALGORITHM");
    }

    @Test
    void enrolsWithItsQuirk() {
        says("enrol", "issued CN=printer-7,O=Test, certificates in the chain: 2");
    }

    @Test
    void oneExchangeIsEnoughAfterTheFirst() {
        says("exchanges", "[3, 1]");
    }

    @Test
    void renewsInTheFormThatItUnderstands() {
        says("renew", "issued CN=printer-7,O=Test, certificates in the chain: 2");
        says("renew-17", "issued CN=printer-7,O=Test, certificates in the chain: 2");
    }

    @Test
    void tellsAWrongChallengeFromOtherFailures() {
        says("challenge", "refused 2");
    }

    @Test
    void aPollThatItDoesNotKnowIsAnHttpStatus() {
        says("poll", "HTTP_STATUS 500");
    }

    @Test
    void anotherPinSendsNothing() {
        says("pin", "CA_PIN");
    }
}
