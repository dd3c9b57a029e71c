package dev.certkit.store.faults;

import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Grinds in a thread for each shelf named, until it is killed: {@code GrindProgram MEDIUM PLACE FIRST_STATE SHELF...}. */
final class GrindProgram {
    private GrindProgram() {}

    public static void main(String[] args) throws Exception {
        Storage storage = Medium.valueOf(args[0]).open(Path.of(args[1])).storage();
        AtomicLong lastState = new AtomicLong(Long.parseLong(args[2]));
        for (int i = 3; i < args.length; i++) {
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
