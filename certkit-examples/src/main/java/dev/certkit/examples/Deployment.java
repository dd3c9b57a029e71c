package dev.certkit.examples;

import dev.certkit.examples.Arguments.UsageException;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.Identities;
import dev.certkit.store.file.FileLayout;
import dev.certkit.store.file.ServerFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The command that puts an identity into the directories of servers, in the files that these want. */
record Deployment(Terminal terminal, Arguments arguments) {
    private enum Layout {
        APACHE,
        HAPROXY
    }

    int run(Identities identities, String name) throws IOException, UsageException {
        FileLayout layout = layout();
        String[] directories = arguments.required("--to").split(",", -1);
        String file = arguments.option("--as").orElse(name);
        Optional<Passphrase> passphrase = terminal.passphrase(arguments.option("--file-passphrase-file"));
        arguments.end(3);
        CertifiedKey key = identities
                .find(name)
                .orElseThrow(() -> new NoSuchElementException("there is no certificate to deploy; install one first"));
        Optional<CertificationRequest> request = identities.certificationRequest(name);
        int exit = 0;
        for (String directory : directories) {
            try {
                Path place = Path.of(directory);
                ServerFiles files = passphrase.isPresent()
                        ? layout.encryptedIn(place, passphrase.get())
                        : layout.unencryptedIn(place);
                write(files, file, key, request);
                terminal.out().println(directory + ": done; tell the server to reload");
            } catch (IOException | IllegalStateException e) {
                terminal.err().println("certificates: " + directory + ": " + e.getMessage());
                exit = 1;
            }
        }
        return exit;
    }

    private static void write(ServerFiles files, String file, CertifiedKey key, Optional<CertificationRequest> request)
            throws IOException {
        files.write(file, key);
        if (request.filter(asked -> asked.publicKey().equals(key.chain().leaf().getPublicKey()))
                .isPresent()) {
            files.write(file, PendingKey.of(key.privateKey(), request.get()));
        }
    }

    private FileLayout layout() throws UsageException {
        Layout chosen = arguments.choice("--layout", Layout.class).orElse(Layout.APACHE);
        FileLayout layout = chosen == Layout.APACHE ? FileLayout.apache() : FileLayout.haproxy();
        Optional<String> owner = arguments.option("--owner");
        Optional<String> group = arguments.option("--group");
        if (owner.isPresent()) {
            layout = layout.owner(owner.get());
        }
        return group.isPresent() ? layout.group(group.get()) : layout;
    }
}
