package dev.certkit.store.file;

import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One change to the name "web", between two lines that mark it in a trace of the system calls. */
final class LayoutStepProgram {
    static final String NAME = "web";

    private LayoutStepProgram() {}

    /** A change, the layout in which it happens, and how the name is before. */
    enum Step {
        CREATE(FileLayout.apache()),
        REPLACE(FileLayout.apache()),
        UNINSTALL(FileLayout.haproxy()),
        WITHDRAW(FileLayout.apache()),
        TAKE_OVER(FileLayout.apache()),
        MOVE(FileLayout.haproxy());

        private final FileLayout layout;

        Step(FileLayout layout) {
            this.layout = layout;
        }

        ServerFiles in(Path home) throws IOException {
            return layout.unencryptedIn(home.resolve("target"));
        }
    }

    static ServerFiles source(Path home) throws IOException {
        return FileLayout.apache().unencryptedIn(home.resolve("source"));
    }

    /** Leaves the new identity in the source, and the old one in the target as far as the step needs one. */
    static void prepare(Path home, Step step, CertifiedKey old, PendingKey pending, CertifiedKey fresh)
            throws IOException {
        source(home).write(NAME, pending);
        source(home).write(NAME, fresh);
        ServerFiles target = step.in(home);
        switch (step) {
            case CREATE, MOVE -> {}
            case TAKE_OVER -> {
                Files.writeString(
                        target.directory().resolve("web.crt"), old.chain().toPem());
                Files.writeString(
                        target.directory().resolve("web.key"), PrivateKeys.toUnencryptedPem(old.privateKey()));
            }
            case REPLACE, UNINSTALL -> target.write(NAME, old);
            case WITHDRAW -> {
                target.write(NAME, old);
                target.uninstall(NAME);
            }
        }
    }

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        Step step = Step.valueOf(args[1]);
        warmUp(Path.of(args[2]), step);
        ServerFiles source = source(home);
        ServerFiles target = step.in(home);
        System.out.println("begin");
        run(step, source, target);
        System.out.println("done");
    }

    /** So that the step loads no classes: each of its system calls is then the layout's own. */
    private static void warmUp(Path home, Step step) throws IOException {
        System.out.println("warm");
        run(step, source(home), step.in(home));
    }

    private static void run(Step step, ServerFiles source, ServerFiles target) throws IOException {
        switch (step) {
            case CREATE, REPLACE, TAKE_OVER -> copy(source, target);
            case UNINSTALL -> target.uninstall(NAME);
            case WITHDRAW -> target.withdraw(NAME);
            case MOVE -> source.moveTo(target, NAME);
        }
    }

    private static void copy(ServerFiles source, ServerFiles target) throws IOException {
        for (ServerFiles.Copy copy : source.copyTo(List.of(target), NAME)) {
            if (!copy.isDone()) {
                throw copy.failure().orElseThrow();
            }
        }
    }
}
