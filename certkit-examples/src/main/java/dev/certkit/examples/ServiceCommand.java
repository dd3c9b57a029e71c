package dev.certkit.examples;

import dev.certkit.examples.Arguments.UsageException;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.Endpoints;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentitiesOpening;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.tls.TlsContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The services of a device by name, each bound to an identity, and HTTPS that follows what is bound and renewed. */
public final class ServiceCommand {
    private static final String USAGE = """
            usage: service DIRECTORY COMMAND [WORD]... [--passphrase-file FILE]
              list                       the endpoints and the identities that they present
              bind ENDPOINT IDENTITY     an endpoint that is not bound yet
              rebind ENDPOINT IDENTITY   to another identity, which running services present at once
              unbind ENDPOINT
              renew IDENTITY             a self-signed one, which running services present at once
              delete IDENTITY            refused while an endpoint is bound to it
              serve ENDPOINT=PORT...     a page over HTTPS on the loopback address, or any free port for 0;
                                         does the commands above as they come on standard input, until that ends
            """;

    private final Terminal terminal;
    private final Arguments arguments;

    private ServiceCommand(Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.arguments = arguments;
    }

    /** Ends with 0 if it was done, 1 if it was refused or failed, 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.in, System.out, System.err));
    }

    static int run(List<String> line, InputStream in, PrintStream out, PrintStream err) {
        return CommandLine.run(USAGE, line, new Terminal(in, out, err), (terminal, arguments) -> new ServiceCommand(
                        terminal, arguments)
                .run());
    }

    private int run() throws IOException, UsageException {
        Path directory = Path.of(arguments.word(0, "the directory"));
        String command = arguments.word(1, "the command");
        Optional<Passphrase> passphrase = terminal.passphrase(arguments.option("--passphrase-file"));
        try (Storage storage = DirectoryStorage.at(directory)) {
            IdentitiesOpening opening = Identities.in(storage);
            Identities identities =
                    passphrase.isPresent() ? opening.sealedUnder(passphrase.get()) : opening.unencrypted();
            return command.equals("serve") ? serve(identities) : run(command, identities);
        }
    }

    private int run(String command, Identities identities) throws IOException, UsageException {
        Endpoints endpoints = Endpoints.of(identities);
        switch (command) {
            case "list" -> arguments.end(2);
            case "bind" -> endpoints.bind(name(4), arguments.word(3, "the identity"));
            case "rebind" -> endpoints.rebind(name(4), arguments.word(3, "the identity"));
            case "unbind" -> endpoints.unbind(name(3));
            case "renew" -> identities.renew(name(3));
            case "delete" -> identities.delete(name(3));
            default -> throw new UsageException("there is no command " + command);
        }
        terminal.out()
                .println(endpoints.list().stream()
                        .map(each -> each.name() + " presents " + each.identity())
                        .collect(Collectors.joining(", ", "endpoints: ", "")));
        return 0;
    }

    private String name(int words) throws UsageException {
        arguments.end(words);
        return arguments.word(2, "the name");
    }

    private int serve(Identities identities) throws IOException, UsageException {
        arguments.word(2, "the endpoint and its port");
        List<StatusPage> pages = new ArrayList<>();
        try {
            for (String word : arguments.words(2)) {
                pages.add(page(Endpoints.of(identities), word));
            }
            arguments.end(2 + pages.size());
            new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> obey(line, identities));
            return 0;
        } finally {
            pages.forEach(StatusPage::close);
        }
    }

    /** What is refused is told, and the services go on. */
    private void obey(String line, Identities identities) {
        List<String> words = new ArrayList<>(List.of(arguments.words(0).get(0)));
        words.addAll(List.of(line.strip().split(" +")));
        CommandLine.run(USAGE, words, terminal, (same, given) -> new ServiceCommand(same, given)
                .run(given.word(1, "the command"), identities));
    }

    private StatusPage page(Endpoints endpoints, String word) throws IOException, UsageException {
        int equals = word.lastIndexOf('=');
        if (equals < 1) {
            throw new UsageException("the word is " + word + ", but must be ENDPOINT=PORT");
        }
        String name = word.substring(0, equals);
        SSLContext context = TlsContext.presenting(endpoints.live(name))
                .onKeyChange(change -> terminal.out().println(name + ": " + change))
                .toSslContext();
        StatusPage page = StatusPage.start(context, Arguments.number(word.substring(equals + 1), "the port"));
        terminal.out().println(name + ": https://localhost:" + page.port() + "/");
        return page;
    }
}
