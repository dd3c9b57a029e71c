package dev.certkit.store.file;

import dev.certkit.internal.disk.DirectoryLock;
import dev.certkit.internal.disk.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A directory that was taken, tidied and read.
 *
 * @param directory its real path
 * @param lock held until the storage is closed
 * @param records all that were found
 * @param revisions above all that were ever given here
 */
record Opened(Path directory, DirectoryLock lock, Records records, Revisions revisions) {
    static Opened at(Path directory) throws IOException {
        Path place = Place.prepare(directory);
        DirectoryLock lock = DirectoryLock.take(place, "store.", DirectoryInUseException::new);
        try {
            return read(place, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Opened read(Path directory, DirectoryLock lock) throws IOException {
        Disk disk = new Disk(directory);
        // a process that was killed may have left a rename that we see and that a loss of power would undo
        disk.sync();
        Scan scan = Scan.of(directory);
        scan.unfinished().forEach(disk::discard);
        Records records = new Records(new Generations(disk));
        for (Map.Entry<String, List<Long>> files : scan.generations().entrySet()) {
            records.open(files.getKey(), files.getValue());
        }
        return new Opened(directory, lock, records, new Revisions(disk, scan.ceilings(), scan.lastRevision()));
    }
}
