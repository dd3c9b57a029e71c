package dev.certkit.format;

import java.util.Arrays;

/**
 * Base64 with blanks and line ends in it, decoded in one pass; padding may be missing, as it is where lines were cut.
 *
 * <p>Own code, since the decoders at hand either pass over anything that is no base64, or want it packed first.
 */
final class Base64Text {
    private static final byte BLANK = -1;
    private static final byte PAD = -2;
    private static final byte OTHER = -3;
    private static final byte[] VALUES = values();

    private final String text;
    private final int end;
    private int at;
    private byte[] octets;
    private int used;

    private Base64Text(String text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
        this.octets = new byte[(end - start) / 4 * 3 + 3];
    }

    private static byte[] values() {
        byte[] values = new byte[0x80];
        Arrays.fill(values, OTHER);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        for (char blank : new char[] {' ', '\t', '\n', '\r'}) {
            values[blank] = BLANK;
        }
        values['='] = PAD;
        return values;
    }

    /** What a text stands for, or where it is no base64. */
    record Result(byte[] octets, int badAt) {
        boolean isGood() {
            return badAt < 0;
        }
    }

    /** Decodes from an offset to the end. */
    static Result decode(String text, int start) {
        return new Base64Text(text, start, text.length()).decoded();
    }

    static boolean isLetter(char each) {
        return each < VALUES.length && VALUES[each] >= 0;
    }

    private Result decoded() {
        int bits = 0;
        int letters = 0;
        while (at < end) {
            if (letters == 0) {
                wholeGroups();
            }
            int value = at < end ? valueOf(text.charAt(at)) : BLANK;
            if (value >= 0) {
                bits = bits << 6 | value;
                if (++letters == 4) {
                    put(bits, 3);
                    letters = 0;
                    bits = 0;
                }
            } else if (value == PAD) {
                return isPadding(letters) ? finished(bits, letters) : bad(at);
            } else if (value == OTHER) {
                return bad(at);
            }
            at++;
        }
        return letters == 1 ? bad(end) : finished(bits, letters);
    }

    private static int valueOf(char each) {
        return each < VALUES.length ? VALUES[each] : OTHER;
    }

    /** As many groups of four letters as stand together. */
    private void wholeGroups() {
        while (at + 4 <= end) {
            int first = valueOf(text.charAt(at));
            int second = valueOf(text.charAt(at + 1));
            int third = valueOf(text.charAt(at + 2));
            int fourth = valueOf(text.charAt(at + 3));
            if ((first | second | third | fourth) < 0) {
                return;
            }
            put(first << 18 | second << 12 | third << 6 | fourth, 3);
            at += 4;
        }
    }

    private void put(int bits, int octetsOfThem) {
        for (int shift = 16; shift > 16 - 8 * octetsOfThem; shift -= 8) {
            octets[used++] = (byte) (bits >>> shift);
        }
    }

    /** One or two signs that fill the group of four, and nothing but blanks behind. */
    private boolean isPadding(int letters) {
        int signs = 0;
        for (int i = at; i < end; i++) {
            int value = valueOf(text.charAt(i));
            if (value == PAD) {
                signs++;
            } else if (value != BLANK) {
                at = i;
                return false;
            }
        }
        return letters >= 2 && letters + signs == 4;
    }

    private Result finished(int bits, int letters) {
        if (letters > 1) {
            put(bits << 6 * (4 - letters), letters - 1);
        }
        byte[] exact = used == octets.length ? octets : Arrays.copyOf(octets, used);
        if (exact != octets) {
            Arrays.fill(octets, (byte) 0);
        }
        return new Result(exact, -1);
    }

    private Result bad(int place) {
        Arrays.fill(octets, (byte) 0);
        return new Result(new byte[0], Math.min(place, end - 1));
    }
}
