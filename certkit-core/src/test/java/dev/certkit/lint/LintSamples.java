package dev.certkit.lint;

import static dev.certkit.samples.ForgedCertificate.BASIC_CONSTRAINTS;
import static dev.certkit.samples.ForgedCertificate.KEY_USAGE;
import static dev.certkit.samples.ForgedCertificate.NAMES;
import static dev.certkit.samples.ForgedCertificate.NAME_CONSTRAINTS;
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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** For each rule certificates that break it, and others, near the border where there is one, that keep it. */
final class LintSamples {
    private final List<LintSample> broken = new ArrayList<>();
    private final List<LintSample> kept = new ArrayList<>();

    private LintSamples() {
        structure();
        serials();
        signatures();
        times();
        subjects();
        authorities();
        UseSamples.addTo(this);
        KeySamples.addTo(this);
    }

    static List<LintSample> broken() {
        return new LintSamples().broken;
    }

    static List<LintSample> kept() {
        return new LintSamples().kept;
    }

    LintSample breaks(String rule, String what, ForgedCertificate certificate) {
        return add(broken, LintSample.of(rule, what, certificate));
    }

    LintSample keeps(String rule, String what, ForgedCertificate certificate) {
        return add(kept, LintSample.of(rule, what, certificate));
    }

    private static LintSample add(List<LintSample> samples, LintSample sample) {
        samples.add(sample);
        return sample;
    }

    void issued(boolean breaks, LintSample sample) {
        (breaks ? broken : kept).add(sample);
    }

    static byte[] extension(String oid, byte[] critical, byte[] value) {
        return Der.sequence(Der.oid(oid), critical, Der.octetString(value));
    }

    private void structure() {
        breaks("unreadable", "damaged usages", server().with(KEY_USAGE, true, new byte[] {3, 1}));
        breaks("unreadable", "a damaged key", server().with(Field.KEY, Der.sequence()));
        breaks("unreadable", "constraints of nothing", authority().with(NAME_CONSTRAINTS, true, Der.sequence()));
        keeps("unreadable", "a private extension", server().with("1.2.3.4", false, new byte[] {1}));
        breaks("version", "version 1", server().with(Field.VERSION, new byte[0]));
        breaks("version", "version 2", server().with(Field.VERSION, ForgedCertificate.version(1)));
        breaks("version", "version 4", server().with(Field.VERSION, ForgedCertificate.version(3)));
        keeps("version", "version 1", server().with(Field.VERSION, new byte[0]).withoutExtensions());
        breaks("extensions-missing", "none", server().withoutExtensions());
        byte[] twice = extension(KEY_USAGE, new byte[0], Der.namedBits(List.of(0)));
        breaks("extension-duplicate", "key usage", server().raw("again", twice));
        breaks("unknown-critical", "of our own", server().with("1.2.3.4", true, Der.nullValue()));
        keeps("unknown-critical", "policies", server().with("2.5.29.32", true, Der.sequence()));
        breaks("unique-ids", "of the issuer", server().with(Field.UNIQUE_ID, Der.tagged(Tag.context(1), new byte[2])));
        breaks("unique-ids", "of the subject", server().with(Field.UNIQUE_ID, Der.tagged(Tag.context(2), new byte[2])));
        encodings();
    }

    private void encodings() {
        byte[] no = {1, 1, 0};
        byte[] odd = {1, 1, 1};
        byte[] purposes = Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"));
        breaks("der", "not critical, written out", server().raw(PURPOSES, extension(PURPOSES, no, purposes)));
        breaks("der", "critical as 01", server().raw(PURPOSES, extension(PURPOSES, odd, purposes)));
        breaks("der", "no authority, written out", server().with(BASIC_CONSTRAINTS, true, Der.sequence(no)));
        breaks("der", "an authority as 01", server().with(BASIC_CONSTRAINTS, true, Der.sequence(odd)));
        breaks("der", "zero bits at the end", server().with(KEY_USAGE, true, new byte[] {3, 2, 0, (byte) 0x80}));
        breaks("der", "a zero octet at the end", server().with(KEY_USAGE, true, new byte[] {3, 3, 7, (byte) 0x80, 0}));
        breaks("der", "a zero before a number", server().with(Field.SERIAL, new byte[] {2, 2, 0, 5}));
        breaks("der", "version 1 written out", server().with(Field.VERSION, ForgedCertificate.version(0)));
        breaks("der", "a long length", server().with(Field.SERIAL, new byte[] {2, (byte) 0x81, 1, 5}));
        breaks("der", "a long length in an extension", server().with(SUBJECT_KEY, false, new byte[] {
            4, (byte) 0x81, 1, 5
        }));
        keeps("der", "nine usages", server().with(KEY_USAGE, true, Der.namedBits(List.of(0, 8))));
    }

