package dev.certkit.shelf;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;

/** What a protector sealed, as a line with its name and a PEM block. */
final class ProtectedText {
    private static final String FIRST = "sealed by: ";
    private static final String LABEL = "SEALED SECRET";

    private final String protector;
    private final byte[] sealed;

    private ProtectedText(String protector, byte[] sealed) {
        this.protector = protector;
        this.sealed = sealed;
    }

    static boolean isOne(String text) {
        return text.startsWith(FIRST);
    }

    static String of(String protector, byte[] sealed) {
        return FIRST + protector + "\n" + PemBlock.encode(LABEL, sealed);
    }

    static ProtectedText parse(String text) throws MalformedEncodingException {
        int end = text.indexOf('\n');
        if (!isOne(text) || end < 0) {
            throw new MalformedEncodingException("sealed secret", "the record is damaged; restore it");
        }
        return new ProtectedText(
                text.substring(FIRST.length(), end),
                PemBlock.single(text.substring(end + 1), LABEL).decoded());
    }

    /** The name of the one that sealed it. */
    String protector() {
        return protector;
    }

    /** The array itself, not a copy. */
    byte[] sealed() {
        return sealed;
    }
}
