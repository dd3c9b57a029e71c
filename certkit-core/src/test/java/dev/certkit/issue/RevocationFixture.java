package dev.certkit.issue;

import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.security.cert.X509CRLEntry;
import java.time.Duration;

/** An authority with certificates to revoke. */
abstract class RevocationFixture extends AuthorityFixture {
    static final Duration WEEK = Duration.ofDays(7);

    SerialNumber issue() throws IOException {
        return new SerialNumber(leaf(authority.issue(request())).getSerialNumber());
    }

    SerialNumber revoked(RevocationReason reason) throws IOException {
        SerialNumber serial = issue();
        authority.revocations().revoke(serial, reason);
        return serial;
    }

    RevocationList crl() throws IOException {
        return authority.revocations().crl(WEEK);
    }

    RevocationList delta(RevocationList base) throws IOException {
        return authority.revocations().deltaCrl(base.number(), Duration.ofHours(1));
    }

    static X509CRLEntry entry(RevocationList list, SerialNumber serial) {
        return list.toX509Crl().getRevokedCertificate(serial.value());
    }
}
