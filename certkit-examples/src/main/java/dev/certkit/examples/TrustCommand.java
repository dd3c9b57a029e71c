package dev.certkit.examples;

import dev.certkit.examples.Arguments.UsageException;
import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.settings.SettingValues;
import dev.certkit.shelf.settings.Settings;
import dev.certkit.shelf.trust.Acceptance;
import dev.certkit.shelf.trust.TrustEntry;
import dev.certkit.shelf.trust.TrustImport;
import dev.certkit.shelf.trust.TrustList;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** A phone's security page: whom it trusts, what it refused, and a person's word about that. */
public final class TrustCommand {
    private static final String USAGE = """
            usage: trust DIRECTORY COMMAND [WORD]... [--anchors FILE] [--passphrase-file FILE]
              connect HOST:PORT             says trusted, or every reason why not, and keeps what was presented
              fetch URI                     the same over HTTP, with the user and password that were provisioned
              list [--of LIST]              SERVERS, AUTHORITIES or INVALID, or all
              show FINGERPRINT              the details; the first 8 digits will do
              accept FINGERPRINT [--host HOST[:PORT]|any] [--until TIME]
                                            for whom presented it, or for this host; TIME as in 2026-12-31
              reject FINGERPRINT            it is refused from now on
              delete FINGERPRINT            with what was decided about it
              import FILE                   PEM, DER or P7B, onto the list of its type
              restore                       the default authorities as they were
              provision FILE                parameters: accept-all-certificates, http-digest.username and .password
              --anchors                     the default authorities, else those of this Java
              --passphrase-file             what keeps the password for HTTP secret in the directory
            """;
    private static final int FEWEST_DIGITS = 8;

    private final Terminal terminal;
    private final Arguments arguments;

    private TrustCommand(Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.arguments = arguments;
    }

