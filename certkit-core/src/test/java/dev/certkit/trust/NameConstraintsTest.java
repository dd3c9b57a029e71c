package dev.certkit.trust;

import static dev.certkit.trust.Holder.anchors;
import static dev.certkit.trust.Holder.presented;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5280, 4.2.1.10, kind by kind: constraints, a name of the peer's certificate, and whether it is permitted. */
class NameConstraintsTest {
    private static final Holder ROOT = Holder.named("Root");
    private static final Holder MIDDLE = Holder.named("Middle");
    private static final Holder PRINTER = Holder.named("Printer");
    private static final EncodedCertificate ANCHOR = ROOT.root();

    private static EncodedCertificate constrained(Holder holder, Holder issuer, String constraints) {
        byte[] value = NameText.constraints(
                Arrays.stream(constraints.split(";")).map(String::trim).toList());
        return holder.authorityBy(issuer, forged -> forged.with(ForgedCertificate.NAME_CONSTRAINTS, true, value));
    }

    private static byte[] names(String names) {
        return Der.sequence(Arrays.stream(names.split(";")).map(NameText::der).toList());
    }

    private static List<TrustCode> codes(TrustVerdict verdict) {
        return verdict.fold(
                trusted -> List.of(),
                untrusted -> untrusted.reasons().stream().map(TrustReason::code).toList());
    }

    private static List<TrustCode> judge(EncodedCertificate... presented) {
        return codes(TrustPolicy.pkix(anchors(ANCHOR)).judge(presented(presented)));
    }

