package dev.certkit.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a directory and keeps it until its input ends; says what came of it in one line. */
final class HoldingProgram {
    private HoldingProgram() {}

    public static void main(String[] args) throws IOException {
        try (DirectoryStorage storage = DirectoryStorage.at(Path.of(args[0]))) {
            System.out.println("open " + storage.damaged().size());
            while (System.in.read() >= 0) {
                // until whoever started this closes the pipe or kills us
            }
        } catch (IOException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
