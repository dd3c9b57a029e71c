package dev.certkit.store.faults;

import java.nio.file.Path;

/** Jumps with this machine's clock: {@code ClockJumpProgram MEDIUM PLACE CLOCK JUMPS}, behind {@link ClockJumps#command}. */
final class ClockJumpProgram {
    private ClockJumpProgram() {}

    public static void main(String[] args) throws Exception {
        Medium medium = Medium.valueOf(args[0]);
        Path place = Path.of(args[1]);
        try (Medium.Open open = medium.open(place)) {
            ClockJumps jumps = new ClockJumps(open.storage(), Path.of(args[2]));
            jumps.assertLeasesHold();
            System.out.println(jumps.assertEachResultIsKeptOnce(Integer.parseInt(args[3])));
        }
        try (Medium.Open open = medium.open(place)) {
            if (!medium.damage(open).isEmpty()) {
                throw new AssertionError(medium.damage(open));
            }
        }
    }
}
