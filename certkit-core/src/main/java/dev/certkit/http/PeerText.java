package dev.certkit.http;

/** Text that a stranger may have chosen, made fit for a message: printable ASCII, one line, cut. */
final class PeerText {
    private static final int LONGEST = 200;

    private PeerText() {}

    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c < 0x7F ? String.valueOf(c) : String.format("\\u%04X", (int) c));
        }
        return text.length() > LONGEST ? out.append("...").toString() : out.toString();
    }
}
