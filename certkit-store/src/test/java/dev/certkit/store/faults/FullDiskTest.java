package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small file system of the test's own, which is filled, and covered by one that cannot be written. */
class FullDiskTest {
    @TempDir
    Path disk;

    /** A data base's files are open before the disk changes, so it misses no inode; it needs space to be opened at all. */
    @ParameterizedTest
    @CsvSource({"DIRECTORY, no space|no inodes|read-only|opened full", "SQLITE, no space"})
    void isAnErrorThatLeavesWhatWasThereAndHealsByItself(Medium medium, String survived) {
        String told = Mounts.run(disk, FullDiskProgram.class, medium.name(), disk.toString())
                .succeeded()
                .out();
        assertEquals(survived.replace('|', '\n') + "\n", told);
    }
}
