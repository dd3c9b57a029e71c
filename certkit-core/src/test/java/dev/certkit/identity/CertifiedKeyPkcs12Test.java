package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.format.Pkcs12;
import dev.certkit.format.Pkcs12Profile;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.DistinguishedName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertifiedKeyPkcs12Test {
    private static final Passphrase SECRET = Passphrase.of("correct horse");

    private static CertifiedKey key(KeyType type) {
        return CertifiedKey.selfSigned(DistinguishedName.cn("web"))
                .san("web.example")
                .with(SampleKeys.of(type));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfKeyComesBackWithItsChain(KeyType type) throws Exception {
        CertifiedKey web = key(type);
        Pkcs12 read = Pkcs12.decode(web.toPkcs12("web").encode(SECRET, Pkcs12Profile.JAVA8), SECRET);
        assertEquals(web.chain(), CertifiedKey.of(read.key("web").orElseThrow()).chain());
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() {
        CertifiedKey web = key(KeyType.EC_P256);
        Pkcs12.KeyEntry mixed = new Pkcs12.KeyEntry(
                "web",
                SampleKeys.otherOf(KeyType.EC_P256).getPrivate(),
                web.chain().certificates());
        assertThrows(KeyMismatchException.class, () -> CertifiedKey.of(mixed));
    }

    @Test
    void aKeyWithoutCertificateIsRefused() {
        Pkcs12.KeyEntry bare =
                new Pkcs12.KeyEntry("web", SampleKeys.of(KeyType.EC_P256).getPrivate(), List.of());
        assertThrows(IllegalArgumentException.class, () -> CertifiedKey.of(bare));
    }
}
