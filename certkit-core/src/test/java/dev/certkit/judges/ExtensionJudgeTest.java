package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.peers.Peer;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateExtensions.BasicConstraints;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs read in the extensions of certificates is what we read. */
@Tag("W2")
class ExtensionJudgeTest {
    private static final Map<KeyUsage, String> OPENSSL_USAGES = Map.of(
            KeyUsage.DIGITAL_SIGNATURE, "Digital Signature",
            KeyUsage.CONTENT_COMMITMENT, "Non Repudiation",
            KeyUsage.KEY_ENCIPHERMENT, "Key Encipherment",
            KeyUsage.DATA_ENCIPHERMENT, "Data Encipherment",
            KeyUsage.KEY_AGREEMENT, "Key Agreement",
            KeyUsage.KEY_CERT_SIGN, "Certificate Sign",
            KeyUsage.CRL_SIGN, "CRL Sign",
            KeyUsage.ENCIPHER_ONLY, "Encipher Only",
            KeyUsage.DECIPHER_ONLY, "Decipher Only");

    private static final Map<String, String> OPENSSL_PURPOSES = Map.of(
            "1.3.6.1.5.5.7.3.1", "TLS Web Server Authentication",
            "1.3.6.1.5.5.7.3.2", "TLS Web Client Authentication",
            "1.3.6.1.5.5.7.3.9", "OCSP Signing",
            "2.5.29.37.0", "Any Extended Key Usage",
            "1.3.6.1.4.1.5555.7", "1.3.6.1.4.1.5555.7");

    @TempDir
    Path directory;

    /** Certificates with random usages, purposes, constraints, names and identifiers; always the same ones. */
    private static List<EncodedCertificate> corpus(int count) {
        Random random = new Random(20_260_101);
        return IntStream.range(0, count).mapToObj(i -> certificate(random)).toList();
    }

    private static EncodedCertificate certificate(Random random) {
        List<Integer> bits = IntStream.range(0, 9)
                .filter(bit -> random.nextInt(3) == 0)
                .boxed()
                .toList();
        List<byte[]> purposes = OPENSSL_PURPOSES.keySet().stream()
                .sorted()
                .filter(oid -> random.nextBoolean())
                .map(Der::oid)
                .toList();
        byte[] identifier = new byte[1 + random.nextInt(30)];
        random.nextBytes(identifier);
        byte[] constraints =
                switch (random.nextInt(4)) {
                    case 0 -> Der.sequence();
                    case 1 -> Der.sequence(Der.bool(true));
                    default -> Der.sequence(Der.bool(true), Der.integer(random.nextInt(300)));
                };
        ForgedCertificate forged = ForgedCertificate.server()
                .with(ForgedCertificate.KEY_USAGE, random.nextBoolean(), Der.namedBits(bits))
                .with(ForgedCertificate.BASIC_CONSTRAINTS, random.nextBoolean(), constraints)
                .with(ForgedCertificate.SUBJECT_KEY, false, Der.octetString(identifier))
                .with(
                        ForgedCertificate.AUTHORITY_KEY,
                        false,
                        Der.sequence(Der.tagged(dev.certkit.internal.der.Tag.context(0), identifier)))
                .with(ForgedCertificate.NAMES, random.nextBoolean(), Der.sequence(names(random)));
        return (purposes.isEmpty()
                        ? forged.without(ForgedCertificate.PURPOSES)
                        : forged.with(ForgedCertificate.PURPOSES, random.nextBoolean(), Der.sequence(purposes)))
                .made();
    }

