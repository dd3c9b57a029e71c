package dev.certkit.lint;

import static dev.certkit.samples.ForgedCertificate.AUTHORITY_KEY;
import static dev.certkit.samples.ForgedCertificate.BASIC_CONSTRAINTS;
import static dev.certkit.samples.ForgedCertificate.KEY_USAGE;
import static dev.certkit.samples.ForgedCertificate.NAMES;
import static dev.certkit.samples.ForgedCertificate.PURPOSES;
import static dev.certkit.samples.ForgedCertificate.SUBJECT_KEY;
import static dev.certkit.samples.ForgedCertificate.authority;
import static dev.certkit.samples.ForgedCertificate.dns;
import static dev.certkit.samples.ForgedCertificate.ip;
import static dev.certkit.samples.ForgedCertificate.server;
import static dev.certkit.samples.ForgedCertificate.validity;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.DistinguishedName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Samples of the rules about what a certificate is used for: usages, names, identifiers, public servers. */
final class UseSamples {
    private UseSamples() {}

    static void addTo(LintSamples samples) {
        usages(samples);
        names(samples);
        identifiers(samples);
        publicTls(samples);
    }

    private static ForgedCertificate used(ForgedCertificate certificate, Integer... bits) {
        return certificate.with(KEY_USAGE, true, Der.namedBits(List.of(bits)));
    }

    private static ForgedCertificate purposes(ForgedCertificate certificate, String... oids) {
        return certificate.with(
                PURPOSES, false, Der.sequence(Arrays.stream(oids).map(Der::oid).toList()));
    }

    private static void usages(LintSamples samples) {
        ForgedCertificate rsa = server().key(SampleKeys.of(KeyType.RSA_2048));
        samples.breaks("key-usage-missing", "a leaf", server().without(KEY_USAGE));
        samples.breaks(
                "key-usage-missing-authority", "an authority", authority().without(KEY_USAGE));
        samples.breaks("key-usage-critical", "not", server().with(KEY_USAGE, false, Der.namedBits(List.of(0))));
        samples.breaks("key-usage-empty", "none", server().with(KEY_USAGE, true, Der.namedBits(List.of())));
        samples.breaks("key-usage-authority", "no keyCertSign", used(authority(), 0, 6));
        samples.breaks("key-usage-crl-sign", "no cRLSign", used(authority(), 5));
        samples.breaks("key-usage-cert-sign", "a leaf", used(server(), 0, 5));
        samples.breaks("key-usage-cert-sign", "without constraints", used(server().without(BASIC_CONSTRAINTS), 5));
        samples.breaks("key-usage-server", "an elliptic curve", used(server(), 4));
        samples.breaks("key-usage-server", "RSA", used(rsa, 1));
        samples.keeps("key-usage-server", "RSA key transport", used(rsa, 2));
        samples.breaks("key-usage-fits-key", "an elliptic curve enciphers", used(server(), 0, 2));
        samples.breaks("key-usage-fits-key", "RSA agrees", used(rsa, 0, 4));
        ForgedCertificate ed = server().key(SampleKeys.of(KeyType.ED25519));
        samples.breaks("key-usage-fits-key", "Ed25519 agrees", used(ed, 0, 4));
        samples.keeps("key-usage-fits-key", "RSA enciphers", used(rsa, 0, 2, 3));
        samples.keeps("key-usage-fits-key", "an elliptic curve agrees", used(server(), 0, 4));
        samples.breaks("key-usage-surplus", "contentCommitment", used(server(), 0, 1));
        samples.breaks("eku-missing", "a leaf", server().without(PURPOSES));
        samples.keeps("eku-missing", "an authority", authority());
        samples.breaks("eku-any", "any", purposes(server(), "1.3.6.1.5.5.7.3.1", "2.5.29.37.0"));
        ForgedCertificate clients = purposes(authority(), "1.3.6.1.5.5.7.3.2");
        samples.issued(
                true,
                LintSample.of("eku-nesting", "a server by one for clients", server())
                        .issuedBy(clients));
        samples.issued(
                false, LintSample.of("eku-nesting", "by one for all", server()).issuedBy(authority()));
        samples.issued(
                false,
                LintSample.of("eku-nesting", "by one for any", server())
                        .issuedBy(purposes(authority(), "2.5.29.37.0")));
    }

    private static ForgedCertificate named(byte[]... names) {
        return server().with(NAMES, false, Der.sequence(names));
    }

