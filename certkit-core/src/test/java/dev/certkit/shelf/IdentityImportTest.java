package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.DecodingLimits;
import dev.certkit.format.Pasted;
import dev.certkit.format.Pkcs12;
import dev.certkit.format.Pkcs12Profile;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.ForeignCertificate;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import dev.certkit.shelf.IdentityFinding.Code;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W7")
class IdentityImportTest {
    private static final Passphrase SECRET = Passphrase.of("correct horse");
    private static final Passphrase WRONG = Passphrase.of("battery staple");

    private final IdentityLab lab = new IdentityLab();
    private final Identities identities = lab.identities;
    private final CertifiedKey certified = certified();

    private static CertifiedKey certified() {
        try {
            return IdentityLab.certified();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(CertifiedKey key) {
        return PrivateKeys.toUnencryptedPem(key.privateKey()) + key.chain().toPem();
    }

    private ImportResult.Installed installed(Pasted pasted) throws IOException {
        return assertInstanceOf(
                ImportResult.Installed.class, identities.importing(pasted).as("web"));
    }

    private ImportResult.Refused refused(IdentityImport draft) throws IOException {
        String before = lab.stored("web");
        ImportResult.Refused refused = assertInstanceOf(ImportResult.Refused.class, draft.as("web"));
        assertEquals(before, lab.stored("web"));
        return refused;
    }

    private IdentityFinding reason(Pasted pasted) throws IOException {
        List<IdentityFinding> reasons = refused(identities.importing(pasted)).reasons();
        assertEquals(1, reasons.size(), reasons.toString());
        return reasons.get(0);
    }

    @Test
    void keysThatAreTooManyToTryEachWithEachCertificateAreRefusedWithThatReason() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 36; i++) {
            text.append(PrivateKeys.toUnencryptedPem(KeyType.EC_P256.generate().getPrivate()));
            text.append(CertifiedKey.selfSigned(DistinguishedName.cn("host" + i))
                    .with(KeyType.EC_P256.generate())
                    .chain()
                    .toPem());
        }
        IdentityFinding reason = reason(Pasted.parse(text.toString()));
        assertEquals(Code.KEY_MISMATCH, reason.code());
        assertTrue(reason.text().contains("36 private keys, which are too many to try each with each"), reason.text());
    }

