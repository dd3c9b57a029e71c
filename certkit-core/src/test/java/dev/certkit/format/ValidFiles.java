package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.REQUEST;
import static dev.certkit.format.Samples.SECRET;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One file of each form that is read, small and with few rounds, to be damaged. */
final class ValidFiles {
    private static final PrivateKey RSA = SampleKeys.of(KeyType.RSA_2048).getPrivate();

    private ValidFiles() {}

    static List<byte[]> all() {
        try {
            List<byte[]> files = new ArrayList<>(certificates());
            files.addAll(keys());
            files.addAll(stores());
            files.addAll(texts());
            return List.copyOf(files);
        } catch (IOException | GeneralSecurityException | OperatorException e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> certificates() throws IOException, OperatorException {
        X509Certificate rich = CertifiedKey.selfSigned(
                        DistinguishedName.cn("b\u00fcro").o("Acme").c("FR"))
                .san("b.example.fr", "192.0.2.7", "2001:db8::1")
                .profile(CertificateProfile.authority().pathLength(1))
                .with(SampleKeys.of(KeyType.RSA_2048))
                .chain()
                .leaf();
        byte[] settings = Der.sequence(Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")), Der.utf8("alias"));
        return List.of(
                Samples.der(Samples.LEAF),
                Samples.der(rich),
                joined(Samples.der(Samples.LEAF), settings),
                joined(Samples.der(Samples.LEAF), Samples.der(Samples.ROOT)),
                Certificates.toPkcs7(CHAIN),
                BerSamples.indefinite(Certificates.toPkcs7(CHAIN), 4),
                REQUEST.encoded(),
                list());
    }

    private static byte[] list() throws IOException, OperatorException {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(new X500Name("CN=Root"), new Date(1_700_000_000_000L));
        for (int i = 1; i < 5; i++) {
            builder.addCRLEntry(BigInteger.valueOf(i), new Date(1_700_000_000_000L), i);
        }
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                .getEncoded();
    }

    private static List<byte[]> keys() throws IOException {
        byte[] pkcs1 = inside(RSA);
        byte[] sec1 = Der.sequence(
                Der.integer(1),
                Der.octetString(new byte[] {1, 2, 3}),
                Der.tagged(Tag.constructed(0), Der.oid("1.2.840.10045.3.1.7")));
        Pbes2.Rounds few = new Pbes2.Rounds(5, new SecureRandom());
        return List.of(
                PRIVATE.getEncoded(),
                pkcs1,
                sec1,
                SampleKeys.of(KeyType.ED25519).getPrivate().getEncoded(),
                SampleKeys.of(KeyType.ML_DSA_44).getPrivate().getEncoded(),
                Pbes2.encrypt(PRIVATE.getEncoded(), SECRET, few).asKeyInfo(),
                Pbes1.encryptLegacy(PRIVATE.getEncoded(), SECRET, few).asKeyInfo(),
                HostileSamples.scrypt(16, 8, 1),
                utf8("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
                        + "DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
                        + Base64.getMimeEncoder().encodeToString(new byte[96])
                        + "\n-----END RSA PRIVATE KEY-----\n"));
    }

    private static byte[] inside(PrivateKey key) throws IOException {
        DerReader info = DerReader.single(key.getEncoded(), Tag.SEQUENCE).children();
        info.next();
        info.next();
        return info.next().octets();
    }

    private static List<byte[]> stores() throws IOException, GeneralSecurityException {
        byte[] pkcs12 = Pkcs12.of("web \u20ac", PRIVATE, CHAIN).encode(SECRET, Pkcs12Profile.JAVA8);
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry("root", Samples.ROOT);
        store.setKeyEntry("web", PRIVATE, "correct horse".toCharArray(), CHAIN.toArray(new X509Certificate[0]));
        ByteArrayOutputStream jks = new ByteArrayOutputStream();
        store.store(jks, "correct horse".toCharArray());
        return List.of(pkcs12, BerSamples.indefinite(pkcs12, 8), jks.toByteArray());
    }

    private static List<byte[]> texts() {
        String body = Base64.getEncoder().encodeToString(Samples.der(Samples.LEAF));
        return List.of(
                utf8(CHAIN_PEM),
                utf8("Bag Attributes\n  friendlyName: x\n" + KEY_PEM + CHAIN_PEM + REQUEST.toPem()),
                (KEY_PEM + CHAIN_PEM).getBytes(UTF_16),
                utf8("{\"a\":\"" + CHAIN_PEM.replace("\n", "\\n") + "\"}"),
                utf8("<X509Certificate>" + body + "</X509Certificate>"),
                utf8("tls.crt: " + Base64.getEncoder().encodeToString(utf8(CHAIN_PEM)) + "\ntype: x\n"),
                utf8(body + "\n\n" + Base64.getMimeEncoder().encodeToString(Certificates.toPkcs7(CHAIN))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
