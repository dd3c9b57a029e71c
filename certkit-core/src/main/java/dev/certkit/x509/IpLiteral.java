package dev.certkit.x509;

import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;

/** Reads and writes IP addresses in text form without ever asking a name server (RFC 4291, 2.2). */
final class IpLiteral {
    private static final int LENGTH = 16;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

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
            return lastGroups(text).filter(address -> address.length == LENGTH);
        }
        Optional<byte[]> head = groups(text.substring(0, gap));
        Optional<byte[]> tail = lastGroups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > LENGTH - 2) {
            return Optional.empty();
        }
        byte[] address = Arrays.copyOf(head.get(), LENGTH);
        System.arraycopy(tail.get(), 0, address, LENGTH - tail.get().length, tail.get().length);
        return Optional.of(address);
    }

    /** Groups of hexadecimal digits, the last two perhaps as an IPv4 address. */
    private static Optional<byte[]> lastGroups(String text) {
        int last = text.lastIndexOf(':') + 1;
        Optional<byte[]> v4 = v4(text.substring(last));
        if (v4.isEmpty()) {
            return groups(text);
        }
        return groups(text.substring(0, Math.max(0, last - 1)))
                .filter(head -> last == 0 || head.length > 0)
                .map(head -> {
                    byte[] all = Arrays.copyOf(head, head.length + 4);
                    System.arraycopy(v4.get(), 0, all, head.length, 4);
                    return all;
                });
    }

    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        if (parts.length > LENGTH / 2) {
            return Optional.empty();
        }
        byte[] address = new byte[2 * parts.length];
        for (int i = 0; i < parts.length; i++) {
            int group = number(parts[i], 4, 16);
            if (group < 0) {
                return Optional.empty();
            }
            address[2 * i] = (byte) (group >>> 8);
            address[2 * i + 1] = (byte) group;
        }
        return Optional.of(address);
    }

    /** The text form of 4 or 16 octets (RFC 5952). */
    static String text(byte[] address) {
        if (address.length == 4) {
            return v4Text(address, 0);
        }
        if (Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            return "::ffff:" + v4Text(address, MAPPED.length);
        }
        int[] gap = longestGap(address);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH / 2; i++) {
            if (i == gap[0]) {
                text.append("::");
                i += gap[1] - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(address, i)));
        }
        return text.toString();
    }

    /** Start and length of the first of the longest runs of two or more zero groups; start -1 if there is none. */
    private static int[] longestGap(byte[] address) {
        int[] longest = {-1, 1};
        int run = 0;
        for (int i = 0; i < LENGTH / 2; i++) {
            run = group(address, i) == 0 ? run + 1 : 0;
            if (run > longest[1]) {
                longest = new int[] {i - run + 1, run};
            }
        }
        return longest;
    }

    private static int group(byte[] address, int i) {
        return (address[2 * i] & 0xFF) << 8 | (address[2 * i + 1] & 0xFF);
    }

    private static String v4Text(byte[] address, int from) {
        StringJoiner text = new StringJoiner(".");
        for (int i = from; i < from + 4; i++) {
            text.add(Integer.toString(address[i] & 0xFF));
        }
        return text.toString();
    }
}
