package dev.certkit.store.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.DueWork;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Measures PostgreSQL with a million records, and claims by four workers beside db-scheduler; not a part of the tests.
 *
 * <p>Run it on a calm machine, with the tests' class path: {@code java dev.certkit.store.jdbc.JdbcRace [rounds]}.
 */
final class JdbcRace {
    private static final int MILLION = 1_000_000;
    private static final int IN_WORK = 50_000;
    private static final int JOBS = Integer.getInteger("jobs", 20_000);
    private static final int WORKERS = 4;
    private static final int BATCH = 50;
    private static final Shelf FLEET = Shelf.of("fleet");
    private static final Shelf JOBS_SHELF = Shelf.of("jobs");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Two bytes for each character, as {@link NameKey} has it for ASCII. */
    private static final String NAME =
            "decode(regexp_replace(encode(convert_to(%s, 'UTF8'), 'hex'), '(..)', '00\\1', 'g'), 'hex')";

    private static final String FILL = "insert into certkit_record"
            + " (shelf, name, label, revision, lease_epoch, next_at, fingerprint, payload)"
            + " select '%s', " + NAME.formatted("'device-' || i")
            + ", 'device-' || i, nextval('certkit_revision'), 0, %s,"
            + " sha256(i::text::bytea), decode(repeat(md5(i::text), 40), 'hex') from generate_series(1, %d) i";

    private static final String DB_SCHEDULER_TABLE = "create table scheduled_tasks (task_name text not null,"
            + " task_instance text not null, task_data bytea, execution_time timestamp with time zone not null,"
            + " picked boolean not null, picked_by text, last_success timestamp with time zone,"
            + " last_failure timestamp with time zone, consecutive_failures int, last_heartbeat timestamp with time zone,"
            + " version bigint not null, priority smallint, primary key (task_name, task_instance));"
            + " create index on scheduled_tasks (execution_time); create index on scheduled_tasks (last_heartbeat)";

    private final PostgresServer server;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    private JdbcRace(PostgresServer server) {
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        Path directory = Files.createTempDirectory("race");
        try (PostgresServer server = PostgresServer.startIn(directory, "shared_buffers=1GB", "max_wal_size=4GB")) {
            JdbcRace race = new JdbcRace(server);
            if (!Boolean.getBoolean("jobsOnly")) {
                race.million();
            }
            for (int round = 1; round <= rounds; round++) {
                System.out.printf(
                        "round %d, jobs a second by %d workers: bare claims of %d %d, DueWork by %d %d, by 1 %d,"
                                + " db-scheduler %d%n",
                        round,
                        WORKERS,
                        BATCH,
                        race.bare(),
                        BATCH,
                        race.dueWork(BATCH),
                        race.dueWork(1),
                        race.dbScheduler());
            }
        }
        System.out.println("what is left: " + directory);
    }

    private void million() throws Exception {
        String schema = server.newSchema();
        try (HikariDataSource pool = server.pool(schema)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            long now = System.currentTimeMillis();
            // a tenth is due, half of that is in work and will be due in an hour, the others are due in the next weeks
            server.execute("set search_path = " + schema + "; "
                    + FILL.formatted(
                            FLEET,
                            "case when i % 20 = 0 then " + now + " - i when i % 20 = 1 then " + now + " + 3600000 else "
                                    + now + " + 86400000 + i * 1000::bigint end",
                            MILLION));
            dueAndClaim("before vacuum analyze", storage, now);
            server.execute("vacuum analyze " + schema + ".certkit_record");
            dueAndClaim("after vacuum analyze", storage, now);
            tokens(storage);
        }
    }

    private static void dueAndClaim(String when, JdbcStorage storage, long now) throws Exception {
        Instant end = Instant.ofEpochMilli(now);
        report(when + ": 100 of " + IN_WORK + " due before, of a million", 200, () -> storage.dueBefore(FLEET, end, 100)
                .size());
        report(when + ": 50 claimed", 200, () -> storage.claimDue(FLEET, "race", BATCH, HOUR)
                .size());
    }

    private static void tokens(JdbcStorage storage) throws Exception {
        report("change token", 1_000, () -> (int) storage.changeToken());
    }

