package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S11")
class FailInfoTest {
    /** RFC 8894, section 3.2.1.4. */
    @ParameterizedTest
    @CsvSource({
        "BAD_ALG,0,badAlg",
        "BAD_MESSAGE_CHECK,1,badMessageCheck",
        "BAD_REQUEST,2,badRequest",
        "BAD_TIME,3,badTime",
        "BAD_CERT_ID,4,badCertId"
    })
    void numberAndNameAreThoseOfTheStandard(FailInfo info, int number, String name) {
        assertEquals(number, info.number());
        assertEquals(name, info.rfcName());
        assertEquals(Optional.of(info), FailInfo.of(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anyOtherNumberHasNoMeaning(int number) {
        assertEquals(Optional.empty(), FailInfo.of(number));
    }
}