    private void serials() {
        breaks("serial-not-positive", "zero", server().with(Field.SERIAL, Der.integer(0)));
        breaks("serial-not-positive", "below", server().with(Field.SERIAL, Der.integer(-5)));
        byte[] octets = new BigInteger("7f3c".repeat(10), 16).toByteArray();
        byte[] longer = new BigInteger("ff3c".repeat(10), 16).toByteArray();
        breaks("serial-too-long", "21 octets", server().with(Field.SERIAL, Der.tagged(Tag.INTEGER, longer)));
        keeps("serial-too-long", "20 octets", server().with(Field.SERIAL, Der.tagged(Tag.INTEGER, octets)));
        breaks("serial-entropy", "a counter", server().with(Field.SERIAL, Der.integer(4711)));
        breaks("serial-entropy", "a date", server().with(Field.SERIAL, Der.integer(20_260_101_120_000L)));
        breaks("serial-entropy", "zeros", server().with(Field.SERIAL, Der.integer(BigInteger.ONE.shiftLeft(120))));
        byte[] text = "printer-7-Acme".getBytes(StandardCharsets.US_ASCII);
        breaks("serial-entropy", "a text", server().with(Field.SERIAL, Der.tagged(Tag.INTEGER, text)));
        BigInteger eight = new BigInteger("d1f2c3b4a5968778", 16);
        keeps("serial-entropy", "64 bits", server().with(Field.SERIAL, Der.integer(eight)));
    }

    private void signatures() {
        byte[] sha1 = Der.sequence(Der.oid("1.2.840.10045.4.1"));
        breaks("signature-weak", "SHA-1", server().algorithm(sha1));
        byte[] md5 = Der.sequence(Der.oid("1.2.840.113549.1.1.4"), Der.nullValue());
        breaks("signature-weak", "MD5", server().algorithm(md5));
        byte[] pss = Der.sequence(Der.oid("1.2.840.113549.1.1.10"), Der.sequence());
        breaks("signature-weak", "PSS with its default", server().algorithm(pss));
        ForgedCertificate p384 = server().key(SampleKeys.of(KeyType.EC_P384));
        byte[] sha256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
        breaks(
                "signature-hash",
                "P-384",
                server().selfSigned(SampleKeys.ofJdk(KeyType.EC_P384), "SHA256withECDSA", sha256));
        issued(true, LintSample.of("signature-hash", "by P-384", server()).issuedBy(p384));
        keeps("signature-hash", "P-384", p384.signer(SampleKeys.of(KeyType.EC_P384)));
        keeps(
                "signature-hash",
                "RSA",
                server().key(SampleKeys.of(KeyType.RSA_2048)).signer(SampleKeys.of(KeyType.RSA_2048)));
        breaks("signature-algorithms-differ", "SHA-1 inside", server().with(Field.ALGORITHM, sha1));
        byte[] withNull = Der.sequence(Der.oid("1.2.840.10045.4.3.2"), Der.nullValue());
        breaks("signature-parameters", "ECDSA with NULL", server().algorithm(withNull));
        byte[] without = Der.sequence(Der.oid("1.2.840.113549.1.1.11"));
        breaks("signature-parameters", "RSA without NULL", server().algorithm(without));
        keeps("signature-parameters", "PSS", server().algorithm(pss));
        ForgedCertificate rsa = authority().key(SampleKeys.of(KeyType.RSA_2048));
        issued(
                true,
                LintSample.of("signature-fits-key", "ECDSA by RSA", server()).issuedBy(rsa));
        issued(false, LintSample.of("signature-fits-key", "ECDSA", server()).issuedBy(authority()));
        ForgedCertificate ed = authority().key(SampleKeys.of(KeyType.ED25519));
        issued(
                true,
                LintSample.of("signature-fits-key", "ECDSA by Ed25519", server())
                        .issuedBy(ed));
        ForgedCertificate byEd = server().signer(SampleKeys.of(KeyType.ED25519));
        issued(false, LintSample.of("signature-fits-key", "Ed25519", byEd).issuedBy(ed));
    }

