package dev.certkit.examples.crash;

import dev.certkit.scep.ScepClient;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The device in a small Java of its own, to be killed. */
final class DeviceProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private DeviceProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static DeviceProcess start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-XX:-UsePerfData",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                classPath(),
                DeviceProgram.class.getName()));
        command.addAll(arguments);
        return new DeviceProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static String classPath() {
        return Stream.of(
                        DeviceProgram.class.getName(),
                        Storage.class.getName(),
                        DirectoryStorage.class.getName(),
                        ScepClient.class.getName(),
                        LoggerFactory.class.getName(),
                        "org.slf4j.simple.SimpleLogger",
                        "org.bouncycastle.jce.provider.BouncyCastleProvider",
                        "org.bouncycastle.cms.CMSSignedData",
                        "org.bouncycastle.asn1.cms.CMSAttributes")
                .map(DeviceProcess::placeOf)
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

    /** The next line that it prints, or "ended". */
    String line() throws IOException {
        String line = out.readLine();
        return line == null ? "ended" : line;
    }

    /** SIGKILL on every POSIX system; waits until it is gone. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }
}