    private static void names(LintSamples samples) {
        samples.breaks("san-missing", "none", server().without(NAMES));
        samples.breaks(
                "san-missing", "none, without purposes", server().without(NAMES).without(PURPOSES));
        samples.keeps("san-missing", "a client", purposes(server().without(NAMES), "1.3.6.1.5.5.7.3.2"));
        samples.keeps("san-missing", "an authority", authority());
        samples.breaks("cn-not-in-san", "another host", named(dns("other.example.fr")));
        samples.breaks("cn-not-in-san", "another case", named(dns("PRINTER-7.example.fr")));
        samples.keeps(
                "cn-not-in-san",
                "an address",
                named(ip(192, 0, 2, 7))
                        .with(Field.SUBJECT, DistinguishedName.cn("192.0.2.7").encoded()));
        samples.keeps(
                "cn-not-in-san",
                "no common name",
                named(dns("a.fr"))
                        .with(Field.SUBJECT, DistinguishedName.empty().o("Acme").encoded()));
        for (String address : List.of("192.0.2.7", "2001:db8::7", "[2001:db8::7]", "::1")) {
            samples.breaks("ip-as-dns", address, named(dns(address)));
        }
        samples.keeps("ip-as-dns", "a number", named(dns("7.2.0.192.example.fr")));
        for (String host : List.of(
                "a_b.fr",
                ".a.fr",
                "a.fr.",
                "a..fr",
                "-a.fr",
                "a-.fr",
                "é.fr",
                "a b.fr",
                "a\0.fr",
                "",
                "xn--.fr",
                "xn--abc-.fr",
                "xn--99999999999.fr",
                "xn--a.fr",
                "l".repeat(64) + ".fr",
                "abc.".repeat(63) + "fr")) {
            samples.breaks("dns-syntax", host, named(dns(host)));
        }
        for (String host : List.of(
                "a.fr",
                "A.FR",
                "xn--socit-esab.fr",
                "xn--strae-oqa.de",
                "xn--fiqs8s",
                "XN--Bcher-Kva.ch",
                "*.a.fr",
                "l".repeat(63) + ".fr",
                "1.2.3.fr",
                "localhost")) {
            samples.keeps("dns-syntax", host, named(dns(host)));
        }
        for (String host : List.of("*", "*.fr", "a.*.fr", "a*.example.fr", "*.*.example.fr", "*a.example.fr")) {
            samples.breaks("wildcard", host, named(dns(host)));
        }
        samples.keeps("wildcard", "two labels behind it", named(dns("*.example.fr")));
        samples.breaks("wildcard-one-level", "alone", named(dns("*.example.fr")));
        samples.keeps("wildcard-one-level", "with the domain", named(dns("*.Example.fr"), dns("example.fr")));
        samples.breaks("san-syntax", "three octets", named(ip(1, 2, 3)));
        samples.breaks("san-syntax", "an address and its mask", named(ip(10, 0, 0, 0, 255, 0, 0, 0)));
        samples.breaks("san-syntax", "no e-mail address", named(Der.tagged(Tag.context(1), new byte[] {'a'})));
        samples.breaks("san-syntax", "no URI", named(Der.tagged(Tag.context(6), new byte[] {'a'})));
        samples.breaks("san-syntax", "no name", named(Der.tagged(Tag.constructed(4), Der.nullValue())));
        samples.keeps("san-syntax", "a registered identifier", named(Der.tagged(Tag.context(8), new byte[] {42, 3})));
        samples.breaks("san-duplicate", "a host", named(dns("a.fr"), dns("A.fr")));
        samples.breaks("san-duplicate", "an address", named(ip(1, 2, 3, 4), ip(1, 2, 3, 4)));
        samples.keeps("san-duplicate", "two", named(dns("a.fr"), dns("b.fr")));
        samples.breaks("san-critical", "with a subject", server().with(NAMES, true, Der.sequence(dns("a.fr"))));
    }

