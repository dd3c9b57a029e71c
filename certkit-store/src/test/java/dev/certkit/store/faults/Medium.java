package dev.certkit.store.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DamagedFile;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.store.jdbc.JdbcStorage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** The back ends that keep their records on this machine's own disk. */
public enum Medium {
    DIRECTORY {
        @Override
        Open openAt(Path place) throws IOException {
            return new Open(DirectoryStorage.at(place.resolve("store")), () -> {});
        }

        @Override
        public List<String> damage(Open open) {
            return ((DirectoryStorage) open.storage())
                    .damaged().stream().map(DamagedFile::toString).toList();
        }
    },
    SQLITE {
        @Override
        Open openAt(Path place) throws IOException {
            HikariDataSource pool = pool(place.resolve("store.db"));
            try {
                return new Open(JdbcStorage.on(pool), pool);
            } catch (IOException | RuntimeException e) {
                pool.close();
                throw e;
            }
        }

        @Override
        public List<String> damage(Open open) throws IOException {
            try (Connection connection = ((DataSource) open.behind()).getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("pragma integrity_check")) {
                rows.next();
                String first = rows.getString(1);
                return first.equals("ok") ? List.of() : List.of(first);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    };

    /** A storage, and what has to be closed behind it. */
    public record Open(Storage storage, Closeable behind) implements Closeable {
        @Override
        public void close() throws IOException {
            try (behind) {
                storage.close();
            }
        }
    }

    abstract Open openAt(Path place) throws IOException;

    /** What the back end itself finds broken. */
    public abstract List<String> damage(Open open) throws IOException;

    /** Opens the storage of this kind in a directory, which is made if it is absent. */
    public Open open(Path place) throws IOException {
        return openAt(Files.createDirectories(place));
    }

    private static HikariDataSource pool(Path file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }
}
