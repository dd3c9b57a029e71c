package dev.certkit.judges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.issue.Publication;
import dev.certkit.issue.RevocationList;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.RevocationReason;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other programs read the CRLs, and refuse what is on them and nothing else. */
class RevocationJudgeTest {
    @TempDir
    Path directory;

    static Stream<KeyType> classical() {
        return SampleKeys.classical();
    }

    private RevocationLab lab(KeyType type) throws Exception {
        return RevocationLab.in(directory, type, RevocationLab.everywhere());
    }

    @Nested
    class OpenSsl {
        private final Peer openssl = Peer.require("openssl");

        private Peer.Result verify(String leaf, String... more) {
            List<String> arguments = new ArrayList<>(List.of(
                    "verify",
                    "-x509_strict",
                    "-auth_level",
                    "2",
                    "-CAfile",
                    "root.pem",
                    "-untrusted",
                    "intermediate.pem",
                    "-crl_check_all"));
            arguments.addAll(List.of(more));
            arguments.add(leaf + ".pem");
            return openssl.run(directory, arguments.toArray(String[]::new));
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.RevocationJudgeTest#classical")
        void aListSignedByEveryKindOfKeyRefusesTheRevokedOneOnly(KeyType type) throws Exception {
            RevocationLab lab = lab(type);
            lab.leaf("good.fr");
            lab.revoke(lab.leaf("bad.fr"), RevocationReason.KEY_COMPROMISE);
            lab.crls();

            verify("good.fr", "-CRLfile", "crls.pem").succeeded();
            Peer.Result refused = verify("bad.fr", "-CRLfile", "crls.pem").failed();

            assertTrue((refused.out() + refused.err()).contains("certificate revoked"), refused.toString());
            openssl.run(directory, "crl", "-in", "crl.pem", "-noout", "-verify", "-CAfile", "intermediate.pem")
                    .succeeded();
        }

        @Test
        void aListWithItsPlaceInItIsAcceptedToo() throws Exception {
            RevocationLab lab = RevocationLab.in(
                    directory, KeyType.EC_P256, RevocationLab.everywhere().namingPlacesInCrls());
            lab.leaf("good.fr");
            lab.revoke(lab.leaf("bad.fr"), RevocationReason.SUPERSEDED);
            lab.crls();

            verify("good.fr", "-CRLfile", "crls.pem", "-extended_crl").succeeded();
            verify("bad.fr", "-CRLfile", "crls.pem", "-extended_crl").failed();
            String text = openssl.run(directory, "crl", "-in", "crl.pem", "-noout", "-text")
                    .succeeded()
                    .out();
            assertTrue(text.contains("X509v3 Issuing Distribution Point: critical"), text);
        }

        @Test
        void aListOfAnotherPlaceIsNoticedByTheJudge() throws Exception {
            RevocationLab lab = RevocationLab.in(
                    directory, KeyType.EC_P256, RevocationLab.everywhere().namingPlacesInCrls());
            lab.leaf("good.fr");
            RevocationLab elsewhere = RevocationLab.in(
                    directory,
                    KeyType.EC_P256,
                    Publication.nothing().crlAt(URI.create("http://other.fr/")).namingPlacesInCrls());
            elsewhere.crls();

            verify("good.fr", "-CRLfile", "crls.pem", "-extended_crl").failed();
        }

        @Test
        void aDeltaAddsToItsBaseAndTakesFromIt() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            X509Certificate late = lab.leaf("late.fr");
            X509Certificate held = lab.leaf("held.fr");
            lab.revoke(held, RevocationReason.CERTIFICATE_HOLD);
            RevocationList base = lab.crls();
            verify("late.fr", "-CRLfile", "crls.pem").succeeded();
            verify("held.fr", "-CRLfile", "crls.pem").failed();

            lab.revoke(late, RevocationReason.KEY_COMPROMISE);
            lab.authority.revocations().release(RevocationLab.serial(held));
            lab.delta(base);

            String[] both = {"-use_deltas", "-extended_crl", "-CRLfile", "crls.pem", "-CRLfile", "delta.pem"};
            verify("late.fr", both).failed();
            verify("held.fr", both).succeeded();
        }

