package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.NameConstraints.Subtree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A constrained authority declines what other programs refuse, and certifies what they accept. */
class NameConstraintJudgeTest {
    private static final KeyPair KEY = SampleKeys.otherOf(KeyType.RSA_2048);
    private static final DistinguishedName NAME =
            DistinguishedName.cn("Constrained").o("Acme");

    @TempDir
    Path directory;

    private CertifiedKey root;
    private LocalAuthority constrained;
    /** The same authority by another certificate that binds it to nothing: what it issues can be outside. */
    private LocalAuthority unbound;

    @BeforeEach
    void make() throws IOException {
        root = CertifiedKey.selfSigned(DistinguishedName.cn("Root").o("Acme"))
                .profile(CertificateProfile.authority())
                .with(SampleKeys.of(KeyType.RSA_2048));
        unbound = below(LocalAuthority.of(root));
        Files.writeString(directory.resolve("root.pem"), root.chain().toPem());
    }

    private static LocalAuthority below(LocalAuthority authority) throws IOException {
        CertificateChain chain = SamplePki.certified(authority
                .profile(CertificateProfile.authority().pathLength(0))
                .issue(CertificationRequest.forSubject(NAME).signedBy(KEY).request()));
        return LocalAuthority.of(CertifiedKey.of(KEY.getPrivate(), chain))
                .profile(CertificateProfile.tlsServer().needingOneOf());
    }

    private void constrain(NameConstraints constraints) throws IOException {
        constrained = below(LocalAuthority.of(root).constraining(constraints));
        Files.writeString(
                directory.resolve("constrained.pem"),
                Certificates.toPem(constrained.authority().chain().leaf()));
    }

    private static NameConstraints hostsAndAddresses() {
        return NameConstraints.permitting(
                        Subtree.dns("example.fr"),
                        Subtree.ip("192.0.2.0/24"),
                        Subtree.ip("2001:db8::/32"),
                        Subtree.email("example.fr"))
                .excluding(Subtree.dns("secret.example.fr"), Subtree.ip("192.0.2.128/25"));
    }

    private static CertificationRequest request(GeneralName... names) {
        return CertificationRequest.forSubject(DistinguishedName.empty().o("Acme"))
                .san(names)
                .signedBy(SampleKeys.of(KeyType.EC_P256))
                .request();
    }

    private static Map<String, GeneralName> inside() {
        Map<String, GeneralName> inside = new LinkedHashMap<>();
        inside.put("host", GeneralName.of("a.example.fr"));
        inside.put("domain", GeneralName.of("example.fr"));
        inside.put("address", GeneralName.of("192.0.2.7"));
        inside.put("address6", GeneralName.of("2001:db8::7"));
        inside.put("email", GeneralName.email("a@example.fr"));
        return inside;
    }

    private static Map<String, GeneralName> outside() {
        Map<String, GeneralName> outside = new LinkedHashMap<>();
        outside.put("host", GeneralName.of("a.example.org"));
        outside.put("suffix", GeneralName.of("notexample.fr"));
        outside.put("excludedHost", GeneralName.of("a.secret.example.fr"));
        outside.put("address", GeneralName.of("198.51.100.7"));
        outside.put("excludedAddress", GeneralName.of("192.0.2.200"));
        outside.put("address6", GeneralName.of("2001:db9::7"));
        outside.put("email", GeneralName.email("a@example.org"));
        outside.put("subdomainEmail", GeneralName.email("a@b.example.fr"));
        return outside;
    }

    interface Judge {
        boolean accepts(X509Certificate leaf) throws Exception;
    }

    /** What the judge says of each certificate is what the constrained authority says of each request. */
    private void agree(Judge judge, Map<String, GeneralName> good, Map<String, GeneralName> bad) throws Exception {
        for (Map.Entry<String, GeneralName> each : good.entrySet()) {
            Issuance issuance = constrained.issue(request(each.getValue()));
            assertTrue(judge.accepts(SamplePki.certified(issuance).leaf()), each.getKey());
        }
        for (Map.Entry<String, GeneralName> each : bad.entrySet()) {
            CertificationRequest request = request(each.getValue());
            assertInstanceOf(Issuance.Declined.class, constrained.issue(request), each.getKey());
            X509Certificate forged = SamplePki.certified(unbound.issue(request)).leaf();
            assertEquals(false, judge.accepts(forged), each.getKey());
        }
    }

    private void write(X509Certificate leaf) throws IOException {
        Files.writeString(directory.resolve("leaf.pem"), Certificates.toPem(leaf));
        Files.writeString(
                directory.resolve("chain.pem"),
                Certificates.toPem(List.of(leaf, constrained.authority().chain().leaf())));
    }

    @Nested
    class OpenSsl {
        private final Peer openssl = Peer.require("openssl");

        private boolean accepts(X509Certificate leaf) throws IOException {
            write(leaf);
            Peer.Result result = openssl.run(
                    directory,
                    "verify",
                    "-x509_strict",
                    "-CAfile",
                    "root.pem",
                    "-untrusted",
                    "constrained.pem",
                    "leaf.pem");
            assertTrue(result.exit() == 0 || result.err().contains("subtree violation"), result.toString());
            return result.exit() == 0;
        }

        @Test
        void agreesOnHostsAddressesAndEmail() throws Exception {
            constrain(hostsAndAddresses());
            agree(this::accepts, inside(), outside());
        }

