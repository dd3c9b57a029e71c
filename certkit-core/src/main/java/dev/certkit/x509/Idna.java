package dev.certkit.x509;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Internationalised labels by IDNA 2008: what a person writes to A-labels (RFC 5895, RFC 5891), and back for people.
 *
 * <p>Java's own conversion is that of 2003, which makes another host of a name with a sharp s or a final sigma.
 */
final class Idna {
    private static final String PREFIX = "xn--";
    private static final int HYPHENS_FROM = 2;

    private Idna() {}

    /** Lower case, full width for half and half for full, composed: what a person means by what a keyboard gave. */
    static String map(String written) {
        StringBuilder mapped = new StringBuilder(written.length());
        written.codePoints().forEach(c -> {
            String text = Character.toString(c);
            boolean width = c >= 0xFF00 && c <= 0xFFEF;
            mapped.append((width ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text).toLowerCase(Locale.ROOT));
        });
        return Normalizer.normalize(mapped, Normalizer.Form.NFC);
    }

    static boolean isALabel(String label) {
        return label.startsWith(PREFIX);
    }

    /**
     * The A-label of a mapped U-label.
     *
     * @throws Refusal if it is no U-label, or its A-label is longer than 63 characters
     */
    static String aLabel(String uLabel) throws Refusal {
        check(uLabel);
        return Punycode.encode(uLabel)
                .map(PREFIX::concat)
                .filter(label -> label.length() <= Punycode.MAX_LENGTH)
                .orElseThrow(() -> new Refusal("a label is longer than 63 characters once it is an A-label"));
    }

    /** What an A-label stands for, or empty if it stands for nothing or not alone (RFC 5891, 5.3). */
    static Optional<String> standsFor(String aLabel) {
        String punycode = aLabel.substring(PREFIX.length());
        return Punycode.decode(punycode)
                .filter(label -> label.codePoints().anyMatch(c -> c >= 0x80))
                .filter(label -> label.codePoints().noneMatch(Idna::isHidden))
                .filter(label -> map(label).equals(label))
                .filter(label -> Punycode.encode(label).filter(punycode::equals).isPresent());
    }

    /** Whether nobody sees it, other than the joiners between the parts of a letter or symbol. */
    private static boolean isHidden(int codePoint) {
        boolean joiner = codePoint == 0x200C || codePoint == 0x200D;
        return Character.isISOControl(codePoint)
                || Character.isSpaceChar(codePoint)
                || (Character.getType(codePoint) == Character.FORMAT && !joiner);
    }

    /** The U-label, or empty if what the A-label stands for is none. */
    static Optional<String> uLabel(String aLabel) {
        return standsFor(aLabel).filter(label -> {
            try {
                check(label);
                return true;
            } catch (Refusal e) {
                return false;
            }
        });
    }

    /** RFC 5891, 5.4, without the rule for names from right to left. */
    private static void check(String label) throws Refusal {
        int[] codePoints = label.codePoints().toArray();
        if (codePoints.length > Punycode.MAX_LENGTH) {
            throw new Refusal("a label is longer than 63 characters");
        }
        if (label.startsWith("--", HYPHENS_FROM) || label.startsWith("-") || label.endsWith("-")) {
            throw new Refusal("the label " + quoted(label) + " has a hyphen at an end, or in third and fourth place");
        }
        if (isMark(codePoints[0])) {
            throw new Refusal("the label " + quoted(label) + " begins with a combining mark");
        }
        IdnaContext context = new IdnaContext(codePoints);
        for (int i = 0; i < codePoints.length; i++) {
            IdnaProperty property = IdnaProperty.of(codePoints[i]);
            boolean byContext = property == IdnaProperty.CONTEXT;
            if (property != IdnaProperty.VALID && !(byContext && context.allows(i))) {
                throw new Refusal(String.format(
                                "in the label %s, the character U+%04X is ", quoted(label), codePoints[i])
                        + (byContext ? "not allowed in this place" : "not allowed in host names") + " (RFC 5892)");
            }
        }
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static String quoted(String label) {
        return "\"" + Encoding.shown(label) + "\"";
    }

    /** Why a label is none. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }
}
