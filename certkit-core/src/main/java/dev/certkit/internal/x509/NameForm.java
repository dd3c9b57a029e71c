package dev.certkit.internal.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Names as RFC 5280, 7.1 compares them: without regard to case, string type, and blanks that do not count. */
public final class NameForm {
    private static final String DAMAGED = "!";

    private NameForm() {}

    /** Whether two encoded Names are of the same holder; equal octets always are. */
    public static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other) || of(one).equals(of(other));
    }

    /** Equal exactly for names that are the same; a damaged name is the same as its own octets only. */
    public static String of(byte[] name) {
        StringBuilder form = new StringBuilder(name.length);
        try {
            for (DerReader rdns = DerReader.single(name, Tag.SEQUENCE).children(); rdns.hasNext(); ) {
                relative(rdns.next(Tag.SET).children(), form);
            }
            return form.toString();
        } catch (DerException e) {
            return DAMAGED + new String(name, StandardCharsets.ISO_8859_1);
        }
    }

    private static void relative(DerReader attributes, StringBuilder form) throws DerException {
        List<String> each = new ArrayList<>(1);
        do {
            each.add(attribute(attributes.next(Tag.SEQUENCE).children()));
        } while (attributes.hasNext());
        // A set has no order.
        Collections.sort(each);
        form.append(each.size()).append('/');
        each.forEach(one -> form.append(one.length()).append(':').append(one));
    }

    private static String attribute(DerReader typeAndValue) throws DerException {
        DerValue type = typeAndValue.next(Tag.OID);
        DerValue value = typeAndValue.next();
        return latin(type) + '=' + (isText(value) ? prepared(value.text()) : value.tag() + latin(value));
    }

    private static String latin(DerValue value) {
        return new String(value.content(), StandardCharsets.ISO_8859_1);
    }

    private static boolean isText(DerValue value) {
        return switch (value.tag()) {
            case Tag.UTF8_STRING,
                    Tag.PRINTABLE_STRING,
                    Tag.IA5_STRING,
                    Tag.TELETEX_STRING,
                    Tag.BMP_STRING,
                    Tag.UNIVERSAL_STRING -> true;
            default -> false;
        };
    }

    /** What of RFC 4518, 2 tells real names apart: compatibility forms, case, and blanks. */
    private static String prepared(String text) {
        if (isPrepared(text)) {
            return text;
        }
        String folded = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        return oneBlankBetweenWords(
                isAscii(folded)
                        ? folded.toLowerCase(Locale.ROOT)
                        : folded.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    private static boolean isPrepared(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F && (c < 'A' || c > 'Z'));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String oneBlankBetweenWords(String text) {
        StringBuilder words = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c)) {
                words.append(c);
            } else if (words.length() > 0 && i + 1 < text.length() && !Character.isWhitespace(text.charAt(i + 1))) {
                words.append(' ');
            }
        }
        return words.toString();
    }
}
