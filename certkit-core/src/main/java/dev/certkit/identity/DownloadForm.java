package dev.certkit.identity;

import dev.certkit.format.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * In what form a certificate is handed to a person: text or binary, alone or with its chain.
 *
 * <p>None holds a key; {@link CertifiedKey#toPkcs12} makes the file that does. Immutable and thread safe.
 */
public enum DownloadForm {
    /** The certificate alone as PEM text, also for copying (RFC 7468, section 5). */
    PEM(".pem", "application/x-pem-file") {
        @Override
        public byte[] encode(CertificateChain chain) {
            return ascii(Certificates.toPem(chain.leaf()));
        }
    },
    /** The whole chain as PEM text, leaf first (RFC 8555, section 9.1). */
    PEM_CHAIN(".pem", "application/pem-certificate-chain") {
        @Override
        public byte[] encode(CertificateChain chain) {
            return ascii(chain.toPem());
        }
    },
    /** The certificate alone in DER (RFC 2585, section 3). */
    DER(".cer", "application/pkix-cert") {
        @Override
        public byte[] encode(CertificateChain chain) {
            return der(chain.leaf());
        }
    },
    /** The whole chain in DER, as a PKCS#7 bag, which has no order (RFC 8551, section 3.2). */
    PKCS7(".p7b", "application/pkcs7-mime; smime-type=certs-only") {
        @Override
        public byte[] encode(CertificateChain chain) {
            return Certificates.toPkcs7(chain.certificates());
        }
    };

    private final String fileExtension;
    private final String mediaType;

    DownloadForm(String fileExtension, String mediaType) {
        this.fileExtension = fileExtension;
        this.mediaType = mediaType;
    }

    /**
     * The octets of the file.
     *
     * @param chain not null
     */
    public abstract byte[] encode(CertificateChain chain);

    /** What a file's name ends with, for example {@code .pem}. */
    public String fileExtension() {
        return fileExtension;
    }

    /** The media type to serve it with. */
    public String mediaType() {
        return mediaType;
    }

    private static byte[] ascii(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("chain: its certificate cannot be encoded", e);
        }
    }
}
