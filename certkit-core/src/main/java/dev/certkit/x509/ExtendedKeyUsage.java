package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import java.util.Map;

/**
 * A purpose of a key (RFC 5280, section 4.2.1.12).
 *
 * @param oid the object identifier in dotted form
 */
public record ExtendedKeyUsage(String oid) {
    /** TLS server authentication. */
    public static final ExtendedKeyUsage SERVER_AUTH = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.1");
    /** TLS client authentication. */
    public static final ExtendedKeyUsage CLIENT_AUTH = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.2");
    /** Signing code. */
    public static final ExtendedKeyUsage CODE_SIGNING = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.3");
    /** E-mail protection. */
    public static final ExtendedKeyUsage EMAIL_PROTECTION = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.4");
    /** Time stamping. */
    public static final ExtendedKeyUsage TIME_STAMPING = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.8");
    /** Signing OCSP answers. */
    public static final ExtendedKeyUsage OCSP_SIGNING = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.9");
    /** EAP over a point-to-point link (RFC 4334). */
    public static final ExtendedKeyUsage EAP_OVER_PPP = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.13");
    /** EAP over a LAN, IEEE 802.1X (RFC 4334). */
    public static final ExtendedKeyUsage EAP_OVER_LAN = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.14");
    /** IPsec Internet Key Exchange (RFC 4945). */
    public static final ExtendedKeyUsage IPSEC_IKE = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.17");

    /** Registration authority, a server that speaks for an authority (id-kp-cmcRA, RFC 6402, section 2.10). */
    public static final ExtendedKeyUsage REGISTRATION_AUTHORITY = new ExtendedKeyUsage("1.3.6.1.5.5.7.3.28");

    private static final Map<String, String> RFC_NAMES = Map.ofEntries(
            Map.entry(SERVER_AUTH.oid, "serverAuth"),
            Map.entry(CLIENT_AUTH.oid, "clientAuth"),
            Map.entry(CODE_SIGNING.oid, "codeSigning"),
            Map.entry(EMAIL_PROTECTION.oid, "emailProtection"),
            Map.entry(TIME_STAMPING.oid, "timeStamping"),
            Map.entry(OCSP_SIGNING.oid, "OCSPSigning"),
            Map.entry(EAP_OVER_PPP.oid, "eapOverPPP"),
            Map.entry(EAP_OVER_LAN.oid, "eapOverLAN"),
            Map.entry(IPSEC_IKE.oid, "ipsecIKE"),
            Map.entry(REGISTRATION_AUTHORITY.oid, "cmcRA"));

    /** Checks the syntax of the object identifier. */
    public ExtendedKeyUsage {
        if (!Der.isOid(oid)) {
            throw new IllegalArgumentException("oid: \"" + Encoding.shown(oid) + "\" is no dotted object identifier");
        }
    }

    /** The name in its RFC, for example {@code serverAuth}, or the object identifier if it has none here. */
    public String rfcName() {
        return RFC_NAMES.getOrDefault(oid, oid);
    }

    /**
     * Reads what {@link #rfcName()} gives.
     *
     * @throws IllegalArgumentException if it is neither a name that is known here nor an object identifier
     */
    static ExtendedKeyUsage named(String rfcName) {
        return RFC_NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(rfcName))
                .findFirst()
                .map(entry -> new ExtendedKeyUsage(entry.getKey()))
                .orElseGet(() -> new ExtendedKeyUsage(rfcName));
    }
}
