package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certkit.peers.Peer;
import dev.certkit.store.faults.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file system of the test's own, in a mount namespace that ends with the process that fills it. */
class FullDiskTest {
    private static final String SCRIPT = "mount -t tmpfs -o size=256k,nr_inodes=40 none \"$0\" || exit 77; exec \"$@\"";

    @TempDir
    Path disk;

    @Test
    void fullItIsAnErrorAndHealsByItselfAndCanBeOpened() {
        List<String> command = new ArrayList<>(List.of("-m", "sh", "-c", SCRIPT, disk.toString()));
        command.addAll(ChildJvm.command(FullDiskProgram.class, disk.toString()));
        Peer.Result result = Peer.require("unshare").run(disk, command.toArray(String[]::new));
        assumeTrue(
                result.exit() != 77 && !result.err().contains("unshare failed"),
                "only root can mount a file system: " + result.err());
        assertEquals("no space\nno inodes\nopened full\n", result.succeeded().out());
    }
}
