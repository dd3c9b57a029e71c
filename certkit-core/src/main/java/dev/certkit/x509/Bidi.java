package dev.certkit.x509;

import java.util.Arrays;

/** The rule for labels of a name that is partly written from right to left (RFC 5893, section 2). */
final class Bidi {
    private Bidi() {}

    static boolean isRightToLeft(String label) {
        return label.codePoints().anyMatch(Bidi::isRightToLeft);
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return isStrong(direction) || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    /** Whether a label of such a name keeps all six conditions. */
    static boolean isAllowed(String label) {
        int[] codePoints = label.codePoints().toArray();
        int end = codePoints.length;
        while (end > 0
                && Character.getDirectionality(codePoints[end - 1]) == Character.DIRECTIONALITY_NONSPACING_MARK) {
            end--;
        }
        if (end == 0) {
            return false;
        }
        byte first = Character.getDirectionality(codePoints[0]);
        byte last = Character.getDirectionality(codePoints[end - 1]);
        if (first == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
            return (last == first || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER)
                    && Arrays.stream(codePoints).noneMatch(Bidi::isRightToLeft);
        }
        return isStrong(first)
                && (isStrong(last)
                        || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER
                        || last == Character.DIRECTIONALITY_ARABIC_NUMBER)
                && Arrays.stream(codePoints).noneMatch(Bidi::isLeftToRight)
                && !(has(codePoints, Character.DIRECTIONALITY_EUROPEAN_NUMBER)
                        && has(codePoints, Character.DIRECTIONALITY_ARABIC_NUMBER));
    }

    private static boolean isStrong(byte direction) {
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static boolean isLeftToRight(int c) {
        return Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
    }

    private static boolean has(int[] codePoints, byte direction) {
        return Arrays.stream(codePoints).anyMatch(c -> Character.getDirectionality(c) == direction);
    }
}
