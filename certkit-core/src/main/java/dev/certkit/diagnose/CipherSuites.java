package dev.certkit.diagnose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The cipher suites that a greeting offers, by their numbers in the registry of IANA. */
final class CipherSuites {
    private static final String TABLE = """
            1301 TLS_AES_128_GCM_SHA256
            1302 TLS_AES_256_GCM_SHA384
            1303 TLS_CHACHA20_POLY1305_SHA256
            1304 TLS_AES_128_CCM_SHA256
            1305 TLS_AES_128_CCM_8_SHA256
            C02B TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
            C02F TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
            C02C TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
            C030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
            CCA9 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            CCA8 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
            C0AC TLS_ECDHE_ECDSA_WITH_AES_128_CCM
            C0AD TLS_ECDHE_ECDSA_WITH_AES_256_CCM
            009E TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
            009F TLS_DHE_RSA_WITH_AES_256_GCM_SHA384
            CCAA TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
            C023 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
            C024 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
            C027 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
            C028 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
            C009 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
            C00A TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
            C013 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
            C014 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
            0067 TLS_DHE_RSA_WITH_AES_128_CBC_SHA256
            006B TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
            0033 TLS_DHE_RSA_WITH_AES_128_CBC_SHA
            0039 TLS_DHE_RSA_WITH_AES_256_CBC_SHA
            009C TLS_RSA_WITH_AES_128_GCM_SHA256
            009D TLS_RSA_WITH_AES_256_GCM_SHA384
            003C TLS_RSA_WITH_AES_128_CBC_SHA256
            003D TLS_RSA_WITH_AES_256_CBC_SHA256
            002F TLS_RSA_WITH_AES_128_CBC_SHA
            0035 TLS_RSA_WITH_AES_256_CBC_SHA
            0041 TLS_RSA_WITH_CAMELLIA_128_CBC_SHA
            0084 TLS_RSA_WITH_CAMELLIA_256_CBC_SHA
            0032 TLS_DHE_DSS_WITH_AES_128_CBC_SHA
            0038 TLS_DHE_DSS_WITH_AES_256_CBC_SHA
            C008 TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA
            C012 TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA
            0016 TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA
            000A TLS_RSA_WITH_3DES_EDE_CBC_SHA
            C007 TLS_ECDHE_ECDSA_WITH_RC4_128_SHA
            C011 TLS_ECDHE_RSA_WITH_RC4_128_SHA
            0005 TLS_RSA_WITH_RC4_128_SHA
            0004 TLS_RSA_WITH_RC4_128_MD5
            0015 TLS_DHE_RSA_WITH_DES_CBC_SHA
            0009 TLS_RSA_WITH_DES_CBC_SHA
            0014 TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA
            0008 TLS_RSA_EXPORT_WITH_DES40_CBC_SHA
            0006 TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5
            0003 TLS_RSA_EXPORT_WITH_RC4_40_MD5
            C019 TLS_ECDH_anon_WITH_AES_256_CBC_SHA
            C018 TLS_ECDH_anon_WITH_AES_128_CBC_SHA
            00A6 TLS_DH_anon_WITH_AES_128_GCM_SHA256
            00A7 TLS_DH_anon_WITH_AES_256_GCM_SHA384
            0034 TLS_DH_anon_WITH_AES_128_CBC_SHA
            003A TLS_DH_anon_WITH_AES_256_CBC_SHA
            001B TLS_DH_anon_WITH_3DES_EDE_CBC_SHA
            0018 TLS_DH_anon_WITH_RC4_128_MD5
            C006 TLS_ECDHE_ECDSA_WITH_NULL_SHA
            C010 TLS_ECDHE_RSA_WITH_NULL_SHA
            003B TLS_RSA_WITH_NULL_SHA256
            0002 TLS_RSA_WITH_NULL_SHA
            0001 TLS_RSA_WITH_NULL_MD5
            """;

    private static final Map<Integer, String> NAMES = names();
    private static final Pattern WEAK = Pattern.compile("_(?:NULL|EXPORT|anon|RC4|RC2|DES|DES40|3DES)_");
    private static final int FIRST_OF_1_3 = 0x1301;
    private static final int LAST_OF_1_3 = 0x1305;

    private CipherSuites() {}

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new LinkedHashMap<>();
        TABLE.lines().forEach(line -> names.put(Integer.valueOf(line.substring(0, 4), 16), line.substring(5)));
        return names;
    }

    static String name(int suite) {
        return NAMES.getOrDefault(suite, String.format("0x%04X", suite));
    }

    static boolean isWeak(String name) {
        return WEAK.matcher(name).find();
    }

    /** Whether recorded connections stay closed to whoever gets the server's key later. */
    static boolean isForwardSecret(String name) {
        return !name.startsWith("TLS_RSA_") && !name.startsWith("0x");
    }

    static List<Integer> of1_3() {
        return those(CipherSuites::is1_3);
    }

    /** The good ones first. */
    static List<Integer> before1_3() {
        return those(suite -> !is1_3(suite));
    }

    static List<Integer> weak() {
        return those(suite -> isWeak(name(suite)));
    }

    private static boolean is1_3(int suite) {
        return suite >= FIRST_OF_1_3 && suite <= LAST_OF_1_3;
    }

    private static List<Integer> those(Predicate<Integer> wanted) {
        return NAMES.keySet().stream().filter(wanted).toList();
    }
}
