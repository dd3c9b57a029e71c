package dev.certkit.identity;

import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Tag("W2")
class CertificateDetailsProperties {
    private static final byte[] SOUND = sound();

    private static byte[] sound() {
        try {
            return CertifiedKey.selfSigned(
                            DistinguishedName.cn("printer-7").o("Acme").c("FR"))
                    .san("printer-7.local", "192.0.2.7")
                    .profile(CertificateProfile.authority().pathLength(1))
                    .with(SampleKeys.of(KeyType.RSA_2048))
                    .chain()
                    .leaf()
                    .getEncoded();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 3000)
    boolean whateverIsDamagedTheDetailsCanBeShown(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 10_000) Integer> places, @ForAll byte value) {
        byte[] damaged = SOUND.clone();
        places.forEach(at -> damaged[at % damaged.length] = value);
        Optional<EncodedCertificate> certificate = decoded(damaged);
        Assume.that(certificate.isPresent());

        CertificateDetails details = CertificateDetails.of(certificate.get());

        return details.toText().chars().allMatch(c -> c == '\n' || !Character.isISOControl(c))
                && details.toText().contains("SHA-256:");
    }

    private static Optional<EncodedCertificate> decoded(byte[] der) {
        try {
            return Optional.of(EncodedCertificate.decode(der));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
