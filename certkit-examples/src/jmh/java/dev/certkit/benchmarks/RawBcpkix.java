package dev.certkit.benchmarks;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** The same certificate and request as its users write them today. */
final class RawBcpkix {
    private static final X500Name SUBJECT = new X500Name("C=FR,O=Acme,CN=printer-7");

    private final KeyPair keys;
    private final String algorithm;
    private final Provider provider;
    private final SecureRandom random = new SecureRandom();

    /** Over a provider instance, or over the registered ones if it is null. */
    RawBcpkix(KeyPair keys, String algorithm, Provider provider) {
        this.keys = keys;
        this.algorithm = algorithm;
        this.provider = provider;
    }

    private ContentSigner signer() throws Exception {
        JcaContentSignerBuilder builder = new JcaContentSignerBuilder(algorithm);
        return (provider == null ? builder : builder.setProvider(provider)).build(keys.getPrivate());
    }

    private static GeneralNames names() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "printer-7.local"), new GeneralName(GeneralName.iPAddress, "192.0.2.7")
        });
    }

    Object selfSigned() throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                SUBJECT,
                new BigInteger(126, random),
                Date.from(now),
                Date.from(now.plus(Duration.ofDays(397))),
                SUBJECT,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, names());
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    }

    Object request() throws Exception {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, names());
        return new JcaPKCS10CertificationRequestBuilder(SUBJECT, keys.getPublic())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                .build(signer());
    }
}
