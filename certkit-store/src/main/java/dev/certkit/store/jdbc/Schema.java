package dev.certkit.store.jdbc;

import dev.certkit.store.jdbc.Connections.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The tables: made if they are absent, refused if a newer program made them. */
final class Schema {
    private static final int VERSION = 1;

    private final Dialect dialect;
    private final Connections connections;

    Schema(Dialect dialect, Connections connections) {
        this.dialect = dialect;
        this.connections = connections;
    }

    /** Of several processes that start at once, one makes the tables and the others find them. */
    void open() throws IOException {
        OptionalLong version = connections.call(Subject.of("open", "the storage"), session -> {
            dialect.check(session);
            return version(session);
        });
        if (version.isEmpty()) {
            version = make();
        }
        long found = version.orElseThrow();
        if (found != VERSION) {
            throw new IOException("the tables in " + dialect.product() + " have version " + found
                    + ", this program knows version " + VERSION
                    + "; use the program that made them, or a later one, or another schema");
        }
    }

    private OptionalLong make() throws IOException {
        List<String> statements = statements();
        Subject tables =
                Subject.of("make", "the tables, as an administrator may by " + script() + " in this module's jar,");
        return connections.call(tables, session -> {
            dialect.alone(session, () -> {
                if (version(session).isEmpty()) {
                    for (String statement : statements) {
                        session.execute(statement);
                    }
                }
            });
            return version(session);
        });
    }

    private String script() {
        return "dev/certkit/store/jdbc/" + dialect.script() + ".sql";
    }

    private OptionalLong version(Session session) throws SQLException {
        return session.number(dialect.findTable(), "certkit_schema").isEmpty()
                ? OptionalLong.empty()
                : session.number("select version from certkit_schema order by version desc limit 1");
    }

    private List<String> statements() throws IOException {
        try (InputStream in = Schema.class.getResourceAsStream(dialect.script() + ".sql")) {
            if (in == null) {
                throw new IOException("the schema script " + script() + " is missing; use the whole jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(text.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        }
    }
}
