package dev.certkit.store.faults;

import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Grinds one step for each line that it is given, and says "done": {@code StepwiseProgram MEDIUM PLACE FIRST_STATE SHELF}. */
final class StepwiseProgram {
    static final String DONE = "done";

    private StepwiseProgram() {}

    public static void main(String[] args) throws Exception {
        Storage storage = Medium.valueOf(args[0]).open(Path.of(args[1])).storage();
        AtomicLong lastState = new AtomicLong(Long.parseLong(args[2]));
        Grinder grinder = new Grinder(storage, Shelf.of(args[3]), lastState, System.out::println);
        while (System.in.read() >= 0) {
            grinder.step();
            System.out.println(DONE);
        }
    }
}
