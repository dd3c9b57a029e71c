package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuanceLimitsTest extends AuthorityFixture {
    private static final IssuanceLimits NONE = IssuanceLimits.none();

    private LocalAuthority limited(IssuanceLimits limits) {
        return authority.profile(CertificateProfile.tlsServer().needingOneOf()).limits(limits);
    }

    private static CertificationRequest asking(GeneralName... names) {
        return CertificationRequest.forSubject(DistinguishedName.empty().o("Acme"))
                .san(names)
                .signedBy(LEAF_KEY)
                .request();
    }

    private static CertificationRequest asking(DistinguishedName subject, String... names) {
        return CertificationRequest.forSubject(subject)
                .san(names)
                .signedBy(LEAF_KEY)
                .request();
    }

    @Nested
    class OnNames {
        @ParameterizedTest
        @CsvSource({
            "hosts,     example.fr,        true",
            "hosts,     a.example.fr,      false",
            "hosts,     EXAMPLE.fr,        true",
            "hosts,     *.example.fr,      false",
            "below,     a.example.fr,      true",
            "below,     b.a.example.fr,    true",
            "below,     example.fr,        false",
            "below,     *.example.fr,      false",
            "below,     *.a.example.fr,    false",
            "below,     evilexample.fr,    false",
            "below,     a.example.fr.org,  false",
            "wildcards, *.example.fr,      true",
            "wildcards, *.a.example.fr,    true",
            "wildcards, *.evilexample.fr,  false",
            "wildcards, a.example.fr,      false",
            "hosts,     192.0.2.7,         false"
        })
        void hostsAreTakenByTheirKind(String kind, String name, boolean permitted) {
            IssuanceLimits limits =
                    switch (kind) {
                        case "hosts" -> NONE.hosts("example.fr");
                        case "below" -> NONE.hostsBelow("example.fr");
                        default -> NONE.wildcardsBelow("example.fr");
                    };
            assertEquals(
                    permitted,
                    limited(limits).objection(asking(GeneralName.of(name))).isEmpty());
        }

        @Test
        void anInternationalDomainIsComparedAsALabels() {
            IssuanceLimits limits = NONE.hostsBelow("société.fr");
            assertTrue(limited(limits)
                    .objection(asking(GeneralName.of("a.xn--socit-esab.fr")))
                    .isEmpty());
        }

        @ParameterizedTest
        @CsvSource({
            "192.0.2.0/24,   192.0.2.255,      true",
            "192.0.2.0/24,   192.0.3.0,        false",
            "192.0.2.0/24,   ::ffff:192.0.2.7, false",
            "192.0.2.7,      192.0.2.7,        true",
            "192.0.2.7,      192.0.2.8,        false",
            "0.0.0.0/0,      203.0.113.9,      true",
            "0.0.0.0/0,      2001:db8::1,      false",
            "2001:db8::/33,  2001:db8:7fff::1, true",
            "2001:db8::/33,  2001:db8:8000::1, false",
            "192.0.2.128/25, 192.0.2.127,      false"
        })
        void addressesAreTakenByRange(String range, String address, boolean permitted) {
            assertEquals(
                    permitted,
                    limited(NONE.addresses(range))
                            .objection(asking(GeneralName.of(address)))
                            .isEmpty());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "192.0.2.1/24",
                    "192.0.2.0/33",
                    "192.0.2.0/",
                    "192.0.2.0/-1",
                    "192.0.2",
                    "example.fr/8",
                    "2001:db8::/129",
                    "192.0.2.0/2 4"
                })
        void aRangeThatIsNoneIsTheCallersMistake(String range) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> NONE.addresses(range));
            assertTrue(refused.getMessage().startsWith("range: "), refused.getMessage());
        }

        @ParameterizedTest
        @ValueSource(strings = {"*.example.fr", "", "a b"})
        void aDomainThatIsNoneIsTheCallersMistake(String domain) {
            assertThrows(IllegalArgumentException.class, () -> NONE.hostsBelow(domain));
            assertThrows(IllegalArgumentException.class, () -> NONE.wildcardsBelow(domain));
        }

        @Test
        void emailsAndUrisAreTakenByTheirHost() {
            LocalAuthority authority = limited(NONE.emailsAt("example.fr").urisAt(".example.fr"));
            assertTrue(authority
                    .objection(asking(
                            GeneralName.email("A.b@EXAMPLE.fr"), GeneralName.uri(URI.create("x://a.example.fr"))))
                    .isEmpty());
            for (GeneralName bad : List.of(
                    GeneralName.email("a@b.example.fr"),
                    GeneralName.email("a@example.fr.evil.org"),
                    GeneralName.uri(URI.create("https://example.fr/")),
                    GeneralName.uri(URI.create("https://a.example.fr@evil.org/")),
                    GeneralName.uri(URI.create("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")))) {
                assertTrue(authority.objection(asking(bad)).isPresent(), bad.toString());
            }
        }

        @Test
        void everyOtherKindIsRefusedUnlessARuleTakesIt() {
            GeneralName principal = GeneralName.OtherName.of("1.3.6.1.4.1.311.20.2.3", Der.utf8("a@example.fr"));
            GeneralName directory = new GeneralName.DirectoryName(DistinguishedName.cn("x"));
            for (GeneralName other : List.of(principal, directory)) {
                assertTrue(limited(NONE.hosts("a.fr")).objection(asking(other)).isPresent());
                assertTrue(limited(NONE.hosts("a.fr").names("user names", other::equals))
                        .objection(asking(other))
                        .isEmpty());
            }
        }

        @Test
        void theRefusalNamesTheLimitAndTheValue() throws Exception {
            Issuance.Declined declined =
                    declined(limited(NONE.hostsBelow("example.fr").addresses("192.0.2.0/24"))
                            .issue(asking(GeneralName.of("bank.example"))));
            assertEquals(FailInfo.BAD_REQUEST, declined.failInfo());
            assertEquals(
                    "the name bank.example is outside the limits, which allow hosts below example.fr, addresses in"
                            + " 192.0.2.0/24",
                    declined.text());
            assertEquals(List.of(), records());
        }

        @Test
        void oneNameOfManyIsEnoughToRefuse() {
            assertTrue(limited(NONE.hostsBelow("example.fr"))
                    .objection(asking(GeneralName.of("a.example.fr"), GeneralName.of("b.org")))
                    .isPresent());
        }

        @Test
        void aLongListIsCutInTheRefusal() {
            IssuanceLimits many = NONE;
            for (int i = 0; i < 100; i++) {
                many = many.hosts("host-" + i + ".example.fr");
            }
            String text = limited(many)
                    .objection(asking(GeneralName.of("b.org")))
                    .orElseThrow()
                    .text();
            assertTrue(text.endsWith("and 92 more"), text);
        }
    }

    @Nested
    class OnTheSubject {
        private LocalAuthority limited;

        @BeforeEach
        void limit() {
            limited = IssuanceLimitsTest.this.limited(NONE.hostsBelow("example.fr"));
        }

        @Test
        void aCommonNameThatIsAHostIsOneOfTheNames() {
            assertTrue(limited.objection(asking(DistinguishedName.cn("bank.example"), "a.example.fr"))
                    .isPresent());
            assertTrue(limited.objection(asking(DistinguishedName.cn("b.example.fr"), "a.example.fr"))
                    .isEmpty());
        }

        @Test
        void aSecondCommonNameCountsToo() {
            DistinguishedName two = DistinguishedName.parse("CN=a.example.fr,CN=bank.example,O=Acme");
            assertTrue(limited.objection(asking(two, "a.example.fr")).isPresent());
            DistinguishedName joined = DistinguishedName.parse("CN=a.example.fr,OU=Desk+CN=bank.example,O=Acme");
            assertTrue(limited.objection(asking(joined, "a.example.fr")).isPresent());
        }

        @Test
        void withoutAHostAmongTheNamesEveryCommonNameIsTakenForOne() {
            assertTrue(limited.objection(asking(DistinguishedName.cn("bank"))).isPresent());
            assertTrue(limited.objection(asking(DistinguishedName.cn("printer-7"), "a.example.fr"))
                    .isEmpty());
            assertTrue(limited.objection(asking(DistinguishedName.cn("Printer 7, ground floor")))
                    .isEmpty());
        }

        @Test
        void whatOnlyLooksLikeAHostIsRefused() {
            for (String commonName : List.of("bank_1.example", "bank.example.", "a:b", "-bank.example")) {
                assertTrue(
                        limited.objection(asking(DistinguishedName.cn(commonName), "a.example.fr"))
                                .isPresent(),
                        commonName);
            }
        }

        @Test
        void anEmailAddressInTheSubjectIsOneOfTheNames() {
            DistinguishedName subject = DistinguishedName.cn("A person").email("a@evil.org");
            assertTrue(limited.objection(asking(subject, "a.example.fr")).isPresent());
            assertTrue(IssuanceLimitsTest.this
                    .limited(NONE.hostsBelow("example.fr").emailsAt("evil.org"))
                    .objection(asking(subject, "a.example.fr"))
                    .isEmpty());
        }
    }

    @Nested
    class OnKeysLifeAndPurposes {
        @Test
        void aKindOfKeyOutsideIsABadAlgorithm() throws Exception {
            Issuance.Declined declined = declined(
                    limited(NONE.keyTypes(KeyType.RSA_3072, KeyType.RSA_4096)).issue(request()));
            assertEquals(FailInfo.BAD_ALG, declined.failInfo());
            assertEquals("the key is EC_P256, the limits allow [RSA_3072, RSA_4096]", declined.text());
            assertThrows(IllegalArgumentException.class, () -> NONE.keyTypes());
        }

        @Test
        void theProfilesLifeIsCutToTheLongest() throws Exception {
            X509Certificate leaf =
                    leaf(limited(NONE.longestLife(Duration.ofDays(30))).issue(request()));
            assertEquals(NOW.plus(Duration.ofDays(30)), leaf.getNotAfter().toInstant());
        }

        @Test
        void aShorterLifeMayBeAskedFor() throws Exception {
            X509Certificate leaf = leaf(limited(NONE.longestLife(Duration.ofDays(30)))
                    .validFor(Duration.ofHours(8))
                    .issue(request()));
            assertEquals(NOW.plus(Duration.ofHours(8)), leaf.getNotAfter().toInstant());
        }

        @Test
        void aLongerLifeIsDeclined() throws Exception {
            Issuance.Declined declined = declined(limited(NONE.longestLife(Duration.ofDays(30)))
                    .validFor(Duration.ofDays(31))
                    .issue(request()));
            assertTrue(declined.text().contains("PT744H") && declined.text().contains("PT720H"), declined.text());
            assertTrue(declined(authority.validFor(Duration.ofDays(398)).issue(request()))
                    .text()
                    .contains("tlsServer"));
        }

        @Test
        void aLifeThatIsNoneIsTheCallersMistake() {
            for (Duration life : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
                assertThrows(IllegalArgumentException.class, () -> NONE.longestLife(life));
                assertThrows(IllegalArgumentException.class, () -> authority.validFor(life));
            }
        }

        @Test
        void aProfileForOtherPurposesIsDeclined() throws Exception {
            LocalAuthority clients = limited(NONE.purposes(ExtendedKeyUsage.CLIENT_AUTH));
            assertTrue(declined(clients.issue(request())).text().contains("the limits allow"));
            leaf(clients.profile(CertificateProfile.tlsClient()).issue(request()));
            assertTrue(declined(clients.profile(CertificateProfile.tlsClient().forPurposes())
                            .issue(request()))
                    .text()
                    .contains("every purpose"));
        }
    }

    @Nested
    class OnWhatElseIsAskedFor {
        private LocalAuthority strict;

        @BeforeEach
        void limit() {
            strict = limited(NONE.nothingBeyondProfile());
        }

        private CertificationRequest asking(CertificateProfile profile) {
            return draft().profile(profile)
                    .signedBy(SampleKeys.of(KeyType.RSA_2048))
                    .request();
        }

        @Test
        void usagesBeyondTheProfileAreIgnoredByDefault() throws Exception {
            X509Certificate leaf = leaf(authority.issue(asking(CertificateProfile.ipsec())));
            assertEquals(List.of(ExtendedKeyUsage.SERVER_AUTH.oid()), leaf.getExtendedKeyUsage());
        }

        @Test
        void orDeclinedWhereThatIsWanted() throws Exception {
            Issuance.Declined declined = declined(strict.issue(asking(CertificateProfile.ipsec())));
            assertTrue(declined.text().contains("the purpose " + ExtendedKeyUsage.IPSEC_IKE.oid()), declined.text());
            leaf(strict.issue(asking(CertificateProfile.tlsServer())));
            leaf(strict.issue(request()));
        }

        @Test
        void aKeyUsageBeyondIsDeclined() {
            CertificationRequest enciphering = asking(CertificateProfile.tlsServer());
            assertEquals(Optional.empty(), strict.objection(enciphering));
            assertTrue(strict.profile(CertificateProfile.authority())
                    .objection(enciphering)
                    .orElseThrow()
                    .text()
                    .contains("the key usage keyEncipherment"));
        }

        @Test
        void aRequestToBeAnAuthorityIsAlwaysDeclined() {
            assertTrue(
                    authority.objection(asking(CertificateProfile.authority())).isPresent());
        }
    }

    @Test
    void theDryRunSaysWhatIssuingWouldAndRecordsNothing() throws Exception {
        assertEquals(Optional.empty(), authority.objection(request()));
        assertEquals(List.of(), records());
        LocalAuthority limited = limited(NONE.hosts("other.fr"));
        assertEquals(Optional.of(declined(limited.issue(request()))), limited.objection(request()));
    }

    @Test
    void eachCallGivesNewLimits() {
        NONE.hosts("a.fr");
        assertEquals(Optional.empty(), limited(NONE).objection(request()));
        IssuanceLimits all = NONE.hosts("a.fr")
                .keyTypes(KeyType.EC_P256)
                .longestLife(Duration.ofDays(1))
                .purposes(ExtendedKeyUsage.SERVER_AUTH);
        assertTrue(all.toString().contains("the host a.fr") && all.toString().contains("PT24H"), all.toString());
    }
}