    /** Ends with 0 if it was done or is trusted, 1 if it is not or failed, 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.in, System.out, System.err));
    }

    static int run(List<String> line, InputStream in, PrintStream out, PrintStream err) {
        return CommandLine.run(
                USAGE, line, new Terminal(in, out, err), (terminal, arguments) -> new TrustCommand(terminal, arguments)
                        .run());
    }

    private int run() throws IOException, UsageException {
        Path directory = Path.of(arguments.word(0, "the directory"));
        String command = arguments.word(1, "the command");
        TrustAnchors anchors = anchors();
        try (Storage storage = DirectoryStorage.at(directory)) {
            TrustLists lists = TrustLists.in(storage).authorities(anchors).open();
            return switch (command) {
                case "connect" ->
                    visit(lists, anchors, settings(storage).current()).connect(peer(arguments.word(2, "the host")));
                case "fetch" ->
                    visit(lists, anchors, settings(storage).current()).fetch(arguments.word(2, "the URI"));
                case "provision" -> provision(settings(storage));
                case "list" -> list(lists);
                case "restore" -> restore(lists);
                default -> decide(command, lists, arguments.word(2, "the fingerprint or file"));
            };
        }
    }

    private int decide(String command, TrustLists lists, String word) throws IOException, UsageException {
        return switch (command) {
            case "show" -> show(lists, word);
            case "accept" -> accept(lists, word);
            case "reject" -> reject(lists, word);
            case "delete" -> delete(lists, word);
            case "import" -> bring(lists, word);
            default -> throw new UsageException("there is no command " + command);
        };
    }

    private TrustAnchors anchors() throws IOException {
        Optional<String> file = arguments.option("--anchors");
        return file.isPresent()
                ? TrustAnchors.of(Certificates.decode(terminal.read(file.get())))
                : TrustAnchors.system();
    }

    private Settings settings(Storage storage) throws IOException {
        Optional<Passphrase> passphrase = terminal.passphrase(arguments.option("--passphrase-file"));
        Settings.Opening opening = Settings.in(storage);
        return passphrase.isPresent() ? opening.sealedUnder(passphrase.get()) : opening.unencrypted();
    }

    private TrustVisit visit(TrustLists lists, TrustAnchors anchors, SettingValues settings) throws UsageException {
        arguments.end(3);
        TrustPolicy policy =
                TrustPolicy.pkix(anchors).and(TrustPolicy.hostname()).deferringTo(lists);
        return new TrustVisit(terminal, lists, policy, settings);
    }

    private int provision(Settings settings) throws IOException, UsageException {
        String file = arguments.word(2, "the file");
        arguments.end(3);
        String document = new String(terminal.read(file), StandardCharsets.UTF_8);
        terminal.out()
                .println(settings.importing(document).refusingUnknown().apply().values());
        return 0;
    }

    private int list(TrustLists lists) throws IOException, UsageException {
        Optional<TrustList> wanted = arguments.choice("--of", TrustList.class);
        arguments.end(2);
        for (TrustList list : wanted.map(List::of).orElse(List.of(TrustList.values()))) {
            terminal.out().println(list.name().toLowerCase(Locale.ROOT) + ":");
            entries(lists, list).forEach(this::line);
        }
        return 0;
    }

    private static List<TrustEntry> entries(TrustLists lists, TrustList list) throws IOException {
        return switch (list) {
            case SERVERS -> lists.servers();
            case AUTHORITIES -> lists.authorities();
            case INVALID -> lists.invalid();
        };
    }

    private void line(TrustEntry entry) {
        PrintStream out = terminal.out();
        out.println("  " + entry.fingerprint());
        out.println("    " + entry.certificate()
                + (entry.isDefault() ? ", default" : "")
                + (entry.isRejected() ? ", rejected" : "")
                + entry.acceptance().map(how -> ", accepted " + how).orElse(""));
        entry.sightings().forEach(seen -> out.println("    first at " + seen.first() + " presented by " + seen));
        if (entry.sightings().isEmpty()) {
            entry.reasons().forEach(reason -> out.println("    " + reason));
        }
    }

    private int show(TrustLists lists, String word) throws IOException, UsageException {
        arguments.end(3);
        TrustEntry entry = lists.find(fingerprint(lists, word)).orElseThrow();
        line(entry);
        terminal.out().print(entry.details().toText());
        return 0;
    }

    private int accept(TrustLists lists, String word) throws IOException, UsageException {
        Optional<String> host = arguments.option("--host");
        Optional<String> until = arguments.option("--until");
        arguments.end(3);
        Fingerprint fingerprint = fingerprint(lists, word);
        if (host.isEmpty() && until.isEmpty()) {
            return shown(lists.accept(fingerprint));
        }
        Acceptance scope = host.isPresent()
                ? scope(host.get())
                : whereItWasSeen(lists.find(fingerprint).orElseThrow());
        return shown(lists.accept(fingerprint, until.isPresent() ? scope.until(time(until.get())) : scope));
    }

    private static Acceptance scope(String host) throws UsageException {
        return host.equals("any") ? Acceptance.everywhere() : Acceptance.at(peer(host));
    }

    private static Acceptance whereItWasSeen(TrustEntry entry) {
        Peer[] peers =
                entry.sightings().stream().flatMap(seen -> seen.peer().stream()).toArray(Peer[]::new);
        return peers.length == 0 ? Acceptance.everywhere() : Acceptance.at(peers);
    }

    private int reject(TrustLists lists, String word) throws IOException, UsageException {
        arguments.end(3);
        return shown(lists.reject(fingerprint(lists, word)));
    }

    private int shown(TrustEntry entry) {
        line(entry);
        return 0;
    }

    private int delete(TrustLists lists, String word) throws IOException, UsageException {
        arguments.end(3);
        Fingerprint fingerprint = fingerprint(lists, word);
        lists.delete(fingerprint);
        terminal.out().println("deleted: " + fingerprint);
        return 0;
    }

    private int bring(TrustLists lists, String file) throws IOException, UsageException {
        arguments.end(3);
        TrustImport done = lists.importing(Pasted.decode(terminal.read(file)));
        done.imported().forEach(this::line);
        done.refused().forEach(refusal -> terminal.err().println("trust: " + refusal));
        return done.refused().isEmpty() ? 0 : 1;
    }

    private int restore(TrustLists lists) throws IOException, UsageException {
        arguments.end(2);
        terminal.out().println("restored: " + lists.restoreDefaults());
        return 0;
    }

    /** Of the one entry whose fingerprint begins so, on whichever list. */
    private static Fingerprint fingerprint(TrustLists lists, String word) throws IOException, UsageException {
        String digits = word.replace(":", "").toLowerCase(Locale.ROOT);
        if (digits.length() < FEWEST_DIGITS) {
            throw new UsageException("the fingerprint is " + word + ", but must have 8 digits or more");
        }
        List<Fingerprint> all = new ArrayList<>(lists.damaged());
        Stream.of(lists.servers(), lists.authorities(), lists.invalid())
                .flatMap(List::stream)
                .forEach(entry -> all.add(entry.fingerprint()));
        List<Fingerprint> found = all.stream()
                .filter(each -> each.hex().startsWith(digits))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw new NoSuchElementException(
                    found.size() + " entries have a fingerprint that begins with " + word + "; see the list");
        }
        return found.get(0);
    }

    private static Peer peer(String text) throws UsageException {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']') && text.indexOf(':') == colon || text.indexOf("]:") > 0;
        try {
            return hasPort
                    ? new Peer(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)))
                    : new Peer(text, 0);
        } catch (NumberFormatException e) {
            throw new UsageException("the host is " + text + ", but must be HOST:PORT");
        }
    }

    private static Instant time(String text) throws UsageException {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UsageException("the time is " + text + ", but must be as 2026-12-31 or 2026-12-31T12:00:00Z");
        }
    }
}
