package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.peers.Peer;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import dev.certkit.store.faults.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults put into single system calls of another process by strace. */
class SystemCallFaultTest {
    private static final String CALLS = "openat,write,fsync,rename,unlink";
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\((.*)");

    @TempDir
    Path temp;

    private final Peer strace = Peer.require("strace");

    private Peer.Result trace(List<String> faults, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-f", "-qq", "-o", "trace", "-e", "trace=" + CALLS));
        if (faults.stream().noneMatch(fault -> fault.contains("signal="))) {
            // it leaves the calls alone that are not traced, which is faster, but it cannot kill
            command.add("--seccomp-bpf");
        }
        command.addAll(faults);
        command.addAll(ChildJvm.command(program, arguments));
        return strace.run(temp, command.toArray(String[]::new));
    }

    @Nested
    class AKill {
        /** A system call of the step: which one, the how manyth of its kind in the main thread, and the rest of it. */
        private record Point(String call, int ordinal, String rest) {
            /** Java opens files in an order of its own, so an opening is counted among those of the same file. */
            List<String> faultIn(Path directory) {
                Matcher created = Pattern.compile(".*/(\\.tmp-\\d+)\".*").matcher(rest);
                return call.equals("openat") && created.matches()
                        ? List.of(
                                "-P", directory.resolve(created.group(1)).toString(), "-e", "inject=openat:signal=KILL")
                        : List.of("-e", "inject=" + call + ":signal=KILL:when=" + ordinal);
            }
        }

        private List<Point> pointsOf(String step, Path directory) throws IOException {
            StepProgram.prepare(directory);
            trace(List.of(), StepProgram.class, directory.toString(), step).succeeded();
            List<String> lines = Files.readAllLines(temp.resolve("trace"));
            String main = lines.stream()
                    .filter(line -> line.contains("write(1, \"begin"))
                    .findFirst()
                    .orElseThrow();
            Map<String, Integer> ordinals = new HashMap<>();
            List<Point> points = new ArrayList<>();
            boolean inStep = false;
            for (String line : lines) {
                Matcher call = CALL.matcher(line);
                if (!call.matches() || !main.startsWith(call.group(1) + " ")) {
                    continue;
                }
                int ordinal = ordinals.merge(call.group(2), 1, Integer::sum);
                if (inStep && !call.group(3).contains("O_RDONLY")) {
                    points.add(new Point(call.group(2), ordinal, call.group(3)));
                }
                inStep = (inStep || call.group(3).contains("\"begin"))
                        && !call.group(3).contains("\"done");
            }
            return points;
        }

        @ParameterizedTest
        @CsvSource({"create, 6", "replace, 7", "delete, 6", "claim, 7"})
        void atAnySystemCallLeavesTheRecordBeforeOrAfterTheStep(String step, int expectedPoints) throws IOException {
            List<Point> points = pointsOf(step, temp.resolve("baseline"));
            assertEquals(expectedPoints, points.size(), points::toString);
            boolean wasDone = false;
            for (int i = 0; i < points.size(); i++) {
                Path directory = temp.resolve(step + i);
                StepProgram.prepare(directory);
                Peer.Result killed = trace(
                                points.get(i).faultIn(directory), StepProgram.class, directory.toString(), step)
                        .failed();
                assertTrue(killed.out().endsWith("begin\n"), killed::toString);
                boolean isDone = isDone(step, directory, points.get(i));
                assertTrue(isDone || !wasDone, "undone again at " + points.get(i));
                wasDone = isDone;
            }
            assertTrue(wasDone);
        }

        private boolean isDone(String step, Path directory, Point point) throws IOException {
            RecordName name = step.equals("create") ? StepProgram.SHELF.name("new") : StepProgram.IT;
            try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
                assertEquals(List.of(), storage.damaged(), point::toString);
                try (Stream<Path> files = Files.list(directory)) {
                    assertFalse(
                            files.anyMatch(file -> file.getFileName().toString().startsWith(".tmp")));
                }
                Optional<StoredRecord> record = storage.find(name);
                if (record.isEmpty()) {
                    storage.create(name, StepProgram.content("goes on"));
                } else {
                    storage.replace(record.get(), StepProgram.content("goes on"));
                }
                return switch (step) {
                    case "create" -> record.isPresent() && text(record.get()).equals("new");
                    case "replace" -> isOneOf(text(record.orElseThrow()), "old", "new");
                    case "delete" -> record.isEmpty() || !isOneOf(text(record.get()), "new", "old");
                    case "claim" -> record.orElseThrow().leaseEpoch() > 0;
                    default -> throw new AssertionError(step);
                };
            }
        }

        private boolean isOneOf(String payload, String before, String after) {
            assertTrue(payload.equals(before) || payload.equals(after), payload);
            return payload.equals(after);
        }
    }

