package dev.certkit.trust;

import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which usages of a key go with a purpose: one of them must be there (RFC 5280, 4.2.1.12). */
final class PurposeUsages {
    private static final Set<KeyUsage> SIGNING = Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CONTENT_COMMITMENT);
    private static final Set<KeyUsage> TLS_SERVER =
            Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.KEY_AGREEMENT);

    private static final Map<ExtendedKeyUsage, Set<KeyUsage>> USAGES = Map.of(
            ExtendedKeyUsage.SERVER_AUTH,
            TLS_SERVER,
            ExtendedKeyUsage.CLIENT_AUTH,
            Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT),
            ExtendedKeyUsage.CODE_SIGNING,
            Set.of(KeyUsage.DIGITAL_SIGNATURE),
            ExtendedKeyUsage.EMAIL_PROTECTION,
            Set.of(
                    KeyUsage.DIGITAL_SIGNATURE,
                    KeyUsage.CONTENT_COMMITMENT,
                    KeyUsage.KEY_ENCIPHERMENT,
                    KeyUsage.KEY_AGREEMENT),
            ExtendedKeyUsage.TIME_STAMPING,
            SIGNING,
            ExtendedKeyUsage.OCSP_SIGNING,
            SIGNING,
            // RFC 4945, 5.1.3.2
            ExtendedKeyUsage.IPSEC_IKE,
            SIGNING,
            // Either end of TLS inside EAP (RFC 4334, 2; RFC 5216, 5.3)
            ExtendedKeyUsage.EAP_OVER_LAN,
            TLS_SERVER,
            ExtendedKeyUsage.EAP_OVER_PPP,
            TLS_SERVER);

    private PurposeUsages() {}

    /** Empty if the purpose demands none. */
    static Optional<Set<KeyUsage>> of(ExtendedKeyUsage purpose) {
        return Optional.ofNullable(USAGES.get(purpose));
    }
}
