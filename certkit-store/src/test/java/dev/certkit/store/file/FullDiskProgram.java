package dev.certkit.store.file;

import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Meets a full disk in each way there is; prints one line for each that it got over. */
final class FullDiskProgram {
    private final Path directory;
    private final DirectoryStorage storage;
    private StoredRecord record;

    private FullDiskProgram(Path directory, DirectoryStorage storage) throws IOException {
        this.directory = directory;
        this.storage = storage;
        this.record = storage.create(Shelf.of("full").name("it"), content());
    }

    private static RecordContent content() {
        return RecordContent.of(new byte[3000]);
    }

    public static void main(String[] args) throws IOException {
        Path disk = Path.of(args[0]);
        Path directory = disk.resolve("store");
        Path filler = disk.resolve("filler");
        StoredRecord last;
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            FullDiskProgram program = new FullDiskProgram(directory, storage);
            fill(filler);
            program.failAndHeal("No space left on device", () -> Files.delete(filler));
            System.out.println("no space");
            List<Path> files = useAllInodes(disk);
            program.failAndHeal("No space left on device", () -> Files.delete(files.get(0)));
            System.out.println("no inodes");
            files.remove(0);
            for (Path file : files) {
                Files.delete(file);
            }
            fill(filler);
            last = program.record;
        }
        useAllInodes(disk);
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            expect(storage.find(last.name()).equals(Optional.of(last)), "not readable on a full disk");
            System.out.println("opened full");
        }
    }

    private interface Remedy {
        void run() throws IOException;
    }

    private void failAndHeal(String reason, Remedy remedy) throws IOException {
        for (int i = 0; i < 3; i++) {
            try {
                storage.replace(record, content());
                throw new AssertionError("written on a full disk");
            } catch (IOException e) {
                expect(e.getMessage().contains(reason), e.toString());
            }
            expect(storage.find(record.name()).equals(Optional.of(record)), "not as it was");
            try (Stream<Path> files = Files.list(directory)) {
                expect(files.noneMatch(file -> file.toString().contains(".tmp-")), "an unfinished file takes up space");
            }
        }
        remedy.run();
        record = storage.replace(storage.find(record.name()).orElseThrow(), content());
        record = storage.replace(record, content());
    }

    private static void fill(Path filler) throws IOException {
        try {
            while (true) {
                Files.write(filler, new byte[1024], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            expect(e.getMessage().contains("No space left"), e.toString());
        }
    }

    private static List<Path> useAllInodes(Path disk) {
        List<Path> files = new ArrayList<>();
        try {
            while (true) {
                files.add(Files.createFile(disk.resolve("inode" + files.size())));
            }
        } catch (IOException e) {
            return files;
        }
    }

    private static void expect(boolean kept, String message) {
        if (!kept) {
            throw new AssertionError(message);
        }
    }
}
