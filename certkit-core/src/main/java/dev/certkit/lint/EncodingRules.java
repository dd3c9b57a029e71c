package dev.certkit.lint;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Where an encoding is BER but not DER (X.690, 10 and 11), as far as it can be seen without a schema. */
final class EncodingRules {
    private static final int CONSTRUCTED = 0x20;
    private static final int MAX_DEPTH = 32;
    private static final int SHORT_LENGTHS = 0x80;
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";

    private EncodingRules() {}

    static void der(Inspected inspected, Consumer<String> found) throws IOException {
        RawCertificate raw = inspected.raw();
        walk(DerReader.of(inspected.certificate().encoded()), found);
        if (raw.version().isPresent() && raw.versionNumber() == 1) {
            found.accept("the version 1 is written out, which is the default");
        }
        for (RawCertificate.RawExtension extension : raw.extensions().orElse(List.of())) {
            extension(extension, found);
        }
    }

    private static void extension(RawCertificate.RawExtension extension, Consumer<String> found) throws IOException {
        if (extension.critical().isPresent() && !extension.critical().get().bool()) {
            found.accept("the extension " + extension.oid() + " says that it is not critical, which is the default");
        }
        byte[] value = extension.value().content();
        if (extension.oid().equals(BASIC_CONSTRAINTS)) {
            DerReader fields = DerReader.single(value, Tag.SEQUENCE).children();
            if (fields.hasNext(Tag.BOOLEAN) && !fields.next().bool()) {
                found.accept("the basic constraints say that it is no authority, which is the default");
            }
        }
        if (extension.oid().equals(KEY_USAGE)) {
            bits(DerReader.single(value, Tag.BIT_STRING), found);
        }
        try {
            walk(DerReader.of(value), found);
        } catch (DerException e) {
            // Values of extensions of one's own need not be ASN.1 for all that one can see.
        }
    }

    private static void bits(DerValue bits, Consumer<String> found) {
        byte[] content = bits.content();
        int last = content.length - 1;
        boolean emptyOctet = last > 0 && content[last] == 0;
        boolean spare = last > 0 && content[0] >= 0 && content[0] < Byte.SIZE && (content[last] >> content[0] & 1) == 0;
        if (emptyOctet || spare) {
            found.accept("the key usage has zero bits at its end");
        }
    }

    /** Every value inside values, without recursion. */
    private static void walk(DerReader all, Consumer<String> found) throws DerException {
        Deque<DerReader> open = new ArrayDeque<>(List.of(all));
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                continue;
            }
            DerValue value = open.peek().next();
            problems(value).forEach(found);
            if ((value.tag() & CONSTRUCTED) != 0) {
                if (open.size() == MAX_DEPTH) {
                    throw new DerException("values are nested deeper than " + MAX_DEPTH);
                }
                open.push(value.children());
            }
        }
    }

    private static List<String> problems(DerValue value) {
        List<String> problems = new ArrayList<>();
        int length = value.contentLength();
        int lengthOctets =
                length < SHORT_LENGTHS ? 1 : 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        if (value.encodedLength() - length != 1 + lengthOctets) {
            problems.add("a length takes more octets than it needs");
        }
        if (value.is(Tag.BOOLEAN) && !isDerBoolean(value.content())) {
            problems.add("a BOOLEAN is neither 00 nor FF");
        }
        if (value.is(Tag.INTEGER) && hasLeadingZeros(value)) {
            problems.add("an INTEGER takes more octets than it needs");
        }
        return problems;
    }

    private static boolean isDerBoolean(byte[] content) {
        return content.length == 1 && (content[0] == 0 || content[0] == -1);
    }

    private static boolean hasLeadingZeros(DerValue value) {
        if (value.contentLength() < 2) {
            return false;
        }
        byte[] content = value.content();
        return content[0] == 0 && content[1] >= 0 || content[0] == -1 && content[1] < 0;
    }
}
