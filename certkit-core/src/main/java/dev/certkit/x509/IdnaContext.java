package dev.certkit.x509;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;

/** Where in a label the characters stand that are valid in some places only (RFC 5892, appendix A). */
final class IdnaContext {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int MIDDLE_DOT = 0x00B7;
    private static final int GREEK_KERAIA = 0x0375;
    private static final int GERESH = 0x05F3;
    private static final int GERSHAYIM = 0x05F4;
    private static final int KATAKANA_MIDDLE_DOT = 0x30FB;

    /** Letters of the Arabic block that join to the one before only; U+0621 and U+0674 join to none. */
    private static final String RIGHT_JOINING = "\u0622\u0623\u0624\u0625\u0627\u0629\u062F\u0630\u0631\u0632\u0648"
            + "\u0671\u0672\u0673\u0675\u0676\u0677\u06C0\u06C3\u06C4\u06C5\u06C6\u06C7\u06C8\u06C9\u06CA\u06CB\u06CD"
            + "\u06CF\u06D2\u06D3\u06D5\u06EE\u06EF";

    private static final String NOT_JOINING = "\u0621\u0674";

    private final int[] label;

    IdnaContext(int[] label) {
        this.label = label;
    }

    boolean allows(int index) {
        int c = label[index];
        return switch (c) {
            case NON_JOINER -> isVirama(at(index - 1)) || isBetweenJoining(index);
            case JOINER -> isVirama(at(index - 1));
            case MIDDLE_DOT -> at(index - 1) == 'l' && at(index + 1) == 'l';
            case GREEK_KERAIA -> isOf(at(index + 1), UnicodeScript.GREEK);
            case GERESH, GERSHAYIM -> isOf(at(index - 1), UnicodeScript.HEBREW);
            case KATAKANA_MIDDLE_DOT -> Arrays.stream(label).anyMatch(IdnaContext::isJapanese);
            default -> isUnmixedDigit(c);
        };
    }

    /** The code point, or a control character beyond the ends. */
    private int at(int index) {
        return index < 0 || index >= label.length ? 0 : label[index];
    }

    private static boolean isOf(int codePoint, UnicodeScript script) {
        return UnicodeScript.of(codePoint) == script;
    }

    private static boolean isJapanese(int c) {
        UnicodeScript script = UnicodeScript.of(c);
        return script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA || script == UnicodeScript.HAN;
    }

    private boolean isUnmixedDigit(int digit) {
        return IdnaProperty.isArabicIndicDigit(digit)
                ? Arrays.stream(label).noneMatch(IdnaProperty::isExtendedArabicIndicDigit)
                : Arrays.stream(label).noneMatch(IdnaProperty::isArabicIndicDigit);
    }

    /**
     * Whether the combining class is 9, Virama.
     *
     * <p>Java does not tell combining classes, but orders marks by them: a virama goes behind a mark of class 8 and
     * before one of class 10.
     */
    private static boolean isVirama(int codePoint) {
        String mark = Character.toString(codePoint);
        return Normalizer.isNormalized(mark, Normalizer.Form.NFD)
                && isReordered(mark + "\u3099")
                && isReordered("\u05B0" + mark);
    }

    private static boolean isReordered(String marks) {
        return !Normalizer.isNormalized("x" + marks, Normalizer.Form.NFD);
    }

    /** Between Arabic letters that would join; in other scripts that join, only an A-label is taken. */
    private boolean isBetweenJoining(int index) {
        int before = index - 1;
        while (isTransparent(at(before))) {
            before--;
        }
        int after = index + 1;
        while (isTransparent(at(after))) {
            after++;
        }
        return isJoining(at(before)) && !isRightJoining(at(before)) && isJoining(at(after));
    }

    private static boolean isTransparent(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isRightJoining(int c) {
        return RIGHT_JOINING.indexOf(c) >= 0 || (c >= 0x0688 && c <= 0x0699);
    }

    private static boolean isJoining(int c) {
        return c >= 0x0620
                && c <= 0x06FF
                && Character.isLetter(c)
                && Character.getType(c) != Character.MODIFIER_LETTER
                && NOT_JOINING.indexOf(c) < 0;
    }
}