        @Test
        void everyPartIsShown() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            X509Certificate bad = lab.leaf("bad.fr");
            lab.authority
                    .revocations()
                    .revoke(
                            RevocationLab.serial(bad),
                            RevocationReason.AFFILIATION_CHANGED,
                            lab.clock.instant().minus(Duration.ofDays(3)));
            lab.crls();

            String text = openssl.run(directory, "crl", "-in", "crl.der", "-inform", "DER", "-noout", "-text")
                    .succeeded()
                    .out();

            for (String fact : List.of(
                    "Version 2 (0x1)",
                    "X509v3 Authority Key Identifier",
                    "X509v3 CRL Number",
                    "X509v3 Freshest CRL",
                    "X509v3 CRL Reason Code",
                    "Affiliation Changed",
                    "Invalidity Date",
                    bad.getSerialNumber().toString(16).toUpperCase(Locale.ROOT))) {
                assertTrue(text.contains(fact), fact + "\n" + text);
            }
        }

        @Test
        void whatCertificatesSayOfTheirIssuerIsShown() throws Exception {
            lab(KeyType.EC_P256).leaf("good.fr");
            String text = openssl.run(directory, "x509", "-in", "good.fr.pem", "-noout", "-text")
                    .succeeded()
                    .out();
            for (String fact : List.of(
                    "URI:http://pki.example.fr/ca.crl",
                    "URI:http://pki.example.fr/delta.crl",
                    "OCSP - URI:http://ocsp.example.fr/",
                    "CA Issuers - URI:http://pki.example.fr/ca.cer",
                    "Policy: 1.3.6.1.4.1.55555.1")) {
                assertTrue(text.contains(fact), fact + "\n" + text);
            }
        }

        @Test
        void anEmptyListIsAccepted() throws Exception {
            RevocationLab lab = lab(KeyType.RSA_2048);
            lab.leaf("good.fr");
            lab.crls();
            verify("good.fr", "-CRLfile", "crls.pem").succeeded();
        }

        @Test
        void aRevokedIntermediateTakesItsLeavesWithIt() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            lab.leaf("good.fr");
            lab.crls();
            verify("good.fr", "-CRLfile", "crls.pem").succeeded();

            lab.root.revocations().revoke(lab.authority.authority().chain().leaf(), RevocationReason.CA_COMPROMISE);
            lab.crls();