    private static void report(String what, int times, Callable<Integer> call) throws Exception {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            call.call();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s: best %.2f ms, median %.2f ms, 95 %% %.2f ms%n",
                what, nanos[0] / 1e6, nanos[times / 2] / 1e6, nanos[times * 95 / 100] / 1e6);
    }

    private long bare() throws Exception {
        return race((storage, done) -> {
            for (List<Lease> leases = claim(storage); !leases.isEmpty(); leases = claim(storage)) {
                for (Lease lease : leases) {
                    done.add(lease.record().name().text() + " " + lease.epoch());
                    storage.complete(lease, inAMonth(lease.record()));
                }
            }
            return null;
        });
    }

    private static List<Lease> claim(JdbcStorage storage) throws IOException {
        return storage.claimDue(JOBS_SHELF, "race", BATCH, HOUR);
    }

    private long dueWork(int batch) throws Exception {
        return race((storage, done) -> {
            DueWork.on(storage, JOBS_SHELF, "race")
                    .claimingUpTo(batch)
                    .extendingOn(timer)
                    .doing(job -> {
                        done.add(job.record().name().text() + " " + job.epoch());
                        return inAMonth(job.record());
                    })
                    .runDueOnce(Integer.MAX_VALUE);
            return null;
        });
    }

    private static RecordContent inAMonth(StoredRecord record) {
        return record.content()
                .lookAgainAt(record.content().nextAt().orElseThrow().plus(MONTH));
    }

    private interface Worker {
        Void work(JdbcStorage storage, Set<String> done) throws Exception;
    }

    private long race(Worker worker) throws Exception {
        String schema = server.newSchema();
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try (HikariDataSource pool = server.pool(schema)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            server.execute("set search_path = " + schema + "; " + FILL.formatted(JOBS_SHELF, "1", JOBS));
            server.execute("vacuum analyze " + schema + ".certkit_record");
            Set<String> done = ConcurrentHashMap.newKeySet();
            long start = System.nanoTime();
            List<Future<Void>> working = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                working.add(threads.submit(() -> worker.work(storage, done)));
            }
            for (Future<Void> one : working) {
                one.get();
            }
            return rate(done.size(), start);
        } finally {
            threads.shutdown();
        }
    }

    private static long rate(int done, long start) {
        if (done != JOBS) {
            throw new AssertionError(done + " done of " + JOBS);
        }
        return (long) (JOBS / ((System.nanoTime() - start) / 1e9));
    }

    private long dbScheduler() throws Exception {
        String schema = server.newSchema();
        try (HikariDataSource pool = server.pool(schema)) {
            fillDbScheduler(schema);
            Set<String> done = ConcurrentHashMap.newKeySet();
            Schedule inAMonth = FixedDelay.of(MONTH);
            Task<Void> task = Tasks.custom("job", Void.class)
                    .execute((instance, context) -> new CompletionHandler.OnCompleteReschedule<>(inAMonth));
            Scheduler scheduler = Scheduler.create(pool, task)
                    .threads(WORKERS)
                    .pollUsingLockAndFetch(1.0, (double) BATCH / WORKERS)
                    .pollingInterval(Duration.ofMillis(10))
                    .addSchedulerListener(new AbstractSchedulerListener() {
                        @Override
                        public void onExecutionComplete(ExecutionComplete complete) {
                            done.add(complete.getExecution().getId());
                        }
                    })
                    .build();
            long start = System.nanoTime();
            scheduler.start();
            while (done.size() < JOBS) {
                Thread.sleep(1);
            }
            long rate = rate(done.size(), start);
            scheduler.stop();
            return rate;
        }
    }

    private void fillDbScheduler(String schema) throws SQLException {
        server.execute("set search_path = " + schema + "; " + DB_SCHEDULER_TABLE);
        server.execute("set search_path = " + schema + "; insert into scheduled_tasks"
                + " (task_name, task_instance, execution_time, picked, version)"
                + " select 'job', 'device-' || i, now() - interval '1 hour', false, 1 from generate_series(1, " + JOBS
                + ") i");
        server.execute("vacuum analyze " + schema + ".scheduled_tasks");
    }
}
