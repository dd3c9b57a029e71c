package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.security.spec.MGF1ParameterSpec;
import java.util.Optional;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The parameters of RSAES-OAEP (RFC 4055, section 4.1), without a label. SHA-1 is the default there, and harmless. */
final class OaepParameters {
    private OaepParameters() {}

    static OAEPParameterSpec of(AlgorithmIdentifier algorithm) throws ScepException {
        Optional<RSAESOAEPparams> sent =
                Optional.ofNullable(algorithm.getParameters()).map(RSAESOAEPparams::getInstance);
        RSAESOAEPparams parameters = sent.orElseGet(RSAESOAEPparams::new);
        AlgorithmIdentifier mask =
                AlgorithmIdentifier.getInstance(parameters.getMaskGenAlgorithm().getParameters());
        return new OAEPParameterSpec(
                digest(parameters.getHashAlgorithm()),
                "MGF1",
                new MGF1ParameterSpec(digest(mask)),
                PSource.PSpecified.DEFAULT);
    }

    private static String digest(AlgorithmIdentifier algorithm) throws ScepException {
        String oid = algorithm.getAlgorithm().getId();
        return SigningDigest.ofOid(oid)
                .map(SigningDigest::jcaName)
                .orElseThrow(() -> ScepException.of(
                        Check.ALGORITHM,
                        "The content key of the SCEP message is encrypted with RSA-OAEP and the digest " + oid
                                + ", which is not read; use SHA-256"));
    }
}
