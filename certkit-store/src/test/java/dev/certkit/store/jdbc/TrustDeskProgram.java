package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.Storage;
import dev.certkit.x509.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/** The desk of another process: rejects one certificate when it is told a line, and accepts it at the next. */
final class TrustDeskProgram {
    private TrustDeskProgram() {}

    /** A fingerprint, and the file of SQLite, or URL, user and password of PostgreSQL. */
    public static void main(String[] arguments) throws Exception {
        Fingerprint fingerprint = Fingerprint.parse(arguments[0]);
        try (HikariDataSource pool = arguments.length == 2
                        ? SqliteFile.pool(Path.of(arguments[1]))
                        : PostgresServer.pool(arguments[1], arguments[2], arguments[3]);
                Storage storage = JdbcStorage.on(pool);
                Scanner in = new Scanner(System.in, StandardCharsets.UTF_8)) {
            TrustLists lists = TrustLists.in(storage).open();
            System.out.println("open");
            for (int line = 0; in.hasNextLine(); line++) {
                in.nextLine();
                System.out.println(
                        line % 2 == 0
                                ? "rejected " + lists.reject(fingerprint).isRejected()
                                : "accepted "
                                        + lists.accept(fingerprint).acceptance().isPresent());
            }
        }
    }
}
