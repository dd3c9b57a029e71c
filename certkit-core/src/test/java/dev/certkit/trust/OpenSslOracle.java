package dev.certkit.trust;

import dev.certkit.peers.Peer;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The verifier of OpenSSL, which judges many chains in one process, since their names differ. */
final class OpenSslOracle {
    private OpenSslOracle() {}

    /** The numbers of those that it trusts. */
    static Set<Integer> trusted(List<ChainGraph> graphs, Path directory) throws IOException {
        Peer openssl = Peer.require("openssl");
        Set<EncodedCertificate> anchors = new LinkedHashSet<>();
        Set<EncodedCertificate> others = new LinkedHashSet<>();
        List<String> command = new ArrayList<>(List.of(
                "verify",
                "-x509_strict",
                "-partial_chain",
                "-purpose",
                "sslserver",
                "-auth_level",
                "2",
                "-attime",
                String.valueOf(Holder.NOW.getEpochSecond()),
                "-trusted",
                "anchors.pem",
                "-untrusted",
                "others.pem"));
        for (int i = 0; i < graphs.size(); i++) {
            anchors.addAll(graphs.get(i).anchors());
            others.addAll(graphs.get(i).presented());
            write(
                    directory.resolve(i + ".pem"),
                    List.of(graphs.get(i).presented().get(0)));
            command.add(i + ".pem");
        }
        write(directory.resolve("anchors.pem"), anchors);
        write(directory.resolve("others.pem"), others);
        Set<Integer> trusted = new HashSet<>();
        openssl.run(directory, command.toArray(String[]::new))
                .out()
                .lines()
                .filter(line -> line.endsWith(".pem: OK"))
                .forEach(line -> trusted.add(Integer.valueOf(line.substring(0, line.indexOf('.')))));
        return trusted;
    }

    private static void write(Path file, Iterable<EncodedCertificate> certificates) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (EncodedCertificate certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.encoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
