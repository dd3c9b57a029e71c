package dev.certkit.scep;

import dev.certkit.issue.FailInfo;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.issue.RevocationList;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * GetCert and GetCRL on the responder's side (RFC 8894, sections 4.5 and 4.6), for those whom the authority certified.
 *
 * <p>Strangers get neither: the names of a whole fleet would be theirs for counting. Thread safe.
 */
final class ResponderLookups {
    /** A list is made at most this often, whoever asks: each takes a number of the authority's and a signature. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final Duration VALID = Duration.ofDays(1);
    /** Clients of this protocol read messages of 256 KiB and less, and a list grows by a third on its way. */
    private static final int MAX_LIST_BYTES = 128 * 1024;

    private static final int CRL_SIGN = 6;

    private static final Decision.Refused STRANGER = new Decision.Refused(
            FailInfo.BAD_REQUEST, "Only holders of a certificate of this authority may ask; sign with that one");
    private static final Decision.Refused OTHER_ISSUER =
            new Decision.Refused(FailInfo.BAD_CERT_ID, "The certificate is named as another authority's");
    private static final Decision.Refused UNKNOWN =
            new Decision.Refused(FailInfo.BAD_CERT_ID, "This authority issued no certificate under that serial number");
    private static final Decision.Refused NO_LISTS =
            new Decision.Refused(FailInfo.BAD_REQUEST, "This authority signs no revocation lists");
    private static final Decision.Refused LONG_LIST = new Decision.Refused(
            FailInfo.BAD_REQUEST,
            "The revocation list is too long for SCEP; fetch it from the place that certificates name for it");

    private final LocalAuthority authority;
    private final Clock clock;
    private volatile Optional<RevocationList> last = Optional.empty();

    ResponderLookups(LocalAuthority authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /** Why this signer is not answered; asked before anything is opened. */
    Optional<Decision> objection(X509Certificate signer) throws IOException {
        return issued(signer.getSerialNumber()).filter(signer::equals).isPresent()
                ? Optional.empty()
                : Optional.of(STRANGER);
    }

    Decision certificate(CertificateReference asked) throws IOException {
        if (!isOurs(asked)) {
            return OTHER_ISSUER;
        }
        Optional<X509Certificate> found = issued(asked.serial());
        return found.isPresent() ? new Decision.Found(CertsOnly.encode(List.of(found.get()))) : UNKNOWN;
    }

    /** The list of all: which certificate it is about does not matter. */
    Decision revocationList(CertificateReference asked) throws IOException {
        if (!isOurs(asked)) {
            return OTHER_ISSUER;
        }
        boolean[] usages = leaf().getKeyUsage();
        if (usages != null && !usages[CRL_SIGN]) {
            return NO_LISTS;
        }
        byte[] list = fresh().encoded();
        return list.length > MAX_LIST_BYTES ? LONG_LIST : new Decision.Found(CertsOnly.encodeList(list));
    }

    private RevocationList fresh() throws IOException {
        Instant now = clock.instant();
        Optional<RevocationList> kept = keptAt(now);
        return kept.isPresent() ? kept.get() : made(now);
    }

    private Optional<RevocationList> keptAt(Instant now) {
        return last.filter(list -> !now.isBefore(list.thisUpdate())
                && now.isBefore(list.thisUpdate().plus(KEPT)));
    }

    private synchronized RevocationList made(Instant now) throws IOException {
        Optional<RevocationList> meanwhile = keptAt(now);
        RevocationList list = meanwhile.isPresent()
                ? meanwhile.get()
                : authority.revocations().crl(VALID);
        last = Optional.of(list);
        return list;
    }

    private Optional<X509Certificate> issued(BigInteger serial) throws IOException {
        Optional<SerialNumber> number = CertificateReference.serial(serial);
        return number.isPresent() ? authority.find(number.get()) : Optional.empty();
    }

    private boolean isOurs(CertificateReference asked) {
        X500Principal name = leaf().getSubjectX500Principal();
        return name.equals(asked.issuer());
    }

    private X509Certificate leaf() {
        return authority.authority().chain().leaf();
    }
}
