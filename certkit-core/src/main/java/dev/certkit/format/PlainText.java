package dev.certkit.format;

/** Foreign text on its way into a message: short, and nothing that a terminal or a log would act on. */
final class PlainText {
    private static final int MAX_SHOWN = 64;

    private PlainText() {}

    static String shown(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(MAX_SHOWN).forEach(each -> {
            boolean harmless = Character.isLetterOrDigit(each) || " .,:;_#()[]<>/!?*@+=-".indexOf(each) >= 0;
            plain.appendCodePoint(harmless ? each : '?');
        });
        return plain.toString();
    }
}
