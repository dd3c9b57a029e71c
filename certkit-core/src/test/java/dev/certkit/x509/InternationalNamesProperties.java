package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InternationalNamesProperties {
    private static String host(String written) {
        return GeneralName.dns(written).host();
    }

    @Property
    void whateverIsWrittenIsAHostNameOrAnIllegalArgument(@ForAll("hosts") String written) {
        try {
            String host = host(written);
            assertEquals(host, host(host), "what was converted is not converted again");
            assertTrue(host.length() <= 253 && host.chars().allMatch(c -> c > ' ' && c < 0x7F), host);
            String shown = GeneralName.dns(host).unicode();
            assertEquals(host, host(shown), "what people see is the same host");
            assertFalse(shown.isEmpty());
        } catch (IllegalArgumentException expected) {
            assertTrue(expected.getMessage().startsWith("host: "), expected.toString());
        }
    }

    @Provide
    Arbitrary<String> hosts() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<String> letters = Arbitraries.strings()
                .withChars("abcß0é·ςא٢中あ・-xn--\u200D\u200Cक्ष्\u0301ДΣ".toCharArray())
                .ofMaxLength(12);
        return Arbitraries.oneOf(anything, letters)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(labels -> String.join(".", labels));
    }
}
