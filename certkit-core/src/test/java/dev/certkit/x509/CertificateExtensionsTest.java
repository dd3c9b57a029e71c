package dev.certkit.x509;

import static dev.certkit.samples.ForgedCertificate.dns;
import static dev.certkit.samples.ForgedCertificate.ip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W2")
class CertificateExtensionsTest {
    private static final String CRL_POINTS = "2.5.29.31";
    private static final String POLICIES = "2.5.29.32";
    private static final String MAPPINGS = "2.5.29.33";
    private static final String POLICY_CONSTRAINTS = "2.5.29.36";
    private static final String INHIBIT_ANY = "2.5.29.54";
    private static final String INFORMATION = "1.3.6.1.5.5.7.1.1";

    private static CertificateExtensions with(String oid, byte[] value) {
        return CertificateExtensions.of(
                ForgedCertificate.server().with(oid, false, value).made());
    }

    private static byte[] context(int number, byte[]... content) {
        return Der.tagged(dev.certkit.internal.der.Tag.context(number), content);
    }

    private static byte[] constructed(int number, byte[]... content) {
        return Der.tagged(dev.certkit.internal.der.Tag.constructed(number), content);
    }

    private static byte[] uri(String text) {
        return context(6, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static IOException refused(Executable reading) {
        return assertThrows(IOException.class, reading);
    }

    @Nested
    class OfASoundCertificate {
        private final EncodedCertificate certificate =
                ForgedCertificate.server().made();
        private final CertificateExtensions extensions = CertificateExtensions.of(certificate);

        @Test
        void saysWhatJavaSays() throws Exception {
            assertEquals(Optional.of(Set.of(KeyUsage.DIGITAL_SIGNATURE)), extensions.keyUsages());
            assertEquals(
                    certificate.toX509Certificate().getExtendedKeyUsage(),
                    extensions.purposes().orElseThrow().stream()
                            .map(ExtendedKeyUsage::oid)
                            .toList());
            assertEquals(
                    List.of(GeneralName.of("printer-7.example.fr"), GeneralName.of("192.0.2.7")),
                    extensions.subjectAlternativeNames());
            assertEquals(
                    new CertificateExtensions.BasicConstraints(false, OptionalInt.empty()),
                    extensions.basicConstraints().orElseThrow());
            assertArrayEquals(
                    new byte[] {1, 2, 3, 4, 5, 6, 7, 8},
                    extensions.subjectKeyIdentifier().orElseThrow());
        }

        @Test
        void saysNothingOfWhatIsAbsent() throws Exception {
            CertificateExtensions none = CertificateExtensions.of(
                    ForgedCertificate.server().withoutExtensions().made());
            assertEquals(Optional.empty(), none.keyUsages());
            assertEquals(Optional.empty(), none.purposes());
            assertEquals(Optional.empty(), none.basicConstraints());
            assertEquals(Optional.empty(), none.subjectKeyIdentifier());
            assertEquals(Optional.empty(), none.authorityKeyIdentifier());
            assertEquals(Optional.empty(), none.nameConstraints());
            assertEquals(Optional.empty(), none.policyConstraints());
            assertEquals(OptionalInt.empty(), none.inhibitAnyPolicy());
            assertEquals(List.of(), none.subjectAlternativeNames());
            assertEquals(List.of(), none.authorityInformation());
            assertEquals(List.of(), none.crlDistributionPoints());
            assertEquals(List.of(), none.policies());
            assertEquals(List.of(), none.policyMappings());
        }
    }

    @Nested
    class OfAnAuthority {
        @Test
        void thePathLengthIsRead() throws Exception {
            assertEquals(
                    Optional.of(new CertificateExtensions.BasicConstraints(true, OptionalInt.of(3))),
                    with("2.5.29.19", Der.sequence(Der.bool(true), Der.integer(3)))
                            .basicConstraints());
        }

        @Test
        void theIssuerIsRecognisedByKeyNameAndNumber() throws Exception {
            DistinguishedName root = DistinguishedName.cn("Root");
            CertificateExtensions.AuthorityKeyIdentifier read = with(
                            "2.5.29.35",
                            Der.sequence(
                                    context(0, new byte[] {0x0A, 0x0B}),
                                    constructed(1, constructed(4, root.encoded())),
                                    context(2, new byte[] {5})))
                    .authorityKeyIdentifier()
                    .orElseThrow();
            assertEquals(Optional.of("0a0b"), read.keyIdentifier());
            assertEquals(List.of(new GeneralName.DirectoryName(root)), read.issuer());
            assertEquals(Optional.of(BigInteger.valueOf(5)), read.serialNumber());
        }

        @Test
        void theServicesOfItsIssuerAreRead() throws Exception {
            List<CertificateExtensions.Access> read = with(
                            INFORMATION,
                            Der.sequence(
                                    Der.sequence(
                                            Der.oid(CertificateExtensions.Access.OCSP), uri("http://ocsp.example/")),
                                    Der.sequence(
                                            Der.oid(CertificateExtensions.Access.CA_ISSUERS),
                                            uri("http://ca.example/ca.cer"))))
                    .authorityInformation();
            assertEquals(2, read.size());
            assertEquals(
                    Optional.of(URI.create("http://ca.example/ca.cer")),
                    read.get(1).uri(CertificateExtensions.Access.CA_ISSUERS));
            assertEquals(Optional.empty(), read.get(0).uri(CertificateExtensions.Access.CA_ISSUERS));
        }

        @Test
        void thePlacesOfCrlsAreRead() throws Exception {
            DistinguishedName crlIssuer = DistinguishedName.cn("CRLs");
            List<CertificateExtensions.DistributionPoint> read = with(
                            CRL_POINTS,
                            Der.sequence(
                                    Der.sequence(constructed(0, constructed(0, uri("http://ca.example/1.crl")))),
                                    Der.sequence(
                                            constructed(0, constructed(1, Der.sequence())),
                                            context(1, new byte[] {1, 6}),
                                            constructed(2, constructed(4, crlIssuer.encoded())))))
                    .crlDistributionPoints();
            assertEquals(
                    List.of(
                            new CertificateExtensions.DistributionPoint(
                                    List.of(GeneralName.uri(URI.create("http://ca.example/1.crl"))), List.of(), true),
                            new CertificateExtensions.DistributionPoint(
                                    List.of(), List.of(new GeneralName.DirectoryName(crlIssuer)), false)),
                    read);
        }

        @Test
        void policiesAreRead() throws Exception {
            byte[] qualifiers = Der.sequence(Der.sequence(Der.oid("1.3.6.1.5.5.7.2.1"), Der.ia5("http://cps.example")));
            assertEquals(
                    List.of("2.23.140.1.2.1", "1.2.3.4"),
                    with(
                                    POLICIES,
                                    Der.sequence(
                                            Der.sequence(Der.oid("2.23.140.1.2.1"), qualifiers),
                                            Der.sequence(Der.oid("1.2.3.4"))))
                            .policies());
            assertEquals(
                    List.of(new CertificateExtensions.PolicyMapping("1.2.3", "1.2.4")),
                    with(MAPPINGS, Der.sequence(Der.sequence(Der.oid("1.2.3"), Der.oid("1.2.4"))))
                            .policyMappings());
            assertEquals(
                    Optional.of(new CertificateExtensions.PolicyConstraints(OptionalInt.of(0), OptionalInt.of(2))),
                    with(POLICY_CONSTRAINTS, Der.sequence(context(0, new byte[] {0}), context(1, new byte[] {2})))
                            .policyConstraints());
            assertEquals(OptionalInt.of(1), with(INHIBIT_ANY, Der.integer(1)).inhibitAnyPolicy());
        }
    }

    @Nested
    class TheNameConstraints {
        @Test
        void areRead() throws Exception {
            NameConstraints read = with(
                            ForgedCertificate.NAME_CONSTRAINTS,
                            Der.sequence(
                                    constructed(0, Der.sequence(dns("example.fr"))),
                                    constructed(1, Der.sequence(ip(10, 0, 0, 0, 255, 0, 0, 0)))))
                    .nameConstraints()
                    .orElseThrow();
            assertEquals("dns:example.fr", read.permitted().get(0).toString());
            assertEquals(2, read.permitted().get(0).kind());
            assertEquals("ip:10.0.0.0/8", read.excluded().get(0).toString());
            assertArrayEquals(
                    new byte[] {10, 0, 0, 0, -1, 0, 0, 0},
                    read.excluded().get(0).base());
            assertNotEquals(read.permitted(), read.excluded());
            assertEquals(
                    read,
                    with(
                                    ForgedCertificate.NAME_CONSTRAINTS,
                                    Der.sequence(
                                            constructed(0, Der.sequence(dns("example.fr"), context(0, new byte[1]))),
                                            constructed(1, Der.sequence(ip(10, 0, 0, 0, 255, 0, 0, 0)))))
                            .nameConstraints()
                            .orElseThrow());
        }

        @ParameterizedTest
        @CsvSource({
            "8708C000020000FF00FF, ip:192.0.2.0/0.255.0.255",
            "872020010DB8000000000000000000000000FFFFFFFF000000000000000000000000, ip:2001:db8::/32",
            "87020A00, ip:#0a00",
            "820B2E6578616D706C652E6672, dns:.example.fr",
            "82036100FF, 'dns:a\\u0000\u00FF'",
            "810B406578616D706C652E6672, email:@example.fr",
            "A40D300B3109300706035504030C00, directory:CN=",
            "86092E6578616D706C652E, uri:.example.",
            "88022A03, oid:#2a03"
        })
        void areWrittenForPeople(String base, String expected) throws Exception {
            byte[] constraints =
                    Der.sequence(constructed(0, Der.sequence(HexFormat.of().parseHex(base))));
            assertEquals(
                    expected,
                    with(ForgedCertificate.NAME_CONSTRAINTS, constraints)
                            .nameConstraints()
                            .orElseThrow()
                            .permitted()
                            .get(0)
                            .toString());
        }

        @Test
        void withARangeThatWouldNeverMatchAreRefused() {
            for (byte[] subtree : List.of(
                    Der.sequence(dns("a.fr"), context(0, new byte[] {1})),
                    Der.sequence(dns("a.fr"), context(1, new byte[] {1})),
                    Der.sequence(Der.utf8("a.fr")),
                    Der.sequence())) {
                refused(
                        with(ForgedCertificate.NAME_CONSTRAINTS, Der.sequence(constructed(0, subtree)))
                                ::nameConstraints);
            }
        }
    }

    @Nested
    class Malformed {
        private static final List<String> TYPES = List.of(
                "2.5.29.14",
                "2.5.29.15",
                "2.5.29.17",
                "2.5.29.19",
                "2.5.29.30",
                CRL_POINTS,
                POLICIES,
                MAPPINGS,
                "2.5.29.35",
                POLICY_CONSTRAINTS,
                "2.5.29.37",
                INHIBIT_ANY,
                INFORMATION);

        private static List<Executable> readings(CertificateExtensions extensions) {
            return List.of(
                    extensions::subjectKeyIdentifier,
                    extensions::keyUsages,
                    extensions::subjectAlternativeNames,
                    extensions::basicConstraints,
                    extensions::nameConstraints,
                    extensions::crlDistributionPoints,
                    extensions::policies,
                    extensions::policyMappings,
                    extensions::authorityKeyIdentifier,
                    extensions::policyConstraints,
                    extensions::purposes,
                    extensions::inhibitAnyPolicy,
                    extensions::authorityInformation);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "00", "0500", "30", "3003020101FF", "0401", "300630040C0261FF"})
        void eachIsRefusedByName(String value) {
            byte[] damaged = HexFormat.of().parseHex(value);
            for (int i = 0; i < TYPES.size(); i++) {
                CertificateExtensions extensions = with(TYPES.get(i), damaged);
                IOException refusal = refused(readings(extensions).get(i));
                assertTrue(refusal.getMessage().startsWith("the extension "), refusal.getMessage());
                assertTrue(
                        refusal.getMessage().contains("CN=printer-7.example.fr,O=Acme,C=FR is malformed"),
                        refusal.getMessage());
            }
        }

        @Test
        void oneDoesNotHideTheOthers() throws Exception {
            CertificateExtensions extensions = with(ForgedCertificate.KEY_USAGE, new byte[] {1});
            refused(extensions::keyUsages);
            assertEquals(2, extensions.subjectAlternativeNames().size());
        }

        @Test
        void anEmptyListIsRefused() {
            byte[] empty = Der.sequence();
            refused(with(ForgedCertificate.NAMES, empty)::subjectAlternativeNames);
            refused(with(ForgedCertificate.PURPOSES, empty)::purposes);
            refused(with(POLICIES, empty)::policies);
            refused(with(MAPPINGS, empty)::policyMappings);
            refused(with(INFORMATION, empty)::authorityInformation);
            refused(with(CRL_POINTS, empty)::crlDistributionPoints);
            refused(with(CRL_POINTS, Der.sequence(empty))::crlDistributionPoints);
            refused(with(POLICY_CONSTRAINTS, empty)::policyConstraints);
            refused(with(ForgedCertificate.NAME_CONSTRAINTS, empty)::nameConstraints);
            refused(with(ForgedCertificate.NAME_CONSTRAINTS, Der.sequence(constructed(0)))::nameConstraints);
        }

        @Test
        void anExtensionThatStandsThereTwiceIsRefused() {
            byte[] again =
                    Der.sequence(Der.oid(ForgedCertificate.KEY_USAGE), Der.octetString(Der.namedBits(List.of(0, 5))));
            IOException refusal = refused(CertificateExtensions.of(
                    ForgedCertificate.server().raw("again", again).made())::keyUsages);
            assertTrue(refusal.getMessage().contains("keyUsage")
                    && refusal.getMessage().contains("2 times"));
        }

        @Test
        void moreThanAThousandNamesAreRefused() throws Exception {
            byte[][] names = new byte[1001][];
            Arrays.setAll(names, i -> dns("h" + i + ".example.fr"));
            refused(with(ForgedCertificate.NAMES, Der.sequence(names))::subjectAlternativeNames);
            byte[][] fewer = Arrays.copyOf(names, 1000);
            assertEquals(
                    1000,
                    with(ForgedCertificate.NAMES, Der.sequence(fewer))
                            .subjectAlternativeNames()
                            .size());
        }

        @Test
        void aNameThatIsNoneIsKeptAsItCame() throws Exception {
            List<GeneralName> names = with(
                            ForgedCertificate.NAMES,
                            Der.sequence(
                                    dns("a_b"),
                                    ip(1, 2, 3),
                                    uri("no uri"),
                                    constructed(4, Der.utf8("no name")),
                                    constructed(4, Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3")))))))
                    .subjectAlternativeNames();
            assertEquals(5, names.size());
            names.forEach(name -> assertTrue(name instanceof GeneralName.OtherName, name.toString()));
        }
    }
}
