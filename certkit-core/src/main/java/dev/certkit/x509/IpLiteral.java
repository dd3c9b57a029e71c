package dev.certkit.x509;

import java.util.Optional;

/** Reads IP addresses in text form without ever asking a name server (RFC 4291, 2.2). */
final class IpLiteral {
    private static final int GROUPS = 8;

    private IpLiteral() {}

    static Optional<byte[]> parse(String text) {
        return text.indexOf(':') >= 0 ? v6(text) : v4(text);
    }

    private static Optional<byte[]> v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int octet = number(parts[i], 3, 10);
            // No leading zeros: some readers take them for octal.
            if (octet < 0 || octet > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
                return Optional.empty();
            }
            address[i] = (byte) octet;
        }
        return Optional.of(address);
    }

    /** A number of ASCII digits, or -1. */
    private static int number(String digits, int maxLength, int radix) {
        if (digits.isEmpty() || digits.length() > maxLength) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }

    private static Optional<byte[]> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(address -> address.length == 2 * GROUPS);
        }
        Optional<byte[]> head = groups(text.substring(0, gap));
        Optional<byte[]> tail = groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > 2 * (GROUPS - 1)) {
            return Optional.empty();
        }
        byte[] address = new byte[2 * GROUPS];
        System.arraycopy(head.get(), 0, address, 0, head.get().length);
        System.arraycopy(tail.get(), 0, address, address.length - tail.get().length, tail.get().length);
        return Optional.of(address);
    }

    /** Groups of hexadecimal digits, the last two perhaps as an IPv4 address. */
    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        byte[] last = v4(parts[parts.length - 1]).orElse(new byte[0]);
        int hexGroups = last.length == 0 ? parts.length : parts.length - 1;
        if (hexGroups > GROUPS) {
            return Optional.empty();
        }
        byte[] address = new byte[2 * hexGroups + last.length];
        for (int i = 0; i < hexGroups; i++) {
            int group = number(parts[i], 4, 16);
            if (group < 0) {
                return Optional.empty();
            }
            address[2 * i] = (byte) (group >>> 8);
            address[2 * i + 1] = (byte) group;
        }
        System.arraycopy(last, 0, address, 2 * hexGroups, last.length);
        return Optional.of(address);
    }
}
