package dev.certkit.examples;

import dev.certkit.examples.Arguments.UsageException;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.RenewalSettings;
import dev.certkit.renew.Renewer;
import dev.certkit.renew.RenewerDraft;
import dev.certkit.renew.RequestFields;
import dev.certkit.renew.RequestStatus;
import dev.certkit.scep.ScepClient;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentitiesOpening;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A device that gets its certificates over SCEP and renews them, by one document of settings. */
public final class RenewalCommand {
    private static final String USAGE = """
            usage: renewal DIRECTORY COMMAND --settings FILE [--passphrase-file FILE] [OPTION VALUE]...
              request --ca FINGERPRINT [--challenge-file FILE]   requests all that is filled in, and waits for the answers;
                                                                 refused while automatic requests are on
              run --ca FINGERPRINT [--challenge-file FILE]       requests and renews by the policy, until it is ended;
                                                                 it may be ended or killed at any moment
              off, on                                            turns automatic requests off, or on again, for good
              status                                             where each request stands, and what comes next
              history                                            the last requests, the newest first
              settings [--to FILE]                               the settings as a document, checked: the form to export;
                                                                 import one by giving it as --settings
            settings, for example: server=http://ca.example.fr/scep    policy=after 2/3 of the lifetime
              request.1.name=web    request.1.subject=CN\\=printer-7.example.fr    request.1.names=192.0.2.7
              request.1.key=RSA_2048    request.1.use=TLS
            """;

    private final Terminal terminal;
    private final Arguments arguments;

    private RenewalCommand(Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.arguments = arguments;
    }

    /** Ends with 0 if it was done, 1 if a request failed, 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.in, System.out, System.err));
    }

    static int run(List<String> line, InputStream in, PrintStream out, PrintStream err) {
        return CommandLine.run(USAGE, line, new Terminal(in, out, err), (terminal, arguments) -> new RenewalCommand(
                        terminal, arguments)
                .run());
    }

    private int run() throws IOException, UsageException {
        Path directory = Path.of(arguments.word(0, "the directory"));
        String command = arguments.word(1, "the command");
        RenewalSettings settings = RenewalSettings.parse(
                new String(terminal.read(arguments.required("--settings")), StandardCharsets.UTF_8));
        Optional<Passphrase> passphrase = terminal.passphrase(arguments.option("--passphrase-file"));
        try (Storage storage = DirectoryStorage.at(directory)) {
            IdentitiesOpening opening = Identities.in(storage);
            RenewerDraft device = device(
                    passphrase.isPresent() ? opening.sealedUnder(passphrase.get()) : opening.unencrypted(), settings);
            Optional<String> to = command.equals("settings") ? arguments.option("--to") : Optional.empty();
            arguments.end(2);
            return switch (command) {
                case "request" -> request(device, settings);
                case "run" -> run(device);
                case "off", "on" -> turn(device, command);
                case "status" -> status(device, settings);
                case "history" -> history(device);
                case "settings" -> settings(settings, to);
                default -> throw new UsageException("there is no command " + command);
            };
        }
    }

    private RenewerDraft device(Identities identities, RenewalSettings settings) throws IOException, UsageException {
        Optional<String> challenge = arguments.option("--challenge-file");
        ScepClient ca = ScepClient.at(
                        settings.server().orElseThrow(() -> new UsageException("the settings have no server")))
                .trustingCa(pin());
        return Renewer.of(identities, ca)
                .settings(settings)
                .challenges(name -> terminal.passphrase(challenge))
                .after((name, key) -> terminal.out()
                        .println(name + ": in use until "
                                + key.chain().validity().notAfter()));
    }

    /** Looking at what is stored trusts nobody. */
    private Fingerprint pin() {
        return arguments.option("--ca").map(Fingerprint::parse).orElse(Fingerprint.sha256(new byte[0]));
    }

    private int run(RenewerDraft device) throws IOException {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try (Renewer renewer = device.start(timer)) {
            tellSwitch(renewer);
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            timer.shutdownNow();
        }
    }

    private int request(RenewerDraft device, RenewalSettings settings) throws IOException {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try (Renewer renewer = device.start(timer)) {
            CountDownLatch never = new CountDownLatch(1);
            int worst = 0;
            for (RequestFields fields : settings.requests()) {
                RequestStatus status = renewer.request(fields);
                while (status.state() == RequestStatus.State.PROCESSING && !never.await(100, TimeUnit.MILLISECONDS)) {
                    status = renewer.status(fields.keyName());
                }
                terminal.out().println(fields.keyName() + ": " + status);
                worst = status.state() == RequestStatus.State.SUCCESSFUL ? worst : 1;
            }
            return worst;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            timer.shutdownNow();
        }
    }

    private int turn(RenewerDraft device, String command) throws IOException {
        try (Renewer renewer = device.open()) {
            if (command.equals("on")) {
                renewer.turnOn();
            } else {
                renewer.turnOff();
            }
            tellSwitch(renewer);
        }
        return 0;
    }

    private void tellSwitch(Renewer renewer) throws IOException {
        String off = renewer.settings().policy().isPresent() ? "off" : "off: set a policy";
        terminal.out().println("automatic requests are " + (renewer.isAutomatic() ? "on" : off));
    }

    private int settings(RenewalSettings settings, Optional<String> file) throws IOException {
        terminal.write(settings.toText().getBytes(StandardCharsets.UTF_8), file);
        return 0;
    }

    private int status(RenewerDraft device, RenewalSettings settings) throws IOException {
        try (Renewer renewer = device.open()) {
            tellSwitch(renewer);
            for (RequestFields fields : settings.requests()) {
                terminal.out().println(fields.keyName() + ": " + renewer.status(fields.keyName()));
            }
        }
        return 0;
    }

    private int history(RenewerDraft device) throws IOException {
        try (Renewer renewer = device.open()) {
            renewer.history().forEach(terminal.out()::println);
        }
        return 0;
    }
}
