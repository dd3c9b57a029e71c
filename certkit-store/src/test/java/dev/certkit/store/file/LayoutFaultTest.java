package dev.certkit.store.file;

import static dev.certkit.store.file.LayoutSamples.certified;
import static dev.certkit.store.file.LayoutSamples.hidden;
import static dev.certkit.store.file.LayoutSamples.isSame;
import static dev.certkit.store.file.LayoutStepProgram.NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.faults.ChildJvm;
import dev.certkit.store.faults.Rounds;
import dev.certkit.store.file.FileLayout.Part;
import dev.certkit.store.file.LayoutStepProgram.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills and errors put into single system calls of another process by strace. */
@Tag("T6")
@Tag("T7")
class LayoutFaultTest {
    private static final String CALLS =
            "openat,write,fsync,rename,unlink,mkdir,rmdir,symlink,symlinkat,renameat,unlinkat,mkdirat";
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\((.*)");
    /** In a generation that nobody sees yet; what happens there is alike in each step. */
    private static final Pattern UNSEEN_FILES = Pattern.compile("\\.web\\+\\d+/");

    /** Of a generation's files, all but the key's are like that. */
    private static final Pattern FURTHER_FILES = Pattern.compile("\\.web\\+\\d+/web\\.(crt|csr|root\\.crt)");

    private static final SamplePki PKI = LayoutSamples.pki();
    private static final CertifiedKey OLD = certified(PKI);
    private static final PendingKey PENDING = LayoutSamples.pending();
    private static final CertifiedKey NEW = certified(PKI, PENDING);

    @TempDir
    Path temp;

    private final Peer strace = Peer.require("strace");

    /** A system call of the step: which one, the how manyth of its kind in the main thread, and the rest of it. */
    private record Point(String call, int ordinal, String rest) {
        /** Java opens files in an order of its own, so an opening is counted among those of the same file. */
        List<String> fault(Path baseline, Path home, String what) {
            Matcher path = Pattern.compile(".*?\"([^\"]*)\".*").matcher(rest);
            return call.equals("openat") && path.matches()
                    ? List.of(
                            "-P",
                            path.group(1).replace(baseline.toString(), home.toString()),
                            "-e",
                            "inject=openat:" + what)
                    : List.of("-e", "inject=" + call + ":" + what + ":when=" + ordinal);
        }

        boolean isAbout(Pattern files) {
            return files.matcher(rest).find()
                    && List.of("openat", "write", "fsync").contains(call);
        }

        boolean isOfTheLock() {
            return rest.contains("/.+lock") || rest.contains("/.+gate");
        }
    }

    private Peer.Result trace(List<String> options, Path home, Step step) throws IOException {
        Path warm = temp.resolve("warm-" + home.getFileName());
        LayoutStepProgram.prepare(warm, step, OLD, PENDING, NEW);
        List<String> command = new ArrayList<>(List.of("-f", "-qq", "-y", "-o", traceOf(home), "-e", "trace=" + CALLS));
        command.addAll(options);
        command.addAll(ChildJvm.command(LayoutStepProgram.class, home.toString(), step.name(), warm.toString()));
        return strace.run(temp, command.toArray(String[]::new));
    }

    private static String traceOf(Path home) {
        return home.getFileName() + ".trace";
    }

    private Path prepared(String directory, Step step) throws IOException {
        Path home = temp.resolve(directory);
        LayoutStepProgram.prepare(home, step, OLD, PENDING, NEW);
        return home;
    }

    private List<Point> pointsOf(Step step, Path baseline, Pattern passedOver) throws IOException {
        trace(List.of(), baseline, step).succeeded();
        List<String> lines = Files.readAllLines(temp.resolve(traceOf(baseline)));
        String main = lines.stream()
                .filter(line -> line.contains("\"begin"))
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
            Point point = new Point(call.group(2), ordinal, call.group(3));
            if (inStep && !point.rest().contains("O_RDONLY") && !point.isOfTheLock()) {
                points.add(point);
            }
            inStep = (inStep || point.rest().contains("\"begin"))
                    && !point.rest().contains("\"done");
        }
        points.removeIf(point -> point.rest().contains("\"done") || point.isAbout(passedOver));
        // a move begins as a creation does, and that has its own kills
        return step == Step.MOVE ? points.subList(lastRename(points), points.size()) : points;
    }

