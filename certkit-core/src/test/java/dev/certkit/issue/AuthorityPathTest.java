package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Roots, intermediates and what all certificates of a chain let an authority do. */
class AuthorityPathTest extends AuthorityFixture {
    private static final KeyPair BELOW = SampleKeys.otherOf(KeyType.EC_P384);

    private CertifiedKey intermediate(LocalAuthority above, CertificateProfile profile, KeyPair keys)
            throws IOException {
        CertificateChain chain = SamplePki.certified(above.profile(profile)
                .issue(CertificationRequest.forSubject(
                                DistinguishedName.cn("Below").o("Acme"))
                        .signedBy(keys)
                        .request()));
        return CertifiedKey.of(keys.getPrivate(), chain);
    }

    private LocalAuthority local(CertifiedKey key) {
        return LocalAuthority.of(key).clock(clock).in(storage);
    }

    @Nested
    class ThePathLength {
        @Test
        void ofAnIntermediateIsThatOfTheProfile() throws Exception {
            CertifiedKey below =
                    intermediate(authority, CertificateProfile.authority().pathLength(0), BELOW);
            assertEquals(0, below.chain().leaf().getBasicConstraints());
            assertEquals(2, below.chain().certificates().size());
        }

        @Test
        void isCutToWhatTheAuthorityHasLeft() throws Exception {
            LocalAuthority two = local(root(CertificateProfile.authority().pathLength(2)));
            assertEquals(
                    1,
                    intermediate(two, CertificateProfile.authority(), BELOW)
                            .chain()
                            .leaf()
                            .getBasicConstraints());
            assertEquals(
                    1,
                    intermediate(two, CertificateProfile.authority().pathLength(7), BELOW)
                            .chain()
                            .leaf()
                            .getBasicConstraints());
        }

        @Test
        void ofAnAuthorityFurtherUpCountsToo() throws Exception {
            LocalAuthority one = local(root(CertificateProfile.authority().pathLength(1)));
            CertifiedKey below = intermediate(one, CertificateProfile.authority(), BELOW);
            List<X509Certificate> unbounded = new ArrayList<>();
            // Issued elsewhere, without a path length of its own.
            unbounded.add(SamplePki.certified(LocalAuthority.of(root(CertificateProfile.authority()))
                            .clock(clock)
                            .profile(CertificateProfile.authority())
                            .issue(CertificationRequest.forSubject(below.chain().subject())
                                    .signedBy(BELOW)
                                    .request()))
                    .leaf());
            unbounded.add(one.authority().chain().leaf());
            LocalAuthority last = local(CertifiedKey.of(BELOW.getPrivate(), CertificateChain.of(unbounded)));

            assertEquals(Integer.MAX_VALUE, last.authority().chain().leaf().getBasicConstraints());
            leaf(last.issue(request()));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> last.profile(CertificateProfile.authority()));
            assertTrue(refused.getMessage().contains("path length"), refused.getMessage());
        }

