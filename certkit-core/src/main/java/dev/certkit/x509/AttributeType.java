package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The attribute types of names with their keyword (RFC 4514, 3), string type and upper bound (RFC 5280, A.1). */
enum AttributeType {
    CN("CN", "2.5.4.3", 64),
    SN("SN", "2.5.4.4", Bound.NAME),
    SERIAL_NUMBER("serialNumber", "2.5.4.5", 64, Text.PRINTABLE),
    C("C", "2.5.4.6", 2, Text.PRINTABLE),
    L("L", "2.5.4.7", 128),
    ST("ST", "2.5.4.8", 128),
    STREET("STREET", "2.5.4.9", 128),
    O("O", "2.5.4.10", 64),
    OU("OU", "2.5.4.11", 64),
    TITLE("title", "2.5.4.12", 64),
    GIVEN_NAME("GN", "2.5.4.42", Bound.NAME),
    INITIALS("initials", "2.5.4.43", Bound.NAME),
    DN_QUALIFIER("dnQualifier", "2.5.4.46", Bound.NAME, Text.PRINTABLE),
    PSEUDONYM("pseudonym", "2.5.4.65", 128),
    UID("UID", "0.9.2342.19200300.100.1.1", 256),
    DC("DC", "0.9.2342.19200300.100.1.25", 63, Text.IA5),
    EMAIL("emailAddress", "1.2.840.113549.1.9.1", 255, Text.IA5);

    private static final String FORBIDDEN = "has a control character or half of a surrogate pair; remove it";
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9 '()+,./:=?-]*");

    private final String keyword;
    private final String oid;
    private final int upperBound;
    private final Text text;

    AttributeType(String keyword, String oid, int upperBound) {
        this(keyword, oid, upperBound, Text.UTF8);
    }

    AttributeType(String keyword, String oid, int upperBound, Text text) {
        this.keyword = keyword;
        this.oid = oid;
        this.upperBound = upperBound;
        this.text = text;
    }

    static Optional<AttributeType> ofKeyword(String keyword) {
        String upper = keyword.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.keyword.toUpperCase(Locale.ROOT).equals(upper) || type.isAlias(upper))
                .findFirst();
    }

    private boolean isAlias(String upper) {
        return switch (this) {
            case EMAIL -> upper.equals("E");
            case ST -> upper.equals("S");
            case GIVEN_NAME -> upper.equals("GIVENNAME");
            case SN -> upper.equals("SURNAME");
            default -> false;
        };
    }

    static Optional<AttributeType> ofOid(String oid) {
        return Arrays.stream(values()).filter(type -> type.oid.equals(oid)).findFirst();
    }

    String keyword() {
        return keyword;
    }

    String oid() {
        return oid;
    }

    /** The DER of an AttributeTypeAndValue. */
    byte[] encode(String value) {
        check(value);
        return Der.sequence(Der.oid(oid), text.encoder.apply(value));
    }

    /** The DER of an AttributeTypeAndValue whose type has no keyword here. */
    static byte[] encodeUnknown(String oid, String value) {
        if (value.codePoints().anyMatch(AttributeType::isForbidden)) {
            throw bad(oid, value, FORBIDDEN);
        }
        return Der.sequence(Der.oid(oid), Der.utf8(value));
    }

    private void check(String value) {
        int length = value.codePointCount(0, value.length());
        if (length == 0 || length > upperBound) {
            throw bad(keyword, value, "has " + length + " characters; 1 to " + upperBound + " are allowed");
        }
        if (value.codePoints().anyMatch(AttributeType::isForbidden)) {
            throw bad(keyword, value, FORBIDDEN);
        }
        if (this == C && !COUNTRY.matcher(value).matches()) {
            throw bad(keyword, value, "is no country; write the two letters of ISO 3166, for example FR");
        }
        if (text == Text.PRINTABLE && !PRINTABLE.matcher(value).matches()) {
            throw bad(
                    keyword, value, "has a character that PrintableString lacks; use letters, digits and '()+,-./:=?");
        }
        if (text == Text.IA5 && !value.chars().allMatch(c -> c < 0x7F)) {
            throw bad(keyword, value, "is not ASCII");
        }
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static IllegalArgumentException bad(String keyword, String value, String why) {
        return new IllegalArgumentException(
                keyword + ": \"" + Encoding.shown(value) + "\" " + why + " (RFC 5280, appendix A)");
    }

    private static final class Bound {
        /** ub-name; people's names have no narrower bound, and dnQualifier has none at all. */
        private static final int NAME = 32768;
    }

    private enum Text {
        UTF8(Der::utf8),
        PRINTABLE(Der::printable),
        IA5(Der::ia5);

        private final Function<String, byte[]> encoder;

        Text(Function<String, byte[]> encoder) {
            this.encoder = encoder;
        }
    }
}
