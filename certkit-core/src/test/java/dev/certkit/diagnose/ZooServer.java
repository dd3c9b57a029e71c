package dev.certkit.diagnose;

import dev.certkit.peers.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real server of another house on a port of loopback, with its files in one directory. */
final class ZooServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    private final Process process;
    private final Path home;
    private final int port;

    private ZooServer(Process process, Path home, int port) {
        this.process = process;
        this.home = home;
        this.port = port;
    }

    int port() {
        return port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /** {@code openssl s_server}; the first certificate of the text is the server's own, the others are sent after it. */
    static ZooServer openssl(Path home, String chain, KeyPair keys, String... options) throws Exception {
        Peer openssl = Peer.require("openssl");
        int port = freePort();
        Files.writeString(home.resolve("chain.pem"), chain);
        Files.writeString(home.resolve("key.pem"), ZooPki.pem(keys));
        List<String> arguments = new ArrayList<>(List.of(
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                "chain.pem",
                "-cert_chain",
                "chain.pem",
                "-key",
                "key.pem",
                "-www"));
        // The chain file is sent as it is, so the server's own must not be in it twice.
        String rest = chain.substring(chain.indexOf("-----END CERTIFICATE-----") + 26);
        Files.writeString(home.resolve("rest.pem"), rest);
        arguments.set(6, rest.isBlank() ? "chain.pem" : "rest.pem");
        if (rest.isBlank()) {
            arguments.subList(5, 7).clear();
        }
        arguments.addAll(Arrays.asList(options));
        return started(openssl, home, port, arguments);
    }

    /** {@code gnutls-serv}, which sends the whole text. */
    static ZooServer gnutls(Path home, String chain, KeyPair keys, String... options) throws Exception {
        Peer gnutls = Peer.require("gnutls-serv");
        int port = freePort();
        Files.writeString(home.resolve("chain.pem"), chain);
        Files.writeString(home.resolve("key.pem"), ZooPki.pem(keys));
        List<String> arguments = new ArrayList<>(
                List.of("--http", "-p", "" + port, "--x509certfile=chain.pem", "--x509keyfile=key.pem"));
        arguments.addAll(Arrays.asList(options));
        return started(gnutls, home, port, arguments);
    }

    static ZooServer nginx(Path home, String chain, KeyPair keys, String... directives) throws Exception {
        Peer nginx = Peer.require("nginx");
        int port = freePort();
        files(home, chain, keys);
        String tls = "ssl_certificate %1$s/chain.pem; ssl_certificate_key %1$s/key.pem; ".formatted(home)
                + String.join(" ", directives);
        Files.writeString(home.resolve("nginx.conf"), """
                %3$s daemon off; pid %1$s/pid; error_log %1$s/error.log;
                events {}
                http { access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi; uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  server { listen 127.0.0.1:%2$d ssl; %4$s return 200 "hallo"; } }
                """.formatted(home, port, IS_ROOT ? "user root;" : "", tls));
        return started(nginx, home, port, nginxArguments(home));
    }

    /** A mail server that turns to TLS, as far as that; needs Debian's libnginx-mod-mail. */
    static ZooServer mail(Path home, StartTls protocol, String chain, KeyPair keys, String starttls) throws Exception {
        Peer nginx = Peer.require("nginx");
        Path module = Path.of("/usr/lib/nginx/modules/ngx_mail_module.so");
        if (!Files.exists(module)) {
            Peer.require("nginx with libnginx-mod-mail");
        }
        int port = freePort();
        files(home, chain, keys);
        String name = protocol.name().toLowerCase(Locale.ROOT);
        Files.writeString(home.resolve("nginx.conf"), """
                load_module %5$s;
                %3$s daemon off; pid %1$s/pid; error_log %1$s/error.log;
                events {}
                mail { server_name mail.example.fr; auth_http 127.0.0.1:1/;
                  server { listen 127.0.0.1:%2$d; protocol %4$s; starttls %6$s;
                    ssl_certificate %1$s/chain.pem; ssl_certificate_key %1$s/key.pem; } }
                """.formatted(
                        home, port, IS_ROOT ? "user root;" : "", name, module, starttls));
        return started(nginx, home, port, nginxArguments(home));
    }

    private static List<String> nginxArguments(Path home) {
        return List.of("-c", home.resolve("nginx.conf").toString(), "-p", home.toString(), "-e", home + "/error.log");
    }

    static ZooServer haproxy(Path home, String chain, KeyPair keys, String... options) throws Exception {
        Peer haproxy = Peer.require("haproxy");
        int port = freePort();
        Files.writeString(home.resolve("all.pem"), chain + ZooPki.pem(keys));
        Files.writeString(
                home.resolve("haproxy.cfg"), """
                defaults
                  mode http
                  timeout client 10s
                  timeout server 10s
                  timeout connect 10s
                frontend web
                  bind 127.0.0.1:%d ssl crt %s %s
                  http-request return status 200 content-type text/plain string hallo
                """.formatted(port, home.resolve("all.pem"), String.join(" ", options)));
        return started(
                haproxy,
                home,
                port,
                List.of("-W", "-db", "-f", home.resolve("haproxy.cfg").toString()));
    }

    static ZooServer apache(Path home, String chain, KeyPair keys, String... directives) throws Exception {
        Peer apache = Peer.require("apache2");
        int port = freePort();
        files(home, chain, keys);
        String modules = Stream.of("mpm_event", "authz_core", "ssl")
                .map(name -> "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n")
                .reduce("", String::concat);
        Files.writeString(
                home.resolve("httpd.conf"),
                modules
                        + """
                        ServerRoot %1$s
                        ServerName localhost
                        PidFile %1$s/pid
                        ErrorLog %1$s/error.log
                        Mutex pthread
                        SSLSessionCache none
                        %3$s
                        Listen 127.0.0.1:%2$d https
                        <VirtualHost 127.0.0.1:%2$d>
                        SSLEngine on
                        SSLCertificateFile %1$s/chain.pem
                        SSLCertificateKeyFile %1$s/key.pem
                        %4$s
                        </VirtualHost>
                        """.formatted(
                                        home,
                                        port,
                                        IS_ROOT ? "User nobody\nGroup nogroup" : "",
                                        String.join("\n", directives)));
        return started(
                apache,
                home,
                port,
                List.of("-d", home.toString(), "-f", home.resolve("httpd.conf").toString(), "-DFOREGROUND"));
    }

    /** A forward proxy that lets CONNECT through to one port. */
    static ZooServer proxy(Path home, int allowed) throws Exception {
        Peer apache = Peer.require("apache2");
        int port = freePort();
        String modules = Stream.of("mpm_event", "authz_core", "proxy", "proxy_connect")
                .map(name -> "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n")
                .reduce("", String::concat);
        Files.writeString(
                home.resolve("httpd.conf"),
                modules + """
                        ServerRoot %1$s
                        ServerName localhost
                        PidFile %1$s/pid
                        ErrorLog %1$s/error.log
                        Mutex pthread
                        %3$s
                        Listen 127.0.0.1:%2$d
                        ProxyRequests On
                        AllowCONNECT %4$d
                        """.formatted(home, port, IS_ROOT ? "User nobody\nGroup nogroup" : "", allowed));
        return started(
                apache,
                home,
                port,
                List.of("-d", home.toString(), "-f", home.resolve("httpd.conf").toString(), "-DFOREGROUND"));
    }

    private static void files(Path home, String chain, KeyPair keys) throws IOException {
        Files.writeString(home.resolve("chain.pem"), chain);
        Files.writeString(home.resolve("key.pem"), ZooPki.pem(keys));
    }

    private static ZooServer started(Peer peer, Path home, int port, List<String> arguments) throws Exception {
        Process process = peer.prepare(home, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        ZooServer server = new ZooServer(process, home, port);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.isListening()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                server.close();
                throw new AssertionError(arguments + " does not listen: " + Files.readString(home.resolve("output")));
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

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** What it printed, for a test that failed. */
    @Override
    public String toString() {
        try {
            return Files.readString(home.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