            verify("good.fr", "-CRLfile", "crls.pem").failed();
        }
    }

    @Nested
    class GnuTls {
        private final Peer certtool = Peer.require("certtool");

        @ParameterizedTest
        @MethodSource("dev.certkit.judges.RevocationJudgeTest#classical")
        void aListSignedByEveryKindOfKeyIsVerified(KeyType type) throws Exception {
            RevocationLab lab = lab(type);
            X509Certificate bad = lab.leaf("bad.fr");
            lab.revoke(bad, RevocationReason.KEY_COMPROMISE);
            lab.crls();

            String text = certtool.run(directory, "--crl-info", "--infile", "crl.pem")
                    .succeeded()
                    .out();
            certtool.run(directory, "--verify-crl", "--load-ca-certificate", "intermediate.pem", "--infile", "crl.pem")
                    .succeeded();

            assertTrue(text.contains("Revoked certificates (1)"), text);
            assertTrue(text.contains(bad.getSerialNumber().toString(16)), text);
            assertTrue(text.contains("CRL Number"), text);
        }

        @Test
        void aRevokedLeafIsRefused() throws Exception {
            RevocationLab lab = lab(KeyType.EC_P256);
            lab.leaf("good.fr");
            lab.revoke(lab.leaf("bad.fr"), RevocationReason.KEY_COMPROMISE);
            lab.crls();
            for (String name : List.of("good.fr", "bad.fr")) {
                Files.writeString(
                        directory.resolve(name + "-chain.pem"),
                        Files.readString(directory.resolve(name + ".pem"))
                                + Files.readString(directory.resolve("intermediate.pem")));
            }

            verify("good.fr").succeeded();
            String refused = verify("bad.fr").failed().out();

            assertTrue(refused.contains("revoked"), refused);
        }

        private Peer.Result verify(String name) {
            return certtool.run(
                    directory,
                    "--verify",
                    "--load-ca-certificate",
                    "root.pem",
                    "--load-crl",
                    "crls.pem",
                    "--infile",
                    name + "-chain.pem");
        }
    }

    @Nested
    class StrongSwan {
        private final Peer pki = Peer.require("pki");

        @Test
        void theListIsRead() throws Exception {
            RevocationLab lab = lab(KeyType.RSA_2048);
            X509Certificate bad = lab.leaf("bad.fr");
            lab.revoke(bad, RevocationReason.KEY_COMPROMISE);
            RevocationList list = lab.crls();

            String text = pki.run(directory, "--print", "--type", "crl", "--in", "crl.der")
                    .succeeded()
                    .out();

            assertTrue(text.contains("1 revoked certificate"), text);
            assertTrue(text.contains("key compromise"), text);
            assertTrue(text.replace(":", "").contains(bad.getSerialNumber().toString(16)), text);
            assertEquals(1, list.size());
        }

        @Test
        void aRevokedLeafIsRefused() throws Exception {
            RevocationLab lab = RevocationLab.in(directory, KeyType.RSA_2048, Publication.nothing());
            lab.leaf("good.fr");
            lab.revoke(lab.leaf("bad.fr"), RevocationReason.KEY_COMPROMISE);
            lab.crls();

            verify("good.fr").succeeded();
            verify("bad.fr").failed();
        }

        private Peer.Result verify(String name) {
            return pki.run(
                    directory,
                    "--verify",
                    "--in",
                    name + ".pem",
                    "--cacert",
                    "root.pem",
                    "--cacert",
                    "intermediate.pem",
                    "--crl",
                    "root-crl.der",
                    "--crl",
                    "crl.der");
        }
    }

    @Nested
    class Nss {
        private final Peer certutil = Peer.require("certutil");
        private final Peer crlutil = Peer.require("crlutil");

        @Test
        void aRevokedLeafIsRefused() throws Exception {
            RevocationLab lab = RevocationLab.in(directory, KeyType.RSA_2048, Publication.nothing());
            lab.leaf("good.fr");
            lab.revoke(lab.leaf("bad.fr"), RevocationReason.KEY_COMPROMISE);
            lab.crls();
            certutil.run(directory, "-N", "-d", "sql:.", "--empty-password").succeeded();
            add("root", "C,,", "root.pem");
            add("intermediate", ",,", "intermediate.pem");
            add("good", ",,", "good.fr.pem");
            add("bad", ",,", "bad.fr.pem");

            verify("good").succeeded();
            verify("bad").succeeded();
            crlutil.run(directory, "-I", "-i", "crl.der", "-d", "sql:.").succeeded();

            verify("good").succeeded();
            Peer.Result refused = verify("bad").failed();
            assertTrue(
                    (refused.out() + refused.err()).toLowerCase(Locale.ROOT).contains("revoked"), refused.toString());
        }

        private void add(String nickname, String trust, String file) {
            certutil.run(directory, "-A", "-d", "sql:.", "-n", nickname, "-t", trust, "-a", "-i", file)
                    .succeeded();
        }

        private Peer.Result verify(String nickname) {
            return certutil.run(directory, "-V", "-d", "sql:.", "-n", nickname, "-u", "V");
        }
    }

    @Nested
    class TheJdk {
        @ParameterizedTest
        @MethodSource("dev.certkit.judges.RevocationJudgeTest#classical")
        void aListSignedByEveryKindOfKeyRefusesTheRevokedOneOnly(KeyType type) throws Exception {
            RevocationLab lab = lab(type);
            X509Certificate good = lab.leaf("good.fr");
            X509Certificate bad = lab.leaf("bad.fr");
            lab.revoke(bad, RevocationReason.KEY_COMPROMISE);
            List<X509CRL> lists = List.of(
                    lab.root.revocations().crl(RevocationLab.WEEK).toX509Crl(),
                    lab.crls().toX509Crl());

            validate(lab, good, lists);
            CertPathValidatorException refused =
                    assertThrows(CertPathValidatorException.class, () -> validate(lab, bad, lists));

            assertEquals(CertPathValidatorException.BasicReason.REVOKED, refused.getReason());
        }

        private void validate(RevocationLab lab, X509Certificate leaf, List<X509CRL> lists) throws Exception {
            List<X509Certificate> chain = lab.authority.authority().chain().certificates();
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.get(1), null)));
            parameters.setRevocationEnabled(true);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, chain.get(0))),
                            parameters);
        }
    }
}
