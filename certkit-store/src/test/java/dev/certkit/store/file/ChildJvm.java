package dev.certkit.store.file;

import dev.certkit.store.Storage;
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
import org.slf4j.LoggerFactory;

/** Another process with a directory storage in it: a program of the tests in a small Java of its own. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildJvm start(Class<?> program, String... arguments) throws IOException {
        return start(new ProcessBuilder(command(program, arguments)));
    }

    static ChildJvm start(ProcessBuilder builder) throws IOException {
        return new ChildJvm(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** The command line of a program, to be run as it is or behind another one. */
    static List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                // without it a Java tidies up after killed ones, so that its system calls cannot be counted beforehand
                "-XX:-UsePerfData",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                classPath(program),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classPath(Class<?> program) {
        return Stream.of(
                        program.getName(),
                        Storage.class.getName(),
                        DirectoryStorage.class.getName(),
                        LoggerFactory.class.getName(),
                        "org.slf4j.simple.SimpleLogger",
                        "org.bouncycastle.jce.provider.BouncyCastleProvider")
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
    String line() {
        try {
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> remainingLines() {
        return out.lines().toList();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL on every POSIX system. */
    ChildJvm kill() {
        // the process itself would also close the pipe with what it had printed
        process.toHandle().destroyForcibly();
        return this;
    }

    int exit() {
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