    /** An empty name means: no alternative names at all. */
    private static void assertPermitted(boolean permitted, String constraints, String names) {
        EncodedCertificate leaf = PRINTER.serverBy(
                MIDDLE,
                forged -> names.isEmpty()
                        ? forged.without(ForgedCertificate.NAMES)
                        : forged.with(ForgedCertificate.NAMES, false, names(names)));
        assertEquals(
                permitted ? List.of() : List.of(TrustCode.NAME_NOT_PERMITTED),
                judge(leaf, constrained(MIDDLE, ROOT, constraints)),
                constraints + " for " + names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +dns example.fr              | dns example.fr                    | true
            +dns example.fr              | dns a.example.fr                  | true
            +dns example.fr              | dns b.a.example.fr                | true
            +dns EXAMPLE.fr              | dns a.Example.FR                  | true
            +dns example.fr              | dns badexample.fr                 | false
            +dns example.fr              | dns fr                            | false
            +dns example.fr              | dns example.fr.evil.de            | false
            +dns example.fr              | dns a.example.fr;dns evil.de      | false
            +dns example.fr;+dns evil.de | dns a.example.fr;dns evil.de      | true
            +dns a.example.fr            | dns *.example.fr                  | false
            +dns example.fr              | dns *.example.fr                  | true
            +dns example.fr              | dns *.a.example.fr                | true
            +dns                         | dns anything.at.all               | true
            -dns                         | dns anything.at.all               | false
            -dns                         | ip 192.0.2.7                      | true
            +dns .example.fr             | dns a.example.fr                  | false
            -dns .example.fr             | dns a.de                          | false
            +dns *.example.fr            | dns a.example.fr                  | false
            -dns *.example.fr            | dns a.de                          | false
            +dns example.fr.             | dns a.example.fr                  | false
            +dns 192.0.2.7               | dns a.example.fr                  | false
            -dns exämple.fr              | dns a.de                          | false
            -dns example.fr              | dns a.de                          | true
            -dns example.fr              | dns example.fr                    | false
            -dns example.fr              | dns a.example.fr                  | false
            -dns a.example.fr            | dns example.fr                    | true
            -dns a.example.fr            | dns *.example.fr                  | false
            -dns b.a.example.fr          | dns *.example.fr                  | true
            -dns example.fr              | dns *.example.fr                  | false
            -dns a.example.fr            | dns *.a.example.fr                | false
            -dns example.fr              | dns *.fr.example                  | true
            +dns example.fr              | dns under_score.example.fr        | false
            -dns example.de              | dns under_score.example.fr        | false
            -dns example.de              | dns example.fr.                   | false
            -dns example.de              | dns .example.fr                   | false
            -dns example.de              | dns a*.example.fr                 | false
            -dns example.de              | dns #66722e00                     | false
            -dns example.de              | dns                               | false
            +dns example.fr;-dns a.example.fr | dns b.example.fr             | true
            +dns example.fr;-dns a.example.fr | dns a.example.fr             | false
            +dns xn--bcher-kva.example   | dns a.xn--bcher-kva.example       | true
            """)
    void hostNames(String constraints, String names, boolean permitted) {
        assertPermitted(permitted, constraints, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +ip 10.0.0.0/255.0.0.0       | ip 10.9.8.7                       | true
            +ip 10.0.0.0/255.0.0.0       | ip 11.9.8.7                       | false
            +ip 10.1.2.3/255.0.0.0       | ip 10.9.8.7                       | true
            +ip 0.0.0.0/0.0.0.0          | ip 192.0.2.7                      | true
            -ip 0.0.0.0/0.0.0.0          | ip 192.0.2.7                      | false
            -ip 0.0.0.0/0.0.0.0          | ip #20010db8000000000000000000000007 | true
            -ip 0.0.0.0/0.0.0.0          | dns a.example.fr                  | true
            +ip 192.0.2.7/255.255.255.255 | ip 192.0.2.7                     | true
            +ip 192.0.2.7/255.255.255.255 | ip 192.0.2.8                     | false
            +ip 10.0.0.0/255.0.255.0     | ip 10.0.0.1                       | false
            -ip 10.0.0.0/255.0.255.0     | ip 192.0.2.7                      | false
            +ip 10.0.0.0                 | ip 10.0.0.0                       | false
            -ip 10.0.0.0                 | ip 192.0.2.7                      | false
            -ip #                        | ip 192.0.2.7                      | false
            +ip 10.0.0.0/255.0.0.0       | ip #0a000001ff                    | false
            -ip 10.0.0.0/255.0.0.0       | ip #c00002                        | false
            +ip 10.0.0.0/255.0.0.0       | ip #00000000000000000000ffff0a000001 | false
            +ip #20010db8000000000000000000000000ffffffff000000000000000000000000 | ip #20010db8000000000000000000000007 | true
            +ip #20010db8000000000000000000000000ffffffff000000000000000000000000 | ip #20010db9000000000000000000000007 | false
            -ip #20010db8000000000000000000000000ffffffff000000000000000000000000 | ip #20010db8000000000000000000000007 | false
            +ip #20010db8000000000000000000000000ffffffff000000000000000000000000 | ip 192.0.2.7 | false
            +ip 10.0.0.0/255.0.0.0       | dns 192.0.2.7                     | true
            """)
    void addresses(String constraints, String names, boolean permitted) {
        assertPermitted(permitted, constraints, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +mail example.fr             | mail a@example.fr                 | true
            +mail example.fr             | mail a@EXAMPLE.fr                 | true
            +mail example.fr             | mail a@b.example.fr               | false
            +mail .example.fr            | mail a@b.example.fr               | true
            +mail .example.fr            | mail a@example.fr                 | false
            +mail a@example.fr           | mail a@example.fr                 | true
            +mail a@example.fr           | mail a@Example.FR                 | true
            +mail a@example.fr           | mail A@example.fr                 | false
            +mail a@example.fr           | mail b@example.fr                 | false
            -mail a@example.fr           | mail b@example.fr                 | true
            -mail a@example.fr           | mail "a"@example.fr               | false
            -mail example.fr             | mail "a"@example.de               | true
            -mail example.fr             | mail a@example.fr                 | false
            -mail .example.fr            | mail a@example.fr                 | true
            +mail                        | mail a@example.fr                 | true
            -mail                        | mail a@example.fr                 | false
            -mail @example.fr            | mail a@example.de                 | false
            -mail a@.example.fr          | mail a@example.de                 | false
            -mail example.fr             | mail example.de                   | false
            -mail example.fr             | mail a@[192.0.2.7]                | false
            -mail example.fr             | mail #e4406578616d706c652e6465    | false
            +mail example.fr             | other 1.3.6.1.5.5.7.8.9=é@example.fr | true
            +mail example.fr             | other 1.3.6.1.5.5.7.8.9=é@example.de | false
            -mail example.fr             | other 1.3.6.1.5.5.7.8.9=é@example.fr | false
            -mail example.fr             | other 1.3.6.1.4.1.311.20.2.3=a@example.fr | true
            """)
    void mailboxes(String constraints, String names, boolean permitted) {
        assertPermitted(permitted, constraints, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +uri example.fr              | uri https://example.fr/path       | true
            +uri example.fr              | uri https://EXAMPLE.FR:8443/?q=@evil.de | true
            +uri example.fr              | uri https://a.example.fr/         | false
            +uri .example.fr             | uri https://a.example.fr/         | true
            +uri .example.fr             | uri https://example.fr/           | false
            +uri example.fr              | uri https://user:pw@example.fr/   | true
            +uri example.fr              | uri https://example.fr@evil.de/   | false
            -uri evil.de                 | uri https://example.fr            | true
            -uri evil.de                 | uri https://192.0.2.7/            | false
            -uri evil.de                 | uri https://[2001:db8::7]/        | false
            -uri evil.de                 | uri urn:example:device:7          | false
            -uri evil.de                 | uri file:///etc/passwd            | false
            -uri evil.de                 | uri mailto:a@example.fr           | false
            -uri evil.de                 | uri https://under_score.fr/       | false
            -uri evil.de                 | uri https://example.fr./          | false
            -uri evil.de                 | uri no scheme                     | false
            -uri https://evil.de         | uri https://example.fr/           | false
            +uri                         | uri https://example.fr/           | true
            """)
    void uris(String constraints, String names, boolean permitted) {
        assertPermitted(permitted, constraints, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +dir C=FR                    | dir CN=a,O=Acme,C=FR              | true
            +dir O=Acme,C=FR             | dir CN=a,O=ACME,C=fr              | true
            +dir O=Acme,C=FR             | dir CN=a,O=  acme ,C=FR           | true
            +dir O=Acme,C=FR             | dir C=FR                          | false
            +dir O=Acme,C=FR             | dir CN=a,O=Other,C=FR             | false
            -dir O=Evil,C=FR             | dir CN=a,O=Acme,C=FR              | true
            -dir O=Evil,C=FR             | dir CN=a,O=Evil,C=FR              | false
            -dir O=Evil,C=FR             | dir CN=a,O=éVIL,C=FR              | true
            -dir O=évil,C=FR             | dir CN=a,O=ÉVIL,C=FR              | false
            -dir #3003                   | dir CN=a,C=FR                     | false
            -dir C=DE                    | dir #3003020101                   | false
            """)
    void directoryNames(String constraints, String names, boolean permitted) {
        assertPermitted(permitted, constraints, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +other 1.2.3=a               | other 1.2.3=a                     | false
            -other 1.2.3=a               | other 1.2.4=b                     | false
            -other 1.2.3=a               | dns a.example.fr                  | true
            +id #2a03                    | id #2a03                          | false
            -id #2a03                    | id #2a04                          | false
            -x400 #3000                  | x400 #3000                        | false
            +edi #a1030c0161             | edi #a1030c0161                   | false
            +dns example.fr              | id #2a03                          | true
            +dns example.fr              | x400 #3000                        | true
            """)
    void kindsWithoutAnOrder(String constraints, String names, boolean permitted) {
        assertPermitted(permitted, constraints, names);
    }

    @Nested
    class Subjects {
        private List<TrustCode> withSubject(String constraints, byte[] subject) {
            EncodedCertificate leaf = PRINTER.serverBy(
                    MIDDLE, forged -> forged.with(Field.SUBJECT, subject).without(ForgedCertificate.NAMES));
            return judge(leaf, constrained(MIDDLE, ROOT, constraints));
        }

        private byte[] email(int tag, String address) {
            byte[] value = Der.tagged(tag, address.getBytes(StandardCharsets.ISO_8859_1));
            return Der.sequence(Der.set(Der.sequence(Der.oid("1.2.840.113549.1.9.1"), value)));
        }

        @Test
        void areDirectoryNames() {
            byte[] other = DistinguishedName.cn("a").o("Other").c("FR").encoded();
            assertEquals(List.of(TrustCode.NAME_NOT_PERMITTED), withSubject("+dir O=Acme,C=FR", other));
            assertEquals(
                    List.of(), withSubject("+dir O=Acme,C=FR", PRINTER.name().encoded()));
        }

        @Test
        void ofAnyStringTypeAreCompared() {
            byte[] teletex = Der.sequence(Der.set(Der.sequence(
                    Der.oid("2.5.4.10"), Der.tagged(Tag.TELETEX_STRING, "EVIL".getBytes(StandardCharsets.US_ASCII)))));
            byte[] bmp = Der.sequence(Der.set(Der.sequence(
                    Der.oid("2.5.4.10"), Der.tagged(Tag.BMP_STRING, "Evil".getBytes(StandardCharsets.UTF_16BE)))));
            assertEquals(List.of(TrustCode.NAME_NOT_PERMITTED), withSubject("-dir O=evil", teletex));
            assertEquals(List.of(TrustCode.NAME_NOT_PERMITTED), withSubject("-dir O=evil", bmp));
        }

        @Test
        void thatAreEmptyHaveNoName() {
            assertEquals(List.of(), withSubject("+dir O=Acme,C=FR", Der.sequence()));
        }

        @Test
        void bringTheirMailAddresses() {
            assertEquals(List.of(), withSubject("+mail example.fr", email(Tag.IA5_STRING, "a@example.fr")));
            assertEquals(
                    List.of(TrustCode.NAME_NOT_PERMITTED),
                    withSubject("-mail example.fr", email(Tag.UTF8_STRING, "a@example.fr")));
        }

        @Test
        void cannotHideAMailAddressInAStrangeString() {
            assertEquals(
                    List.of(TrustCode.NAME_NOT_PERMITTED),
                    withSubject("-mail example.fr", email(Tag.OCTET_STRING, "a@example.fr")));
        }

        @Test
        void doNotCountAsHostNames() {
            byte[] host = DistinguishedName.cn("evil.de").encoded();
            assertEquals(List.of(), withSubject("-dns evil.de", host));
        }
    }

    @Nested
    class SeveralAuthorities {
        private final Holder lower = Holder.named("Lower");

        private EncodedCertificate leaf(Holder issuer, String names) {
            return PRINTER.serverBy(issuer, forged -> forged.with(ForgedCertificate.NAMES, false, names(names)));
        }

        @Test
        void mustAllPermit() {
            EncodedCertificate above = constrained(MIDDLE, ROOT, "+dns fr;+dns de");
            EncodedCertificate below = constrained(lower, MIDDLE, "+dns example.fr;+dns example.com");
            assertEquals(List.of(), judge(leaf(lower, "dns a.example.fr"), below, above));
            assertEquals(List.of(TrustCode.NAME_NOT_PERMITTED), judge(leaf(lower, "dns example.com"), below, above));
            assertEquals(List.of(TrustCode.NAME_NOT_PERMITTED), judge(leaf(lower, "dns a.de"), below, above));
        }

        @Test
        void bindTheNamesOfThoseBelow() {
            EncodedCertificate above = constrained(MIDDLE, ROOT, "-dir CN=Lower,O=Acme,C=FR");
            assertEquals(
                    List.of(TrustCode.NAME_NOT_PERMITTED),
                    judge(leaf(lower, "dns a.fr"), lower.authorityBy(MIDDLE), above));
        }

        @Test
        void thatAreSelfIssuedAreNotBoundButAPeerIs() {
            Holder newKey = Holder.named("Middle");
            EncodedCertificate above = constrained(MIDDLE, ROOT, "-dir CN=Middle,O=Acme,C=FR");
            EncodedCertificate rollover = newKey.authorityBy(MIDDLE);
            assertEquals(List.of(), judge(leaf(newKey, "dns a.fr"), rollover, above));
            EncodedCertificate peer = newKey.serverBy(MIDDLE);
            assertEquals(List.of(TrustCode.NAME_NOT_PERMITTED), judge(peer, above));
        }

        @Test
        void ofWhichOneIsTheAnchorBindUnlessThatIsWaived() {
            EncodedCertificate root = constrained(ROOT, ROOT, "+dns example.de");
            PkixPolicy policy = TrustPolicy.pkix(anchors(root));
            PresentedChain chain = presented(leaf(ROOT, "dns a.example.fr"));
            assertEquals(List.of(TrustCode.NAME_NOT_PERMITTED), codes(policy.judge(chain)));
            assertEquals(List.of(), codes(policy.waiving(AnchorRule.CONSTRAINTS).judge(chain)));
        }
    }

    @Nested
    class TheExtension {
        private List<TrustCode> withValue(byte[] value) {
            return judge(
                    PRINTER.serverBy(MIDDLE),
                    MIDDLE.authorityBy(ROOT, forged -> forged.with(ForgedCertificate.NAME_CONSTRAINTS, true, value)));
        }

        private byte[] permittedWith(byte[]... further) {
            byte[][] all = new byte[further.length + 1][];
            all[0] = NameText.der("dns fr");
            System.arraycopy(further, 0, all, 1, further.length);
            return Der.sequence(Der.tagged(Tag.constructed(0), Der.sequence(all)));
        }

        @Test
        void mustSayAnything() {
            assertEquals(List.of(TrustCode.MALFORMED), withValue(Der.sequence()));
            assertEquals(List.of(TrustCode.MALFORMED), withValue(Der.sequence(Der.tagged(Tag.constructed(0)))));
        }

        @Test
        void mustHaveNoMinimumButZeroAndNoMaximum() {
            assertEquals(List.of(), withValue(permittedWith(Der.tagged(Tag.context(0), new byte[1]))));
            assertEquals(
                    List.of(TrustCode.MALFORMED), withValue(permittedWith(Der.tagged(Tag.context(0), new byte[] {1}))));
            assertEquals(
                    List.of(TrustCode.MALFORMED), withValue(permittedWith(Der.tagged(Tag.context(1), new byte[] {5}))));
        }

        @Test
        void ofAnUnknownKindIsRefused() {
            byte[] unknown = Der.sequence(
                    Der.tagged(Tag.constructed(0), Der.sequence(Der.tagged(Tag.context(9), new byte[] {1}))));
            assertEquals(List.of(TrustCode.MALFORMED), withValue(unknown));
        }

        @Test
        void bindsAlsoWhereItIsNotCritical() {
            byte[] value = NameText.constraints(List.of("-dns fr"));
            assertEquals(
                    List.of(TrustCode.NAME_NOT_PERMITTED),
                    judge(
                            PRINTER.serverBy(MIDDLE),
                            MIDDLE.authorityBy(
                                    ROOT, forged -> forged.with(ForgedCertificate.NAME_CONSTRAINTS, false, value))));
        }
    }
}
