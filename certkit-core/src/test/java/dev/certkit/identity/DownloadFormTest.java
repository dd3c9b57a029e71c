package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("W4")
@Tag("C3")
class DownloadFormTest {
    private final CertificateChain chain = chain();

    private static CertificateChain chain() {
        CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Test CA"))
                .profile(CertificateProfile.authority())
                .with(SampleKeys.of(KeyType.EC_P384));
        CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.cn("cam.example.fr"))
                .signedBy(SampleKeys.of(KeyType.EC_P256))
                .request();
        try {
            return ((Issuance.Certified) LocalAuthority.of(root).issue(request)).chain();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aloneItIsTheLeafInPemAndDer() throws Exception {
        assertEquals(List.of(chain.leaf()), Certificates.decode(DownloadForm.PEM.encode(chain)));
        assertArrayEquals(chain.leaf().getEncoded(), DownloadForm.DER.encode(chain));
    }

    @Test
    void withItsChainNothingIsMissing() throws IOException {
        assertEquals(2, chain.certificates().size());
        assertEquals(chain.certificates(), Certificates.decode(DownloadForm.PEM_CHAIN.encode(chain)));
        assertEquals(
                new HashSet<>(chain.certificates()),
                new HashSet<>(Certificates.decode(DownloadForm.PKCS7.encode(chain))));
    }

    @Test
    void everyFormIsReadByOpenSsl(@TempDir Path directory) {
        Peer openssl = Peer.require("openssl");
        assertTrue(text(openssl, DownloadForm.PEM, directory, "x509", "-noout", "-subject")
                .contains("cam.example.fr"));
        assertTrue(text(openssl, DownloadForm.DER, directory, "x509", "-inform", "DER", "-noout", "-subject")
                .contains("cam.example.fr"));
        assertTrue(text(openssl, DownloadForm.PKCS7, directory, "pkcs7", "-inform", "DER", "-print_certs", "-noout")
                .contains("Test CA"));
    }

    private String text(Peer openssl, DownloadForm form, Path directory, String... arguments) {
        return openssl.reading(form.encode(chain)).run(directory, arguments).out();
    }

    @Test
    void everyFormSaysWhatItIs() {
        for (DownloadForm form : DownloadForm.values()) {
            assertTrue(form.fileExtension().matches("\\.[a-z0-9]{3}"), form.fileExtension());
            assertTrue(form.mediaType().startsWith("application/"), form.mediaType());
        }
    }
}
