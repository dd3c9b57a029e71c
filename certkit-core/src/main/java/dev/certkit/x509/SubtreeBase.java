package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import java.util.Arrays;

/** Makes the bases of name constraints from what a person writes (RFC 5280, 4.2.1.10). */
final class SubtreeBase {
    private static final String RANGE = "range";

    private SubtreeBase() {}

    static byte[] dns(String domain) {
        return domain.isEmpty() ? new byte[0] : Encoding.ascii(host("domain", domain));
    }

    /** Also with a leading dot, which is the hosts below a domain. */
    static byte[] hosts(String hosts) {
        return Encoding.ascii(hosts.startsWith(".") ? "." + host("hosts", hosts.substring(1)) : host("hosts", hosts));
    }

    static byte[] email(String addresses) {
        return addresses.indexOf('@') >= 0
                ? Encoding.ascii(GeneralName.email(addresses).toString())
                : hosts(addresses);
    }

    private static String host(String argument, String text) {
        if (text.startsWith("*")) {
            throw new IllegalArgumentException(argument + ": \"" + Encoding.shown(text)
                    + "\" is a wildcard, which a constraint has not; write the domain alone (RFC 5280,"
                    + " section 4.2.1.10)");
        }
        return GeneralName.dns(text).toString();
    }

    /** The address and its mask. */
    static byte[] ip(String range) {
        int slash = range.indexOf('/');
        byte[] address = IpLiteral.parse(slash < 0 ? range : range.substring(0, slash))
                .orElseThrow(() -> bad(range, "it is no address, or address/prefix as in 192.0.2.0/24"));
        int prefix = slash < 0 ? address.length * Byte.SIZE : prefix(range, slash, address.length * Byte.SIZE);
        byte[] base = Arrays.copyOf(address, 2 * address.length);
        for (int i = 0; i < address.length; i++) {
            int bits = Math.max(0, Math.min(Byte.SIZE, prefix - i * Byte.SIZE));
            byte mask = (byte) (0xFF00 >>> bits);
            if ((address[i] & ~mask & 0xFF) != 0) {
                throw bad(range, "bits behind the prefix are set; write the first address of the range");
            }
            base[address.length + i] = mask;
        }
        return base;
    }

    private static int prefix(String range, int slash, int bits) {
        String digits = range.substring(slash + 1);
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int prefix = number ? Integer.parseInt(digits) : -1;
        if (prefix < 0 || prefix > bits) {
            throw bad(range, "its prefix is none of 0 to " + bits);
        }
        return prefix;
    }

    private static IllegalArgumentException bad(String range, String why) {
        return new IllegalArgumentException(RANGE + ": \"" + Encoding.shown(range) + "\": " + why);
    }

    /** The content without the implicit tag. */
    static byte[] content(GeneralName name) {
        try {
            return DerReader.of(name.encoded()).next().content();
        } catch (DerException e) {
            throw new IllegalStateException("a name that was encoded here is malformed", e);
        }
    }
}
