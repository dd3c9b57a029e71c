package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PrivateKeys;
import dev.certkit.internal.der.Der;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which old keys are refused, by what name, and which a caller may allow. */
class LegacyKeysTest {
    private static final CryptoProviders STANDARD = CryptoProviders.standard();
    private static final CryptoProviders LEGACY = STANDARD.acceptingLegacyKeys();

    private static void refusedAs(String rule, Executable decoding) {
        String message = assertThrows(InvalidKeySpecException.class, decoding).getMessage();
        assertTrue(message.endsWith("[" + rule + "]"), message);
        assertTrue(message.contains(";"), message);
    }

    private static void assertBelongTogether(KeyPair expected, PrivateKey read) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(expected.getPublic());
        byte[] data = "data".getBytes(StandardCharsets.US_ASCII);
        assertTrue(STANDARD.verify(algorithm, expected.getPublic(), data, STANDARD.sign(algorithm, read, data)));
    }

    @Nested
    class Rsa {
        @ParameterizedTest
        @CsvSource({"1024,rsa-legacy-length", "2040,rsa-legacy-length", "1016,rsa-length"})
        void aShortKeyIsRefused(int bits, String rule) {
            KeyPair pair = SampleKeys.rsa(bits);
            refusedAs(rule, () -> STANDARD.publicKey(pair.getPublic().getEncoded()));
            refusedAs(rule, () -> STANDARD.privateKey(pair.getPrivate().getEncoded()));
        }

        @ParameterizedTest
        @ValueSource(ints = {1024, 2040})
        void aShortKeyCanBeAllowed(int bits) throws Exception {
            KeyPair pair = SampleKeys.rsa(bits);
            assertArrayEquals(
                    pair.getPublic().getEncoded(),
                    LEGACY.publicKey(pair.getPublic().getEncoded()).getEncoded());
            assertBelongTogether(pair, LEGACY.privateKey(pair.getPrivate().getEncoded()));
        }

        @ParameterizedTest
        @ValueSource(ints = {512, 1016})
        void aVeryShortKeyCannotBeAllowed(int bits) {
            KeyPair pair = SampleKeys.rsa(bits);
            refusedAs("rsa-length", () -> LEGACY.publicKey(pair.getPublic().getEncoded()));
            refusedAs("rsa-length", () -> LEGACY.privateKey(pair.getPrivate().getEncoded()));
        }

        @Test
        void anEndlessPrivateKeyIsRefusedBeforeAProviderSeesIt() {
            BigInteger number = BigInteger.ONE.shiftLeft(100_000).setBit(0);
            byte[] key = rsaPrivate(number, BigInteger.valueOf(65537));
            refusedAs("rsa-length", () -> STANDARD.privateKey(key));
            refusedAs("rsa-length", () -> LEGACY.privateKey(key));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-3", "0", "1", "2", "65536", "36893488147419103231"})
        void aBadExponentIsRefusedInAPrivateKeyAlsoIfLegacyKeysAreAllowed(String exponent) {
            byte[] key = rsaPrivate(BigInteger.ONE.shiftLeft(2047).setBit(0), new BigInteger(exponent));
            refusedAs("rsa-exponent", () -> STANDARD.privateKey(key));
            refusedAs("rsa-exponent", () -> LEGACY.privateKey(key));
        }

        private byte[] rsaPrivate(BigInteger modulus, BigInteger exponent) {
            return Der.sequence(
                    Der.integer(0),
                    Der.sequence(Der.oid(SubjectKey.RSA_OID), Der.nullValue()),
                    Der.octetString(
                            Der.sequence(Der.integer(0), Der.integer(modulus), Der.integer(exponent), Der.integer(3))));
        }
    }

    @Nested
    class ExplicitParameters {
        private X9ECParameters parameters(KeyType type, boolean compressed) {
            X9ECParameters named = CustomNamedCurves.getByName(type.name().replace("EC_P", "P-"));
            return new X9ECParameters(
                    named.getCurve(), new X9ECPoint(named.getG(), compressed), named.getN(), named.getH());
        }

        private byte[] publicKey(KeyType type, ASN1Encodable parameters) throws IOException {
            byte[] spki = SampleKeys.of(type).getPublic().getEncoded();
            return new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters),
                            SubjectPublicKeyInfo.getInstance(spki)
                                    .getPublicKeyData()
                                    .getOctets())
                    .getEncoded("DER");
        }

        private byte[] privateKey(KeyType type, ASN1Encodable parameters) throws IOException {
            byte[] pkcs8 = SampleKeys.of(type).getPrivate().getEncoded();
            return new PrivateKeyInfo(
                            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters),
                            PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey())
                    .getEncoded("DER");
        }

        @ParameterizedTest
        @EnumSource(names = {"EC_P256", "EC_P384", "EC_P521"})
        void areRefused(KeyType type) throws Exception {
            byte[] spki = publicKey(type, parameters(type, false));
            byte[] pkcs8 = privateKey(type, parameters(type, false));
            refusedAs("explicit-curve", () -> STANDARD.publicKey(spki));
            refusedAs("explicit-curve", () -> STANDARD.privateKey(pkcs8));
        }

        @ParameterizedTest
        @EnumSource(names = {"EC_P256", "EC_P384", "EC_P521"})
        void ofANamedCurveCanBeAllowedAndBecomeTheName(KeyType type) throws Exception {
            KeyPair pair = SampleKeys.of(type);
            for (boolean compressed : new boolean[] {false, true}) {
                byte[] spki = publicKey(type, parameters(type, compressed));
                assertArrayEquals(
                        pair.getPublic().getEncoded(), LEGACY.publicKey(spki).getEncoded());
                PrivateKey read = LEGACY.privateKey(privateKey(type, parameters(type, compressed)));
                assertBelongTogether(pair, read);
                assertBelongTogether(pair, STANDARD.privateKey(read.getEncoded()));
            }
        }

        /** CVE-2020-0601: whoever chooses the base point knows a private key for any public one. */
        @Test
        void withAnotherBasePointAreRefusedAlways() throws Exception {
            X9ECParameters p256 = CustomNamedCurves.getByName("P-256");
            X9ECParameters forged = new X9ECParameters(
                    p256.getCurve(), new X9ECPoint(p256.getG().twice().normalize(), false), p256.getN(), p256.getH());
            byte[] spki = publicKey(KeyType.EC_P256, forged);
            byte[] pkcs8 = privateKey(KeyType.EC_P256, forged);
            refusedAs("unknown-curve", () -> LEGACY.publicKey(spki));
            refusedAs("unknown-curve", () -> LEGACY.privateKey(pkcs8));
        }

        @Test
        void withAnotherOrderOrCofactorAreRefusedAlways() throws Exception {
            X9ECParameters p256 = CustomNamedCurves.getByName("P-256");
            X9ECPoint base = new X9ECPoint(p256.getG(), false);
            X9ECParameters otherOrder =
                    new X9ECParameters(p256.getCurve(), base, p256.getN().subtract(BigInteger.TWO), p256.getH());
            X9ECParameters otherCofactor = new X9ECParameters(p256.getCurve(), base, p256.getN(), BigInteger.TWO);
            for (X9ECParameters forged : new X9ECParameters[] {otherOrder, otherCofactor}) {
                byte[] spki = publicKey(KeyType.EC_P256, forged);
                refusedAs("unknown-curve", () -> LEGACY.publicKey(spki));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"secp256k1", "sect283r1", "brainpoolP256r1"})
        void ofAnotherCurveAreRefusedAlways(String curve) throws Exception {
            byte[] spki = publicKey(KeyType.EC_P256, org.bouncycastle.asn1.x9.ECNamedCurveTable.getByName(curve));
            refusedAs("explicit-curve", () -> STANDARD.publicKey(spki));
            refusedAs("unknown-curve", () -> LEGACY.publicKey(spki));
        }

        @Test
        void thatAreInheritedFromTheIssuerAreRefusedAlways() throws Exception {
            byte[] spki = publicKey(KeyType.EC_P256, org.bouncycastle.asn1.DERNull.INSTANCE);
            refusedAs("explicit-curve", () -> STANDARD.publicKey(spki));
            refusedAs("explicit-curve", () -> LEGACY.publicKey(spki));
        }

        @Test
        void thatAreGarbageAreNoOtherException() {
            for (byte[] garbage : new byte[][] {
                Der.sequence(), Der.sequence(Der.integer(1)), Der.sequence(Der.integer(1), Der.sequence())
            }) {
                byte[] spki =
                        Der.sequence(Der.sequence(Der.oid(SubjectKey.EC_OID), garbage), Der.bitString(new byte[65]));
                assertThrows(InvalidKeySpecException.class, () -> LEGACY.publicKey(spki));
                byte[] pkcs8 = Der.sequence(
                        Der.integer(0), Der.sequence(Der.oid(SubjectKey.EC_OID), garbage), Der.octetString(spki));
                assertThrows(InvalidKeySpecException.class, () -> LEGACY.privateKey(pkcs8));
            }
        }
    }

    @Nested
    class OtherKinds {
        @Test
        void dsaIsRefusedByName() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            for (CryptoProviders providers : new CryptoProviders[] {STANDARD, LEGACY}) {
                refusedAs("dsa", () -> providers.publicKey(pair.getPublic().getEncoded()));
                refusedAs("dsa", () -> providers.privateKey(pair.getPrivate().getEncoded()));
            }
        }

        @Test
        void anUnknownCurveIsRefusedByItsIdentifier() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec("secp256k1"));
            KeyPair pair = generator.generateKeyPair();
            for (CryptoProviders providers : new CryptoProviders[] {STANDARD, LEGACY}) {
                refusedAs(
                        "unknown-curve",
                        () -> providers.publicKey(pair.getPublic().getEncoded()));
                refusedAs(
                        "unknown-curve",
                        () -> providers.privateKey(pair.getPrivate().getEncoded()));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"X25519", "DH"})
        void aKeyThatCannotSignIsRefused(String algorithm) throws Exception {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            refusedAs(
                    "unknown-algorithm", () -> LEGACY.publicKey(pair.getPublic().getEncoded()));
            refusedAs(
                    "unknown-algorithm",
                    () -> LEGACY.privateKey(pair.getPrivate().getEncoded()));
        }
    }

    @Nested
    class InFiles {
        @Test
        void aPrivateKeyInAFileIsRefusedByTheSameName() {
            String pem = PrivateKeys.toUnencryptedPem(SampleKeys.rsa(1024).getPrivate());
            String message = assertThrows(MalformedEncodingException.class, () -> PrivateKeys.parse(pem))
                    .getMessage();
            assertTrue(message.contains("1024 bits") && message.contains("[rsa-legacy-length]"), message);
        }

        @Test
        void aFileIsReadIfLegacyKeysAreAllowed() throws Exception {
            KeyPair pair = SampleKeys.rsa(1024);
            byte[] pem = PrivateKeys.toUnencryptedPem(pair.getPrivate()).getBytes(StandardCharsets.US_ASCII);
            DecodingLimits legacy =
                    DecodingLimits.standard().acceptingLegacyKeys().maxItems(3);
            assertBelongTogether(pair, PrivateKeys.decode(pem, null, legacy));
        }

        @Test
        void aCertificateWithExplicitParametersIsRefusedByTheSameName(@TempDir Path directory) {
            Peer openssl = Peer.require("openssl");
            String key = openssl.run(directory, "ecparam", "-name", "prime256v1", "-param_enc", "explicit", "-genkey")
                    .succeeded()
                    .out();
            String certificate = openssl.reading(key.getBytes(StandardCharsets.US_ASCII))
                    .run(directory, "req", "-x509", "-new", "-key", "/dev/stdin", "-subj", "/CN=explicit")
                    .succeeded()
                    .out();
            String message = assertThrows(MalformedEncodingException.class, () -> Certificates.parse(certificate))
                    .getMessage();
            assertTrue(message.endsWith("[explicit-curve]"), message);
            String ofKey = assertThrows(MalformedEncodingException.class, () -> PrivateKeys.parse(key))
                    .getMessage();
            assertTrue(ofKey.endsWith("[explicit-curve]"), ofKey);
        }

        @Test
        void theKeyInOldOpenSslFormIsReadIfLegacyKeysAreAllowed(@TempDir Path directory) throws Exception {
            Peer openssl = Peer.require("openssl");
            byte[] key = openssl.run(directory, "ecparam", "-name", "secp384r1", "-param_enc", "explicit", "-genkey")
                    .succeeded()
                    .outBytes();
            String named = openssl.reading(key)
                    .run(directory, "pkey", "-pubout", "-ec_param_enc", "named_curve")
                    .succeeded()
                    .out();
            PublicKey expected =
                    STANDARD.publicKey(Base64.getMimeDecoder().decode(named.replaceAll("-----.*-----", "")));
            PrivateKey read =
                    PrivateKeys.decode(key, null, DecodingLimits.standard().acceptingLegacyKeys());
            assertBelongTogether(new KeyPair(expected, read), read);
        }

        @Test
        void theStandardIsNotChangedByAllowing() {
            assertFalse(LEGACY == STANDARD);
            refusedAs(
                    "rsa-legacy-length",
                    () -> STANDARD.publicKey(SampleKeys.rsa(1024).getPublic().getEncoded()));
        }

        @Test
        void allowingIsKeptByTheOtherChoices() throws Exception {
            byte[] spki = SampleKeys.rsa(1024).getPublic().getEncoded();
            CryptoProviders chosen = LEGACY.random(STANDARD.random()).using(new BouncyCastleProvider());
            assertEquals("RSA", chosen.publicKey(spki).getAlgorithm());
        }
    }

    @Test
    void theExponentThreeIsNoLegacy() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new java.security.spec.RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3)));
        KeyPair pair = generator.generateKeyPair();
        assertBelongTogether(pair, STANDARD.privateKey(pair.getPrivate().getEncoded()));
    }

    @Test
    void aPrivateKeyWithoutExponentIsRefusedAsBad() throws Exception {
        RSAPrivateCrtKey usual =
                (RSAPrivateCrtKey) SampleKeys.of(KeyType.RSA_2048).getPrivate();
        PrivateKey changed = KeyFactory.getInstance("RSA", new BouncyCastleProvider())
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        usual.getModulus(),
                        BigInteger.ONE,
                        usual.getPrivateExponent(),
                        usual.getPrimeP(),
                        usual.getPrimeQ(),
                        usual.getPrimeExponentP(),
                        usual.getPrimeExponentQ(),
                        usual.getCrtCoefficient()));
        refusedAs("rsa-exponent", () -> STANDARD.privateKey(changed.getEncoded()));
    }
}
