package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.samples.Paper;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("T4")
@Timeout(60)
class CertificatePoolTest {
    private static final KeyPair ROOT = SampleKeys.otherOf(KeyType.EC_P256);
    private static final KeyPair ISSUER = Paper.key();

    /** In every order, and with each certificate twice. */
    private static void assertAlways(List<X509Certificate> wanted, X509Certificate... pool) {
        for (List<X509Certificate> order : orders(List.of(pool))) {
            List<X509Certificate> twice = new ArrayList<>(order);
            twice.addAll(order);
            assertEquals(
                    wanted,
                    CertificateChain.assemble(wanted.get(0), CertificatePool.of(twice))
                            .certificates());
            assertEquals(wanted, CertificateChain.assemble(wanted.get(0), twice).certificates());
        }
    }

    private static <T> List<List<T>> orders(List<T> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            List<T> rest = new ArrayList<>(of);
            T first = rest.remove(i);
            for (List<T> tail : orders(rest)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                orders.add(order);
            }
        }
        return orders;
    }

    private static int signaturesAfter(CertificatePool pool) {
        return pool.signers().size();
    }

    @Nested
    class WhichIssuer {
        @Test
        void theNewRootIsTakenWhereTheExpiredOneHasTheSameKey() {
            X509Certificate leaf = Paper.leaf().by("Root", ROOT).make();
            X509Certificate expired = Paper.of("Root", ROOT)
                    .from("2016-01-01T00:00:00Z")
                    .until("2026-01-01T00:00:00Z")
                    .make();
            X509Certificate fresh =
                    Paper.of("Root", ROOT).from("2024-01-01T00:00:00Z").make();
            assertAlways(List.of(leaf, fresh), leaf, expired, fresh);
        }

        @Test
        void theExpiredOneIsTakenWhereThereIsNoOther() {
            X509Certificate leaf = Paper.leaf().by("Root", ROOT).make();
            X509Certificate expired = Paper.of("Root", ROOT)
                    .from("2016-01-01T00:00:00Z")
                    .until("2026-01-01T00:00:00Z")
                    .make();
            assertAlways(List.of(leaf, expired), leaf, expired);
        }

        @Test
        void aDeviceThatOutlivesBothRootsGetsTheOneThatLastsLonger() {
            X509Certificate leaf =
                    Paper.leaf().until("2056-01-01T00:00:00Z").by("Root", ROOT).make();
            X509Certificate shorter =
                    Paper.of("Root", ROOT).until("2030-01-01T00:00:00Z").make();
            X509Certificate longer =
                    Paper.of("Root", ROOT).until("2040-01-01T00:00:00Z").make();
            assertAlways(List.of(leaf, longer), shorter, longer);
        }

        @Test
        void anIntermediateThatIsStillValidIsTakenBesideItsExpiredPredecessor() {
            X509Certificate leaf = Paper.leaf().by("Issuer", ISSUER).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            X509Certificate old = Paper.of("Issuer", ISSUER)
                    .by("Root", ROOT)
                    .from("2020-01-01T00:00:00Z")
                    .until("2026-05-01T00:00:00Z")
                    .make();
            X509Certificate fresh = Paper.of("Issuer", ISSUER).by("Root", ROOT).make();
            assertAlways(List.of(leaf, fresh, root), old, fresh, root);
        }

        @Test
        void anExpiredRootIsLeftForACrossSignToOneThatIsValid() {
            KeyPair other = Paper.key();
            X509Certificate leaf = Paper.leaf().by("Root", ROOT).make();
            X509Certificate expired = Paper.of("Root", ROOT)
                    .from("2000-01-01T00:00:00Z")
                    .until("2026-01-01T00:00:00Z")
                    .make();
            X509Certificate crossSigned =
                    Paper.of("Root", ROOT).by("Other root", other).make();
            X509Certificate otherRoot = Paper.of("Other root", other).make();
            assertAlways(List.of(leaf, crossSigned, otherRoot), expired, crossSigned, otherRoot);
        }

        @Test
        void theShorterWayIsTakenWhereBothAreValid() {
            KeyPair other = Paper.key();
            X509Certificate leaf = Paper.leaf().by("Root", ROOT).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            X509Certificate crossSigned =
                    Paper.of("Root", ROOT).by("Other root", other).make();
            X509Certificate otherRoot = Paper.of("Other root", other).make();
            assertAlways(List.of(leaf, root), root, crossSigned, otherRoot);
        }

        @Test
        void aWrongKeyIdentifierIsAHintAndNoVeto() {
            X509Certificate leaf = Paper.leaf()
                    .by("Root", ROOT)
                    .authorityKey(new byte[] {1, 2, 3})
                    .make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            X509Certificate lure = Paper.of("Root", ISSUER).make();
            assertAlways(List.of(leaf, root), root, lure);
        }

        @Test
        void aKeyIdentifierThatPointsToAnotherKeyIsNotBelieved() {
            X509Certificate lure = Paper.of("Root", ISSUER).make();
            X509Certificate leaf = Paper.leaf()
                    .by("Root", ROOT)
                    .authorityKey(Paper.identifier(ISSUER.getPublic()))
                    .make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            assertAlways(List.of(leaf, root), root, lure);
        }

        @Test
        void certificatesWithoutKeyIdentifiersAreFoundByTheirName() {
            X509Certificate leaf =
                    Paper.leaf().by("Issuer", ISSUER).withoutIdentifiers().make();
            X509Certificate issuer = Paper.of("Issuer", ISSUER)
                    .by("Root", ROOT)
                    .withoutIdentifiers()
                    .make();
            X509Certificate root = Paper.of("Root", ROOT).withoutIdentifiers().make();
            assertAlways(List.of(leaf, issuer, root), issuer, root);
        }

        @Test
        void theIssuersSerialNumberSaysWhichOfTwoCertificatesOfOneKeyIsMeant() {
            X509Certificate one = Paper.of("Root", ROOT).withoutIdentifiers().make();
            X509Certificate two = Paper.of("Root", ROOT).withoutIdentifiers().make();
            for (X509Certificate meant : List.of(one, two)) {
                X509Certificate leaf = Paper.leaf()
                        .by("Root", ROOT)
                        .withoutIdentifiers()
                        .authoritySerial(meant)
                        .make();
                assertAlways(List.of(leaf, meant), one, two);
            }
        }

        @Test
        void aNewKeyOfAnIssuerThatItsOldOneCertifiedLeadsOnToTheRoot() {
            KeyPair fresh = Paper.key();
            X509Certificate leaf = Paper.leaf().by("Issuer", fresh).make();
            X509Certificate newWithOld =
                    Paper.of("Issuer", fresh).by("Issuer", ISSUER).make();
            X509Certificate oldWithNew =
                    Paper.of("Issuer", ISSUER).by("Issuer", fresh).make();
            X509Certificate issuer = Paper.of("Issuer", ISSUER).by("Root", ROOT).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            assertAlways(List.of(leaf, newWithOld, issuer, root), newWithOld, oldWithNew, issuer, root);
        }

        @Test
        void twoAuthoritiesThatCertifiedEachOtherEndAtTheRootOfOne() {
            KeyPair other = Paper.key();
            X509Certificate leaf = Paper.leaf().by("A", ISSUER).make();
            X509Certificate aByB = Paper.of("A", ISSUER).by("B", other).make();
            X509Certificate bByA = Paper.of("B", other).by("A", ISSUER).make();
            X509Certificate bByRoot = Paper.of("B", other).by("Root", ROOT).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            assertAlways(List.of(leaf, aByB, bByRoot, root), aByB, bByA, bByRoot, root);
        }

        @Test
        void aRootSignedWithAWeakHashIsARootStill() {
            KeyPair rsa = SampleKeys.of(KeyType.RSA_2048);
            X509Certificate leaf = Paper.leaf().by("Old root", rsa).make();
            X509Certificate root =
                    Paper.of("Old root", rsa).signedAs("SHA1withRSA").make();
            assertAlways(List.of(leaf, root), root);
            assertTrue(CertificateChain.assemble(leaf, List.of(root)).gap().isEmpty());
        }

        @Test
        void anIssuerWithAnRsaKeyOfOldLengthIsFoundStill() {
            KeyPair small = SampleKeys.rsa(1024);
            X509Certificate leaf =
                    Paper.leaf().by("Old root", small).signedAs("SHA256withRSA").make();
            X509Certificate root =
                    Paper.of("Old root", small).signedAs("SHA256withRSA").make();
            assertAlways(List.of(leaf, root), root);
        }
    }

    @Nested
    class Names {
        private static X500Name name(boolean utf8, String commonName, String organisation) {
            return new X500NameBuilder()
                    .addRDN(BCStyle.O, utf8 ? new DERUTF8String(organisation) : new DERPrintableString(organisation))
                    .addRDN(BCStyle.CN, utf8 ? new DERUTF8String(commonName) : new DERPrintableString(commonName))
                    .build();
        }

        @Test
        void areTheSameWhateverTheirCaseStringTypeAndBlanks() throws Exception {
            X509Certificate root =
                    Paper.of(name(false, "The  Root", "ACME "), ROOT).make();
            X509Certificate leaf =
                    Paper.leaf().by(name(true, "the root", " Acme"), ROOT).make();
            assertAlways(List.of(leaf, root), root);
            assertEquals(
                    2, CertificateChain.of(List.of(leaf, root)).certificates().size());
        }

        @Test
        void areTheSameWhateverTheFormOfTheirAccents() {
            X509Certificate root =
                    Paper.of(name(true, "Autorit\u00E9", "ACM\u00C9"), ROOT).make();
            X509Certificate leaf = Paper.leaf()
                    .by(name(true, "AUTORITE\u0301", "acme\u0301"), ROOT)
                    .make();
            assertAlways(List.of(leaf, root), root);
        }

        @Test
        void areNotTheSameInAnotherOrder() {
            X509Certificate root =
                    Paper.of(new X500Name("CN=Root,O=Acme"), ROOT).make();
            X509Certificate leaf =
                    Paper.leaf().by(new X500Name("O=Acme,CN=Root"), ROOT).make();
            assertAlways(List.of(leaf), root);
        }
    }

    @Nested
    class Keeping {
        @Test
        void duplicatesAreDropped() throws Exception {
            X509Certificate root = Paper.of("Root", ROOT).make();
            X509Certificate issuer = Paper.of("Issuer", ISSUER).by("Root", ROOT).make();
            CertificatePool pool = CertificatePool.of(List.of(root, issuer, root, issuer, root));
            assertEquals(2, pool.size());
            assertEquals("2 certificates", pool.toString());
            assertEquals(
                    Arrays.asList(EncodedCertificate.of(root), EncodedCertificate.of(issuer)).stream()
                            .map(EncodedCertificate::fingerprint)
                            .map(Object::toString)
                            .sorted()
                            .toList(),
                    pool.certificates().stream()
                            .map(EncodedCertificate::fingerprint)
                            .map(Object::toString)
                            .sorted()
                            .toList());
        }

        @Test
        void encodedCertificatesServeAsWell() {
            X509Certificate leaf = Paper.leaf().by("Root", ROOT).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            CertificateChain chain =
                    CertificateChain.assemble(leaf, CertificatePool.ofEncoded(List.of(EncodedCertificate.of(root))));
            assertEquals(List.of(leaf, root), chain.certificates());
            assertEquals(List.of(EncodedCertificate.of(leaf), EncodedCertificate.of(root)), chain.encoded());
            assertSame(chain.certificates(), chain.certificates());
        }

        @Test
        void aSignatureBetweenItsCertificatesIsCheckedOnce() {
            X509Certificate leaf = Paper.leaf().by("Issuer", ISSUER).make();
            X509Certificate issuer = Paper.of("Issuer", ISSUER).by("Root", ROOT).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            CertificatePool pool = CertificatePool.of(List.of(issuer, root, leaf));
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        List.of(leaf, issuer, root),
                        CertificateChain.assemble(leaf, pool).certificates());
                assertEquals(2, signaturesAfter(pool), "the root by itself, the issuer by the root");
            }
        }

        @Test
        void whatIsRememberedDoesNotChangeWhatIsFound() {
            KeyPair other = Paper.key();
            X509Certificate root = Paper.of("Root", ROOT).make();
            X509Certificate toRoot = Paper.of("Issuer", ISSUER)
                    .by("Root", ROOT)
                    .until("2026-09-01T00:00:00Z")
                    .make();
            X509Certificate toOther =
                    Paper.of("Issuer", ISSUER).by("Other", other).make();
            X509Certificate otherRoot = Paper.of("Other", other).make();
            X509Certificate early = Paper.leaf()
                    .until("2026-08-01T00:00:00Z")
                    .by("Issuer", ISSUER)
                    .make();
            X509Certificate late = Paper.leaf().by("Issuer", ISSUER).make();
            List<X509Certificate> all = List.of(root, toRoot, toOther, otherRoot);
            CertificatePool used = CertificatePool.of(all);
            for (int i = 0; i < 3; i++) {
                for (X509Certificate leaf : List.of(early, late)) {
                    assertEquals(
                            CertificateChain.assemble(leaf, CertificatePool.of(all)),
                            CertificateChain.assemble(leaf, used));
                }
            }
            assertEquals(
                    List.of(late, toOther, otherRoot),
                    CertificateChain.assemble(late, used).certificates());
        }

        @Test
        void manyThreadsMayUseIt() throws Exception {
            X509Certificate issuer = Paper.of("Issuer", ISSUER).by("Root", ROOT).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            CertificatePool pool = CertificatePool.of(List.of(issuer, root));
            List<X509Certificate> leaves = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                leaves.add(Paper.leaf().by("Issuer", ISSUER).make());
            }
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<CertificateChain>> chains = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    X509Certificate leaf = leaves.get(i % leaves.size());
                    chains.add(threads.submit(() -> CertificateChain.assemble(leaf, pool)));
                }
                for (Future<CertificateChain> chain : chains) {
                    assertEquals(
                            List.of(issuer, root), chain.get().certificates().subList(1, 3));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class Budget {
        private static final Duration LIMIT = Duration.ofMillis(500);

        /** In processor time, which does not depend on what else the machine does. */
        private static CertificateChain assembledInTime(X509Certificate leaf, CertificatePool pool) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            CertificateChain chain = CertificateChain.assemble(leaf, pool);
            Duration spent = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
            assertTrue(spent.compareTo(LIMIT) < 0, spent.toString());
            return chain;
        }

        private static X509Certificate mesh(String name, KeyPair key, String above, KeyPair signer) {
            return Paper.of(name, key).by(above, signer).withoutIdentifiers().make();
        }

        @Test
        void aThousandAuthoritiesOfOneNameAreToldApartByTheirKeyIdentifier() {
            List<X509Certificate> pool = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                pool.add(Paper.of("Root", Paper.key()).by("Root", ROOT).make());
            }
            X509Certificate leaf = Paper.leaf().by("Root", ROOT).make();
            X509Certificate root = Paper.of("Root", ROOT).make();
            pool.add(root);
            Collections.shuffle(pool, new Random(1));
            CertificatePool index = CertificatePool.of(pool);
            assertEquals(List.of(leaf, root), assembledInTime(leaf, index).certificates());
        }

        @Test
        void aMeshOfSixLayersOfEightAuthoritiesIsAnsweredInTime() throws IOException {
            KeyPair[][] keys = new KeyPair[6][8];
            for (KeyPair[] layer : keys) {
                Arrays.setAll(layer, i -> Paper.key());
            }
            List<X509Certificate> pool = new ArrayList<>();
            for (int layer = 0; layer + 1 < keys.length; layer++) {
                for (KeyPair below : keys[layer]) {
                    for (KeyPair above : keys[layer + 1]) {
                        pool.add(mesh("Layer " + layer, below, "Layer " + (layer + 1), above));
                    }
                }
            }
            X509Certificate leaf =
                    Paper.leaf().by("Layer 0", keys[0][0]).withoutIdentifiers().make();
            CertificatePool index = CertificatePool.of(pool);
            assertEquals(320, index.size());
            CertificateChain chain = assembledInTime(leaf, index);
            assertTrue(chain.gap().isPresent());
            CertificateChain.of(chain.certificates());
        }

        @Test
        void aMeshWithARootAboveIsLeftAtTheTop() throws IOException {
            KeyPair[][] keys = new KeyPair[4][4];
            for (KeyPair[] layer : keys) {
                Arrays.setAll(layer, i -> Paper.key());
            }
            List<X509Certificate> pool = new ArrayList<>();
            for (int layer = 0; layer + 1 < keys.length; layer++) {
                for (KeyPair below : keys[layer]) {
                    for (KeyPair above : keys[layer + 1]) {
                        pool.add(mesh("Layer " + layer, below, "Layer " + (layer + 1), above));
                    }
                }
            }
            pool.add(mesh("Layer 3", keys[3][2], "Layer 3", keys[3][2]));
            X509Certificate leaf =
                    Paper.leaf().by("Layer 0", keys[0][0]).withoutIdentifiers().make();
            CertificateChain chain = CertificateChain.assemble(leaf, CertificatePool.of(pool));
            assertEquals(5, chain.certificates().size());
            assertTrue(chain.gap().isEmpty());
        }

        @Test
        void aMeshWhoseAuthoritiesAllHaveOneNameIsAnsweredInTime() throws IOException {
            KeyPair[] keys = new KeyPair[17];
            Arrays.setAll(keys, i -> Paper.key());
            List<X509Certificate> pool = new ArrayList<>();
            for (KeyPair below : keys) {
                for (KeyPair above : keys) {
                    if (below != above) {
                        pool.add(mesh("Mesh", below, "Mesh", above));
                    }
                }
            }
            X509Certificate leaf =
                    Paper.leaf().by("Mesh", keys[0]).withoutIdentifiers().make();
            CertificatePool index = CertificatePool.of(pool);
            CertificateChain chain = assembledInTime(leaf, index);
            CertificateChain.of(chain.certificates());
        }

        @Test
        void aSearchThatEndedEarlySaysSo() {
            List<X509Certificate> pool = new ArrayList<>();
            for (int i = 0; i < 101; i++) {
                KeyPair wrong = Paper.key();
                pool.add(mesh("Root", wrong, "Root", wrong));
            }
            X509Certificate leaf =
                    Paper.leaf().by("Root", ROOT).withoutIdentifiers().make();
            assertEquals(
                    List.of("too many have it, and the search ended after 100 signatures"),
                    CertificateChain.assemble(leaf, pool).gap().orElseThrow().objections());
        }

        @Test
        void tenThousandAuthoritiesOfOneNameWithoutTheRightOneAreAnsweredInTime() {
            List<X509Certificate> pool = new ArrayList<>();
            KeyPair wrong = Paper.key();
            for (int i = 0; i < 10_000; i++) {
                pool.add(mesh("Root", wrong, "Root", wrong));
            }
            X509Certificate leaf =
                    Paper.leaf().by("Root", ROOT).withoutIdentifiers().make();
            CertificatePool index = CertificatePool.of(pool);
            CertificateChain chain = assembledInTime(leaf, index);
            assertEquals(List.of(leaf), chain.certificates());
        }
    }
}
