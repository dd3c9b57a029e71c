package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is issued by a profile is what the profile itself finds right. */
class ProfileIssuanceTest extends AuthorityFixture {
    private Optional<String> objection(CertificateProfile profile, String... names) {
        return authority
                .profile(profile)
                .objection(CertificationRequest.forSubject(DistinguishedName.cn("Printer 7"))
                        .san(names)
                        .signedBy(LEAF_KEY)
                        .request())
                .map(Issuance.Declined::text);
    }

    @Test
    void namesThatItNeedsMustBeThere() {
        assertEquals(
                Optional.of("the profile tlsServer wants at least one alternative name of the kind dns, ip; the"
                        + " request has none"),
                objection(CertificateProfile.tlsServer()));
        assertEquals(Optional.empty(), objection(CertificateProfile.tlsServer(), "192.0.2.7"));
        assertEquals(Optional.empty(), objection(CertificateProfile.tlsClient()));
    }

    @Test
    void namesThatItDoesNotTakeMustNot() {
        CertificateProfile hosts = CertificateProfile.tlsServer().allowingOnly(CertificateProfile.NameKind.DNS);
        assertTrue(objection(hosts, "a.fr", "192.0.2.7").orElseThrow().contains("192.0.2.7"));
        CertificateProfile two = CertificateProfile.tlsServer().atMostNames(2);
        assertTrue(objection(two, "a.fr", "b.fr", "c.fr").orElseThrow().contains("3 names"));
        CertificateProfile one = CertificateProfile.tlsServer().forOneServer();
        assertTrue(objection(one, "a.fr", "b.fr").isPresent());
    }

    @Test
    void anExactLifeIsGrantedExactlyOrNotAtAll() throws Exception {
        CertificateProfile exact = CertificateProfile.tlsServer().validForExactly(Duration.ofDays(100));
        X509Certificate leaf = leaf(authority.profile(exact).issue(request()));
        assertEquals(NOW.plus(Duration.ofDays(100)), leaf.getNotAfter().toInstant());
        clock.advance(Duration.ofDays(3600));
        assertTrue(objection(exact, "a.fr").orElseThrow().contains("exactly PT2400H"));
    }

    @Test
    void whatItSaysIsWhatTheCertificateIsCheckedBy() throws Exception {
        for (CertificateProfile profile : List.of(
                CertificateProfile.tlsServer().hashes(CertificateProfile.Hash.SHA_384),
                CertificateProfile.device8021x(),
                CertificateProfile.ipsec(),
                OcspResponder.signerProfile(),
                CertificateProfile.authority())) {
            assertEquals(
                    List.of(), profile.check(leaf(authority.profile(profile).issue(request()))), profile.name());
        }
    }

    @Test
    void aSelfSignedProfileIsNotForAnAuthority() {
        assertThrows(
                IllegalArgumentException.class,
                () -> authority.profile(CertificateProfile.tlsServer().signedBy(CertificateProfile.Signer.ITSELF)));
    }
}
