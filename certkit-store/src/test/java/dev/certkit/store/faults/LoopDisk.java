package dev.certkit.store.faults;

import dev.certkit.peers.Peer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ext4 file system in an image file, whose power can be cut; for a process whose mounts are its own. */
final class LoopDisk {
    /** FS_IOC_SHUTDOWN with FS_SHUTDOWN_FLAGS_NOLOGFLUSH: from now on nothing reaches the disk, not even the journal. */
    private static final String CUT = "open(my $root, '<', $ARGV[0]) or die $!; my $flags = pack('L', 2);"
            + " ioctl($root, 0x8004587d, $flags) or die $!";

    private final Path directory;
    private final Path image;
    private final Path root;

    private LoopDisk(Path directory) {
        this.directory = directory;
        this.image = directory.resolve("image");
        this.root = directory.resolve("disk");
    }

    /** Makes an empty one, not mounted, in an empty directory. */
    static LoopDisk in(Path directory) throws IOException {
        LoopDisk disk = new LoopDisk(directory);
        Files.createDirectory(disk.root);
        try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
            file.setLength(64L << 20);
        }
        disk.run("mkfs.ext4", "-q", "-F", disk.image.toString());
        return disk;
    }

    private void run(String program, String... arguments) {
        Peer.require(program).run(directory, arguments).succeeded();
    }

    /** Where it is mounted. */
    Path root() {
        return root;
    }

    void mount() {
        run("mount", "-t", "ext4", "-o", "loop", image.toString(), root.toString());
    }

    void cut() {
        run("perl", "-e", CUT, root.toString());
    }

    void unmount() {
        run("umount", root.toString());
    }
}
