package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SampleNames;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and requests with names of every kind, before other programs. */
@Tag("W6")
@Tag("C3")
@Tag("S2")
class NamesJudgeTest {
    private static final String OPENSSL_SUBJECT = "Subject: CN=printer-7.example.fr+serialNumber=SN-42,title=Dr.,"
            + "OU=Étage 2,O=Acme\\, Inc.,L=Lyon,ST=Rhône,C=FR,DC=example,DC=fr";
    private static final String OPENSSL_NAMES = "DNS:printer-7.example.fr, DNS:z.example.fr, DNS:*.xn--strae-oqa.de,"
            + " IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7, IP Address:0:0:0:0:0:FFFF:C000:201,"
            + " email:ops@xn--socit-esab.fr, URI:https://xn--bcher-kva.example/%C3%A9?q=1,"
            + " DirName:/O=Gr\\xC3\\xB6\\xC3\\x9Fe/CN=d+UID=u, Registered ID:1.3.6.1.4.1.99999.7,"
            + " othername: UPN::marie@example.fr, othername: SmtpUTF8Mailbox::médecin@xn--socit-esab.fr,"
            + " DNS:a.example.fr\n";
    private static final List<String> CERTTOOL_NAMES = List.of(
            "DNSname: printer-7.example.fr",
            "DNSname: *.xn--strae-oqa.de (*.straße.de)",
            "IPAddress: 192.0.2.7",
            "IPAddress: 2001:db8::7",
            "IPAddress: ::ffff:192.0.2.1",
            "RFC822Name: ops@xn--socit-esab.fr (ops@société.fr)",
            "URI: https://xn--bcher-kva.example/%C3%A9?q=1",
            "directoryName: CN=d+UID=u,O=Größe",
            "Registered ID: 1.3.6.1.4.1.99999.7",
            "User Principal Name: marie@example.fr",
            "otherName OID: 1.3.6.1.5.5.7.8.9",
            "Subject: serialNumber=SN-42+CN=printer-7.example.fr,title=Dr.,OU=Étage 2,O=Acme\\, Inc.,L=Lyon,ST=Rhône,C=FR,"
                    + "DC=example,DC=fr");

    @TempDir
    Path directory;

    private CertifiedKey certified;

    @BeforeEach
    void makeBoth() throws Exception {
        certified = CertifiedKey.selfSigned(SampleNames.subject())
                .san(SampleNames.everyUsualKind())
                .with(SampleKeys.of(KeyType.RSA_2048));
        Files.writeString(directory.resolve("cert.pem"), certified.chain().toPem());
        CertificationRequest request = CertificationRequest.like(
                        certified.chain().leaf())
                .challengePassword(Passphrase.of("pässwörd"))
                .unstructuredName("router-7")
                .signedBy(certified.keyPair())
                .request();
        Files.writeString(directory.resolve("request.pem"), request.toPem());
    }

    private static void hasAll(String text, List<String> facts) {
        facts.forEach(fact -> assertTrue(text.contains(fact), fact + "\n" + text));
    }

    @Nested
    class OpenSsl {
        private final Peer openssl = Peer.require("openssl");
        private static final String UTF8 = "RFC2253,-esc_msb,utf8";

        @Test
        void everyNameOfACertificateIsRead() {
            String text = openssl.run(directory, "x509", "-in", "cert.pem", "-noout", "-text", "-nameopt", UTF8)
                    .succeeded()
                    .out();
            hasAll(text, List.of(OPENSSL_SUBJECT, OPENSSL_NAMES));
        }

        @Test
        void theCertificateIsVerifiedStrictlyForEachHostAndAddress() {
            for (List<String> wanted : List.of(
                    List.of("-verify_hostname", "printer-7.example.fr"),
                    List.of("-verify_hostname", "www.xn--strae-oqa.de"),
                    List.of("-verify_ip", "192.0.2.7"),
                    List.of("-verify_ip", "2001:db8::7"),
                    List.of("-verify_email", "ops@xn--socit-esab.fr"))) {
                openssl.run(
                                directory,
                                "verify",
                                "-x509_strict",
                                "-check_ss_sig",
                                "-CAfile",
                                "cert.pem",
                                wanted.get(0),
                                wanted.get(1),
                                "cert.pem")
                        .succeeded();
            }
            openssl.run(directory, "verify", "-CAfile", "cert.pem", "-verify_hostname", "strasse.de", "cert.pem")
                    .failed();
        }

