package dev.certkit.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of another house, found on the {@code PATH}; immutable, so that one may be shared by all tests of a class. */
public final class Peer {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private static final Map<String, String> DEBIAN_PACKAGES = Map.ofEntries(
            Map.entry("openssl", "openssl"),
            Map.entry("curl", "curl"),
            Map.entry("gnutls-serv", "gnutls-bin"),
            Map.entry("certtool", "gnutls-bin"),
            Map.entry("ocsptool", "gnutls-bin"),
            Map.entry("gnutls-cli", "gnutls-bin"),
            Map.entry("certutil", "libnss3-tools"),
            Map.entry("crlutil", "libnss3-tools"),
            Map.entry("vfychain", "libnss3-tools"),
            Map.entry("pk12util", "libnss3-tools"),
            Map.entry("scepclient", "scep"),
            Map.entry("scepserver", "scep"),
            Map.entry("ip", "iproute2"),
            Map.entry("pki", "strongswan-pki and libstrongswan-standard-plugins"),
            Map.entry("getcert", "certmonger"),
            Map.entry("dbus-run-session", "dbus-daemon"),
            Map.entry("softhsm2-util", "softhsm2"),
            Map.entry("strace", "strace"),
            Map.entry("unshare", "util-linux"),
            Map.entry("setpriv", "util-linux"),
            Map.entry("kill", "procps"),
            Map.entry("env", "coreutils"),
            Map.entry("mount", "mount"),
            Map.entry("umount", "mount"),
            Map.entry("mkfs.ext4", "e2fsprogs"),
            Map.entry("perl", "perl-base"),
            Map.entry("faketime", "faketime"),
            Map.entry("pg_ctl", "postgresql"),
            Map.entry("initdb", "postgresql"),
            Map.entry("postgres", "postgresql"),
            Map.entry("apache2", "apache2"),
            Map.entry("nginx", "nginx"),
            Map.entry("haproxy", "haproxy"));

    private final Path program;
    private final Duration timeout;
    private final byte[] input;
    private final Map<String, String> environment;

    private Peer(Path program, Duration timeout, byte[] input, Map<String, String> environment) {
        this.program = program;
        this.timeout = timeout;
        this.input = input;
        this.environment = environment;
    }

    /**
     * Finds a program, or ends the test: skipped with the reason, failed if {@code CERTKIT_PEERS=required}.
     *
     * @param name the program's name, without a directory
     * @return the program, with a timeout of 60 seconds and empty standard input
     */
    public static Peer require(String name) {
        return require(name, System.getenv());
    }

    static Peer require(String name, Map<String, String> environment) {
        Optional<Path> found = find(name, environment.getOrDefault("PATH", ""));
        if (found.isEmpty()) {
            String reason = "the program '" + name + "' is not on the PATH; install the Debian package "
                    + DEBIAN_PACKAGES.getOrDefault(name, "that has it");
            if ("required".equals(environment.get("CERTKIT_PEERS"))) {
                throw new AssertionError(reason + " (CERTKIT_PEERS=required, so this is a failure)");
            }
            Assumptions.abort(reason);
        }
        return new Peer(found.orElseThrow(), USUAL_TIMEOUT, new byte[0], Map.of());
    }

    private static Optional<Path> find(String name, String path) {
        // daemons' tools live in sbin or in a place of their own, which is not on an ordinary user's PATH
        return Stream.of(
                        Stream.of(path.split(Pattern.quote(File.pathSeparator))),
                        Stream.of("/usr/sbin", "/sbin"),
                        postgres())
                .flatMap(directories -> directories)
                .filter(directory -> !path.isEmpty() && !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .findFirst();
    }

    /** Debian has a directory for each major version; the newest comes first. */
    private static Stream<String> postgres() {
        String[] versions = new File("/usr/lib/postgresql").list();
        return versions == null
                ? Stream.of()
                : Stream.of(versions)
                        .sorted(Comparator.comparing(Peer::number).reversed())
                        .map(version -> "/usr/lib/postgresql/" + version + "/bin");
    }

    private static int number(String version) {
        return version.matches("[0-9]{1,4}") ? Integer.parseInt(version) : 0;
    }

    /** The same program with another timeout for each run. */
    public Peer within(Duration timeout) {
        return new Peer(program, timeout, input, environment);
    }

    /** The same program with these bytes on its standard input. */
    public Peer reading(byte[] input) {
        return new Peer(program, timeout, input.clone(), environment);
    }

    /** The same program with one more environment variable, which replaces the inherited one. */
    public Peer with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Peer(program, timeout, input, Map.copyOf(more));
    }

    /** Where the program is. */
    public Path program() {
        return program;
    }

    /**
     * A process prepared but not started, for a server that a test starts and stops itself.
     *
     * @param directory the working directory
     * @param arguments what follows the program's name
     * @return the builder, with this peer's environment
     */
    public ProcessBuilder prepare(Path directory, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder;
    }

    /**
     * Runs the program to its end; a run over the timeout is killed with its children and fails the test.
     *
     * @param directory the working directory
     * @param arguments what follows the program's name
     * @return exit code and output, whatever the exit code is
     */
    public Result run(Path directory, String... arguments) {
        try {
            // files instead of pipes: a full pipe would block a talkative program, and no reader threads are needed
            Path scratch = Files.createTempDirectory("peer");
            try {
                return run(scratch, prepare(directory, arguments));
            } finally {
                for (String name : List.of("in", "out", "err")) {
                    Files.deleteIfExists(scratch.resolve(name));
                }
                Files.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + program, e);
        }
    }

    private Result run(Path scratch, ProcessBuilder builder) throws IOException {
        Path in = Files.write(scratch.resolve("in"), input);
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        Process process = builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended;
        try {
            ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = false;
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
            throw new AssertionError("%s did not end within %s; it had printed:%n%s%n%s"
                    .formatted(builder.command(), timeout, text(out), text(err)));
        }
        return new Result(builder.command(), process.exitValue(), Files.readAllBytes(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** How a run ended. */
    public static final class Result {
        private final List<String> command;
        private final int exit;
        private final byte[] out;
        private final String err;

        private Result(List<String> command, int exit, byte[] out, String err) {
            this.command = List.copyOf(command);
            this.exit = exit;
            this.out = out;
            this.err = err;
        }

        /** The exit code. */
        public int exit() {
            return exit;
        }

        /** Standard output as UTF-8 text. */
        public String out() {
            return new String(out, StandardCharsets.UTF_8);
        }

        /** Standard output as it came. */
        public byte[] outBytes() {
            return out.clone();
        }

        /** Standard error as UTF-8 text. */
        public String err() {
            return err;
        }

        /** This result if the exit code is 0; otherwise the test fails with all that the program printed. */
        public Result succeeded() {
            if (exit != 0) {
                throw new AssertionError(toString());
            }
            return this;
        }

        /** This result if the exit code is not 0; otherwise the test fails with all that the program printed. */
        public Result failed() {
            if (exit == 0) {
                throw new AssertionError(toString());
            }
            return this;
        }

        @Override
        public String toString() {
            return "%s ended with %d%n%s%n%s".formatted(command, exit, out(), err);
        }
    }
}
