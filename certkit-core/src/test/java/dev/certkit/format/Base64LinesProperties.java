package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However lines are broken, the octets are those of the plain decoder without the breaks. */
class Base64LinesProperties {
    private static final String BREAKS = "\n\r \t";

    @Property
    void anyBreaksAnywhereChangeNothing(@ForAll byte[] octets, @ForAll long seed) {
        Random random = new Random(seed);
        int usual = 1 + random.nextInt(80);
        StringBuilder body = new StringBuilder();
        int width = 0;
        for (char c : Base64.getEncoder().encodeToString(octets).toCharArray()) {
            body.append(c);
            if (++width >= usual || random.nextInt(40) == 0) {
                body.append(random.nextBoolean() ? "\n" : String.valueOf(BREAKS.charAt(random.nextInt(4))));
                width = 0;
            }
        }
        byte[] text = body.toString().getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(octets, Base64Lines.decode(text));
        assertArrayEquals(new byte[text.length], text, "wiped");
    }

    @Property
    void anyOctetsAreDecodedOrRefusedAsThePlainDecoderDoes(@ForAll byte[] noise) {
        String joined = new String(noise, StandardCharsets.ISO_8859_1).replaceAll("[\n\r \t]", "");
        assertEquals(
                decoded(() -> Base64.getDecoder().decode(joined.getBytes(StandardCharsets.ISO_8859_1))),
                decoded(() -> Base64Lines.decode(noise.clone())));
    }

    private interface Decoding {
        byte[] octets();
    }

    private static String decoded(Decoding decoding) {
        try {
            return new String(decoding.octets(), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }
}
