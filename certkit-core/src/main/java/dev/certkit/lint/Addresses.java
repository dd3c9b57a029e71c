package dev.certkit.lint;

import dev.certkit.x509.GeneralName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Addresses that belong to nobody in public (the IANA registries of special-purpose addresses). */
final class Addresses {
    private static final List<Range> RESERVED = List.of(
            new Range("0.0.0.0", 8),
            new Range("10.0.0.0", 8),
            new Range("100.64.0.0", 10),
            new Range("127.0.0.0", 8),
            new Range("169.254.0.0", 16),
            new Range("172.16.0.0", 12),
            new Range("192.0.0.0", 24),
            new Range("192.0.2.0", 24),
            new Range("192.168.0.0", 16),
            new Range("198.18.0.0", 15),
            new Range("198.51.100.0", 24),
            new Range("203.0.113.0", 24),
            new Range("224.0.0.0", 3),
            new Range("::", 127),
            new Range("::ffff:0:0", 96),
            new Range("2001:db8::", 32),
            new Range("fc00::", 7),
            new Range("fe80::", 10),
            new Range("ff00::", 8));

    private Addresses() {}

    /** Addresses that begin with the same bits. */
    private static final class Range {
        private final byte[] base;
        private final int prefix;

        Range(String base, int prefix) {
            this.base = ((GeneralName.Ip) GeneralName.of(base)).address();
            this.prefix = prefix;
        }

        boolean contains(byte[] address) {
            if (address.length != base.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >>> bit % Byte.SIZE;
                if (((address[bit / Byte.SIZE] ^ base[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The octets are the characters. */
    static boolean isReserved(String address) {
        byte[] octets = address.getBytes(StandardCharsets.ISO_8859_1);
        return RESERVED.stream().anyMatch(range -> range.contains(octets));
    }

    static String text(String address) {
        return GeneralName.ip(address.getBytes(StandardCharsets.ISO_8859_1)).toString();
    }
}
