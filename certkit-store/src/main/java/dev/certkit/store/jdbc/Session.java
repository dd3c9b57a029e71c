package dev.certkit.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One connection during one call of the storage, and whether a failure can leave the write done. */
final class Session {
    private final Connection connection;
    private boolean mayBeCommitted;

    Session(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Says that what follows commits: from now on a lost connection does not tell what became of the write. */
    void committing() {
        mayBeCommitted = true;
    }

    boolean mayBeCommitted() {
        return mayBeCommitted;
    }

    /** Reads the row that a result stands at. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> rows(String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    <T> Optional<T> row(String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
        return rows(sql, reader, parameters).stream().findFirst();
    }

    OptionalLong number(String sql, @Nullable Object... parameters) throws SQLException {
        Optional<Long> number = row(sql, row -> row.getLong(1), parameters);
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    int count(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    /** An absent number is an empty {@link OptionalLong}, absent bytes are null: the type must be told in either case. */
    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.VARBINARY);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof OptionalLong number && number.isEmpty()) {
            statement.setNull(index, Types.BIGINT);
        } else if (value instanceof OptionalLong number) {
            statement.setLong(index, number.getAsLong());
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else {
            throw new IllegalArgumentException("parameters: a " + value.getClass() + " is not bound");
        }
    }
}