    private static ForgedCertificate times(int tag, String notBefore, String notAfter) {
        return server().with(
                        Field.VALIDITY,
                        Der.sequence(
                                Der.tagged(tag, notBefore.getBytes(StandardCharsets.US_ASCII)),
                                Der.tagged(tag, notAfter.getBytes(StandardCharsets.US_ASCII))));
    }

    private void times() {
        int utc = Tag.UTC_TIME;
        int general = Tag.GENERALIZED_TIME;
        breaks("time-encoding", "2049 generalized", times(general, "20491231235959Z", "20500101000000Z"));
        breaks("time-encoding", "a fraction", times(general, "20500101000000.5Z", "20500101000000Z"));
        breaks("time-encoding", "an offset", times(utc, "260101000000+0100", "260401000000Z"));
        breaks("time-encoding", "no seconds", times(utc, "2601010000Z", "260401000000Z"));
        keeps(
                "time-encoding",
                "2049",
                server().with(Field.VALIDITY, validity("2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z")));
        breaks(
                "time-no-end",
                "another second",
                authority().with(Field.VALIDITY, validity("2026-01-01T00:00:00Z", "9999-12-31T00:00:00Z")));
        keeps(
                "time-no-end",
                "the last",
                authority().with(Field.VALIDITY, validity("2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z")));
        breaks(
                "validity-order",
                "backwards",
                server().with(Field.VALIDITY, validity("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z")));
        keeps(
                "validity-order",
                "one second",
                server().with(Field.VALIDITY, validity("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")));
        ForgedCertificate shorter =
                authority().with(Field.VALIDITY, validity("2026-01-02T00:00:00Z", "2026-04-10T00:00:00Z"));
        issued(true, LintSample.of("validity-within-issuer", "longer", server()).issuedBy(shorter));
        issued(
                false,
                LintSample.of("validity-within-issuer", "shorter", server()).issuedBy(authority()));
        issued(true, LintSample.of("backdate", "not at all", server()).issuedAt("2026-01-01T00:00:00Z"));
        issued(true, LintSample.of("backdate", "three days", server()).issuedAt("2026-01-04T00:00:00Z"));
        issued(false, LintSample.of("backdate", "five minutes", server()).issuedAt("2026-01-01T00:05:00Z"));
    }