        @Test
        void agreesOnUris() throws Exception {
            constrain(NameConstraints.permitting(Subtree.uri("www.example.fr"), Subtree.uri(".lab.example.fr")));
            agree(
                    this::accepts,
                    Map.of(
                            "host", GeneralName.uri(URI.create("https://www.example.fr:8443/a?b")),
                            "below", GeneralName.uri(URI.create("urn-x://a.b.lab.example.fr/"))),
                    Map.of(
                            "otherHost", GeneralName.uri(URI.create("https://example.fr/")),
                            "sameHost", GeneralName.uri(URI.create("https://lab.example.fr/")),
                            "userInfo", GeneralName.uri(URI.create("https://www.example.fr@evil.org/"))));
        }

        @Test
        void agreesOnDirectoryNamesAndSubjects() throws Exception {
            constrain(NameConstraints.permitting(Subtree.directory(DistinguishedName.parse("O=Acme"))));
            DistinguishedName acme = DistinguishedName.cn("x").ou("Lab").o("Acme");
            DistinguishedName other = DistinguishedName.cn("x").o("Other");
            agree(
                    this::accepts,
                    Map.of("below", new GeneralName.DirectoryName(acme)),
                    Map.of("beside", new GeneralName.DirectoryName(other)));
            CertificationRequest stranger = CertificationRequest.forSubject(other)
                    .san("a.fr")
                    .signedBy(SampleKeys.of(KeyType.EC_P256))
                    .request();
            assertInstanceOf(Issuance.Declined.class, constrained.issue(stranger));
            assertEquals(
                    false, accepts(SamplePki.certified(unbound.issue(stranger)).leaf()));
        }

        @Test
        void noHostAtAllIsAConstraintToo() throws Exception {
            constrain(NameConstraints.permitting().excluding(Subtree.dns("")));
            agree(
                    this::accepts,
                    Map.of("address", GeneralName.of("192.0.2.7")),
                    Map.of("host", GeneralName.of("a.example.fr")));
        }

        @Test
        void theExtensionIsCritical() throws Exception {
            constrain(hostsAndAddresses());
            String text = openssl.run(directory, "x509", "-in", "constrained.pem", "-noout", "-text")
                    .succeeded()
                    .out();
            for (String fact : List.of(
                    "X509v3 Name Constraints: critical",
                    "DNS:example.fr",
                    "IP:192.0.2.0/255.255.255.0",
                    "email:example.fr",
                    "DNS:secret.example.fr")) {
                assertTrue(text.contains(fact), fact + "\n" + text);
            }
        }
    }

    @Nested
    class GnuTls {
        private final Peer certtool = Peer.require("certtool");

        @Test
        void agreesOnHostsAddressesAndEmail() throws Exception {
            constrain(hostsAndAddresses());
            agree(
                    leaf -> {
                        write(leaf);
                        return certtool.run(
                                                directory,
                                                "--verify",
                                                "--load-ca-certificate",
                                                "root.pem",
                                                "--infile",
                                                "chain.pem")
                                        .exit()
                                == 0;
                    },
                    inside(),
                    outside());
        }
    }

    @Nested
    class Nss {
        private final Peer certutil = Peer.require("certutil");

        @Test
        void agreesOnHostsAndAddresses() throws Exception {
            constrain(hostsAndAddresses());
            certutil.run(directory, "-N", "-d", "sql:.", "--empty-password").succeeded();
            add("root", "C,,", "root.pem");
            add("constrained", ",,", "constrained.pem");
            agree(
                    leaf -> {
                        write(leaf);
                        add("leaf", ",,", "leaf.pem");
                        boolean accepted = certutil.run(directory, "-V", "-d", "sql:.", "-n", "leaf", "-u", "V")
                                        .exit()
                                == 0;
                        certutil.run(directory, "-D", "-d", "sql:.", "-n", "leaf")
                                .succeeded();
                        return accepted;
                    },
                    inside(),
                    outside());
        }

        private void add(String nickname, String trust, String file) {
            certutil.run(directory, "-A", "-d", "sql:.", "-n", nickname, "-t", trust, "-a", "-i", file)
                    .succeeded();
        }
    }

    @Nested
    class TheJdk {
        @Test
        void agreesOnHostsAddressesAndEmail() throws Exception {
            constrain(hostsAndAddresses());
            agree(this::accepts, inside(), outside());
        }

        @Test
        void takesACommonNameForAHostWhereNoOtherIsGiven() throws Exception {
            constrain(hostsAndAddresses());
            for (String commonName : List.of("device", "a.example.org")) {
                CertificationRequest request = CertificationRequest.forSubject(
                                DistinguishedName.cn(commonName).o("Acme"))
                        .signedBy(SampleKeys.of(KeyType.EC_P256))
                        .request();
                assertInstanceOf(Issuance.Declined.class, constrained.issue(request));
                assertEquals(
                        false,
                        accepts(SamplePki.certified(unbound.issue(request)).leaf()),
                        commonName);
            }
        }

        private boolean accepts(X509Certificate leaf) throws Exception {
            PKIXParameters parameters =
                    new PKIXParameters(Set.of(new TrustAnchor(root.chain().leaf(), null)));
            parameters.setRevocationEnabled(false);
            try {
                CertPathValidator.getInstance("PKIX")
                        .validate(
                                CertificateFactory.getInstance("X.509")
                                        .generateCertPath(List.of(
                                                leaf,
                                                constrained.authority().chain().leaf())),
                                parameters);
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }
}
