package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.DueWork;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Works off the shelf "jobs": raises each record's number by one, never due again. Ends when told, or is killed. */
final class WorkerProgram {
    /** Printed once whenever it has nothing to do any more. */
    static final String IDLE = "idle";

    private WorkerProgram() {}

    public static void main(String[] args) throws Exception {
        try (HikariDataSource pool = PostgresServer.pool(args[0], args[1], args[2])) {
            DueWork work = DueWork.on(JdbcStorage.on(pool), Shelf.of("jobs"), "worker " + args[3])
                    .leasing(Duration.ofMillis(500))
                    .doing(job -> {
                        System.out.println(job.record().name().text());
                        return raised(job.record().content());
                    });
            boolean wasIdle = false;
            while (true) {
                boolean isIdle = work.runDueOnce(100) == 0;
                if (isIdle && !wasIdle) {
                    System.out.println(IDLE);
                }
                wasIdle = isIdle;
            }
        }
    }

    private static RecordContent raised(RecordContent content) {
        int number = Integer.parseInt(new String(content.payload(), StandardCharsets.US_ASCII));
        return RecordContent.of(Integer.toString(number + 1).getBytes(StandardCharsets.US_ASCII));
    }
}