    private static byte[] name(String oid, byte[] value) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(oid), value)));
    }

    private static ForgedCertificate subject(String oid, byte[] value) {
        return server().with(Field.SUBJECT, name(oid, value));
    }

    private void subjects() {
        breaks("subject-syntax", "no set", server().with(Field.SUBJECT, Der.sequence(Der.sequence())));
        breaks("subject-syntax", "no UTF-8", subject("2.5.4.3", new byte[] {0x0C, 1, (byte) 0xFF}));
        breaks("subject-syntax", "of the issuer", server().with(Field.ISSUER, Der.sequence(Der.set(Der.utf8("a")))));
        keeps("subject-syntax", "of a type of one's own", subject("1.2.3.4", Der.nullValue()));
        breaks("issuer-empty", "empty", server().with(Field.ISSUER, Der.sequence()));
        ForgedCertificate nobody = server().with(Field.SUBJECT, Der.sequence());
        breaks("subject-empty", "names not critical", nobody);
        breaks(
                "subject-empty",
                "an authority",
                authority().with(Field.SUBJECT, Der.sequence()).with(NAMES, true, Der.sequence(dns("a.fr"))));
        keeps("subject-empty", "names critical", nobody.with(NAMES, true, Der.sequence(dns("printer-7.example.fr"))));
        breaks("subject-country", "three letters", subject("2.5.4.6", Der.printable("FRA")));
        breaks("subject-country", "lower case", subject("2.5.4.6", Der.printable("fr")));
        breaks("subject-country", "UTF8String", subject("2.5.4.6", Der.utf8("FR")));
        breaks("subject-control-characters", "NUL", subject("2.5.4.3", Der.utf8("a\0b")));
        breaks("subject-control-characters", "line feed", subject("2.5.4.10", Der.utf8("a\nb")));
        breaks("subject-length", "65 characters", subject("2.5.4.3", Der.utf8("é".repeat(65))));
        breaks("subject-length", "empty", subject("2.5.4.10", Der.utf8("")));
        keeps("subject-length", "64 characters", subject("2.5.4.3", Der.utf8("é".repeat(64))));
        breaks("subject-string-type", "BMPString", subject("2.5.4.3", Der.tagged(Tag.BMP_STRING, new byte[] {0, 'a'})));
        keeps("subject-string-type", "PrintableString", subject("2.5.4.3", Der.printable("a")));
    }

    private static ForgedCertificate constrained(byte[]... bases) {
        byte[][] subtrees = new byte[bases.length][];
        for (int i = 0; i < bases.length; i++) {
            subtrees[i] = Der.sequence(bases[i]);
        }
        return authority().with(NAME_CONSTRAINTS, true, Der.sequence(Der.tagged(Tag.constructed(0), subtrees)));
    }

    private static byte[] path(int length) {
        return Der.sequence(Der.bool(true), Der.integer(length));
    }

    private void authorities() {
        breaks("basic-constraints-critical", "not", authority().with(BASIC_CONSTRAINTS, false, path(1)));
        keeps("basic-constraints-critical", "a leaf", server().with(BASIC_CONSTRAINTS, false, Der.sequence()));
        breaks(
                "basic-constraints-path-length",
                "a leaf",
                server().with(BASIC_CONSTRAINTS, true, Der.sequence(Der.integer(0))));
        ForgedCertificate bounded = authority().with(BASIC_CONSTRAINTS, true, path(0));
        breaks(
                "basic-constraints-path-length",
                "no keyCertSign",
                bounded.with(KEY_USAGE, true, Der.namedBits(List.of(6))));
        keeps("basic-constraints-path-length", "an authority", bounded);
        byte[] constraint = Der.sequence(Der.tagged(Tag.constructed(0), Der.sequence(dns("fr"))));
        breaks("name-constraints-authority", "a leaf", server().with(NAME_CONSTRAINTS, true, constraint));
        breaks("name-constraints-critical", "not", authority().with(NAME_CONSTRAINTS, false, constraint));
        ForgedCertificate sound =
                constrained(dns("example.fr"), ip(10, 0, 0, 0, 255, 128, 0, 0), ip(0, 0, 0, 0, 0, 0, 0, 0));
        keeps("name-constraints-authority", "an authority", sound);
        keeps("name-constraints-critical", "critical", sound);
        breaks("name-constraints-mask", "a hole", constrained(ip(10, 0, 0, 0, 255, 0, 255, 0)));
        breaks("name-constraints-mask", "no mask", constrained(ip(10, 0, 0, 0)));
        keeps("name-constraints-mask", "nine bits", sound);
        breaks("name-constraints-dns", "a dot", constrained(dns(".example.fr")));
        breaks("name-constraints-dns", "a wildcard", constrained(dns("*.example.fr")));
        keeps("name-constraints-dns", "a domain", sound);
        ForgedCertificate named = server().with(
                        Field.ISSUER,
                        DistinguishedName.cn("Root").o("Acme").c("FR").encoded());
        issued(true, LintSample.of("issuer-name", "another", server()).issuedBy(authority()));
        issued(false, LintSample.of("issuer-name", "the same", named).issuedBy(authority()));
        ForgedCertificate itself = server();
        issued(
                true,
                LintSample.of("issuer-authority", "a server", server())
                        .issuedBy(server().with(Field.SERIAL, Der.integer(5))));
        issued(
                true,
                LintSample.of("issuer-authority", "path length", authority()).issuedBy(bounded));
        issued(
                true,
                LintSample.of("issuer-authority", "no keyCertSign", named)
                        .issuedBy(authority().with(KEY_USAGE, true, Der.namedBits(List.of(6)))));
        issued(false, LintSample.of("issuer-authority", "an authority", named).issuedBy(bounded));
        issued(false, LintSample.of("issuer-authority", "itself", itself).issuedBy(itself));
    }
}