    @Test
    void rsaKeysAreNeverTooManySinceTheyAreCompared() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(PrivateKeys.toUnencryptedPem(KeyType.RSA_2048.generate().getPrivate()));
        }
        for (int i = 0; i < 201; i++) {
            text.append(CertifiedKey.selfSigned(DistinguishedName.cn("host" + i))
                    .with(SampleKeys.of(KeyType.EC_P256))
                    .chain()
                    .toPem());
        }
        IdentityFinding reason = reason(Pasted.parse(text.toString()));
        assertEquals(Code.KEY_MISMATCH, reason.code());
        assertTrue(reason.text().endsWith("; add the key with which the certificate was requested"), reason.text());
    }

    private static byte[] jks(List<String> aliases, List<CertifiedKey> keys) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        for (int i = 0; i < keys.size(); i++) {
            store.setKeyEntry(
                    aliases.get(i),
                    keys.get(i).privateKey(),
                    "correct horse".toCharArray(),
                    keys.get(i).chain().certificates().toArray(Certificate[]::new));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, "correct horse".toCharArray());
        return out.toByteArray();
    }

    private static List<Code> codes(List<IdentityFinding> findings) {
        return findings.stream().map(IdentityFinding::code).toList();
    }

    @Nested
    class AGoodFile {
        private void isInstalled(Pasted pasted) throws IOException {
            ImportResult.Installed installed = installed(pasted);

            assertEquals(List.of(), installed.warnings());
            assertEquals(certified.chain(), installed.key().chain());
            assertEquals(certified.chain(), identities.find("web").orElseThrow().chain());
            assertEquals(IdentityState.CA_SIGNED, lab.state("web"));
        }

        @Test
        void ofPkcs12IsInstalled() throws IOException {
            isInstalled(Pasted.decode(certified.toPkcs12("server").encode(SECRET, Pkcs12Profile.MODERN), SECRET));
        }

        @Test
        void ofPemWithAPlainKeyIsInstalled() throws IOException {
            isInstalled(Pasted.parse(pem(certified)));
        }

        @Test
        void ofPemWithAnEncryptedKeyIsInstalled() throws IOException {
            isInstalled(Pasted.parse(
                    certified.chain().toPem() + PrivateKeys.toPem(certified.privateKey(), SECRET), SECRET));
        }

        @Test
        void ofAnOldJavaKeyStoreIsInstalled() throws Exception {
            isInstalled(Pasted.decode(jks(List.of("server"), List.of(certified)), SECRET));
        }

        @Test
        void answersARequestForItsKeyThatIsPending() throws IOException {
            PendingKey pending = identities.request("web", IdentityLab.WISHES, KeyType.EC_P256);
            CertificateChain chain = IdentityLab.certify(pending.request());

            installed(Pasted.parse(pem(CertifiedKey.of(pending.privateKey(), chain))));

            assertTrue(identities.pending("web").isEmpty());
            assertEquals(chain, identities.chain("web").orElseThrow());
        }
    }

    @Nested
    class EachFault {
        @Test
        void ofAWrongPassphraseIsNamed() throws IOException {
            byte[] file = certified.toPkcs12("server").encode(SECRET, Pkcs12Profile.MODERN);

            IdentityFinding reason = reason(Pasted.decode(file, WRONG));

            assertEquals(Code.LOCKED, reason.code());
            assertTrue(reason.text().contains("the passphrase is wrong"), reason.text());
        }

        @Test
        void ofAMissingPassphraseIsNamed() throws IOException {
            String text = certified.chain().toPem() + PrivateKeys.toPem(certified.privateKey(), SECRET);

            IdentityFinding reason = reason(Pasted.parse(text));

            assertEquals(Code.LOCKED, reason.code());
            assertTrue(reason.text().contains("give its passphrase"), reason.text());
        }

        @Test
        void ofAMissingPassphraseIsNamedAlsoBesideAStrangersKey() throws IOException {
            String text = certified.chain().toPem()
                    + PrivateKeys.toPem(certified.privateKey(), SECRET)
                    + PrivateKeys.toUnencryptedPem(
                            SampleKeys.of(KeyType.EC_P256).getPrivate());

            assertEquals(Code.LOCKED, reason(Pasted.parse(text)).code());
        }

        @Test
        void ofAMissingKeyIsNamed() throws IOException {
            IdentityFinding reason = reason(Pasted.parse(certified.chain().toPem()));

            assertEquals(Code.NO_KEY, reason.code());
            assertTrue(reason.text().contains("3 certificates"), reason.text());
        }

        @Test
        void ofAMissingCertificateIsNamed() throws IOException {
            assertEquals(
                    Code.NO_CERTIFICATE,
                    reason(Pasted.parse(PrivateKeys.toUnencryptedPem(certified.privateKey())))
                            .code());
        }

        @Test
        void ofAKeyOfAnotherCertificateIsNamed() throws IOException {
            for (KeyType type : List.of(KeyType.EC_P256, KeyType.EC_P384, KeyType.RSA_2048, KeyType.ED25519)) {
                String key = PrivateKeys.toUnencryptedPem(SampleKeys.of(type).getPrivate());

                IdentityFinding reason = reason(Pasted.parse(certified.chain().toPem() + key));

                assertEquals(Code.KEY_MISMATCH, reason.code());
            }
        }

        @Test
        void ofSeveralKeysIsNamedWithTheWayOut() throws IOException {
            Pasted both = Pasted.parse(pem(certified) + pem(IdentityLab.selfSigned("other")));

            IdentityFinding reason = reason(both);

            assertEquals(Code.SEVERAL_KEYS, reason.code());
            assertTrue(reason.text().contains("CN=printer-7"), reason.text());
            assertTrue(reason.text().contains("CN=other"), reason.text());
        }

        @Test
        void neverTellsAKeyOrAPassphrase() throws IOException {
            byte[] file = certified.toPkcs12("server").encode(SECRET, Pkcs12Profile.MODERN);
            ImportResult.Refused refused = refused(identities.importing(Pasted.decode(file, WRONG)));

            assertFalse(refused.toString().contains("battery"), refused.toString());
        }
    }

    @Nested
    class AmongSeveralKeys {
        private final CertifiedKey other = IdentityLab.selfSigned("other.example");
        private final Pasted both;

        AmongSeveralKeys() throws IOException {
            both = Pasted.parse(pem(certified) + pem(other));
        }

        @Test
        void theOneWithTheCommonNameIsChosen() throws IOException {
            ImportResult result =
                    identities.importing(both).key("other.example").as("web");

            ImportResult.Installed installed = assertInstanceOf(ImportResult.Installed.class, result);
            assertEquals(other.chain(), installed.key().chain());
            assertTrue(codes(installed.warnings()).contains(Code.UNUSED));
        }

        @Test
        void theOneWithTheAliasIsChosen() throws IOException {
            byte[] file = Pkcs12.empty()
                    .and(new Pkcs12.KeyEntry(
                            "first", certified.privateKey(), certified.chain().certificates()))
                    .and(new Pkcs12.KeyEntry(
                            "second", other.privateKey(), other.chain().certificates()))
                    .encode(SECRET, Pkcs12Profile.MODERN);
            Pasted pasted = Pasted.decode(file, SECRET);

            IdentityFinding reason = reason(pasted);
            assertTrue(reason.text().contains("'second'"), reason.text());
            ImportResult result = identities.importing(pasted).key("second").as("web");

            assertEquals(
                    other.chain(),
                    assertInstanceOf(ImportResult.Installed.class, result).key().chain());
        }

        @Test
        void theOneWithTheAliasOfAnOldJavaKeyStoreIsChosen() throws Exception {
            Pasted pasted = Pasted.decode(jks(List.of("first", "second"), List.of(certified, other)), SECRET);

            ImportResult result = identities.importing(pasted).key("SECOND").as("web");

            assertEquals(
                    other.chain(),
                    assertInstanceOf(ImportResult.Installed.class, result).key().chain());
        }

        @Test
        void aNameThatNoneHasIsRefused() throws IOException {
            ImportResult.Refused refused = refused(identities.importing(both).key("nobody"));

            assertEquals(List.of(Code.NO_SUCH_KEY), codes(refused.reasons()));
        }
    }

    @Nested
    @Tag("W8")
    class AnAuthority {
        @Test
        void isRefusedWithAReasonByDefault() throws IOException {
            ImportResult.Refused refused = refused(identities.importing(Pasted.parse(pem(IdentityLab.INTERMEDIATE))));

            assertEquals(List.of(Code.AUTHORITY), codes(refused.reasons()));
            String text = refused.reasons().get(0).text();
            assertTrue(text.contains("CN=Test Intermediate has the authority attribute"), text);
        }

        @Test
        void isInstalledWithAWarningWhereThePolicyAllowsIt() throws IOException {
            ImportResult result = identities
                    .importing(Pasted.parse(pem(IdentityLab.INTERMEDIATE)))
                    .policy(ImportPolicy.standard().allowing(Code.AUTHORITY))
                    .as("web");

            ImportResult.Installed installed = assertInstanceOf(ImportResult.Installed.class, result);
            assertTrue(codes(installed.warnings()).contains(Code.AUTHORITY));
            assertTrue(identities.find("web").isPresent());
        }
    }

    @Nested
    class AWarning {
        private List<Code> of(CertifiedKey key) throws IOException {
            return codes(installed(Pasted.parse(pem(key))).warnings());
        }

        private CertifiedKey own(String clock) {
            return CertifiedKey.selfSigned(DistinguishedName.cn("printer-7"))
                    .clock(MovableClock.at(clock))
                    .san("printer-7.local")
                    .with(KeyType.EC_P256.generate());
        }

        @Test
        void isGivenForASelfSignedCertificate() throws IOException {
            assertEquals(
                    List.of(Code.SELF_SIGNED),
                    of(lab.identities.selfSigned("x", IdentityLab.OWN, KeyType.EC_P256)).stream()
                            .filter(code -> code != Code.SHARED_KEY)
                            .toList());
        }

        @Test
        void isGivenForACertificateThatHasExpired() throws IOException {
            assertEquals(List.of(Code.EXPIRED, Code.SELF_SIGNED), of(own("2020-01-01T00:00:00Z")));
        }

        @Test
        void isGivenForACertificateOfTheFuture() throws IOException {
            assertEquals(List.of(Code.NOT_YET_VALID, Code.SELF_SIGNED), of(own("2090-01-01T00:00:00Z")));
        }

        @Test
        void isJudgedByTheClockThatWasHandedOver() throws IOException {
            Identities then = Identities.in(lab.storage)
                    .clock(MovableClock.at(Instant.parse("2020-02-01T00:00:00Z")))
                    .unencrypted();

            ImportResult result = then.importing(Pasted.parse(pem(own("2020-01-01T00:00:00Z"))))
                    .as("web");

            assertEquals(
                    List.of(Code.SELF_SIGNED),
                    codes(assertInstanceOf(ImportResult.Installed.class, result).warnings()));
        }

        @Test
        void isGivenForMissingNames() throws IOException {
            assertEquals(List.of(Code.NO_ALTERNATIVE_NAME, Code.SELF_SIGNED), of(IdentityLab.selfSigned("printer-7")));
        }

        @Test
        void isGivenForAMissingIntermediate() throws IOException {
            assertEquals(
                    List.of(Code.CHAIN_GAP),
                    of(CertifiedKey.of(
                            certified.privateKey(),
                            CertificateChain.of(List.of(certified.chain().leaf())))));
        }

        @Test
        void isGivenForAWeakKeyAndAWeakHash() throws IOException {
            KeyPair rsa = SampleKeys.rsa(1024);
            X509Certificate old = new ForeignCertificate(rsa).make();

            String text = pem(CertifiedKey.of(rsa.getPrivate(), CertificateChain.of(List.of(old))));
            DecodingLimits legacy = DecodingLimits.standard().acceptingLegacyKeys();
            List<Code> codes = codes(installed(Pasted.parse(text, null, legacy)).warnings());

            assertEquals(List.of(Code.NO_ALTERNATIVE_NAME, Code.WEAK_KEY, Code.WEAK_HASH, Code.SELF_SIGNED), codes);
            assertEquals(IdentityState.SELF_SIGNED, lab.state("web"));
            assertEquals(old, identities.find("web").orElseThrow().chain().leaf());
        }

        @Test
        void isGivenForAKeyThatIsKeptUnderAnotherName() throws IOException {
            identities.install("mail", certified);

            ImportResult.Installed installed = installed(Pasted.parse(pem(certified)));

            assertEquals(List.of(Code.SHARED_KEY), codes(installed.warnings()));
            assertTrue(installed.warnings().get(0).text().contains("mail"));
        }

        @Test
        void becomesARefusalByPolicy() throws IOException {
            ImportPolicy strict = ImportPolicy.standard().refusing(Code.SELF_SIGNED, Code.NO_ALTERNATIVE_NAME);

            ImportResult.Refused refused = refused(identities
                    .importing(Pasted.parse(pem(IdentityLab.selfSigned("printer-7"))))
                    .policy(strict));

            assertEquals(List.of(Code.NO_ALTERNATIVE_NAME, Code.SELF_SIGNED), codes(refused.reasons()));
        }
    }

    @Nested
    class ANameInUse {
        @Test
        void isRefusedByDefaultAndSaysForWhat() throws IOException {
            identities.install("web", IdentityLab.selfSigned("present"));

            IdentityFinding reason = reason(Pasted.parse(pem(certified)));

            assertEquals(Code.NAME_IN_USE, reason.code());
            assertTrue(reason.text().contains("CN=present"), reason.text());
        }

        @Test
        void isReplacedWhereThePolicyAllowsIt() throws IOException {
            identities.install("web", IdentityLab.selfSigned("present"));

            ImportResult result = identities
                    .importing(Pasted.parse(pem(certified)))
                    .policy(ImportPolicy.standard().allowing(Code.NAME_IN_USE))
                    .as("web");

            assertInstanceOf(ImportResult.Installed.class, result);
            assertEquals(certified.chain(), identities.chain("web").orElseThrow());
        }
    }

    @Nested
    class APolicy {
        @Test
        void cannotAllowWhatLeavesNothingToStore() {
            for (Code code : List.of(Code.LOCKED, Code.NO_KEY, Code.KEY_MISMATCH, Code.SEVERAL_KEYS)) {
                assertThrows(IllegalArgumentException.class, () -> ImportPolicy.standard()
                        .allowing(code));
            }
        }

        @Test
        void refusesAuthoritiesAndNamesInUseByDefault() {
            assertEquals(
                    List.of(Code.NAME_IN_USE, Code.AUTHORITY),
                    new ArrayList<>(ImportPolicy.standard().refused()));
        }
    }

    @Test
    void manyKeysAndCertificatesAreMatchedWithinABudget() throws IOException {
        StringBuilder text = new StringBuilder(pem(certified));
        CertifiedKey authority = CertifiedKey.selfSigned(DistinguishedName.cn("x"))
                .profile(CertificateProfile.authority())
                .with(KeyType.EC_P256.generate());
        for (int i = 0; i < 60; i++) {
            text.append(PrivateKeys.toUnencryptedPem(KeyType.EC_P256.generate().getPrivate()));
            text.append(
                    Certificates.toPem(IdentityLab.selfSigned("x" + i).chain().leaf()));
        }
        Pasted pasted = Pasted.parse(text + pem(authority));

        long start = System.nanoTime();
        ImportResult result = identities.importing(pasted).as("web");

        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertEquals(
                certified.chain(),
                assertInstanceOf(ImportResult.Installed.class, result).key().chain());
    }

    @Test
    void tooManyToTryIsSaid() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append(PrivateKeys.toUnencryptedPem(KeyType.EC_P256.generate().getPrivate()));
            text.append(
                    Certificates.toPem(IdentityLab.selfSigned("x" + i).chain().leaf()));
        }

        IdentityFinding reason = reason(Pasted.parse(text.toString()));

        assertEquals(Code.KEY_MISMATCH, reason.code());
        assertTrue(reason.text().contains("too many"), reason.text());
    }
}
