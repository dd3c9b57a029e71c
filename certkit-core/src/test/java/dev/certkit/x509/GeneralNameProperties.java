package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GeneralNameProperties {
    @Property(tries = 3000)
    void arbitraryOctetsAreANameOrAnIoException(@ForAll("octets") byte[] octets) {
        try {
            GeneralName name = GeneralName.decode(octets);
            assertEquals(name, GeneralName.decode(name.encoded()));
            assertTrue(name.toString().codePoints().allMatch(Encoding::isPlain), name.toString());
        } catch (IOException expected) {
            assertTrue(String.valueOf(expected.getMessage()).length() > 3, expected.toString());
        }
    }

    @Property
    void aNameThatIsKeptIsGivenBackOctetByOctet(@ForAll byte[] content, @ForAll("kinds") int tag) throws IOException {
        byte[] encoded = Der.tagged(tag, content);
        GeneralName name = GeneralName.decode(encoded);
        if (name instanceof GeneralName.OtherName) {
            assertArrayEquals(encoded, name.encoded());
        }
    }

    @Provide
    Arbitrary<Integer> kinds() {
        return Arbitraries.of(0x80, 0xA0, 0x81, 0x82, 0xA3, 0xA4, 0xA5, 0x86, 0x87, 0x88, 0xA8, 0x84);
    }

    @Provide
    Arbitrary<byte[]> octets() {
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        Arbitrary<byte[]> tagged =
                Combinators.combine(kinds(), anything).as((tag, content) -> Der.tagged(tag, content));
        Arbitrary<byte[]> texts = Combinators.combine(
                        kinds(), Arbitraries.strings().ofMaxLength(30))
                .as((tag, text) -> Der.tagged(tag, text.getBytes(StandardCharsets.UTF_8)));
        return Arbitraries.oneOf(anything, tagged, texts);
    }
}
