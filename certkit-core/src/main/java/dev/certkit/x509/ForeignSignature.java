package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;

/**
 * Signatures by algorithms and keys that certkit does not use itself, checked by the JDK.
 *
 * <p>The JDK gets the key and the octets only: its reader of certificates can be made to recurse until the stack ends.
 */
final class ForeignSignature {
    /** Longer keys are an attack by their size. */
    private static final int MAX_KEY = 2_200;

    private static final String PSS_OID = "1.2.840.113549.1.1.10";
    private static final String PSS = "RSASSA-PSS";
    private static final Map<String, String> KEY_ALGORITHMS =
            Map.of("1.2.840.113549.1.1.1", "RSA", PSS_OID, PSS, "1.2.840.10045.2.1", "EC", "1.2.840.10040.4.1", "DSA");

    private ForeignSignature() {}

    /** Whether a certificate's signature verifies under its own key. */
    static boolean verifies(EncodedCertificate certificate) {
        byte[] key = certificate.subjectPublicKeyInfo();
        try {
            Optional<String> keyAlgorithm = Optional.ofNullable(KEY_ALGORITHMS.get(algorithm(key)));
            if (keyAlgorithm.isEmpty() || key.length > MAX_KEY) {
                return false;
            }
            Signature signature = signature(certificate);
            signature.initVerify(
                    KeyFactory.getInstance(keyAlgorithm.get()).generatePublic(new X509EncodedKeySpec(key)));
            signature.update(certificate.toBeSigned());
            return signature.verify(certificate.signature());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Providers answer hostile keys and signature values with whatever exception comes to them.
            return false;
        }
    }

    private static String algorithm(byte[] spki) throws DerException {
        DerReader info = DerReader.single(spki, Tag.SEQUENCE).children();
        return info.next(Tag.SEQUENCE).children().next(Tag.OID).oid();
    }

    private static Signature signature(EncodedCertificate certificate) throws GeneralSecurityException, IOException {
        String oid = certificate.signatureAlgorithmOid();
        if (!oid.equals(PSS_OID)) {
            return Signature.getInstance(oid);
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
        parameters.init(certificate.signatureParameters());
        Signature signature = Signature.getInstance(PSS);
        signature.setParameter(parameters.getParameterSpec(PSSParameterSpec.class));
        return signature;
    }
}
