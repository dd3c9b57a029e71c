package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever is asked under whatever limits: what was issued is within them, judged by other code than that of the limits. */
class IssuanceProperties {
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    private static final LocalAuthority AUTHORITY = LocalAuthority.of(
                    CertifiedKey.selfSigned(DistinguishedName.cn("Root").o("Acme"))
                            .profile(CertificateProfile.authority())
                            .clock(MovableClock.at(NOW))
                            .with(SampleKeys.of(KeyType.EC_P256)))
            .clock(MovableClock.at(NOW));
    private static final List<KeyType> KEYS = List.of(KeyType.EC_P256, KeyType.EC_P384, KeyType.ED25519);
    private static final List<String> DOMAINS = List.of("a.fr", "b.a.fr", "a.org", "xa.fr");
    private static final List<String> RANGES = List.of("10.0.0.0/8", "10.1.0.0/16", "192.0.2.4/30", "2001:db8::/48");

    /** The limits of a test, as data that the test understands by itself. */
    record Bounds(
            Set<String> hosts,
            Set<String> below,
            Set<String> wildcards,
            Set<String> ranges,
            Set<String> mails,
            Set<KeyType> keys,
            int days) {
        boolean isLimitingNames() {
            return !(hosts.isEmpty() && below.isEmpty() && wildcards.isEmpty() && ranges.isEmpty() && mails.isEmpty());
        }

        IssuanceLimits limits() {
            IssuanceLimits limits = IssuanceLimits.none()
                    .keyTypes(keys.toArray(KeyType[]::new))
                    .longestLife(Duration.ofDays(days))
                    .purposes(ExtendedKeyUsage.SERVER_AUTH);
            limits = hosts.isEmpty() ? limits : limits.hosts(hosts.toArray(String[]::new));
            limits = below.isEmpty() ? limits : limits.hostsBelow(below.toArray(String[]::new));
            limits = wildcards.isEmpty() ? limits : limits.wildcardsBelow(wildcards.toArray(String[]::new));
            limits = ranges.isEmpty() ? limits : limits.addresses(ranges.toArray(String[]::new));
            return mails.isEmpty() ? limits : limits.emailsAt(mails.toArray(String[]::new));
        }

        boolean permits(GeneralName name) {
            String text = name.toString();
            if (name instanceof GeneralName.Email) {
                return mails.stream().anyMatch(host -> text.endsWith("@" + host));
            }
            if (name instanceof GeneralName.Ip) {
                return ranges.stream().anyMatch(range -> isIn(range, text));
            }
            if (!(name instanceof GeneralName.Dns)) {
                return false;
            }
            return hosts.contains(text)
                    || (text.startsWith("*.")
                            ? wildcards.stream().anyMatch(domain -> text.endsWith("." + domain))
                            : below.stream().anyMatch(domain -> text.endsWith("." + domain)));
        }

        /** By text, since these ranges end at dots and colons, but for one. */
        private static boolean isIn(String range, String address) {
            return switch (range) {
                case "10.0.0.0/8" -> address.startsWith("10.");
                case "10.1.0.0/16" -> address.startsWith("10.1.");
                case "192.0.2.4/30" ->
                    List.of("192.0.2.4", "192.0.2.5", "192.0.2.6", "192.0.2.7").contains(address);
                default -> address.startsWith("2001:db8:") && !address.startsWith("2001:db8:1:");
            };
        }
    }

    @Provide
    Arbitrary<Bounds> bounds() {
        Arbitrary<Set<String>> domains = Arbitraries.of(DOMAINS).set().ofMaxSize(4);
        return Combinators.combine(
                        domains,
                        domains,
                        domains,
                        Arbitraries.of(RANGES).set().ofMaxSize(2),
                        domains,
                        Arbitraries.of(KEYS).set().ofMinSize(1),
                        Arbitraries.integers().between(1, 900))
                .as(Bounds::new);
    }

    @Provide
    Arbitrary<List<GeneralName>> names() {
        Arbitrary<String> domains = Arbitraries.of(DOMAINS);
        Arbitrary<GeneralName> hosts = Combinators.combine(Arbitraries.of("", "x.", "x.y.", "*.", "*.x."), domains)
                .as((label, domain) -> GeneralName.of(label + domain));
        Arbitrary<GeneralName> addresses = Arbitraries.of(
                        "10.0.0.1",
                        "10.1.2.3",
                        "11.0.0.1",
                        "192.0.2.3",
                        "192.0.2.7",
                        "192.0.2.8",
                        "2001:db8::1",
                        "2001:db8:1::1")
                .map(GeneralName::of);
        Arbitrary<GeneralName> mails = domains.map(domain -> GeneralName.email("someone@" + domain));
        Arbitrary<GeneralName> others = Arbitraries.of(
                GeneralName.uri(URI.create("https://a.fr/")),
                new GeneralName.DirectoryName(DistinguishedName.cn("a.fr")));
        return Arbitraries.frequencyOf(
                        Tuple.of(5, hosts), Tuple.of(3, addresses), Tuple.of(1, mails), Tuple.of(1, others))
                .list()
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<DistinguishedName> subjects() {
        return Arbitraries.of(
                        "Printer 7",
                        "Printer 8",
                        "printer",
                        "printer",
                        "x.a.fr",
                        "a.fr",
                        "evil.org",
                        "10.0.0.1",
                        "a.fr.")
                .map(commonName -> DistinguishedName.cn(commonName).o("Acme"));
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void whatWasIssuedIsWithinTheLimits(
            @ForAll("bounds") Bounds bounds,
            @ForAll("names") List<GeneralName> names,
            @ForAll("subjects") DistinguishedName subject)
            throws IOException {
        for (KeyType key : KEYS) {
            CertificationRequest request = CertificationRequest.forSubject(subject)
                    .san(names.toArray(GeneralName[]::new))
                    .signedBy(SampleKeys.of(key))
                    .request();
            LocalAuthority limited = AUTHORITY.limits(bounds.limits());
            Optional<Issuance.Declined> objection = limited.objection(request);
            Issuance issuance = limited.issue(request);

            Statistics.label("answer").collect(issuance.getClass().getSimpleName());
            assertEquals(objection.isEmpty(), issuance instanceof Issuance.Certified, "the dry run says the same");
            if (issuance instanceof Issuance.Certified certified) {
                checkWithin(bounds, certified.chain().leaf());
            }
        }
    }

    private static void checkWithin(Bounds bounds, X509Certificate leaf) throws IOException {
        assertTrue(bounds.keys().contains(KeyType.of(leaf.getPublicKey()).orElseThrow()));
        assertTrue(!leaf.getNotAfter().toInstant().isAfter(NOW.plus(Duration.ofDays(bounds.days()))));
        assertEquals(-1, leaf.getBasicConstraints());
        if (!bounds.isLimitingNames()) {
            return;
        }
        List<GeneralName> all = Certificates.subjectAlternativeNames(leaf);
        all.forEach(name -> assertTrue(bounds.permits(name), name + " within " + bounds));
        String commonName = DistinguishedName.of(leaf.getSubjectX500Principal())
                .commonName()
                .orElseThrow();
        boolean named = all.stream().anyMatch(GeneralName.Dns.class::isInstance);
        assertTrue(
                commonName.contains(" ")
                        || (named && !commonName.contains("."))
                        || bounds.permits(GeneralName.of(commonName)),
                commonName + " within " + bounds);
    }
}
