package dev.certkit.trust;

import java.util.Map;

/** What people call the algorithms that are not accepted any more. */
final class AlgorithmName {
    private static final Map<String, String> NAMES = Map.of(
            "1.2.840.113549.1.1.2", "MD2 and RSA",
            "1.2.840.113549.1.1.4", "MD5 and RSA",
            "1.2.840.113549.1.1.5", "SHA-1 and RSA",
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.2.840.10040.4.3", "SHA-1 and DSA",
            "1.2.840.10045.4.1", "SHA-1 and ECDSA");

    private AlgorithmName() {}

    static String of(String oid) {
        return NAMES.getOrDefault(oid, "the algorithm " + oid);
    }
}
