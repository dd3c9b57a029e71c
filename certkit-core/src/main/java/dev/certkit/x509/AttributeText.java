package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import java.util.function.Function;

/** How the values of an attribute type are checked and encoded (RFC 5280, A.1). */
enum AttributeText {
    UTF8(Der::utf8),
    PRINTABLE(Der::printable),
    COUNTRY(Der::printable),
    IA5(Der::ia5),
    DOMAIN(Der::ia5),
    IA5_OR_UTF8(value -> HostName.isAscii(value) ? Der.ia5(value) : Der.utf8(value));

    private final Function<String, byte[]> encoder;

    AttributeText(Function<String, byte[]> encoder) {
        this.encoder = encoder;
    }

    byte[] encode(AttributeType type, String given) {
        String value = this == DOMAIN && !HostName.isAscii(given) ? HostName.label(given) : given;
        checkLength(type, value);
        checkCharacters(type, value);
        return encoder.apply(value);
    }

    private static void checkLength(AttributeType type, String value) {
        int length = value.codePointCount(0, value.length());
        if (length == 0 || length > type.upperBound()) {
            throw bad(type, value, "has " + length + " characters; 1 to " + type.upperBound() + " are allowed");
        }
    }

    private void checkCharacters(AttributeType type, String value) {
        boolean letters = true;
        boolean printable = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) || isHalf(value, i)) {
                throw bad(type, value, "has a control character or half of a surrogate pair; remove it");
            }
            letters &= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            printable &= Der.isPrintable(c);
        }
        if (this == COUNTRY && (!letters || value.length() != 2)) {
            throw bad(type, value, "is no country; write the two letters of ISO 3166, for example FR");
        }
        if (this == PRINTABLE && !printable) {
            throw bad(type, value, "has a character that PrintableString lacks; use letters, digits and '()+,-./:=?");
        }
        if ((this == IA5 || this == DOMAIN) && !HostName.isAscii(value)) {
            throw bad(type, value, "is not ASCII");
        }
    }

    private static boolean isHalf(String value, int index) {
        char c = value.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
    }

    private static IllegalArgumentException bad(AttributeType type, String value, String why) {
        return new IllegalArgumentException(
                type.keyword() + ": \"" + Encoding.shown(value) + "\" " + why + " (RFC 5280, appendix A)");
    }
}
