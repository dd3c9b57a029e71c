package dev.certkit.examples;

import dev.certkit.examples.Arguments.UsageException;
import dev.certkit.format.Pasted;
import dev.certkit.format.Pkcs12Profile;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificateDetails;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.DownloadForm;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentitiesOpening;
import dev.certkit.shelf.IdentityFinding;
import dev.certkit.shelf.IdentityImport;
import dev.certkit.shelf.ImportPolicy;
import dev.certkit.shelf.ImportResult;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A print server's certificate page, as commands on a directory. */
public final class CertificatesCommand {
    private static final String USAGE = """
            usage: certificates DIRECTORY COMMAND [NAME [FILE]] [--passphrase-file FILE] [OPTION VALUE]...
              list                                      all identities with state and end
              show NAME                                 state, allowed steps and details
              self-sign NAME --subject DN [--san NAMES] [--key TYPE] [--days N]
              request NAME [--subject DN [--san NAMES]] [--key TYPE]
                                                        a new request, or that of the certificate in use
              csr NAME [--out FILE]                     the request once more
              install NAME FILE                         the authority's answer, in any form; - reads standard input
              import NAME FILE [--file-passphrase-file FILE] [--alias KEY] [--allow CODES]
              export NAME [--form FORM] [--out FILE]    PEM, PEM_CHAIN, DER or PKCS7
              export NAME --form PKCS12 --file-passphrase-file FILE [--profile PROFILE] [--out FILE]
              deploy NAME --to DIRECTORIES [--layout APACHE|HAPROXY] [--as FILE] [--owner USER] [--group GROUP]
                                                        a server's files, keys in clear or --file-passphrase-file FILE
              renew NAME [--key TYPE]                   a self-signed certificate, with its key or a new one
              uninstall NAME                            keeps the key and its request
              withdraw NAME | delete NAME
            """;

    private final Terminal terminal;
    private final Arguments arguments;

    private CertificatesCommand(Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.arguments = arguments;
    }

