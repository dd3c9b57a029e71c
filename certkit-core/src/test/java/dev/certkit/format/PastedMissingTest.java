package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.REQUEST;
import static dev.certkit.format.Samples.ROOT_PEM;
import static dev.certkit.format.Samples.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Pasted.Missing;
import dev.certkit.format.Pasted.Part;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.DistinguishedName;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("W7")
@Tag("T4")
class PastedMissingTest {
    private static final Missing KEY_OF_LEAF = new Missing(Part.PRIVATE_KEY, "CN=leaf.example");

    @Test
    void aKeyWithItsWholeChainLacksNothing() throws Exception {
        assertEquals(List.of(), Pasted.parse(KEY_PEM + CHAIN_PEM).missing());
        assertEquals(List.of(), Pasted.parse(CHAIN_PEM.repeat(2) + KEY_PEM).missing());
    }

    @Test
    void anAnswerOfAnAuthorityLacksTheKeyWhichIsElsewhere() throws Exception {
        assertEquals(List.of(KEY_OF_LEAF), Pasted.parse(CHAIN_PEM).missing());
    }

    @Test
    void anAuthorityNeedsNoKeyAndARootNoIssuer() throws Exception {
        assertEquals(List.of(), Pasted.parse(ROOT_PEM).missing());
    }

    @Test
    void aMissingIssuerIsNamedOnce() throws Exception {
        Pasted pasted = Pasted.parse(KEY_PEM + LEAF_PEM + LEAF_PEM);
        assertEquals(List.of(new Missing(Part.ISSUER, "CN=Root")), pasted.missing());
        assertTrue(pasted.missing().get(0).toString().contains("no certificate of the issuer CN=Root; add it"));
    }

    @Test
    void aKeyOfAnotherCertificateIsToldFromBothSides() throws Exception {
        String other =
                PrivateKeys.toUnencryptedPem(SampleKeys.of(KeyType.RSA_2048).getPrivate());
        assertEquals(
                List.of(new Missing(Part.CERTIFICATE, "private key 1, RSA"), KEY_OF_LEAF),
                Pasted.parse(other + CHAIN_PEM).missing());
        String sameKind =
                PrivateKeys.toUnencryptedPem(SampleKeys.otherOf(KeyType.EC_P256).getPrivate());
        assertEquals(
                List.of(new Missing(Part.PRIVATE_KEY, "CN=leaf.example"), new Missing(Part.ISSUER, "CN=Root")),
                Pasted.parse(sameKind + LEAF_PEM).missing().stream()
                        .filter(each -> each.part() != Part.CERTIFICATE)
                        .toList());
    }

    @Test
    void aKeyAloneLacksItsCertificateAndARequestLacksNothing() throws Exception {
        assertEquals(Part.CERTIFICATE, Pasted.parse(KEY_PEM).missing().get(0).part());
        assertEquals(List.of(), Pasted.parse(REQUEST.toPem()).missing());
    }

    @Test
    void whatIsLockedCountsAsNotThere() throws Exception {
        String text = PrivateKeys.toPem(PRIVATE, SECRET) + CHAIN_PEM;
        assertEquals(List.of(KEY_OF_LEAF), Pasted.parse(text).missing());
        assertEquals(List.of(), Pasted.parse(text, SECRET).missing());
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "EC_P256", "EC_P384", "ED25519", "ED448", "ML_DSA_44"})
    void everyKindOfKeyFindsItsCertificates(KeyType type) throws Exception {
        String own = CertifiedKey.selfSigned(DistinguishedName.cn("own"))
                .with(SampleKeys.of(type))
                .chain()
                .toPem();
        String text = PrivateKeys.toUnencryptedPem(SampleKeys.of(type).getPrivate()) + ROOT_PEM + own;
        Pasted pasted = Pasted.parse(text);
        assertEquals(List.of(), pasted.missing());
        assertEquals(
                List.of(pasted.certificates().get(1)),
                pasted.certificatesFor(pasted.privateKeys().get(0)));
    }

    @Test
    void theKeyOfAPendingRequestFindsItsAnswer() throws Exception {
        assertEquals(List.of(LEAF), Pasted.parse(CHAIN_PEM).certificatesFor(PRIVATE));
        assertEquals(
                List.of(),
                Pasted.parse(CHAIN_PEM)
                        .certificatesFor(SampleKeys.of(KeyType.ED25519).getPrivate()));
    }

    @Test
    void manyKeysAndManyCertificatesAreMatchedWithinASecond() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            text.append(Certificates.toPem(Samples.selfSigned("host" + i)));
        }
        for (KeyType type : List.of(KeyType.EC_P256, KeyType.EC_P384, KeyType.EC_P521, KeyType.RSA_2048)) {
            text.append(PrivateKeys.toUnencryptedPem(SampleKeys.otherOf(type).getPrivate()));
        }
        Pasted pasted = Pasted.parse(text.toString());
        Cost cost = Cost.of(() -> assertFalse(pasted.missing().isEmpty()));
        assertTrue(cost.isWithin(1_000, 64), cost.toString());
    }

    @Test
    void eachKeyFindsItsCertificatesUntilThousandProofsWereMade() throws Exception {
        StringBuilder text = new StringBuilder(Certificates.toPem(Samples.selfSigned("first")));
        for (int i = 0; i < 60; i++) {
            text.append(Certificates.toPem(Samples.selfSigned("host" + i)));
        }
        for (int i = 0; i < 17; i++) {
            text.append(PrivateKeys.toUnencryptedPem(KeyType.EC_P256.generate().getPrivate()));
        }
        String withoutKey = text.toString();
        List<List<X509Certificate>> none = Pasted.parse(withoutKey).keyCertificates();
        assertEquals(17, none.size());
        assertTrue(none.stream().allMatch(List::isEmpty));
        String key = PrivateKeys.toUnencryptedPem(SampleKeys.of(KeyType.EC_P256).getPrivate());
        assertEquals(61, Pasted.parse(key + withoutKey).keyCertificates().get(0).size());
        assertEquals(0, Pasted.parse(withoutKey + key).keyCertificates().get(17).size());
    }
}
