package dev.certkit.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Whether an address is one of the public network (the special-purpose registries of RFC 6890). */
final class PublicAddress {
    /** 64:ff9b::/96, under which a gateway shows IPv4 to a network that has none (RFC 6052). */
    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] octets = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(octets) : isPublic6(octets);
    }

    private static boolean isPublic4(byte[] octets) {
        int first = octets[0] & 0xFF;
        int second = octets[1] & 0xFF;
        boolean here = first == 0 || first == 127 || (first == 169 && second == 254);
        boolean ours = first == 10
                || (first == 172 && second >> 4 == 1)
                || (first == 192 && second == 168)
                || (first == 100 && second >> 6 == 1);
        boolean special = (first == 192 && second == 0 && octets[2] == 0) || (first == 198 && second >> 1 == 9);
        return !here && !ours && !special && first < 224;
    }

    private static boolean isPublic6(byte[] octets) {
        if (Arrays.equals(octets, 0, TRANSLATED.length, TRANSLATED, 0, TRANSLATED.length)) {
            return isPublic4(Arrays.copyOfRange(octets, TRANSLATED.length, octets.length));
        }
        int first = (octets[0] & 0xFF) << 8 | octets[1] & 0xFF;
        int second = (octets[2] & 0xFF) << 8 | octets[3] & 0xFF;
        // 6to4 and Teredo carry an IPv4 address inside that nobody has looked at.
        boolean tunnel = first == 0x2002 || (first == 0x2001 && second < 0x200);
        return first >> 13 == 1 && !tunnel;
    }
}
