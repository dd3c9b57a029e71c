package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Claims one record, says so and what this host's clock shows, waits for a line, and completes: "kept" or "refused". */
final class LeaseProgram {
    private LeaseProgram() {}

    public static void main(String[] args) throws Exception {
        try (HikariDataSource pool = PostgresServer.pool(args[0], args[1], args[2])) {
            JdbcStorage storage = JdbcStorage.on(pool);
            Duration time = Duration.ofMillis(Long.parseLong(args[3]));
            Lease lease = storage.claimDue(Shelf.of("things"), "child", 1, time).get(0);
            System.out.println(
                    lease.until().toEpochMilli() + " " + Instant.now().toEpochMilli());
            System.in.read();
            RecordContent late = RecordContent.of("late".getBytes(StandardCharsets.US_ASCII));
            try {
                storage.complete(lease, late);
                System.out.println("kept");
            } catch (StaleRecordException e) {
                System.out.println("refused");
            }
        }
    }
}
