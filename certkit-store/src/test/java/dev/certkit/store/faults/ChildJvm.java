package dev.certkit.store.faults;

import dev.certkit.peers.Peer;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another process with a storage in it: a program of the tests in a small Java of its own. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a program. */
    public static ChildJvm start(Class<?> program, String... arguments) throws IOException {
        return start(List.of(), program, arguments);
    }

    /** Starts it behind another program, which runs the command that it is given. */
    public static ChildJvm start(List<String> behind, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(behind);
        command.addAll(command(program, arguments));
        return start(new ProcessBuilder(command));
    }

    /** Starts what was prepared; what it says of errors is shown among those of the tests, unless it was sent elsewhere. */
    public static ChildJvm start(ProcessBuilder builder) throws IOException {
        if (builder.redirectError() == ProcessBuilder.Redirect.PIPE) {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        return new ChildJvm(builder.start());
    }

    /** The command line of a program, to be run as it is or behind another one. */
    public static List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                // without it a Java tidies up after killed ones, so that its system calls cannot be counted beforehand
                "-XX:-UsePerfData",
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                classPath(program),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classPath(Class<?> program) {
        // classes that lie in directories come last, because each look into one for a class of a jar is a system call
        return Stream.of(
                        "org.bouncycastle.jce.provider.BouncyCastleProvider",
                        "org.slf4j.LoggerFactory",
                        "org.slf4j.simple.SimpleLogger",
                        "com.zaxxer.hikari.HikariDataSource",
                        "org.sqlite.SQLiteDataSource",
                        "org.postgresql.Driver",
                        "org.junit.jupiter.api.Assertions",
                        "org.junit.platform.commons.JUnitException",
                        "org.opentest4j.AssertionFailedError",
                        Storage.class.getName(),
                        DirectoryStorage.class.getName(),
                        Peer.class.getName(),
                        program.getName())
                .map(ChildJvm::placeOf)
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String placeOf(String className) {
        try {
            CodeSource source = Class.forName(className).getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (ReflectiveOperationException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The next line that the program prints; null if it has ended. */
    public String line() {
        try {
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the program's waiting for a line. */
    public void enter() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** All that it prints from now to its end. */
    public List<String> remainingLines() {
        return out.lines().toList();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** SIGSTOP: none of its threads runs on, until it is {@linkplain #goOn told to} or killed. */
    public void stop() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void goOn() {
        signal("-CONT");
    }

    private void signal(String name) {
        Peer.require("kill")
                .run(Path.of("").toAbsolutePath(), name, Long.toString(pid()))
                .succeeded();
    }

    /** SIGKILL on every POSIX system. */
    public ChildJvm kill() {
        // the process itself would also close the pipe with what it had printed
        process.toHandle().destroyForcibly();
        return this;
    }

    /** Waits for its end and gives its exit code. */
    public int exit() {
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
