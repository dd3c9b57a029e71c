package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
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

/** Another process with a data base storage in it: a program of the tests in a small Java of its own. */
final class JdbcChild implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private JdbcChild(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static JdbcChild start(Class<?> program, List<String> arguments) throws IOException {
        return start(List.of(), program, arguments);
    }

    /** Starts it behind another program, which runs the command that it is given. */
    static JdbcChild start(List<String> behind, Class<?> program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(behind);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                classPath(program),
                program.getName()));
        command.addAll(arguments);
        return new JdbcChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static String classPath(Class<?> program) {
        return Stream.of(
                        program.getName(),
                        Storage.class.getName(),
                        JdbcStorage.class.getName(),
                        HikariDataSource.class.getName(),
                        LoggerFactory.class.getName(),
                        "org.slf4j.simple.SimpleLogger",
                        "org.sqlite.SQLiteDataSource",
                        "org.postgresql.Driver")
                .map(JdbcChild::placeOf)
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

    /** Ends the program's waiting for a line. */
    void enter() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    List<String> remainingLines() {
        return out.lines().toList();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL on every POSIX system. */
    JdbcChild kill() {
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
