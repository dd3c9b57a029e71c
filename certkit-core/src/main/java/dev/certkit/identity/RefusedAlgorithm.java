package dev.certkit.identity;

import java.util.Map;

/** Says in words which signature algorithm is not accepted. */
final class RefusedAlgorithm {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.2", "MD2 and RSA"),
            Map.entry("1.2.840.113549.1.1.3", "MD4 and RSA"),
            Map.entry("1.2.840.113549.1.1.4", "MD5 and RSA"),
            Map.entry("1.2.840.113549.1.1.5", "SHA-1 and RSA"),
            Map.entry("1.2.840.113549.1.1.10", "RSASSA-PSS"),
            Map.entry("1.2.840.113549.1.1.14", "SHA-224 and RSA"),
            Map.entry("1.3.14.3.2.29", "SHA-1 and RSA"),
            Map.entry("1.2.840.10045.4.1", "SHA-1 and ECDSA"),
            Map.entry("1.2.840.10045.4.3.1", "SHA-224 and ECDSA"),
            Map.entry("1.2.840.10040.4.3", "SHA-1 and DSA"),
            Map.entry("2.16.840.1.101.3.4.3.2", "SHA-256 and DSA"));

    private RefusedAlgorithm() {}

    static String reason(String oid) {
        String name = NAMES.get(oid);
        return "it is signed with " + (name == null ? "the algorithm " + oid : name + " (" + oid + ")")
                + ", which is not accepted; make it again with SHA-256 or better"
                + ("RSASSA-PSS".equals(name) ? " and PKCS#1 v1.5" : "");
    }
}
