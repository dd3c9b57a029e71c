package dev.certkit.store.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** How to take back what was done so far; not thread safe. */
final class Undo {
    /** Takes one step back. */
    interface Step {
        void run() throws IOException;
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    void push(Step step) {
        steps.push(step);
    }

    /** The last first, up to one that fails: what was done before it is still needed then. */
    void run(Exception cause) {
        try {
            while (!steps.isEmpty()) {
                steps.pop().run();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