        @Test
        void everyNameAndAttributeOfARequestIsRead() {
            Peer.Result result = openssl.run(
                            directory, "req", "-in", "request.pem", "-noout", "-text", "-verify", "-nameopt", UTF8)
                    .succeeded();
            assertTrue(result.err().contains("verify OK"), result.toString());
            hasAll(result.out(), List.of(OPENSSL_SUBJECT, OPENSSL_NAMES, "challengePassword        :pässwörd"));
            assertTrue(result.out().matches("(?s).*unstructuredName +:router-7\n.*"), result.out());
        }

        @Test
        void theTwoKindsThatNobodyUsesAreToldApart() throws Exception {
            Files.writeString(
                    directory.resolve("unusual.pem"), unusual().chain().toPem());
            String text = openssl.run(directory, "x509", "-in", "unusual.pem", "-noout", "-text")
                    .succeeded()
                    .out();
            hasAll(text, List.of("X400Name:<unsupported>, EdiPartyName:<unsupported>"));
        }
    }

    private static CertifiedKey unusual() {
        return CertifiedKey.selfSigned(DistinguishedName.cn("a"))
                .san(SampleNames.unusualKinds())
                .with(SampleKeys.of(KeyType.EC_P256));
    }

    @Test
    void theTwoKindsThatNobodyUsesAreReadBackHere() throws Exception {
        assertEquals(
                List.of(SampleNames.unusualKinds()),
                CertificateExtensions.of(EncodedCertificate.of(unusual().chain().leaf()))
                        .subjectAlternativeNames());
    }

    @Nested
    class GnuTls {
        private final Peer certtool = Peer.require("certtool");

        @Test
        void everyNameOfACertificateIsRead() {
            hasAll(
                    certtool.run(directory, "--certificate-info", "--infile", "cert.pem")
                            .succeeded()
                            .out(),
                    CERTTOOL_NAMES);
        }

        @Test
        void everyNameOfARequestIsRead() {
            String text = certtool.run(directory, "--crq-info", "--infile", "request.pem")
                    .succeeded()
                    .out();
            hasAll(text, CERTTOOL_NAMES);
            hasAll(text, List.of("Self signature: verified", "Challenge password: pässwörd"));
        }
    }

    @Nested
    class Nss {
        private final Peer certutil = Peer.require("certutil");

        @Test
        void theCertificateIsTakenReadAndValid() throws Exception {
            Files.createDirectory(directory.resolve("db"));
            run("-N", "--empty-password");
            run("-A", "-n", "printer", "-t", "P,,", "-i", "cert.pem");
            hasAll(
                    run("-L", "-n", "printer"),
                    List.of(
                            "serialNumber=SN-42+CN=printer-7.example.fr,title=Dr.",
                            "DNS name: \"*.xn--strae-oqa.de\"",
                            "IP Address: 2001:db8::7",
                            "RFC822 Name: \"ops@xn--socit-esab.fr\"",
                            "URI: \"https://xn--bcher-kva.example/%C3%A9?q=1\""));
            assertTrue(run("-V", "-n", "printer", "-u", "V").contains("certificate is valid"));
        }

        private String run(String command, String... more) {
            String[] arguments = new String[more.length + 3];
            arguments[0] = command;
            arguments[1] = "-d";
            arguments[2] = "sql:db";
            System.arraycopy(more, 0, arguments, 3, more.length);
            return certutil.run(directory, arguments).succeeded().out();
        }
    }

    @Nested
    class StrongSwan {
        private final Peer pki = Peer.require("pki");

        @Test
        void theCertificateIsRead() throws Exception {
            Files.write(directory.resolve("cert.der"), certified.chain().leaf().getEncoded());
            String text = pki.run(directory, "--print", "--in", "cert.der")
                    .succeeded()
                    .out();
            hasAll(
                    text,
                    List.of(
                            "DC=fr, DC=example, C=FR,",
                            "printer-7.example.fr, z.example.fr, *.xn--strae-oqa.de, 192.0.2.7, 2001:db8::7,",
                            "ops@xn--socit-esab.fr, https://xn--bcher-kva.example/%C3%A9?q=1,",
                            "marie@example.fr, a.example.fr",
                            "flags:     serverAuth self-signed"));
        }

