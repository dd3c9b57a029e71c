package dev.certkit.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordNameProperties {
    private static final Shelf SHELF = Shelf.of("things");

    @Provide
    Arbitrary<RecordName> names() {
        Arbitrary<Integer> edges =
                Arbitraries.of(0, (int) '\n', (int) '\\', (int) 'u', 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff);
        Arbitrary<Integer> all = Arbitraries.integers()
                .between(0, 0x10ffff)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
        return Arbitraries.oneOf(edges, all).list().ofMinSize(1).ofMaxSize(20).map(codePoints -> {
            StringBuilder text = new StringBuilder();
            codePoints.forEach(text::appendCodePoint);
            return SHELF.name(text.toString());
        });
    }

    @Property
    boolean theOrderIsThatOfTheUtf8(@ForAll("names") RecordName a, @ForAll("names") RecordName b) {
        int expected = Arrays.compareUnsigned(utf8(a), utf8(b));
        return Integer.signum(a.compareTo(b)) == Integer.signum(expected);
    }

    private static byte[] utf8(RecordName name) {
        return name.text().getBytes(StandardCharsets.UTF_8);
    }

    @Property
    boolean theOrderAgreesWithEquals(@ForAll("names") RecordName a, @ForAll("names") RecordName b) {
        return (a.compareTo(b) == 0) == a.equals(b);
    }

    @Property
    boolean thePrintedFormIsOneLineThatIsReadBack(@ForAll("names") RecordName name) {
        return name.toString().lines().count() == 1
                && RecordName.parse(name.toString()).equals(name);
    }
}
