package dev.certkit.trust;

import java.util.List;
import java.util.Optional;

/** How much is looked at, before any of it is. */
final class Bounds {
    private static final int CERTIFICATES = 64;
    private static final int CERTIFICATE_OCTETS = 64 << 10;
    private static final int ALL_OCTETS = 512 << 10;

    private Bounds() {}

    static Optional<TrustReason> excess(List<byte[]> encoded) {
        if (encoded.size() > CERTIFICATES) {
            return exceeded("certificates presented", CERTIFICATES);
        }
        int total = 0;
        for (byte[] each : encoded) {
            if (each.length > CERTIFICATE_OCTETS) {
                return exceeded("octets of a certificate", CERTIFICATE_OCTETS);
            }
            total += each.length;
        }
        return total > ALL_OCTETS ? exceeded("octets presented", ALL_OCTETS) : Optional.empty();
    }

    private static Optional<TrustReason> exceeded(String limit, int value) {
        return Optional.of(new TrustReason.LimitExceeded(0, limit, value));
    }
}
