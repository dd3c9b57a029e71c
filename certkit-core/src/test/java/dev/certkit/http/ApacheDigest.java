package dev.certkit.http;

import dev.certkit.peers.Peer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Apache with its digest module before a file; the user is Mufasa, the password Circle of Life. */
final class ApacheDigest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path home;
    private final int port;

    private ApacheDigest(Process process, Path home, int port) {
        this.process = process;
        this.home = home;
        this.port = port;
    }

    static ApacheDigest at(Path home, String... directives) throws Exception {
        Peer apache = Peer.require("apache2");
        int port;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
        // Its workers run as nobody.
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path files = Files.createDirectories(home.resolve("www/in"));
        Files.writeString(files.resolve("file.txt"), "hallo");
        byte[] secret =
                MessageDigest.getInstance("MD5").digest("Mufasa:zoo:Circle of Life".getBytes(StandardCharsets.UTF_8));
        Files.writeString(home.resolve("users"), String.format("Mufasa:zoo:%032x%n", new BigInteger(1, secret)));
        String modules = Stream.of("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_digest")
                .map(name -> "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n")
                .reduce("", String::concat);
        boolean isRoot = System.getProperty("user.name").equals("root");
        Files.writeString(
                home.resolve("httpd.conf"),
                modules
                        + """
                        ServerRoot %1$s
                        ServerName localhost
                        PidFile %1$s/pid
                        ErrorLog %1$s/error.log
                        LogFormat "%%>s %%r" brief
                        CustomLog %1$s/access.log brief
                        Mutex pthread
                        %3$s
                        Listen 127.0.0.1:%2$d
                        DocumentRoot %1$s/www
                        <Location "/in">
                        AuthType Digest
                        AuthName zoo
                        AuthDigestProvider file
                        AuthUserFile %1$s/users
                        AuthDigestDomain /in
                        %4$s
                        Require valid-user
                        </Location>
                        """.formatted(
                                home, port, isRoot ? "User nobody\nGroup nogroup" : "", String.join("\n", directives)));
        Process process = apache.prepare(
                        home,
                        "-d",
                        home.toString(),
                        "-f",
                        home.resolve("httpd.conf").toString(),
                        "-DFOREGROUND")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
        ApacheDigest server = new ApacheDigest(process, home, port);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.isListening()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                server.close();
                throw new AssertionError("apache2 does not listen: " + Files.readString(home.resolve("output")));
            }
            LockSupport.parkNanos(20_000_000);
        }
        return server;
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The statuses in its log, sorted, when it has so many: it writes a line after the client has its answer. */
    List<String> answers(int number) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> lines = Files.readAllLines(home.resolve("access.log"));
        while (lines.size() < number && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
            lines = Files.readAllLines(home.resolve("access.log"));
        }
        return lines.stream().map(line -> line.substring(0, 3)).sorted().toList();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