    private static List<byte[]> names(Random random) {
        List<byte[]> names = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] v6 = new byte[16];
            random.nextBytes(v6);
            names.add(
                    switch (random.nextInt(4)) {
                        case 0 -> ForgedCertificate.dns("*.host-" + random.nextInt(99) + ".example.fr");
                        case 1 ->
                            ForgedCertificate.ip(
                                    random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256));
                        case 2 -> GeneralName.ip(v6).encoded();
                        default ->
                            GeneralName.email("user" + random.nextInt(99) + "@example.fr")
                                    .encoded();
                    });
        }
        return names;
    }

    @Test
    void theJdkReadsTheSame() throws Exception {
        for (EncodedCertificate certificate : corpus(300)) {
            X509Certificate jdk = certificate.toX509Certificate();
            CertificateExtensions ours = CertificateExtensions.of(certificate);
            assertEquals(
                    jdk.getExtendedKeyUsage(),
                    ours.purposes()
                            .map(all -> all.stream().map(ExtendedKeyUsage::oid).toList())
                            .orElse(null));
            assertEquals(
                    jdk.getBasicConstraints(), jdkForm(ours.basicConstraints().orElseThrow()));
            boolean[] usages = jdk.getKeyUsage();
            Set<KeyUsage> read = ours.keyUsages().orElseThrow();
            for (KeyUsage usage : KeyUsage.values()) {
                assertEquals(
                        usage.ordinal() < usages.length && usages[usage.ordinal()], read.contains(usage), usage.name());
            }
            List<String> names = jdk.getSubjectAlternativeNames().stream()
                    .map(name -> (String) name.get(1))
                    .toList();
            assertEquals(names.size(), ours.subjectAlternativeNames().size());
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                GeneralName own = ours.subjectAlternativeNames().get(i);
                assertEquals(
                        own instanceof GeneralName.Ip ? GeneralName.of(name).toString() : name, own.toString());
            }
        }
    }

    private static int jdkForm(BasicConstraints constraints) {
        return constraints.authority() ? constraints.pathLength().orElse(Integer.MAX_VALUE) : -1;
    }

    @Test
    void openSslReadsTheSame() throws Exception {
        Peer openssl = Peer.require("openssl");
        for (EncodedCertificate certificate : corpus(40)) {
            Files.write(directory.resolve("cert.der"), certificate.encoded());
            String text = openssl.run(
                            directory,
                            "x509",
                            "-inform",
                            "DER",
                            "-in",
                            "cert.der",
                            "-noout",
                            "-text",
                            "-certopt",
                            "no_pubkey,no_sigdump")
                    .succeeded()
                    .out();
            assertEquals(openSslForm(certificate), Extracted.of(text));
        }
    }

    /** The values that OpenSSL prints, one line each, in alphabetical order. */
    private static List<String> openSslForm(EncodedCertificate certificate) throws IOException {
        CertificateExtensions ours = CertificateExtensions.of(certificate);
        BasicConstraints constraints = ours.basicConstraints().orElseThrow();
        String key = HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(ours.subjectKeyIdentifier().orElseThrow());
        OptionalInt length = constraints.pathLength();
        Stream<String> lines = Stream.of(
                "Basic Constraints" + critical(certificate, "2.5.29.19") + " CA:"
                        + (constraints.authority() ? "TRUE" : "FALSE")
                        + (length.isPresent() ? ", pathlen:" + length.getAsInt() : ""),
                "Key Usage" + critical(certificate, "2.5.29.15") + " "
                        + join(ours.keyUsages().orElseThrow().stream().map(OPENSSL_USAGES::get)),
                "Subject Alternative Name" + critical(certificate, "2.5.29.17") + " "
                        + join(ours.subjectAlternativeNames().stream().map(ExtensionJudgeTest::openSslName)),
                "Subject Key Identifier " + key,
                "Authority Key Identifier "
                        + (HexFormat.of()
                                        .formatHex(ours.subjectKeyIdentifier().orElseThrow())
                                        .equals(ours.authorityKeyIdentifier()
                                                .orElseThrow()
                                                .keyIdentifier()
                                                .orElseThrow())
                                ? key
                                : "another"));
        Optional<List<ExtendedKeyUsage>> purposes = ours.purposes();
        Stream<String> all = purposes.isEmpty()
                ? lines
                : Stream.concat(
                        lines,
                        Stream.of("Extended Key Usage" + critical(certificate, "2.5.29.37") + " "
                                + join(purposes.get().stream().map(each -> OPENSSL_PURPOSES.get(each.oid())))));
        return all.map(String::strip).sorted().toList();
    }

    private static String critical(EncodedCertificate certificate, String oid) {
        return certificate.extension(oid).orElseThrow().critical() ? " critical" : "";
    }

    private static String join(Stream<String> values) {
        return values.collect(Collectors.joining(", "));
    }

    private static String openSslName(GeneralName name) {
        if (name instanceof GeneralName.Ip ip) {
            byte[] address = ip.address();
            return "IP Address:"
                    + (address.length == 4
                            ? name.toString()
                            : IntStream.range(0, 8)
                                    .mapToObj(i -> Integer.toHexString(
                                                    (address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF)
                                            .toUpperCase(Locale.ROOT))
                                    .collect(Collectors.joining(":")));
        }
        return (name instanceof GeneralName.Email ? "email:" : "DNS:") + name;
    }

    /** The lines of OpenSSL's text: a header, then its value on the next; no usage at all is three dots. */
    private static final class Extracted {
        static List<String> of(String text) {
            List<String> lines = text.lines().map(String::strip).toList();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("X509v3 ") && !lines.get(i).startsWith("X509v3 extensions")) {
                    String header = lines.get(i).substring("X509v3 ".length()).replace(":", "");
                    boolean more = i + 1 < lines.size() && !lines.get(i + 1).startsWith("X509v3 ");
                    values.add((header.strip() + " " + (more ? lines.get(i + 1) : ""))
                            .replace("...", "")
                            .strip());
                }
            }
            return values.stream().sorted().toList();
        }
    }

    @Test
    void gnuTlsReadsTheSame() throws Exception {
        Peer certtool = Peer.require("certtool");
        for (EncodedCertificate certificate : corpus(15)) {
            Files.write(directory.resolve("cert.der"), certificate.encoded());
            String text = certtool.run(directory, "--certificate-info", "--inder", "--infile", "cert.der")
                    .succeeded()
                    .out();
            CertificateExtensions ours = CertificateExtensions.of(certificate);
            BasicConstraints constraints = ours.basicConstraints().orElseThrow();
            assertTrue(
                    text.contains("Certificate Authority (CA): " + (constraints.authority() ? "TRUE" : "FALSE")), text);
            assertEquals(constraints.pathLength().isPresent(), text.contains("Path Length Constraint: "), text);
            for (GeneralName name : ours.subjectAlternativeNames()) {
                assertTrue(text.contains(": " + name), name + "\n" + text);
            }
            assertTrue(
                    text.contains(
                            HexFormat.of().formatHex(ours.subjectKeyIdentifier().orElseThrow())),
                    text);
        }
    }
}
