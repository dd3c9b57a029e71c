package dev.certkit.trust;

import dev.certkit.trust.NameRule.Match;

/** IP addresses against ranges, by their octets (RFC 5280, 4.2.1.10; RFC 4632). */
final class AddressRules {
    private AddressRules() {}

    /** @param range the address and its mask, 8 or 32 octets */
    static NameRule range(byte[] range) {
        int length = range.length / 2;
        if ((range.length != 8 && range.length != 32) || !isContiguous(range, length)) {
            return NameRule.UNREADABLE;
        }
        return (value, exclusion) -> value instanceof ConstrainedName.Address address
                ? Match.of(isWithin(address.ip().address(), range))
                : Match.UNKNOWN;
    }

    private static boolean isWithin(byte[] address, byte[] range) {
        if (2 * address.length != range.length) {
            return false;
        }
        for (int i = 0; i < address.length; i++) {
            if (((address[i] ^ range[i]) & range[address.length + i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isContiguous(byte[] range, int start) {
        boolean ended = false;
        for (int bit = start * Byte.SIZE; bit < range.length * Byte.SIZE; bit++) {
            boolean set = (range[bit / Byte.SIZE] & (0x80 >>> (bit % Byte.SIZE))) != 0;
            if (set && ended) {
                return false;
            }
            ended |= !set;
        }
        return true;
    }
}
