package dev.certkit.samples;

import dev.certkit.key.KeyType;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One key pair of each type, and a second where a test needs a stranger. */
public final class SampleKeys {
    private static final Map<KeyType, KeyPair> FIRST = new ConcurrentHashMap<>();
    private static final Map<KeyType, KeyPair> SECOND = new ConcurrentHashMap<>();

    private SampleKeys() {}

    /** The same pair at each call. */
    public static KeyPair of(KeyType type) {
        return FIRST.computeIfAbsent(type, KeyType::generate);
    }

    /** Another pair of the same type. */
    public static KeyPair otherOf(KeyType type) {
        return SECOND.computeIfAbsent(type, KeyType::generate);
    }

    /** An RSA pair of a length that certkit does not make. */
    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A key of which nothing can be seen, as those in a token. */
    public static PrivateKey inToken(String algorithm) {
        return new PrivateKey() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getAlgorithm() {
                return algorithm;
            }

            @Override
            public String getFormat() {
                return null;
            }

            @Override
            public byte[] getEncoded() {
                return null;
            }
        };
    }

    /** A pair as the JDK makes it, by no provider of ours. */
    public static KeyPair ofJdk(KeyType type) {
        try {
            KeyPair pair = of(type);
            String algorithm =
                    type.name().startsWith("EC") ? "EC" : pair.getPublic().getAlgorithm();
            String name = algorithm.equals("EdDSA") ? type.name() : algorithm;
            KeyFactory jdk = KeyFactory.getInstance(name);
            PublicKey publicKey =
                    jdk.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
            PrivateKey privateKey = jdk.generatePrivate(
                    new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
            return new KeyPair(publicKey, privateKey);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The types that OpenSSL 3.0, GnuTLS 3.7 and JDK 17 know, too. */
    public static Stream<KeyType> classical() {
        return Arrays.stream(KeyType.values()).filter(type -> !isMlDsa(type));
    }

    /** Whether the key type is of ML-DSA, which few programs know. */
    public static boolean isMlDsa(KeyType type) {
        return type.name().startsWith("ML_DSA");
    }

    /** The same certificate, parsed by the JDK from its DER. */
    public static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
