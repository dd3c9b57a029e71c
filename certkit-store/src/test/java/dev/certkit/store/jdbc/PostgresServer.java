package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.peers.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A PostgreSQL of the test's own, on a free port of the loopback, in a temporary directory, synced like a real one. */
final class PostgresServer implements AutoCloseable {
    private static final String USER = "certkit";
    /** PostgreSQL does not run as root; Debian's {@code nobody} is there on every machine. */
    private static final List<String> AS_NOBODY =
            List.of("--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all");

    private final Path directory;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final AtomicInteger schemas = new AtomicInteger();
    private final List<String> settings;
    private final List<String> behind;
    private Process process;

    private PostgresServer(Path directory, int port, List<String> settings, List<String> behind) {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
        this.behind = behind;
    }

    /**
     * Makes and starts a server.
     *
     * @param temporary a directory that only this server uses
     * @param settings further ones, as in its configuration file
     */
    static PostgresServer startIn(Path temporary, String... settings) throws IOException {
        return startIn(temporary, List.of(settings), List.of());
    }

    /** Makes a server and starts it behind another program, which runs the command that it is given. */
    static PostgresServer startIn(Path temporary, List<String> settings, List<String> behind) throws IOException {
        Peer.require("initdb");
        Peer.require("postgres");
        PostgresServer server = new PostgresServer(temporary.resolve("server"), freePort(), settings, behind);
        Files.createDirectory(server.directory);
        Path passwordFile = Files.writeString(temporary.resolve("password"), server.password);
        if (isRoot()) {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
            Files.setAttribute(server.directory, "unix:uid", 65534);
            Files.setAttribute(passwordFile, "unix:uid", 65534);
        }
        server.run(
                "initdb",
                "-D",
                server.data(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + passwordFile,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync");
        server.start();
        return server;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void run(String program, String... arguments) {
        Peer peer = Peer.require(program).within(Duration.ofSeconds(120));
        if (isRoot()) {
            Peer.require("setpriv")
                    .within(Duration.ofSeconds(120))
                    .run(directory, asNobody(peer, arguments))
                    .succeeded();
        } else {
            peer.run(directory, arguments).succeeded();
        }
    }

    private static String[] asNobody(Peer peer, String... arguments) {
        List<String> all = new ArrayList<>(AS_NOBODY);
        all.add(peer.program().toString());
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** Starts the server, also again after {@link #crash}, and waits until it answers. */
    void start() throws IOException {
        List<String> all = new ArrayList<>(List.of("-D", data(), "-p", Integer.toString(port)));
        for (String setting : List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60")) {
            all.addAll(List.of("-c", setting));
        }
        settings.forEach(setting -> all.addAll(List.of("-c", setting)));
        String[] arguments = all.toArray(String[]::new);
        Peer postgres = Peer.require("postgres");
        ProcessBuilder builder = isRoot()
                ? Peer.require("setpriv").prepare(directory, asNobody(postgres, arguments))
                : postgres.prepare(directory, arguments);
        builder.command().addAll(0, behind);
        Path log = directory.resolve("log");
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the server does not start:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Stops the server at once, as a crash would: no checkpoint, transactions under way are lost. */
    void crash() {
        run("pg_ctl", "stop", "-D", data(), "-m", "immediate", "-w");
        process.onExit().join();
    }

    /** Kills all of the server's processes, as the kernel does that runs out of memory. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.toHandle().destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        children.forEach(child -> child.onExit().join());
    }

    /** Kills one process that serves a connection, whereupon the server ends all others, recovers and goes on. */
    void killOneBackend() throws SQLException {
        List<ProcessHandle> children = process.descendants().toList();
        try (Connection connection = connect()) {
            long pid = new Session(connection)
                    .number("select pid from pg_stat_activity where backend_type = 'client backend'"
                            + " and pid <> pg_backend_pid() order by random() limit 1")
                    .orElseThrow();
            children.stream().filter(child -> child.pid() == pid).forEach(ProcessHandle::destroyForcibly);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, password);
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Runs statements as the server's owner. */
    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes an empty schema and gives its name. */
    String newSchema() throws IOException {
        String schema = "test_" + schemas.incrementAndGet();
        try {
            execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return schema;
    }

    /** What a program needs to make its own {@link #pool(String, String, String)}: URL, user, password. */
    List<String> access(String schema) {
        return List.of(url() + "?currentSchema=" + schema, USER, password);
    }

    /** A pool of connections into a schema, closed with the server. */
    HikariDataSource pool(String schema) {
        List<String> access = access(schema);
        HikariDataSource pool = pool(access.get(0), access.get(1), access.get(2));
        pools.add(pool);
        return pool;
    }

    static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        if (process.isAlive()) {
            run("pg_ctl", "stop", "-D", data(), "-m", "fast", "-w");
        }
        process.onExit().join();
    }
}