        @Test
        void isNotExceededByAnAuthorityThatStandsTooDeep() throws Exception {
            LocalAuthority none = local(root(CertificateProfile.authority().pathLength(0)));
            X509Certificate forged = SamplePki.certified(LocalAuthority.of(root(CertificateProfile.authority()))
                            .clock(clock)
                            .profile(CertificateProfile.authority())
                            .issue(CertificationRequest.forSubject(DistinguishedName.cn("Below"))
                                    .signedBy(BELOW)
                                    .request()))
                    .leaf();
            CertifiedKey tooDeep = CertifiedKey.of(
                    BELOW.getPrivate(),
                    CertificateChain.of(List.of(forged, none.authority().chain().leaf())));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> LocalAuthority.of(tooDeep));
            assertTrue(refused.getMessage().startsWith("authority: "), refused.getMessage());
        }

        @Test
        void threeLevelsAreAChain() throws Exception {
            CertifiedKey second = intermediate(authority, CertificateProfile.authority(), BELOW);
            KeyPair keys = SampleKeys.otherOf(KeyType.ED25519);
            CertifiedKey third = intermediate(local(second), CertificateProfile.authority(), keys);
            CertificateChain chain = SamplePki.certified(local(third).issue(request()));
            assertEquals(4, chain.certificates().size());
            CertificateChain.of(chain.certificates());
        }
    }

    @Nested
    class ItsTime {
        @Test
        void noLeafOutlivesTheRootAlthoughTheIntermediateDoes() throws Exception {
            CertifiedKey shortRoot = root(CertificateProfile.authority().validFor(Duration.ofDays(10)));
            CertifiedKey below = intermediate(authority, CertificateProfile.authority(), BELOW);
            CertifiedKey outliving = CertifiedKey.of(
                    BELOW.getPrivate(),
                    CertificateChain.of(
                            List.of(below.chain().leaf(), shortRoot.chain().leaf())));
            X509Certificate leaf = leaf(local(outliving).issue(request()));
            assertEquals(
                    shortRoot.chain().validity().notAfter(), leaf.getNotAfter().toInstant());
        }

        @Test
        void anExpiredRootStopsItsIntermediate() throws Exception {
            CertifiedKey shortRoot = root(CertificateProfile.authority().validFor(Duration.ofDays(10)));
            CertifiedKey below = intermediate(authority, CertificateProfile.authority(), BELOW);
            LocalAuthority outliving = local(CertifiedKey.of(
                    BELOW.getPrivate(),
                    CertificateChain.of(
                            List.of(below.chain().leaf(), shortRoot.chain().leaf()))));
            clock.advance(Duration.ofDays(11));
            Issuance.Declined declined = declined(outliving.issue(request()));
            assertTrue(declined.text().contains("CN=Root,O=Acme above the authority"), declined.text());
        }

        @Test
        void aLeafNeverBeginsBeforeItsAuthority() throws Exception {
            LocalAuthority young = local(CertifiedKey.selfSigned(DistinguishedName.cn("Young"))
                    .profile(CertificateProfile.authority())
                    .clock(Clock.fixed(NOW.plus(Duration.ofMinutes(3)), ZoneOffset.UTC))
                    .with(CA_KEY));
            X509Certificate leaf = leaf(young.issue(request()));
            assertEquals(
                    young.authority().chain().validity().notBefore(),
                    leaf.getNotBefore().toInstant());
        }
    }

    @Nested
    class ItsPurposes {
        @Test
        void whatAnAuthorityIsNotForItsLeavesAreNotEither() throws Exception {
            CertifiedKey clientsOnly = intermediate(
                    authority, CertificateProfile.authority().forPurposes(ExtendedKeyUsage.CLIENT_AUTH), BELOW);
            Issuance.Declined declined = declined(local(clientsOnly).issue(request()));
            assertTrue(declined.text().contains(ExtendedKeyUsage.SERVER_AUTH.oid()), declined.text());
            leaf(local(clientsOnly).profile(CertificateProfile.tlsClient()).issue(request()));
        }

        @Test
        void anOcspSignerIsAlwaysAllowed() throws Exception {
            CertifiedKey clientsOnly = intermediate(
                    authority, CertificateProfile.authority().forPurposes(ExtendedKeyUsage.CLIENT_AUTH), BELOW);
            leaf(local(clientsOnly).profile(OcspResponder.signerProfile()).issue(request()));
        }
    }

    @Test
    void anAuthorityNeedsASubject() throws Exception {
        CertificationRequest nameless = CertificationRequest.forSubject(DistinguishedName.empty())
                .san("a.fr")
                .signedBy(LEAF_KEY)
                .request();
        Issuance.Declined declined =
                declined(authority.profile(CertificateProfile.authority()).issue(nameless));
        assertTrue(declined.text().contains("needs a subject"), declined.text());
    }
}
