package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdnaPropertyTest {
    /** Every code point that this Java knows, against the tables of another implementation. */
    @Test
    void theRulesGiveWhatAnotherImplementationHasInItsTables() throws IOException {
        IdnaProperty[] expected = table();
        List<String> different = new ArrayList<>();
        int known = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            IdnaProperty derived = IdnaProperty.of(c);
            if (derived != IdnaProperty.UNASSIGNED) {
                known++;
                if (derived != expected[c]) {
                    different.add(String.format("%04X is %s, expected %s", c, derived, expected[c]));
                }
            }
        }
        assertEquals(List.of(), different);
        assertTrue(known > 140_000, "only " + known + " code points compared");
    }

    private static IdnaProperty[] table() throws IOException {
        IdnaProperty[] table = new IdnaProperty[Character.MAX_CODE_POINT + 1];
        Arrays.fill(table, IdnaProperty.DISALLOWED);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(IdnaPropertyTest.class.getResourceAsStream("/vectors/idna/properties.txt")),
                StandardCharsets.US_ASCII))) {
            lines.lines().map(line -> line.split("[- ]")).forEach(fields -> IntStream.rangeClosed(
                            Integer.parseInt(fields[0], 16), Integer.parseInt(fields[fields.length - 2], 16))
                    .forEach(c -> table[c] = IdnaProperty.valueOf(fields[fields.length - 1])));
        }
        return table;
    }

    /** RFC 5892, section 2.6 and appendix B. */
    @ParameterizedTest
    @CsvSource({
        "61,VALID",
        "41,DISALLOWED",
        "2D,VALID",
        "5F,DISALLOWED",
        "DF,VALID",
        "1E9E,DISALLOWED",
        "3C2,VALID",
        "3C3,VALID",
        "3A3,DISALLOWED",
        "131,VALID",
        "130,DISALLOWED",
        "B7,CONTEXT",
        "200C,CONTEXT",
        "200D,CONTEXT",
        "200B,DISALLOWED",
        "202E,DISALLOWED",
        "660,CONTEXT",
        "6F9,CONTEXT",
        "640,DISALLOWED",
        "30FB,CONTEXT",
        "3007,VALID",
        "4E00,VALID",
        "AC00,VALID",
        "1100,DISALLOWED",
        "FE0F,DISALLOWED",
        "1F511,DISALLOWED",
        "2603,DISALLOWED",
        "13A0,VALID",
        "AB70,DISALLOWED"
    })
    void sampleCharactersHaveThePropertyOfTheStandard(String codePoint, IdnaProperty property) {
        assertEquals(property, IdnaProperty.of(Integer.parseInt(codePoint, 16)));
    }
}