    /** Ends with 0 if it was done, 1 if it was refused or failed, 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.in, System.out, System.err));
    }

    static int run(List<String> line, InputStream in, PrintStream out, PrintStream err) {
        return CommandLine.run(
                USAGE, line, new Terminal(in, out, err), (terminal, arguments) -> new CertificatesCommand(
                                terminal, arguments)
                        .run());
    }

    private int run() throws IOException, UsageException {
        String directory = arguments.word(0, "the directory");
        String command = arguments.word(1, "the command");
        Optional<Passphrase> passphrase = terminal.passphrase(arguments.option("--passphrase-file"));
        try (Storage storage = DirectoryStorage.at(Path.of(directory))) {
            IdentitiesOpening opening = Identities.in(storage);
            Identities identities =
                    passphrase.isPresent() ? opening.sealedUnder(passphrase.get()) : opening.unencrypted();
            return command.equals("list") ? list(identities) : run(command, identities);
        }
    }

    private int list(Identities identities) throws IOException, UsageException {
        arguments.end(2);
        identities.list().forEach(terminal.out()::println);
        return 0;
    }

    private int run(String command, Identities identities) throws IOException, UsageException {
        String name = arguments.word(2, "the name");
        return switch (command) {
            case "show" -> show(identities, name);
            case "self-sign" -> selfSign(identities, name);
            case "request" -> request(identities, name);
            case "csr" -> csr(identities, name);
            case "install" -> install(identities, name);
            case "import" -> bring(identities, name);
            case "export" -> export(identities, name);
            case "deploy" -> new Deployment(terminal, arguments).run(identities, name);
            case "renew" -> renew(identities, name);
            default -> end(command, identities, name);
        };
    }

    private int end(String command, Identities identities, String name) throws IOException, UsageException {
        arguments.end(3);
        switch (command) {
            case "uninstall" -> identities.uninstall(name);
            case "withdraw" -> identities.withdraw(name);
            case "delete" -> identities.delete(name);
            default -> throw new UsageException("there is no command " + command);
        }
        terminal.out().println(identities.summary(name));
        return 0;
    }

    private int show(Identities identities, String name) throws IOException, UsageException {
        arguments.end(3);
        terminal.out().println(identities.summary(name));
        terminal.out().println("allowed: " + identities.steps(name));
        identities.chain(name).ifPresent(this::details);
        return 0;
    }

    private void details(CertificateChain chain) {
        terminal.out().print(CertificateDetails.of(chain.leaf()).toText());
        chain.gap().ifPresent(gap -> terminal.out().println("chain:             " + gap));
    }

    private int selfSign(Identities identities, String name) throws IOException, UsageException {
        CertifiedKey.SelfSigned draft = CertifiedKey.selfSigned(subject()).san(names());
        Optional<Integer> days = arguments.number("--days");
        if (days.isPresent()) {
            draft = draft.validFor(Duration.ofDays(days.get()));
        }
        KeyType type = keyType().orElse(KeyType.EC_P256);
        arguments.end(3);
        details(identities.selfSigned(name, draft, type).chain());
        return 0;
    }

    private int request(Identities identities, String name) throws IOException, UsageException {
        Optional<KeyType> type = keyType();
        if (arguments.option("--subject").isPresent()) {
            CertificationRequest.Draft draft =
                    CertificationRequest.forSubject(subject()).san(names());
            arguments.end(3);
            identities.request(name, draft, type.orElse(KeyType.EC_P256));
        } else {
            arguments.end(3);
            if (type.isPresent()) {
                identities.request(name, type.get());
            } else {
                identities.request(name);
            }
        }
        return printed(identities.certificationRequest(name), Optional.empty());
    }

    private int csr(Identities identities, String name) throws IOException, UsageException {
        Optional<String> out = arguments.option("--out");
        arguments.end(3);
        return printed(identities.certificationRequest(name), out);
    }

    private int printed(Optional<CertificationRequest> request, Optional<String> out) throws IOException {
        String pem = request.orElseThrow(() -> new NoSuchElementException("there is no request; make one first"))
                .toPem();
        terminal.write(pem.getBytes(StandardCharsets.US_ASCII), out);
        return 0;
    }

    private int install(Identities identities, String name) throws IOException, UsageException {
        String file = arguments.word(3, "the file");
        arguments.end(4);
        return shown(identities.install(name, Pasted.decode(terminal.read(file))));
    }

    private int bring(Identities identities, String name) throws IOException, UsageException {
        byte[] file = terminal.read(arguments.word(3, "the file"));
        Optional<Passphrase> passphrase = terminal.passphrase(arguments.option("--file-passphrase-file"));
        Optional<String> alias = arguments.option("--alias");
        ImportPolicy policy = policy();
        arguments.end(4);
        Pasted pasted = passphrase.isPresent() ? Pasted.decode(file, passphrase.get()) : Pasted.decode(file);
        IdentityImport draft = identities.importing(pasted).policy(policy);
        ImportResult result = (alias.isPresent() ? draft.key(alias.get()) : draft).as(name);
        return result.fold(this::shown, this::refused);
    }

    private ImportPolicy policy() throws UsageException {
        List<IdentityFinding.Code> allowed = arguments.choices("--allow", IdentityFinding.Code.class);
        return ImportPolicy.standard().allowing(allowed.toArray(IdentityFinding.Code[]::new));
    }

    private int shown(ImportResult.Installed installed) {
        details(installed.key().chain());
        installed.warnings().forEach(warning -> terminal.err().println("warning: " + warning.text()));
        return 0;
    }

    private int refused(ImportResult.Refused refused) {
        refused.reasons().forEach(reason -> terminal.err().println("certificates: " + reason));
        return 1;
    }

    private int export(Identities identities, String name) throws IOException, UsageException {
        Optional<String> out = arguments.option("--out");
        if (arguments.option("--form").equals(Optional.of("PKCS12"))) {
            Passphrase passphrase = terminal.passphrase(Optional.of(arguments.required("--file-passphrase-file")))
                    .orElseThrow();
            Pkcs12Profile profile =
                    arguments.choice("--profile", Pkcs12Profile.class).orElse(Pkcs12Profile.MODERN);
            arguments.end(3);
            CertifiedKey key = identities.find(name).orElseThrow(CertificatesCommand::nothing);
            terminal.write(key.toPkcs12(name).encode(passphrase, profile), out);
        } else {
            DownloadForm form = arguments.choice("--form", DownloadForm.class).orElse(DownloadForm.PEM);
            arguments.end(3);
            CertificateChain chain = identities.chain(name).orElseThrow(CertificatesCommand::nothing);
            terminal.write(form.encode(chain), out);
        }
        return 0;
    }

    private static NoSuchElementException nothing() {
        return new NoSuchElementException("there is no certificate to export; install one first");
    }

    private int renew(Identities identities, String name) throws IOException, UsageException {
        Optional<KeyType> type = keyType();
        arguments.end(3);
        CertifiedKey renewed = type.isPresent() ? identities.renew(name, type.get()) : identities.renew(name);
        details(renewed.chain());
        return 0;
    }

    private DistinguishedName subject() throws UsageException {
        return DistinguishedName.parse(arguments.required("--subject"));
    }

    private String[] names() {
        return arguments.option("--san").map(names -> names.split(",", -1)).orElse(new String[0]);
    }

    private Optional<KeyType> keyType() throws UsageException {
        return arguments.choice("--key", KeyType.class);
    }
}
