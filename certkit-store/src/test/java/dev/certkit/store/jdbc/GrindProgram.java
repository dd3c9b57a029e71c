package dev.certkit.store.jdbc;

import dev.certkit.store.Shelf;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Grinds on a SQLite file in a thread for each shelf named, until it is killed. */
final class GrindProgram {
    private GrindProgram() {}

    public static void main(String[] args) throws Exception {
        JdbcStorage storage = JdbcStorage.on(SqliteFile.pool(Path.of(args[0])));
        AtomicLong lastState = new AtomicLong(Long.parseLong(args[1]));
        for (int i = 2; i < args.length; i++) {
            Grinder grinder = new Grinder(storage, Shelf.of(args[i]), lastState, System.out::println);
            new Thread(() -> grind(grinder)).start();
        }
    }

    private static void grind(Grinder grinder) {
        try {
            while (true) {
                grinder.step();
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