        /** It reads no request with a registeredID or an otherName that it does not know. */
        private byte[] request() {
            GeneralName[] names = Stream.of(SampleNames.everyUsualKind())
                    .filter(name -> !(name instanceof GeneralName.RegisteredId))
                    .filter(name -> !name.toString().contains(GeneralName.OtherName.SMTP_UTF8_MAILBOX))
                    .toArray(GeneralName[]::new);
            return CertificationRequest.forSubject(SampleNames.subject())
                    .san(names)
                    .profile(CertificateProfile.tlsServer())
                    .challengePassword(Passphrase.of("pässwörd"))
                    .unstructuredName("router-7")
                    .signedBy(SampleKeys.of(KeyType.EC_P256))
                    .request()
                    .encoded();
        }

        @Test
        void itCertifiesARequest() throws Exception {
            CertifiedKey authority = CertifiedKey.selfSigned(DistinguishedName.cn("CA"))
                    .profile(CertificateProfile.authority())
                    .with(SampleKeys.of(KeyType.RSA_3072));
            Files.write(directory.resolve("ca.der"), authority.chain().leaf().getEncoded());
            Files.write(directory.resolve("ca.key"), authority.privateKey().getEncoded());
            Files.write(directory.resolve("request.der"), request());
            EncodedCertificate issued = EncodedCertificate.decode(pki.run(
                            directory,
                            "--issue",
                            "--cacert",
                            "ca.der",
                            "--cakey",
                            "ca.key",
                            "--type",
                            "pkcs10",
                            "--in",
                            "request.der")
                    .succeeded()
                    .outBytes());
            assertEquals(SampleNames.subject(), issued.subject());
            assertEquals(
                    hostsAndAddresses(CertificationRequest.decode(request()).subjectAlternativeNames()),
                    hostsAndAddresses(CertificateExtensions.of(issued).subjectAlternativeNames()));
        }

        /** It leaves URIs out when it issues, and makes an address of a user principal name. */
        private static List<GeneralName> hostsAndAddresses(List<GeneralName> names) {
            return names.stream()
                    .filter(name -> name instanceof GeneralName.Dns || name instanceof GeneralName.Ip)
                    .toList();
        }
    }

    @Nested
    class TheJdk {
        @Test
        void everyNameOfACertificateIsRead() throws Exception {
            X509Certificate leaf = certified.chain().leaf();
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            assertEquals(SampleNames.everyUsualKind().length + 1, names.size());
            assertTrue(names.contains(List.of(2, "*.xn--strae-oqa.de")));
            assertTrue(names.contains(List.of(8, "1.3.6.1.4.1.99999.7")));
            assertTrue(names.contains(List.of(1, "ops@xn--socit-esab.fr")));
            DistinguishedName asJavaEncodesIt = DistinguishedName.of(new X500Principal(
                    "CN=printer-7.example.fr+OID.2.5.4.5=SN-42,T=Dr.,OU=Étage 2,O=\"Acme, Inc.\",L=Lyon,"
                            + "ST=Rhône,C=FR,DC=example,DC=fr"));
            assertEquals(asJavaEncodesIt, DistinguishedName.of(leaf.getSubjectX500Principal()));
        }

        @Test
        void whatIsReadBackIsWhatWasGiven() throws Exception {
            List<GeneralName> names = CertificateExtensions.of(
                            EncodedCertificate.of(certified.chain().leaf()))
                    .subjectAlternativeNames();
            assertEquals(List.of(SampleNames.everyUsualKind()), names.subList(1, names.size()));
        }
    }

    @Nested
    class Keytool {
        private final Peer keytool = Peer.require("keytool");

        @Test
        void theRequestIsReadWithItsChallenge() {
            String text = keytool.run(directory, "-printcertreq", "-file", "request.pem")
                    .succeeded()
                    .out();
            hasAll(
                    text,
                    List.of(
                            "DNSName: *.xn--strae-oqa.de",
                            "OIDName: 1.3.6.1.4.1.99999.7",
                            "RFC822Name: ops@xn--socit"));
        }
    }
}