    private static String text(StoredRecord record) {
        return new String(record.content().payload(), StandardCharsets.UTF_8);
    }

    @Nested
    class AnError {
        @ParameterizedTest
        @CsvSource({
            "reopening, fsync:error=EIO:when=5+5",
            "reopening, fsync:error=EIO:when=5+4",
            "in one go, fsync:error=EIO:when=10..40",
            "reopening, rename:error=EROFS:when=3+3",
            "in one go, unlink:error=EROFS:when=3+2",
            "reopening, write:error=ENOSPC:when=20+3",
            "in one go, fsync:error=EIO:when=5+3 unlink:error=EIO:when=1+2",
            "in one go, fsync:error=EIO:when=5+5 rename:error=EIO:when=3+2"
        })
        void ofASystemCallIsToldAndUndoneAndTheNextTriesSucceed(String how, String faults) throws IOException {
            Path directory = temp.resolve("store");
            Peer.Result result = trace(options(faults), GrindProgram.class, directory.toString(), how)
                    .succeeded();
            String[] lines = result.out().split("\n");
            assertTrue(Integer.parseInt(lines[0]) >= 10, result::toString);
            assertEquals("round 39 again", lines[1]);
            assertEquals("[]", lines[2]);
            try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
                assertEquals("round 39 again", GrindProgram.text(storage.find(GrindProgram.NAME)));
                assertEquals(List.of(), storage.damaged());
            }
        }

        @Test
        void cannotMakeWhatWasReadDisappearBecauseOpeningSyncsFirst() throws IOException {
            Path directory = temp.resolve("store");
            StepProgram.prepare(directory);
            trace(List.of(), LookProgram.class, directory.toString()).succeeded();
            List<String> calls = Files.readAllLines(temp.resolve("trace")).stream()
                    .filter(line -> line.contains("fsync(") || line.contains(".rec\""))
                    .toList();
            assertTrue(calls.get(0).contains("fsync("), calls::toString);
            assertTrue(calls.get(1).contains(".rec\""), calls::toString);
        }

        private List<String> options(String faults) {
            return Stream.of(faults.split(" "))
                    .flatMap(fault -> Stream.of("-e", "inject=" + fault))
                    .toList();
        }

        @Test
        void ofAWriteAndOfItsUndoingDoesNotBringADeletedRecordBack() throws IOException {
            Path directory = temp.resolve("store");
            StepProgram.prepare(directory);
            // the syncs: one to open, then that of the file and that of the directory, which fails after the rename
            List<String> faults = options("fsync:error=EIO:when=3 unlink:error=EIO:when=1");
            Peer.Result result =
                    trace(faults, UndoProgram.class, directory.toString()).succeeded();
            assertEquals("failed\ndeleted\n", result.out());
            assertTrue(Files.readString(temp.resolve("trace")).contains("unlink"), "the undoing was to fail, too");
            try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
                assertEquals(Optional.empty(), storage.find(StepProgram.IT));
            }
        }

        @Test
        void ofADeletionLeavesTheGenerationBeforeForALaterDamage() throws IOException {
            Path directory = temp.resolve("store");
            StepProgram.prepare(directory);
            List<String> faults = options("unlink:error=EROFS:when=1");
            Peer.Result result =
                    trace(faults, SpoilProgram.class, directory.toString()).succeeded();
            assertEquals("failed\nolder\n", result.out());
            try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
                assertEquals("and on", text(storage.find(StepProgram.IT).orElseThrow()));
                assertEquals(List.of(), storage.damaged());
            }
        }

        @Test
        void ofReadingIsNotTakenForDamage() throws IOException {
            Path directory = temp.resolve("store");
            StepProgram.prepare(directory);
            Path newest = directory.resolve(GenerationName.of(StepProgram.IT, 2).fileName());
            List<String> faults = List.of("-P", newest.toString(), "-e", "trace=read", "-e", "inject=read:error=EIO");
            Peer.Result result =
                    trace(faults, LookProgram.class, directory.toString()).succeeded();
            assertEquals(
                    List.of(
                            "cannot be read: Input/output error, nothing is used instead",
                            "DamagedRecordException",
                            "DamagedRecordException",
                            "listed 1, due 0"),
                    result.out().lines().toList());
            try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
                assertEquals("old", text(storage.find(StepProgram.IT).orElseThrow()));
            }
        }
    }
}
