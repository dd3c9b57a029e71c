package dev.certkit.store.jdbc;

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

    Schema(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Of several processes that start at once, one makes the tables and the others find them. */
    void open(Session session) throws SQLException, IOException {
        if (version(session).isEmpty()) {
            List<String> statements = statements();
            dialect.alone(session, () -> {
                if (version(session).isEmpty()) {
                    for (String statement : statements) {
                        session.execute(statement);
                    }
                }
            });
        }
        long version = version(session).orElseThrow();
        if (version != VERSION) {
            throw new IOException("the tables in " + dialect.product() + " have version " + version
                    + ", this program knows version " + VERSION
                    + "; use the program that made them, or a later one, or another schema");
        }
    }

    private OptionalLong version(Session session) throws SQLException {
        return session.number(dialect.findTable(), "certkit_schema").isEmpty()
                ? OptionalLong.empty()
                : session.number("select version from certkit_schema order by version desc limit 1");
    }

    private List<String> statements() throws IOException {
        String script = dialect.script() + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IOException("the schema script " + script + " is missing; use the whole jar");
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