    private static int lastRename(List<Point> points) {
        int last = points.size() - 1;
        while (!points.get(last).call().startsWith("rename")) {
            last--;
        }
        return last;
    }

    /** A kill sees no difference between before and after a sync, so the call behind one has been dealt with. */
    private static List<Point> pointsOfKills(List<Point> points) {
        List<Point> kills = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (i == 0 || Rounds.isLong() || !points.get(i - 1).call().equals("fsync")) {
                kills.add(points.get(i));
            }
        }
        return kills;
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aKillAtAnySystemCallLeavesTheOldOrTheNewAndTheNextRunCompletes(Step step) throws IOException {
        Path baseline = prepared("baseline", step);
        List<Point> points =
                pointsOfKills(pointsOf(step, baseline, step == Step.CREATE ? FURTHER_FILES : UNSEEN_FILES));
        assertTrue(points.size() >= 3, points::toString);
        List<Boolean> done = points.parallelStream()
                .map(point -> isDoneAfterKill(step, baseline, point))
                .toList();
        assertEquals(done.stream().sorted().toList(), done, () -> "undone again: " + points);
        assertTrue(done.get(done.size() - 1));
    }

    private boolean isDoneAfterKill(Step step, Path baseline, Point point) {
        try {
            Path home = prepared("killed" + point.call() + point.ordinal(), step);
            Peer.Result killed = trace(point.fault(baseline, home, "signal=KILL"), home, step)
                    .failed();
            assertTrue(killed.out().endsWith("begin\n"), killed::toString);
            boolean isDone = isDone(step, home, point);
            goOn(step, home, point);
            return isDone;
        } catch (IOException e) {
            throw new UncheckedIOException(point.toString(), e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"REPLACE", "MOVE"})
    void anErrorOfAnySystemCallIsToldAndKeepsTheLastGoodOne(Step step) throws IOException {
        Path baseline = prepared("baseline", step);
        pointsOf(step, baseline, FURTHER_FILES).parallelStream()
                .filter(point -> !List.of("unlink", "rmdir").contains(point.call()))
                .forEach(point -> assertToldAndHarmless(step, baseline, point));
    }

    private void assertToldAndHarmless(Step step, Path baseline, Point point) {
        try {
            Path home = prepared("failed" + point.call() + point.ordinal(), step);
            String error = point.call().equals("fsync") ? "error=EIO" : "error=ENOSPC";
            List<String> options = new ArrayList<>(point.fault(baseline, home, error));
            // it leaves the calls alone that are not traced, which is faster, but it cannot kill
            options.add("--seccomp-bpf");
            Peer.Result failed = trace(options, home, step).failed();
            String reason = error.endsWith("EIO") ? "Input/output error" : "No space left on device";
            assertTrue(failed.err().contains(reason), point + ": " + failed);
            assertLastGoodOne(step, home, point);
            goOn(step, home, point);
        } catch (IOException e) {
            throw new UncheckedIOException(point.toString(), e);
        }
    }

    private static void assertLastGoodOne(Step step, Path home, Point point) throws IOException {
        ServerFiles target = step.in(home);
        if (step == Step.REPLACE) {
            assertTrue(isSame(OLD, target.read(NAME).orElseThrow()), point::toString);
            assertTrue(isSame(OLD, seenByServer(step, target).orElseThrow()), point::toString);
        } else {
            isDone(step, home, point);
        }
        assertEquals(0, unfinished(target.directory()), point::toString);
    }

    private static long unfinished(Path directory) throws IOException {
        return hidden(directory).stream().filter(name -> name.startsWith(".+")).count();
    }

    /** Tells old from new, and fails if it is neither. */
    private static boolean isDone(Step step, Path home, Point point) throws IOException {
        ServerFiles target = step.in(home);
        Optional<CertifiedKey> read = target.read(NAME);
        Optional<CertifiedKey> seen = seenByServer(step, target);
        return switch (step) {
            case CREATE -> isNew(read, Optional.empty(), point) && isNew(seen, Optional.empty(), point);
            case REPLACE, TAKE_OVER -> {
                assertEquals(isNew(seen, Optional.of(OLD), point), isNew(read, Optional.of(OLD), point));
                yield isNew(read, Optional.of(OLD), point);
            }
            case UNINSTALL -> {
                assertKeyIsThere(target, OLD, point);
                yield seen.isEmpty();
            }
            case WITHDRAW -> target.names().isEmpty();
            case MOVE -> {
                Optional<CertifiedKey> left = LayoutStepProgram.source(home).read(NAME);
                assertTrue(isNew(read, Optional.empty(), point) || isNew(left, Optional.empty(), point), "" + point);
                yield left.isEmpty();
            }
        };
    }

    private static boolean isNew(Optional<CertifiedKey> found, Optional<CertifiedKey> before, Point point) {
        if (found.isPresent() && isSame(NEW, found.get())) {
            return true;
        }
        boolean isOld =
                found.isPresent() == before.isPresent() && (found.isEmpty() || isSame(before.get(), found.get()));
        assertTrue(isOld, "neither old nor new at " + point);
        return false;
    }

    private static void assertKeyIsThere(ServerFiles target, CertifiedKey key, Point point) throws IOException {
        boolean isThere = false;
        try (Stream<Path> files = Files.walk(target.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                isThere |= Files.readString(file).contains(PrivateKeys.toUnencryptedPem(key.privateKey()));
            }
        }
        assertTrue(isThere, "no key at " + point);
    }

    /** What a server finds that knows nothing but its two paths. */
    private static Optional<CertifiedKey> seenByServer(Step step, ServerFiles target) throws IOException {
        Path certificate = target.path(NAME, Part.LEAF);
        Path key = target.path(NAME, Part.KEY);
        if (!Files.exists(certificate) || !Files.exists(key)) {
            assertFalse(step == Step.CREATE && (Files.exists(certificate) || Files.exists(key)), "half a pair");
            return Optional.empty();
        }
        List<X509Certificate> chain = new ArrayList<>(Certificates.decode(Files.readAllBytes(certificate)));
        if (chain.size() == 2) {
            chain.add(PKI.root().chain().leaf());
        }
        return Optional.of(CertifiedKey.of(PrivateKeys.decode(Files.readAllBytes(key)), CertificateChain.of(chain)));
    }

    /** The same again, by a process that lives, and nothing is left over. */
    private static void goOn(Step step, Path home, Point point) throws IOException {
        ServerFiles target = step.in(home);
        ServerFiles source = LayoutStepProgram.source(home);
        switch (step) {
            case CREATE, REPLACE, TAKE_OVER -> {
                assertTrue(source.copyTo(List.of(target), NAME).get(0).isDone(), point::toString);
                assertTrue(isSame(NEW, seenByServer(step, target).orElseThrow()), point::toString);
            }
            case MOVE -> {
                source.moveTo(target, NAME);
                assertTrue(isSame(NEW, seenByServer(step, target).orElseThrow()), point::toString);
                assertEquals(List.of(), source.names());
                source.withdraw("other");
                assertEquals(List.of(), hidden(source.directory()), point::toString);
            }
            case UNINSTALL -> {
                if (target.read(NAME).isPresent()) {
                    target.uninstall(NAME);
                }
                target.withdraw(NAME);
                assertEquals(List.of(), hidden(target.directory()), point::toString);
            }
            case WITHDRAW -> {
                target.withdraw(NAME);
                assertEquals(List.of(), hidden(target.directory()), point::toString);
                assertEquals(List.of(), LayoutSamples.visible(target.directory()), point::toString);
            }
        }
        assertEquals(0, unfinished(target.directory()), point::toString);
        assertTrue(hidden(target.directory()).size() <= 3, () -> point + " left files");
    }
}
