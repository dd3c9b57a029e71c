package dev.certkit.store.file;

import dev.certkit.peers.Peer;
import dev.certkit.store.file.FileLayout.Part;
import dev.certkit.tls.TlsContext;
import dev.certkit.trust.TrustAnchors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;

/** A real server on a port of loopback, with all its files in one directory, and a TLS client that looks at it. */
final class WebServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    /** The servers, each with its way to be configured and told to reload. */
    enum Kind {
        APACHE("apache2", "USR1") {
            @Override
            String configuration(Path home, int port, ServerFiles files) {
                String modules = Stream.of("mpm_event", "authz_core", "ssl")
                        .map(name -> "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n")
                        .reduce("", String::concat);
                return modules
                        + """
                        ServerRoot %1$s
                        ServerName localhost
                        PidFile %1$s/pid
                        ErrorLog %1$s/error.log
                        Mutex pthread
                        SSLSessionCache none
                        %5$s
                        Listen 127.0.0.1:%2$d https
                        <VirtualHost 127.0.0.1:%2$d>
                        SSLEngine on
                        SSLCertificateFile %3$s
                        SSLCertificateKeyFile %4$s
                        </VirtualHost>
                        """.formatted(
                                        home,
                                        port,
                                        files.path("web", Part.LEAF),
                                        files.path("web", Part.KEY),
                                        IS_ROOT ? "User nobody\nGroup nogroup" : "");
            }

            @Override
            List<String> arguments(Path configuration, Path home) {
                return List.of("-d", home.toString(), "-f", configuration.toString(), "-DFOREGROUND");
            }
        },
        NGINX("nginx", "HUP") {
            @Override
            String configuration(Path home, int port, ServerFiles files) {
                return """
                        %5$s
                        daemon off;
                        pid %1$s/pid;
                        error_log %1$s/error.log;
                        events {}
                        http {
                          access_log off;
                          client_body_temp_path %1$s/body;
                          proxy_temp_path %1$s/proxy;
                          fastcgi_temp_path %1$s/fastcgi;
                          uwsgi_temp_path %1$s/uwsgi;
                          scgi_temp_path %1$s/scgi;
                          server {
                            listen 127.0.0.1:%2$d ssl;
                            ssl_certificate %3$s;
                            ssl_certificate_key %4$s;
                            return 200 "hallo";
                          }
                        }
                        """.formatted(
                                home,
                                port,
                                files.path("web", Part.LEAF),
                                files.path("web", Part.KEY),
                                IS_ROOT ? "user root;" : "");
            }

            @Override
            List<String> arguments(Path configuration, Path home) {
                return List.of("-c", configuration.toString(), "-p", home.toString(), "-e", home + "/error.log");
            }
        },
        HAPROXY("haproxy", "USR2") {
            @Override
            String configuration(Path home, int port, ServerFiles files) {
                return """
                        global
                          log stderr format raw local0 warning
                        defaults
                          mode http
                          timeout client 10s
                          timeout server 10s
                          timeout connect 10s
                        frontend web
                          bind 127.0.0.1:%d ssl crt %s
                          http-request return status 200 content-type text/plain string hallo
                        """.formatted(port, files.directory());
            }

            @Override
            List<String> arguments(Path configuration, Path home) {
                return List.of("-W", "-db", "-f", configuration.toString());
            }
        };

        private final String program;
        private final String reloadSignal;

        Kind(String program, String reloadSignal) {
            this.program = program;
            this.reloadSignal = reloadSignal;
        }

        abstract String configuration(Path home, int port, ServerFiles files);

        abstract List<String> arguments(Path configuration, Path home);

        Peer require() {
            return Peer.require(program);
        }

        FileLayout layout() {
            return this == HAPROXY ? FileLayout.haproxy() : FileLayout.apache();
        }
    }

    private final Kind kind;
    private final Path home;
    private final int port;
    private final Process process;

    private WebServer(Kind kind, Path home, int port, Process process) {
        this.kind = kind;
        this.home = home;
        this.port = port;
        this.process = process;
    }

    /** Starts a server that presents the files of the name "web". */
    static WebServer start(Kind kind, Path home, ServerFiles files) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(home);
        Path configuration = Files.writeString(home.resolve("conf"), kind.configuration(home, port, files));
        Process process = kind.require()
                .prepare(home, kind.arguments(configuration, home).toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
        return new WebServer(kind, home, port, process);
    }

    /** Tells the server that its files have changed. */
    WebServer reload() {
        Peer.require("sh")
                .run(home, "-c", "kill -" + kind.reloadSignal + " " + process.pid())
                .succeeded();
        return this;
    }

    /** Connects until the server presents this leaf. */
    List<X509Certificate> served(X509Certificate leaf, TrustAnchors trusted) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Exception last = null;
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                List<X509Certificate> chain = look(trusted);
                if (chain.get(0).equals(leaf)) {
                    return chain;
                }
                last = new IOException("it presents another certificate");
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError(kind + " does not present the certificate; it said: " + output(), last);
    }

    /** The chain that is presented now, in the order in which it came; the client's own checks have passed. */
    List<X509Certificate> look(TrustAnchors trusted) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        plain.setSoTimeout(10_000);
        try (SSLSocket socket = (SSLSocket) TlsContext.trusting(trusted)
                .toSslContext()
                .getSocketFactory()
                .createSocket(plain, "www.example.fr", port, true)) {
            socket.startHandshake();
            Certificate[] chain = socket.getSession().getPeerCertificates();
            return Stream.of(chain).map(X509Certificate.class::cast).toList();
        }
    }

    String output() throws IOException {
        Path log = home.resolve("error.log");
        return Files.readString(home.resolve("out"), StandardCharsets.ISO_8859_1)
                + (Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "");
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
