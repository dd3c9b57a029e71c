package dev.certkit.internal.der;

/**
 * Goes from value to value, and into each constructed one, without recursion and without copies (X.690, 8.1).
 *
 * <p>After {@link #next()} the accessors speak of the value that was entered or passed.
 */
final class BerWalk {
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1F;
    private static final int MAX_TAG_OCTETS = 5;
    private static final int MAX_LENGTH_OCTETS = 4;

    private final byte[] source;
    private final Rules rules;
    /** Where each open value ends; one of indefinite length where the one around it does. */
    private final int[] ends;

    private final boolean[] indefinite;
    private int open;
    private int at;
    private int start;
    private int contentStart;

    /** What is followed beyond DER: tags of several octets are, where the parser behind reads them the same way. */
    enum Rules {
        DER,
        BER,
        BER_WITH_LONG_TAGS
    }

    BerWalk(byte[] source, Rules rules, int maxDepth) {
        this(source, new int[] {0, source.length}, rules, maxDepth);
    }

    private BerWalk(byte[] source, int[] range, Rules rules, int maxDepth) {
        this.source = source;
        this.rules = rules;
        this.at = range[0];
        this.ends = new int[maxDepth + 1];
        this.indefinite = new boolean[maxDepth + 1];
        ends[0] = range[1];
    }

    /** What stands inside a value. */
    static BerWalk inside(DerValue value, int maxDepth) {
        return new BerWalk(value.source(), new int[] {value.contentStart(), value.end()}, Rules.BER, maxDepth);
    }

    /** Goes on to the next value; false where all have ended. */
    boolean next() throws DerException {
        leaveWhatEnded();
        if (open == 0 && at == ends[0]) {
            return false;
        }
        start = at;
        tag();
        int length = length();
        contentStart = at;
        if ((source[start] & CONSTRUCTED) != 0) {
            enter(length);
        } else {
            at += length;
        }
        return true;
    }

    /** How many values are open around the value. */
    int depth() {
        return isConstructed() ? open - 1 : open;
    }

    boolean isConstructed() {
        return (source[start] & CONSTRUCTED) != 0;
    }

    boolean isIndefinite() {
        return isConstructed() && indefinite[open];
    }

    int start() {
        return start;
    }

    int contentStart() {
        return contentStart;
    }

    /** Behind the value; of no meaning where the length is indefinite. */
    int end() {
        return isConstructed() ? ends[open] : at;
    }

    private void leaveWhatEnded() throws DerException {
        while (open > 0) {
            if (indefinite[open]) {
                if (ends[open] - at < 2) {
                    throw new DerException("a value of indefinite length has no end", at);
                }
                if (source[at] != 0 || source[at + 1] != 0) {
                    return;
                }
                at += 2;
            } else if (at != ends[open]) {
                return;
            }
            open--;
        }
    }

    private void tag() throws DerException {
        if ((octet() & LONG_TAG) != LONG_TAG) {
            return;
        }
        if (rules != Rules.BER_WITH_LONG_TAGS) {
            throw new DerException("a tag has more than one octet", start);
        }
        for (int octets = 1; (octet() & 0x80) != 0; octets++) {
            if (octets == MAX_TAG_OCTETS) {
                throw new DerException("a tag has more than " + MAX_TAG_OCTETS + " octets", start);
            }
        }
    }

    private int octet() throws DerException {
        if (at == ends[open]) {
            throw new DerException("the encoding ends inside a value", start);
        }
        return source[at++] & 0xFF;
    }

    private int length() throws DerException {
        int first = octet();
        if (first == 0x80) {
            return indefiniteLength();
        }
        long length = first < 0x80 ? first : longLength(first & 0x7F);
        int left = ends[open] - at;
        if (length > left) {
            throw new DerException("a value claims " + length + " octets where " + left + " are left", start);
        }
        return (int) length;
    }

    private int indefiniteLength() throws DerException {
        if (rules == Rules.DER) {
            throw new DerException("a length is indefinite, which DER does not allow", start);
        }
        if (!isConstructed()) {
            throw new DerException("a primitive value has an indefinite length", start);
        }
        return -1;
    }

    private long longLength(int octets) throws DerException {
        if (octets > MAX_LENGTH_OCTETS) {
            throw new DerException("a length has " + octets + " octets", start);
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | octet();
        }
        return length;
    }

    private void enter(int length) throws DerException {
        int maxDepth = ends.length - 1;
        if (open == maxDepth) {
            throw DerException.tooDeep(maxDepth, start);
        }
        open++;
        indefinite[open] = length < 0;
        ends[open] = length < 0 ? ends[open - 1] : at + length;
    }
}