    private static void identifiers(LintSamples samples) {
        byte[] key = Der.sequence(Der.tagged(Tag.context(0), new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        byte[] other = Der.sequence(Der.tagged(Tag.context(0), new byte[] {9}));
        ForgedCertificate issued = server().signer(SampleKeys.otherOf(KeyType.EC_P256))
                .with(
                        Field.ISSUER,
                        DistinguishedName.cn("Root").o("Acme").c("FR").encoded());
        samples.breaks("ski-missing", "an authority", authority().without(SUBJECT_KEY));
        samples.keeps("ski-missing", "a leaf", server().without(SUBJECT_KEY));
        samples.breaks("aki-missing", "issued", issued);
        samples.breaks("aki-missing", "without a key", issued.with(AUTHORITY_KEY, false, Der.sequence()));
        samples.keeps("aki-missing", "self-signed", server());
        samples.keeps("aki-missing", "issued", issued.with(AUTHORITY_KEY, false, key));
        samples.breaks(
                "ski-aki-critical", "of the subject", server().with(SUBJECT_KEY, true, Der.octetString(new byte[8])));
        samples.breaks("ski-aki-critical", "of the issuer", issued.with(AUTHORITY_KEY, true, key));
        samples.issued(
                true,
                LintSample.of("aki-matches", "another key", issued.with(AUTHORITY_KEY, false, other))
                        .issuedBy(authority()));
        byte[] number = Der.sequence(
                Der.tagged(
                        Tag.constructed(1),
                        Der.tagged(
                                Tag.constructed(4), DistinguishedName.cn("Root").encoded())),
                Der.tagged(Tag.context(2), new byte[] {5}));
        samples.issued(
                true,
                LintSample.of("aki-matches", "another number", issued.with(AUTHORITY_KEY, false, number))
                        .issuedBy(authority()));
        samples.issued(
                false,
                LintSample.of("aki-matches", "the key", issued.with(AUTHORITY_KEY, false, key))
                        .issuedBy(authority()));
        samples.breaks("self-signed", "a leaf", server());
        samples.keeps("self-signed", "an authority", authority());
        samples.keeps("self-signed", "issued", issued);
        samples.breaks("self-issued", "another key", server().signer(SampleKeys.otherOf(KeyType.EC_P256)));
        samples.keeps("self-issued", "self-signed", server());
    }

    private static ForgedCertificate lasting(String notBefore, String notAfter) {
        return server().with(Field.VALIDITY, validity(notBefore, notAfter));
    }

    private static void publicTls(LintSamples samples) {
        samples.breaks("br-validity-825", "2019", lasting("2019-01-01T00:00:00Z", "2021-04-06T00:00:00Z"));
        samples.keeps("br-validity-825", "2019", lasting("2019-01-01T00:00:00Z", "2021-04-04T23:59:59Z"));
        samples.keeps("br-validity-825", "2017", lasting("2017-01-01T00:00:00Z", "2021-04-04T23:59:59Z"));
        samples.breaks("br-validity-398", "a second too long", lasting("2026-01-01T00:00:00Z", "2027-02-03T00:00:00Z"));
        samples.keeps("br-validity-398", "both ends count", lasting("2026-01-01T00:00:00Z", "2027-02-02T23:59:59Z"));
        samples.keeps("br-validity-398", "the day after", lasting("2026-03-15T00:00:00Z", "2027-03-15T00:00:00Z"));
        samples.breaks("br-validity-200", "the first day", lasting("2026-03-15T00:00:00Z", "2026-10-01T00:00:00Z"));
        samples.keeps("br-validity-200", "200 days", lasting("2026-03-15T00:00:00Z", "2026-09-30T23:59:59Z"));
        samples.keeps("br-validity-200", "the day before", lasting("2026-03-14T23:59:59Z", "2026-12-30T23:59:59Z"));
        samples.breaks("br-validity-100", "101 days", lasting("2027-03-15T00:00:00Z", "2027-06-23T00:00:00Z"));
        samples.keeps("br-validity-100", "100 days", lasting("2027-03-15T00:00:00Z", "2027-06-22T23:59:59Z"));
        samples.breaks("br-validity-47", "48 days", lasting("2029-03-15T00:00:00Z", "2029-05-01T00:00:00Z"));
        samples.keeps("br-validity-47", "47 days", lasting("2029-03-15T00:00:00Z", "2029-04-30T23:59:59Z"));
        samples.keeps(
                "br-validity-47",
                "an authority",
                authority().with(Field.VALIDITY, validity("2029-03-15T00:00:00Z", "2039-03-15T00:00:00Z")));
        samples.breaks(
                "br-san-kinds",
                "an e-mail address",
                named(Der.tagged(Tag.context(1), "a@b.fr".getBytes(StandardCharsets.US_ASCII))));
        samples.breaks("br-internal-name", "a short name", named(dns("printer")));
        samples.breaks("br-internal-name", "a local name", named(dns("printer.local")));
        for (int[] address :
                List.of(new int[] {10, 1, 1, 1}, new int[] {192, 168, 1, 1}, new int[] {172, 31, 0, 1}, new int[] {
                    253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
                })) {
            samples.breaks("br-internal-name", "a private address", named(ip(address)));
        }
        samples.keeps("br-internal-name", "public", named(dns("a.example.fr"), ip(8, 8, 8, 8), ip(172, 32, 0, 1)));
        samples.breaks("br-cn-in-san", "another host", named(dns("other.example.fr")));
        samples.breaks("br-eku", "mail, too", purposes(server(), "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.4"));
        samples.breaks("br-eku", "none", server().without(PURPOSES));
        samples.keeps("br-eku", "clients, too", purposes(server(), "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"));
        samples.breaks("br-key", "Ed25519", server().key(SampleKeys.of(KeyType.ED25519)));
        byte[] validated = Der.sequence(Der.sequence(Der.oid("2.23.140.1.2.1")));
        samples.breaks("br-policy", "none", server());
        samples.keeps("br-policy", "domain validated", server().with("2.5.29.32", false, validated));
        samples.breaks(
                "br-organizational-unit",
                "one",
                server().with(
                                Field.SUBJECT,
                                DistinguishedName.cn("a.fr").ou("IT").encoded()));
        samples.keeps(
                "br-organizational-unit",
                "in a value",
                server().with(Field.SUBJECT, DistinguishedName.cn("a.fr,OU=IT").encoded()));
        samples.breaks("br-self-signed", "itself", server());
    }
}
