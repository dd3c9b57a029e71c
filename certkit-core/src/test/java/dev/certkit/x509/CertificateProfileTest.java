package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("C6")
@Tag("S2")
class CertificateProfileTest {
    private static PublicKey key(KeyType type) {
        return SampleKeys.of(type).getPublic();
    }

    @Nested
    class StandardProfiles {
        @Test
        void aServerIsForServersOnly() {
            CertificateProfile server = CertificateProfile.tlsServer();
            assertEquals(List.of(ExtendedKeyUsage.SERVER_AUTH), server.purposes());
            assertFalse(server.isAuthority());
            assertEquals(Duration.ofDays(397), server.lifetime());
        }

        @Test
        void aClientIsForClientsOnly() {
            assertEquals(
                    List.of(ExtendedKeyUsage.CLIENT_AUTH),
                    CertificateProfile.tlsClient().purposes());
        }

        @Test
        void aNetworkDeviceIsAClientOfTheLan() {
            assertEquals(
                    List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EAP_OVER_LAN),
                    CertificateProfile.device8021x().purposes());
        }

        @Test
        void anIpsecPeerIsEitherEnd() {
            assertTrue(CertificateProfile.ipsec().purposes().contains(ExtendedKeyUsage.IPSEC_IKE));
        }

        @ParameterizedTest
        @EnumSource(names = {"EC_P256", "EC_P384", "EC_P521", "ED25519", "ED448", "ML_DSA_65"})
        void onlyRsaEnciphersKeys(KeyType type) {
            assertEquals(
                    Set.of(KeyUsage.DIGITAL_SIGNATURE),
                    CertificateProfile.tlsServer().keyUsages(key(type)));
            assertFalse(CertificateProfile.scepAuthority().keyUsages(key(type)).contains(KeyUsage.KEY_ENCIPHERMENT));
        }

        @Test
        void rsaDoes() {
            assertEquals(
                    Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT),
                    CertificateProfile.tlsServer().keyUsages(key(KeyType.RSA_2048)));
        }

        @Test
        void anAuthoritySignsCertificatesAndCrls() {
            CertificateProfile authority = CertificateProfile.authority();
            assertTrue(authority.isAuthority());
            assertEquals(
                    Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN),
                    authority.keyUsages(key(KeyType.RSA_2048)));
            assertEquals(List.of(), authority.purposes());
            assertEquals(OptionalInt.empty(), authority.pathLength());
        }

        @Test
        void noLeafSignsCertificates() {
            for (CertificateProfile leaf : List.of(
                    CertificateProfile.tlsServer(),
                    CertificateProfile.tlsClient(),
                    CertificateProfile.device8021x(),
                    CertificateProfile.ipsec())) {
                assertFalse(leaf.keyUsages(key(KeyType.RSA_2048)).contains(KeyUsage.KEY_CERT_SIGN), leaf.name());
                assertFalse(leaf.isAuthority(), leaf.name());
                assertEquals(OptionalInt.empty(), leaf.pathLength(), leaf.name());
            }
        }
    }

    @Nested
    class Changing {
        @Test
        void eachCallGivesANewProfile() {
            CertificateProfile server = CertificateProfile.tlsServer();
            CertificateProfile changed = server.named("ours")
                    .validFor(Duration.ofDays(5))
                    .forPurposes(ExtendedKeyUsage.CLIENT_AUTH)
                    .keyTypes(KeyType.EC_P256);
            assertEquals(CertificateProfile.tlsServer(), server);
            assertNotEquals(server, changed);
            assertEquals("ours", changed.name());
            assertEquals("ours", changed.toString());
            assertEquals(Duration.ofDays(5), changed.lifetime());
            assertEquals(List.of(ExtendedKeyUsage.CLIENT_AUTH), changed.purposes());
            assertEquals(Set.of(KeyType.EC_P256), changed.keyTypes());
        }

        @Test
        void equalProfilesAreEqual() {
            assertEquals(
                    CertificateProfile.tlsServer().validFor(Duration.ofDays(9)),
                    CertificateProfile.tlsServer().validFor(Duration.ofHours(9 * 24)));
            assertEquals(
                    CertificateProfile.authority().hashCode(),
                    CertificateProfile.authority().hashCode());
        }

        @Test
        void aLifetimeIsPositive() {
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(-1))) {
                IllegalArgumentException refused =
                        assertThrows(IllegalArgumentException.class, () -> CertificateProfile.tlsServer()
                                .validFor(wrong));
                assertTrue(refused.getMessage().startsWith("lifetime: "), refused.getMessage());
            }
        }

        @Test
        void atLeastOneKindOfKeyIsAllowed() {
            assertThrows(IllegalArgumentException.class, () -> CertificateProfile.tlsServer()
                    .keyTypes(new KeyType[0]));
        }

        @Test
        void noPurposeMeansNoRestriction() {
            assertEquals(List.of(), CertificateProfile.tlsServer().forPurposes().purposes());
        }

        @Test
        void theSetsGivenAwayAreCopies() {
            CertificateProfile server = CertificateProfile.tlsServer();
            assertThrows(
                    UnsupportedOperationException.class, () -> server.keyTypes().clear());
            server.keyUsages(key(KeyType.EC_P256)).clear();
            assertEquals(EnumSet.allOf(KeyType.class), server.keyTypes());
            assertThrows(
                    UnsupportedOperationException.class, () -> server.purposes().add(ExtendedKeyUsage.CODE_SIGNING));
        }

        @Test
        void aNameIsNotNull() {
            assertEquals(
                    "name",
                    assertThrows(NullPointerException.class, () -> CertificateProfile.tlsServer()
                                    .named(null))
                            .getMessage());
        }
    }

    @Nested
    class PathLength {
        @Test
        void anAuthorityMayBeBounded() {
            assertEquals(
                    OptionalInt.of(0),
                    CertificateProfile.authority().pathLength(0).pathLength());
        }

        @Test
        void aLeafHasNone() {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> CertificateProfile.tlsServer()
                            .pathLength(0));
            assertTrue(refused.getMessage().contains("tlsServer"), refused.getMessage());
        }

        @Test
        void itIsNotNegative() {
            assertThrows(IllegalArgumentException.class, () -> CertificateProfile.authority()
                    .pathLength(-1));
        }
    }

    @Nested
    class Purposes {
        @Test
        void anObjectIdentifierOfOnesOwnIsAllowed() {
            assertEquals("1.3.6.1.4.1.311.20.2.2", new ExtendedKeyUsage("1.3.6.1.4.1.311.20.2.2").oid());
        }

        @Test
        void anythingElseIsRefused() {
            for (String wrong : List.of("", "1", "serverAuth", "1.3.", "9.1", "1.3.06")) {
                IllegalArgumentException refused =
                        assertThrows(IllegalArgumentException.class, () -> new ExtendedKeyUsage(wrong));
                assertTrue(refused.getMessage().startsWith("oid: "), refused.getMessage());
            }
        }
    }
}
