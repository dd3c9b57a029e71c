package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.REQUEST;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import java.io.ByteArrayOutputStream;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

/** What is written in any form is read from it, whatever stands around it and in whatever order. */
class FormatProperties {
    private static final List<X509Certificate> POOL =
            IntStream.range(0, 8).mapToObj(i -> Samples.selfSigned("host" + i)).toList();
    private static final List<UnaryOperator<String>> CLOTHES = List.of(
            text -> text,
            text -> text.replace("\n", "\r\n"),
            text -> text.replace("\n", "\r"),
            text -> text.indent(4),
            text -> text.replaceAll("(?m)^", "> "),
            text -> text.replace("\n", "\\n"),
            text -> text.replace("-----", "----"),
            text -> text.replace("\n", "\n\n"),
            text -> "\uFEFF" + text,
            text -> "Bag Attributes\n    friendlyName: x\n" + text);

    @Provide
    Arbitrary<List<X509Certificate>> certificates() {
        return Arbitraries.of(POOL).list().ofMinSize(1).ofMaxSize(8).uniqueElements();
    }

    @Property(tries = 100)
    void certificatesComeBackFromEveryForm(@ForAll("certificates") List<X509Certificate> certificates)
            throws Exception {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        certificates.forEach(each -> der.writeBytes(Samples.der(each)));
        String pem = Certificates.toPem(certificates);
        assertEquals(certificates, Certificates.parse(pem));
        assertEquals(certificates, Certificates.decode(pem.getBytes(UTF_16)));
        assertEquals(certificates, Certificates.decode(der.toByteArray()));
        assertEquals(certificates, Pasted.decode(der.toByteArray()).certificates());
        byte[] bag = Certificates.toPkcs7(certificates);
        assertEquals(Set.copyOf(certificates), new HashSet<>(Certificates.decode(bag)));
        assertEquals(Set.copyOf(certificates), new HashSet<>(Pasted.decode(bag).certificates()));
        assertEquals(
                Set.copyOf(certificates),
                new HashSet<>(Pasted.decode(BerSamples.indefinite(bag, 5)).certificates()));
    }

    @Property(tries = 100)
    void aPasteOfAnyOrderInAnyClothesHasEachOnce(
            @ForAll("certificates") List<X509Certificate> certificates, @ForAll("clothes") List<Integer> clothes)
            throws Exception {
        List<String> items = new ArrayList<>();
        certificates.forEach(each -> items.add(Certificates.toPem(each)));
        items.add(Samples.KEY_PEM);
        items.add(REQUEST.toPem());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            String item = items.get((i + clothes.get(0)) % items.size());
            text.append(CLOTHES.get(clothes.get(i % clothes.size())).apply(item))
                    .append('\n');
        }
        Pasted pasted = Pasted.decode(text.toString().getBytes(UTF_8));
        assertEquals(Set.copyOf(certificates), new HashSet<>(pasted.certificates()));
        assertEquals(certificates.size(), pasted.certificates().size());
        assertEquals(1, pasted.privateKeys().size());
        assertEquals(1, pasted.requests().size());
        assertEquals(List.of(), pasted.strays());
    }

    @Provide
    Arbitrary<List<Integer>> clothes() {
        return Arbitraries.integers()
                .between(0, CLOTHES.size() - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Property(tries = 100)
    void bareBase64OfAnyWidthIsFound(
            @ForAll("certificates") List<X509Certificate> certificates, @ForAll("width") int width) throws Exception {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : certificates) {
            String packed = Base64.getEncoder().encodeToString(Samples.der(each));
            text.append(packed.replaceAll("(.{" + width + "})", "$1\n")).append("\n\n");
        }
        assertEquals(certificates, Pasted.parse(text.toString()).certificates());
    }

    @Provide
    Arbitrary<Integer> width() {
        return Arbitraries.integers().between(4, 120);
    }

    @Property(tries = 200)
    void textWithoutDashesAroundTheBlocksChangesNothing(@ForAll String before, @ForAll String after) throws Exception {
        String text = before.replaceAll("[-\\p{Pd}\\u2212]", "_") + "\n" + CHAIN_PEM
                + after.replaceAll("[-\\p{Pd}\\u2212]", "_");
        assertEquals(CHAIN, Pasted.parse(text).certificates());
    }

    @Property(tries = 20)
    void keysComeBackPlainAndUnderAnyPassphrase(
            @ForAll("kinds") KeyType type, @ForAll @NotEmpty @StringLength(max = 20) String secret) throws Exception {
        PrivateKey key = SampleKeys.of(type).getPrivate();
        byte[] expected = PrivateKeyInfo.of(key);
        Passphrase passphrase = Passphrase.of(secret);
        String sealed = PrivateKeys.toPem(key, passphrase);
        assertArrayEquals(expected, PrivateKeyInfo.of(PrivateKeys.parse(sealed, passphrase)));
        assertArrayEquals(expected, PrivateKeyInfo.of(PrivateKeys.parse(PrivateKeys.toUnencryptedPem(key))));
        assertArrayEquals(
                expected,
                PrivateKeyInfo.of(Pasted.parse(sealed, passphrase).privateKeys().get(0)));
    }

    @Provide
    Arbitrary<KeyType> kinds() {
        return Arbitraries.of(
                KeyType.RSA_2048, KeyType.EC_P256, KeyType.EC_P521, KeyType.ED25519, KeyType.ED448, KeyType.ML_DSA_44);
    }

    @Property(tries = 30)
    void anyNameAndPassphraseComeBackFromPkcs12(
            @ForAll @StringLength(max = 40) String name, @ForAll @NotEmpty @StringLength(max = 20) String secret)
            throws Exception {
        String encodable = new String(name.getBytes(UTF_8), UTF_8);
        byte[] file = Pkcs12.of(encodable, PRIVATE, CHAIN).encode(Passphrase.of(secret), Pkcs12Profile.LEGACY_WINDOWS);
        for (byte[] each : List.of(file, BerSamples.indefinite(file, 8))) {
            Pkcs12 read = Pkcs12.decode(each, Passphrase.of(secret));
            assertEquals(CHAIN, read.keys().get(0).certificates());
            assertEquals(encodable, read.keys().get(0).name());
        }
    }

    @Property(tries = 30)
    void trustStoresKeepTheirEntriesInOrder(@ForAll("certificates") List<X509Certificate> certificates)
            throws Exception {
        Pkcs12 store = Pkcs12.empty();
        for (X509Certificate each : certificates) {
            store = store.and(new Pkcs12.CertificateEntry(String.valueOf(each.getSerialNumber()), each));
        }
        Passphrase secret = Passphrase.of("s");
        Pkcs12 read = Pkcs12.decode(store.encode(secret, Pkcs12Profile.JAVA8), secret);
        assertEquals(store.certificates(), read.certificates());
    }

    @Property(tries = 500)
    void berIsMadeDefiniteOrRefused(@ForAll byte[] bytes) {
        try {
            Ber.toDefinite(bytes, 32);
        } catch (DerException e) {
            assertTrue(!e.getMessage().isEmpty());
        }
    }
}
