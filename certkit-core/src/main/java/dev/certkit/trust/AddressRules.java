package dev.certkit.trust;

import dev.certkit.trust.NameRules.Match;

/** IP addresses against ranges, by their octets (RFC 5280, 4.2.1.10; RFC 4632). */
final class AddressRules {
    private AddressRules() {}

    /** @param range the address and its mask, 8 or 32 octets */
    static Match within(byte[] address, byte[] range) {
        int length = range.length / 2;
        if ((range.length != 8 && range.length != 32) || !isContiguous(range, length)) {
            return Match.UNKNOWN;
        }
        if (address.length != length) {
            return Match.NO;
        }
        boolean same = true;
        for (int i = 0; i < length; i++) {
            same &= ((address[i] ^ range[i]) & range[length + i]) == 0;
        }
        return Match.of(same);
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
