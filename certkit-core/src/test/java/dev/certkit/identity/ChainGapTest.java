package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.samples.Paper;
import dev.certkit.samples.SampleKeys;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T4")
class ChainGapTest {
    private static final KeyPair KEY = Paper.key();
    private static final String KEY_IDENTIFIER =
            HexFormat.ofDelimiter(":").withUpperCase().formatHex(Paper.identifier(KEY.getPublic()));

    private static ChainGap above(X509Certificate certificate) {
        return CertificateChain.assemble(certificate, List.of()).gap().orElseThrow();
    }

    @Test
    void allPlacesAreGivenInTheOrderOfTheCertificate() {
        ChainGap gap = above(Paper.leaf()
                .by("Issuer", KEY)
                .at(
                        "http://b.example.fr/1",
                        "ldap://a.example.fr/x",
                        "https://a.example.fr/2",
                        "not a uri",
                        "http:///3")
                .make());
        assertEquals(
                List.of(URI.create("http://b.example.fr/1"), URI.create("https://a.example.fr/2")), gap.locations());
        assertEquals(Optional.of(URI.create("http://b.example.fr/1")), gap.location());
        assertEquals(
                "the certificate of O=Acme,CN=Issuer with the key identifier " + KEY_IDENTIFIER
                        + " is missing; it should be at http://b.example.fr/1",
                gap.toString());
    }

    @Test
    void theKeyIdentifierIsThatOfTheMissingKey() {
        assertEquals(
                Optional.of(KEY_IDENTIFIER),
                above(Paper.leaf().by("Issuer", KEY).make()).keyIdentifier());
        assertEquals(
                Optional.empty(),
                above(Paper.leaf().by("Issuer", KEY).withoutIdentifiers().make())
                        .keyIdentifier());
    }

    private static List<String> objections(X509Certificate leaf, X509Certificate... pool) {
        return CertificateChain.assemble(leaf, List.of(pool))
                .gap()
                .orElseThrow()
                .objections();
    }

    @Test
    void whatHasTheNameOfTheMissingIssuerIsExplained() {
        KeyPair rsa = SampleKeys.of(KeyType.RSA_2048);
        X509Certificate leaf = Paper.leaf().by("Issuer", KEY).make();
        assertEquals(List.of(), objections(leaf, Paper.of("Other", KEY).make()));
        assertEquals(
                List.of("its signature was not made by the issuer's key"),
                objections(
                        leaf,
                        Paper.of("Issuer", Paper.key()).make(),
                        Paper.of("Issuer", rsa).make()));
        X509Certificate weak =
                Paper.leaf().by("Issuer", rsa).signedAs("SHA1withRSA").make();
        ChainGap gap = CertificateChain.assemble(
                        weak, List.of(Paper.of("Issuer", rsa).make()))
                .gap()
                .orElseThrow();
        assertTrue(gap.toString().contains("1.2.840.113549.1.1.5"), gap.toString());
    }

    @Test
    void aCycleIsExplained() {
        KeyPair other = Paper.key();
        assertEquals(
                List.of("its key is in the chain already"),
                objections(
                        Paper.leaf().by("A", KEY).make(),
                        Paper.of("A", KEY).by("B", other).make(),
                        Paper.of("B", other).by("A", KEY).make()));
    }

    @Test
    void aThousandPlacesAreCutToEight() {
        String[] many = IntStream.range(0, 1000)
                .mapToObj(i -> "http://ca.example.fr/" + i)
                .toArray(String[]::new);
        assertEquals(
                8,
                above(Paper.leaf().by("Issuer", KEY).at(many).make())
                        .locations()
                        .size());
    }
}
