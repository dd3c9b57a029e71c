package dev.certkit.tokens;

import dev.certkit.key.Passphrase;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.key.TokenException;
import dev.certkit.peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A freshly initialised token of SoftHSM, which has a second slot without one.
 *
 * @param library where the shared library is
 * @param directory has the configuration and the token's files
 * @param slot the token's slot
 */
public record SoftToken(Path library, Path directory, long slot) {
    static final String PIN = "4321-canary";
    private static final String CONFIGURATION = "softhsm2.conf";
    private static final String SECURITY_OFFICER = "12345678";
    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");

    static SoftToken madeIn(Path directory) throws IOException {
        Path configuration = directory.resolve(CONFIGURATION);
        Peer tool = Peer.require("softhsm2-util").with("SOFTHSM2_CONF", configuration.toString());
        Files.createDirectory(tokens(directory));
        Files.writeString(
                configuration,
                "directories.tokendir = " + tokens(directory) + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        String[] command = {
            "--init-token", "--free", "--label", "certkit", "--so-pin", SECURITY_OFFICER, "--pin", PIN,
        };
        String said = tool.run(directory, command).succeeded().out();
        Matcher slot = SLOT.matcher(said);
        if (!slot.find()) {
            throw new AssertionError("no slot in what softhsm2-util says: " + said);
        }
        return new SoftToken(findLibrary(), directory, Long.parseLong(slot.group(1)));
    }

    private static Path findLibrary() throws IOException {
        Path multiArch = Path.of("/usr/lib");
        try (Stream<Path> directories = Files.list(multiArch)) {
            return Stream.concat(Stream.of(multiArch, Path.of("/usr/lib64"), Path.of("/usr/local/lib")), directories)
                    .flatMap(directory -> Stream.of("softhsm/libsofthsm2.so", "pkcs11/libsofthsm2.so")
                            .map(directory::resolve))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("softhsm2-util is there, its library libsofthsm2.so is not"));
        }
    }

    private static Path tokens(Path directory) {
        return directory.resolve("tokens");
    }

    Path configuration() {
        return directory.resolve(CONFIGURATION);
    }

    /** As if somebody had pulled it out for good. */
    void pullOut() throws IOException {
        delete(tokens(directory));
    }

    void remove() throws IOException {
        delete(directory);
    }

    private static void delete(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Opened with the right PIN. */
    public Pkcs11Token open() throws TokenException {
        return open(PIN);
    }

    Pkcs11Token open(String pin) throws TokenException {
        try (Passphrase passphrase = Passphrase.of(pin)) {
            return Pkcs11Token.at(library).slot(slot).open(passphrase);
        }
    }
}
