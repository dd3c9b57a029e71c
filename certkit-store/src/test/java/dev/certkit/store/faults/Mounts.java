package dev.certkit.store.faults;

import dev.certkit.peers.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs whose mounts are seen by nobody else and end with them; tests are skipped where the machine allows none. */
final class Mounts {
    private static final List<String> LOOP_DEVICES = List.of("/dev/loop-control", "/dev/loop0");

    private static final String PROBE = "truncate -s 8M probe && mkfs.ext4 -q -F probe && mkdir probed"
            + " && mount -t ext4 -o loop probe probed && umount probed && rm probe && rmdir probed";

    private Mounts() {}

    /** Runs a program of the tests; the test is skipped if this process may not mount. */
    static Peer.Result run(Path directory, Class<?> program, String... arguments) {
        Peer.Result allowed = unshare(directory, List.of("mount", "-t", "tmpfs", "none", directory.toString()));
        Assumptions.assumeTrue(allowed.exit() == 0, () -> "only root may mount a file system: " + allowed.err());
        return unshare(directory, ChildJvm.command(program, arguments));
    }

    private static Peer.Result unshare(Path directory, List<String> command) {
        List<String> all = new ArrayList<>(List.of("-m"));
        all.addAll(command);
        return Peer.require("unshare")
                .within(Duration.ofMinutes(Rounds.shortOrLong(2, 20)))
                .run(directory, all.toArray(String[]::new));
    }

    /** Ends the test if no image can be mounted: a failure where there are loop devices and every peer is required. */
    static void requireLoop(Path directory) {
        for (String program : List.of("mkfs.ext4", "mount", "umount", "perl")) {
            Peer.require(program);
        }
        Peer.Result mounted = unshare(directory, List.of("sh", "-c", PROBE));
        if (mounted.exit() != 0) {
            String reason = "no image can be mounted here: " + mounted;
            boolean hasDevices = LOOP_DEVICES.stream().map(Path::of).allMatch(Files::exists);
            if ("required".equals(System.getenv("CERTKIT_PEERS")) && hasDevices && isRoot()) {
                throw new AssertionError(reason);
            }
            Assumptions.abort(reason);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
