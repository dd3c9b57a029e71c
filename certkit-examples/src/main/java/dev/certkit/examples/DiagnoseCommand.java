package dev.certkit.examples;

import dev.certkit.diagnose.Diagnosis;
import dev.certkit.diagnose.DiagnosisReport;
import dev.certkit.diagnose.StartTls;
import dev.certkit.examples.Arguments.UsageException;
import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.Identities;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what is wrong with a server, an identity or a file. */
public final class DiagnoseCommand {
    private static final String USAGE = """
            usage: diagnose server HOST PORT [--anchors FILE] [--servername NAME] [--starttls SMTP|IMAP|POP3]
                                             [--proxy HOST:PORT] [--seconds N]
                   diagnose identity DIRECTORY [NAME] [--anchors FILE] [--servername NAME]
                   diagnose file FILE [--file-passphrase-file FILE] [--anchors FILE] [--servername NAME]
              --anchors     the roots to trust, else those of this Java for a server, and none for the others
              ends with 0 if all is well, 1 after a warning or an error, 2 if the command line is wrong
            """;

    private final Terminal terminal;
    private final Arguments arguments;

    private DiagnoseCommand(Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.arguments = arguments;
    }

    /** Ends with 0 if all is well, 1 if something is wrong, 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.in, System.out, System.err));
    }

    static int run(List<String> line, InputStream in, PrintStream out, PrintStream err) {
        return CommandLine.run(USAGE, line, new Terminal(in, out, err), (terminal, arguments) -> new DiagnoseCommand(
                        terminal, arguments)
                .run());
    }

    private int run() throws IOException, UsageException {
        String what = arguments.word(0, "what to diagnose");
        List<DiagnosisReport> reports =
                switch (what) {
                    case "server" -> List.of(server());
                    case "identity" -> identities();
                    case "file" -> List.of(file());
                    default -> throw new UsageException("there is nothing called " + what + " to diagnose");
                };
        reports.forEach(report -> terminal.out().print(report.toText()));
        return reports.stream().allMatch(DiagnosisReport::isHealthy) ? 0 : 1;
    }

    private DiagnosisReport server() throws IOException, UsageException {
        Diagnosis.OfServer draft = Diagnosis.ofServer(
                arguments.word(1, "the host"), Arguments.number(arguments.word(2, "the port"), "the port"));
        Optional<TrustPolicy> policy = policy().map(pkix -> pkix.and(TrustPolicy.hostname()));
        Optional<String> name = arguments.option("--servername");
        Optional<StartTls> startTls = arguments.choice("--starttls", StartTls.class);
        Optional<String> proxy = arguments.option("--proxy");
        Optional<Integer> seconds = arguments.number("--seconds");
        arguments.end(3);
        draft = policy.isPresent() ? draft.trusting(policy.get()) : draft;
        draft = name.isPresent() ? draft.servername(name.get()) : draft;
        draft = startTls.isPresent() ? draft.startTls(startTls.get()) : draft;
        draft = proxy.isPresent() ? draft.through(place(proxy.get())) : draft;
        return (seconds.isPresent() ? draft.within(Duration.ofSeconds(seconds.get())) : draft).run();
    }

    /** The one that is named, or all. */
    private List<DiagnosisReport> identities() throws IOException, UsageException {
        try (Storage storage = DirectoryStorage.at(Path.of(arguments.word(1, "the directory")))) {
            // A diagnosis opens no key, so it does not matter how keys are kept.
            Identities identities = Identities.in(storage).unencrypted();
            List<DiagnosisReport> reports = new ArrayList<>();
            List<String> named = arguments.words(2);
            for (String name : named.isEmpty() ? identities.names() : named.subList(0, 1)) {
                reports.add(run(Diagnosis.ofIdentity(name, identities::chain), 3));
            }
            return reports;
        }
    }

    private DiagnosisReport file() throws IOException, UsageException {
        byte[] file = terminal.read(arguments.word(1, "the file"));
        Optional<Passphrase> passphrase = terminal.passphrase(arguments.option("--file-passphrase-file"));
        Pasted pasted = passphrase.isPresent() ? Pasted.decode(file, passphrase.get()) : Pasted.decode(file);
        return run(Diagnosis.ofPasted(pasted), 2);
    }

    private DiagnosisReport run(Diagnosis.OfCertificates draft, int words) throws IOException, UsageException {
        Optional<TrustPolicy> policy = policy();
        Optional<String> name = arguments.option("--servername");
        arguments.end(words);
        if (policy.isPresent()) {
            draft = draft.trusting(name.isPresent() ? policy.get().and(TrustPolicy.hostname()) : policy.get());
        }
        return (name.isPresent() ? draft.servername(name.get()) : draft).run();
    }

    private Optional<TrustPolicy> policy() throws IOException {
        Optional<String> file = arguments.option("--anchors");
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(TrustPolicy.pkix(TrustAnchors.of(Certificates.decode(terminal.read(file.get())))));
    }

    private static InetSocketAddress place(String text) throws UsageException {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new UsageException("the proxy is " + text + ", but must be HOST:PORT");
        }
        return InetSocketAddress.createUnresolved(
                text.substring(0, colon), Arguments.number(text.substring(colon + 1), "the port of the proxy"));
    }
}
